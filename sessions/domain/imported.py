"""A round that was held elsewhere: taken in whole as a closed step of a session, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from ..ballots import AnyRules, ballot_of, read_rules, write_rules
from ..ballots.ballot import OwnMarks
from ..enums import ELSEWHERE, ItemSource, Reason, Source, StepState, Whose
from ..errors import Refused
from ..limits import IMPORTED_LENGTH, MOST_IMPORTED, MOST_PRICE, SOURCE_ID_LENGTH, TITLE_LENGTH
from ..models import Ballot, Item, Participant, Round, RoundItem, Sector, Session, Step, Vote
from ..models.ids import new_id
from . import moment
from .sanitiser import clean_line

BATCH = 2_000
"""Rows of one statement."""


class ImportedItem(NamedTuple):
    """`hidden`: its moderators took it out."""

    source_id: str
    text: str
    language: str = "en"
    price: int | None = None
    hidden: bool = False


class ImportedPerson(NamedTuple):
    """`sector`: the key of an O; None: they count in heads only. `marks`: item's source id → value."""

    source_id: str
    sector: str | None
    marks: Mapping[str, int]


class Refusal(NamedTuple):
    """What was not taken, and why."""

    what: str
    why: str


@dataclass
class ImportedRound:
    """What a file holds, read and not yet taken."""

    title: str
    rules: AnyRules
    items: Sequence[ImportedItem]
    people: Sequence[ImportedPerson]
    refused: list[Refusal] = field(default_factory=list)

    @property
    def votes(self) -> int:
        return sum(len(person.marks) for person in self.people)


def check_import(*, session: Session, found: ImportedRound) -> list[Refusal]:
    """Return everything that keeps the round from being taken: what the file's reader refused, and what no session
    takes.
    """
    keys = set(Sector.objects.filter(programme=session.programme_id).values_list("key", flat=True))
    refused = list(found.refused)
    if Participant.objects.filter(session=session).exclude(source__in=ELSEWHERE).exists():
        refused.append(Refusal(f"session {session.code}", "people take part in it by phone: import into a new one"))
    if not found.items:
        refused.append(Refusal("items", "there are none"))
    if len(found.items) > MOST_IMPORTED:
        refused.append(Refusal("items", f"{len(found.items)}, and a round takes {MOST_IMPORTED} at most"))
    refused += [Refusal(f"item {item.source_id}", why) for item in found.items if (why := _why_no_item(item))]
    refused += [Refusal(f"item {name}", "comes twice") for name in _twice([item.source_id for item in found.items])]
    names = _twice([person.source_id for person in found.people])
    refused += [Refusal(f"person {name}", "comes twice") for name in names]
    known = {item.source_id for item in found.items}
    for person in found.people:
        if person.sector is not None and person.sector not in keys:
            refused.append(Refusal(f"person {person.source_id}", f"the programme has no O {person.sector!r}"))
        elif why := _why_no_marks(person, rules=found.rules, known=known):
            refused.append(Refusal(f"person {person.source_id}", why))
    return refused


