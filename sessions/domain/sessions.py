"""Whole sessions: made, made again from an earlier one, put away. deletion.py has the end of one."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from ..enums import Consent, StepState, Whose
from ..models import Item, JoinRequest, Programme, Round, RoundItem, Session, Step
from ..models.ids import new_code
from .consent import may_tell_words
from .editions import find_current
from .kind import kind_of
from .voting import offered_item

_WORDS_AND_SETTINGS = (
    "kind",
    "position",
    "title_nl",
    "title_en",
    "prompt_nl",
    "prompt_en",
    "body_nl",
    "body_en",
    "notes",
    "minutes",
    "settings",
)

_OF_ITEM = ("source", "text_nl", "text_en", "whose", "document")
TITLE_LENGTH = 120
COPY = ("Kopie van {}", "Copy of {}")
"""In Dutch and English."""
REHEARSAL = ("Repetitie: {}", "Rehearsal: {}")
_NUMBER = re.compile(r" \(\d+\)$")


def create_session(
    *,
    programme: Programme,
    title_nl: str,
    title_en: str,
    kind: str = "workshop",
    planned_at: dt.datetime | None = None,
    minutes: int | None = None,
    invited: dict[str, int] | None = None,
    code: str | None = None,
    rehearsal: bool = False,
    consent: str = Consent.FULL,
) -> Session:
    """Return a new, empty session with a join code nobody has. `code`: wanted, for a rehearsed demo."""
    while True:
        try:
            with transaction.atomic():
                return Session.objects.create(
                    programme=programme,
                    code=code or new_code(),
                    kind=kind,
                    title_nl=title_nl,
                    title_en=title_en,
                    planned_at=planned_at,
                    minutes=minutes,
                    invited=invited,
                    rehearsal=rehearsal,
                    consent=consent,
                )
        except IntegrityError:
            if code is not None:
                raise


def add_step(*, session: Session, step: Step) -> Step:
    """Store a planned step of a session that nobody is in yet, with the round that a vote needs."""
    step.session = session
    step.settings = kind_of(step).complete(step.settings)
    step.save(force_insert=True)
    if (kind := kind_of(step)).has_rounds(step):
        round_ = Round.objects.create(session=session, step=step, ballot=kind.ballot(step))
        for rank, words in enumerate(kind.offers(step) or (), start=1):
            item = offered_item(session, words)
            item.save()
            RoundItem.objects.create(round=round_, item=item, rank=rank)
    return step


def duplicate(*, session: Session) -> Session:
    """Return a new session with the same agenda: words and settings, no people, no answers, another code and name."""
    return _copy(session, named=COPY)


def make_rehearsal(*, session: Session) -> Session:
    """Return a rehearsal of a session: a copy that stays a rehearsal for good, and says so in its name."""
    return _copy(session, named=REHEARSAL, rehearsal=True)


@transaction.atomic
def _copy(session: Session, *, named: tuple[str, str], rehearsal: bool = False) -> Session:
    _take_programme(session)
    title_nl, title_en = name_copy(session, named)
    copy = create_session(
        programme=session.programme,
        kind=session.kind,
        title_nl=title_nl,
        title_en=title_en,
        minutes=session.minutes,
        invited=session.invited,
        rehearsal=rehearsal,
        consent=session.consent,
    )
    copy_agenda(of=session, to=copy)
    return copy


def _take_programme(session: Session) -> None:
    """Let nobody else copy in this programme until the commit: each copy has a name of its own.

    It writes, so on SQLite it is also what makes the transaction wait its turn: one that reads first and writes later
    fails when somebody commits in between.
    """
    Programme.objects.filter(pk=session.programme_id).update(slug=F("slug"))


def name_copy(session: Session, pattern: tuple[str, str]) -> tuple[str, str]:
    """Return titles that no other session of the programme has: "Copy of …", then "Copy of … (2)"."""
    rows = Session.objects.filter(programme=session.programme_id)
    taken = {title for titles in rows.values_list("title_nl", "title_en") for title in titles}
    plain = plain_title(session.title_nl), plain_title(session.title_en)
    for number in itertools.count(1):
        behind = "" if number == 1 else f" ({number})"
        nl, en = (_shorten(*pair, TITLE_LENGTH - len(behind)) + behind for pair in zip(pattern, plain, strict=True))
        if not taken & {nl, en}:
            break
    return nl, en


def plain_title(title: str) -> str:
    """Return the title of what a copy was made of: a copy of a copy is not called a copy of a copy."""
    for pattern in (*COPY, *REHEARSAL):
        before = pattern.format("")
        if title.startswith(before) and title != before:
            return plain_title(_NUMBER.sub("", title.removeprefix(before)))
    return title


def _shorten(words: str, title: str, most: int) -> str:
    room = most - len(words.format(""))
    return words.format(title if len(title) <= room else f"{title[: room - 1].rstrip()}…")


def set_archived(session_id: int, *, on: bool) -> None:
    """Archive a session or take it back out. Commits after the last batch of commands that was under way."""
    with transaction.atomic():
        # Writing first, so that SQLite waits its turn instead of failing.
        Session.objects.filter(pk=session_id).update(seq=F("seq"))
        session = Session.objects.get(pk=session_id)
        if (session.archived_at is not None) != on:
            session.archived_at = timezone.now() if on else None
            session.save(update_fields=["archived_at"])
            if on:
                JoinRequest.objects.filter(session=session).delete()


def find_practice_left() -> list[int]:
    """Return the archived sessions, by table id, in which people practised until then: what they gave is to go."""
    steps = Step.objects.filter(session__archived_at__isnull=False, session__deleting_at=None, session__wiping_at=None)
    return sorted({step.session_id for step in steps.filter(state=StepState.OPEN) if kind_of(step).is_practice(step)})


@transaction.atomic
def copy_agenda(*, of: Session, to: Session) -> None:
    """Give a session without steps the agenda of another one of its programme.

    Superseded steps stay behind; a reveal step points to the copy of its subject.
    """
    copies: dict[int, Step] = {}
    originals = list(of.steps.exclude(state="superseded").select_related("pillar"))
    for original in originals:
        values = {name: getattr(original, name) for name in _WORDS_AND_SETTINGS}
        values["pillar"] = find_current(original.pillar)
        copies[original.pk] = add_step(session=to, step=Step(**values))
    for original in originals:
        if original.subject_id in copies:
            copies[original.pk].subject = copies[original.subject_id]
            copies[original.pk].save(update_fields=["subject"])
    _copy_items(of=of, copies=copies, to=to)
    _name_origins(copies=copies, to=to)


def _copy_items(*, of: Session, copies: Mapping[int, Step], to: Session) -> None:
    """What was typed for the first round of a vote is prepared again. Cards are what people gave, and stay behind, and
    so do words of theirs that may not leave their session (consent.py), and of a rehearsal its people's; what a step
    itself puts to the vote is there.
    """
    is_rehearsed = of.rehearsal and not to.rehearsal
    filled = [pk for pk, step in copies.items() if kind_of(step).offers(step) is None]
    places = _own_words(filled)
    rounds = {found.step_id: found for found in Round.objects.filter(step__in=copies.values())}
    made: dict[int, Item] = {}
    for place in places.order_by("pk"):
        is_theirs = place.item.whose == Whose.PARTICIPANT and of.pk != to.pk
        if is_theirs and (is_rehearsed or not may_tell_words(of.consent, whose=place.item.whose)):
            continue
        if place.item_id not in made:
            values = {name: getattr(place.item, name) for name in _OF_ITEM}
            made[place.item_id] = Item.objects.create(session=to, origin=_origin(place.item, to), **values)
        round_ = rounds[copies[place.round.step_id].pk]
        RoundItem.objects.create(round=round_, item=made[place.item_id], rank=place.rank, price=place.price)


def _name_origins(*, copies: Mapping[int, Step], to: Session) -> None:
    """What a step itself puts to the vote remembers what it is a copy of: a name that is redacted there goes here."""
    for original, copy in copies.items():
        if kind_of(copy).offers(copy) is None:
            continue
        pairs = zip(_own_words([original]).order_by("rank"), _own_words([copy.pk]).order_by("rank"), strict=False)
        for there, here in pairs:
            if (there.item.text_nl, there.item.text_en) == (here.item.text_nl, here.item.text_en):
                here.item.origin = _origin(there.item, to)
                here.item.save(update_fields=["origin"])


def _own_words(steps: Iterable[int]) -> QuerySet[RoundItem]:
    """Return the places of words, not redacted, in the first rounds of these steps."""
    places = RoundItem.objects.filter(round__step__in=steps, round__number=1, item__contribution=None)
    shown = places.filter(item__hidden_at=None).exclude(item__text_nl="", item__text_en="")
    return shown.select_related("item", "round")


def _origin(item: Item, to: Session) -> str:
    """Return what a copy of an item is a copy of. A wiped rehearsal is made anew: what it was made of goes."""
    return item.origin if item.origin or item.session_id == to.pk else item.public_id