def _twice(names: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def _why_no_item(item: ImportedItem) -> str | None:
    try:
        text = clean_line(item.text)
    except Refused:
        return "its text holds what cannot be stored"
    if not text:
        return "it has no text"
    if len(text) > IMPORTED_LENGTH:
        return f"its text has {len(text)} characters, and {IMPORTED_LENGTH} is the most"
    if not 0 < len(item.source_id) <= SOURCE_ID_LENGTH:
        return f"its id has {len(item.source_id)} characters, and 1 to {SOURCE_ID_LENGTH} are taken"
    if item.price is not None and not 0 <= item.price <= MOST_PRICE:
        return f"its price is {item.price}, and 0 to {MOST_PRICE} is taken"
    return None


def _why_no_marks(person: ImportedPerson, *, rules: AnyRules, known: set[str]) -> str | None:
    if strange := sorted(person.marks.keys() - known):
        return f"voted on {', '.join(strange)}, and there is no such item"
    try:
        _count_spent(person, rules=rules)
    except Refused as refused:
        return f"their ballot breaks the rules of the vote: {refused.code.value}"
    return None


def _count_spent(person: ImportedPerson, *, rules: AnyRules) -> int:
    kind = ballot_of(_key(rules))
    mine = OwnMarks(0, dict.fromkeys(person.marks, (None,)))
    return kind.check(rules=rules, mine=mine, marks={item: (value,) for item, value in person.marks.items()}, prices={})


def _key(rules: AnyRules) -> str:
    return str(rules.__struct_config__.tag)


@transaction.atomic
def take_import(*, session: Session, found: ImportedRound) -> Round:
    """Store the round as a step at the end of the agenda, closed for good, and return it. `check_import` refused
    nothing.

    Screens that are open read the session anew: it gets another epoch.
    """
    # Writing first, so that SQLite waits its turn instead of failing.
    Session.objects.filter(pk=session.pk).update(
        seq=F("seq") + 1, structure=F("structure") + 1, epoch=new_id(), locked=True
    )
    at = moment.now()
    round_ = _store_step(session=session, found=found)
    places = _store_items(round_=round_, found=found)
    _store_people(round_=round_, found=found, places=places)
    Step.objects.filter(pk=round_.step_id).update(state=StepState.CLOSED, opened_at=at, closed_at=at, sealed_at=at)
    return round_


def _store_step(*, session: Session, found: ImportedRound) -> Round:
    at = moment.now()
    key = _key(found.rules)
    title = clean_line(found.title)[:TITLE_LENGTH].strip() or key
    last = session.steps.order_by("position").last()
    step = Step.objects.create(
        session=session,
        kind="vote",
        position=1 if last is None else last.position + 1,
        title_nl=title,
        title_en=title,
        settings={"rules": {"ballot": key} | write_rules(found.rules)},
    )
    rules = ballot_of(key).complete(read_rules(key, write_rules(found.rules)), items=len(found.items))
    # Its figures are told from now on (publication/told.py): who counts in them, and from how many on, stays.
    least = session.programme.threshold
    return Round.objects.create(
        session=session, step=step, ballot=key, rules=write_rules(rules), threshold=least, opened_at=at, closed_at=at
    )


def _store_items(*, round_: Round, found: ImportedRound) -> dict[str, int]:
    """Return source id → table id of the place in the round."""
    at = moment.now()
    items = [
        Item(
            session=round_.session,
            source=ItemSource.STATEMENT,
            text_nl=clean_line(item.text) if item.language == "nl" else "",
            text_en=clean_line(item.text) if item.language != "nl" else "",
            whose=Whose.PARTICIPANT,
            source_id=item.source_id,
            hidden_at=at if item.hidden else None,
            reason=Reason.UNKNOWN if item.hidden else None,
        )
        for item in found.items
    ]
    Item.objects.bulk_create(items, batch_size=BATCH)
    places = [
        RoundItem(round=round_, item=item, rank=rank, price=given.price)
        for rank, (item, given) in enumerate(zip(items, found.items, strict=True), start=1)
    ]
    RoundItem.objects.bulk_create(places, batch_size=BATCH)
    return {item.source_id: place.pk for item, place in zip(items, places, strict=True)}


def _store_people(*, round_: Round, found: ImportedRound, places: Mapping[str, int]) -> None:
    at = moment.now()
    sectors = {sector.key: sector for sector in Sector.objects.filter(programme=round_.session.programme_id)}
    nobody = next(iter(sectors.values()))
    people = [
        Participant(
            session=round_.session,
            sector=nobody if person.sector is None else sectors[person.sector],
            in_sector=person.sector is not None,
            source=Source.IMPORTED,
            joined_at=at,
        )
        for person in found.people
    ]
    Participant.objects.bulk_create(people, batch_size=BATCH)
    budget = ballot_of(round_.ballot).budget(read_rules(round_.ballot, round_.rules))
    Ballot.objects.bulk_create(
        (
            Ballot(
                round=round_,
                participant=person,
                sector=person.sector,
                spent=_count_spent(given, rules=found.rules),
                budget=budget,
                first_at=at,
            )
            for person, given in zip(people, found.people, strict=True)
        ),
        batch_size=BATCH,
    )
    Vote.objects.bulk_create(
        (
            Vote(round_item_id=places[item], participant=person, value=value, tap=0, first_at=at, last_at=at)
            for person, given in zip(people, found.people, strict=True)
            for item, value in given.marks.items()
        ),
        batch_size=BATCH,
    )
