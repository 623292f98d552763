"""What one person gave in a session and what came of it, for whoever holds the person's receipt code.

The code is kept as a hash and leads to the person; nothing leads from a card, a vote, a file or the log to the code.
Results are those that everybody may see, by the same rule (domain/audience.py) and as they were published.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from ..ballots import ballot_of
from ..ballots.mark import Mark, Value, put_value, write_mark
from ..ballots.words import Label, Phrase
from ..enums import Audience
from ..models import Contribution, Participant, Pillar, Round, RoundItem, Sector, Session, Step, Vote
from ..models.ids import CODE_ALPHABET, RECEIPT_LENGTH, receipt_code, token_hash
from .audience import may_see_result
from .documents import ResultDoc
from .kind import answering_keys, kind_of
from .publication import read_shown
from .transfer import find_by_receipt
from .voting import voting_of


@dataclass(frozen=True, slots=True)
class ReceiptOutcome:
    """What a round says of one item: `heads` of `n` people, its place among `of` items, shared by equals; and the mean
    by criterion, where people give numbers.

    Nothing before the reveal. `words`: the sentence that its ballot has for it.
    """

    words: Phrase
    revealed: bool
    n: int | None = None
    heads: int = 0
    place: int = 0
    of: int = 0
    means: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenCard:
    card: Contribution
    pillar: Pillar
    outcomes: list[ReceiptOutcome]
    """Of each vote that the card went to, where there is a result to come."""


@dataclass(frozen=True, slots=True)
class GivenVote:
    """`text` is empty when the card was redacted. `words`: what was answered."""

    round: str
    item: str
    text: Label
    value: Value
    words: Phrase | Label
    outcome: ReceiptOutcome | None
    """None: nothing comes of it that could be shown later, as of support for a question."""
    round_number: int
    source: str
    whose: str
    document: str
    price: int | None


@dataclass(frozen=True, slots=True)
class GivenStep:
    step: Step
    cards: list[GivenCard]
    votes: list[GivenVote]
    late: list[int]
    """Of each result that was shown: how many ballots came after it and are not in it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    session: Session
    sector: Sector
    tag: str
    retired_at: dt.datetime | None
    steps: list[GivenStep]
    """In the order of the agenda; those that took answers."""


def tidy_receipt(text: str) -> str:
    """Return a typed code as it was given out. It never holds O or 0: whoever reads one saw a Q."""
    plain = unicodedata.normalize("NFKC", text[:80]).upper().translate({ord("O"): "Q", ord("0"): "Q"})
    return "".join(letter for letter in plain if letter in CODE_ALPHABET)[: RECEIPT_LENGTH + 1]


def space_receipt(code: str) -> str:
    """Return a code as it is shown: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def issue_receipt(*, person: Participant, token: str) -> str:
    """Return the receipt code of whoever holds this secret. Who joined before there were receipts gets theirs now."""
    code = receipt_code(token)
    if person.receipt_hash is None:
        Participant.objects.filter(pk=person.pk, receipt_hash=None).update(receipt_hash=token_hash(code))
    return code


def read_receipt(code: str) -> Receipt | None:
    """Return what the code shows, or None when nobody has it. `code` as `tidy_receipt` returns it."""
    if len(code) != RECEIPT_LENGTH:
        return None
    with transaction.atomic():
        holder = find_by_receipt(code)
        if holder is None:
            return None
        found = Participant.objects.filter(session__deleting_at=None, session__wiping_at=None)
        person = found.select_related("sector", "session").filter(pk=holder.pk).first()
        if person is None:
            return None
        return _write_out(person)


def _write_out(person: Participant) -> Receipt:
    """Of the session only what the person gave, and what stands about that."""
    cards = Contribution.objects.filter(participant=person).select_related("pillar").order_by("created_at", "public_id")
    rows = Vote.objects.filter(participant=person, value__isnull=False)
    rows = rows.order_by("round_item__round__number", "round_item__rank", "criterion")
    votes = _join_marks(rows.select_related("round_item__item__contribution", "round_item__round__step"))
    places = RoundItem.objects.filter(item__contribution__participant=person, round__opened_at__isnull=False)
    places = places.order_by("round__step__position", "round__number").select_related("item", "round__step")
    steps = Step.objects.filter(session=person.session_id, opened_at__isnull=False, kind__in=answering_keys())
    rounds = {place.round_id: place.round for place in [*places, *(place for place, _ in votes)]}
    seen = [found for found in rounds.values() if may_see_result(found, found.step, Audience.PHONE)]
    results = read_shown(seen)
    return Receipt(
        session=person.session,
        sector=person.sector,
        tag=person.tag,
        retired_at=person.retired_at,
        steps=[
            GivenStep(
                step=step,
                cards=[
                    GivenCard(
                        card=card,
                        pillar=card.pillar,
                        outcomes=[
                            outcome
                            for place in places
                            if place.item.contribution_id == card.pk and (outcome := _outcome(results, place))
                        ],
                    )
                    for card in cards
                    if card.step_id == step.pk
                ],
                votes=[_tell_vote(results, place, mark) for place, mark in votes if place.round.step_id == step.pk],
                late=_count_late(results, [found for found in rounds.values() if found.step_id == step.pk]),
            )
            for step in steps.order_by("position", "pk")
            if not kind_of(step).is_practice(step)
        ],
    )


def _join_marks(votes: Iterable[Vote]) -> list[tuple[RoundItem, Mark]]:
    """Return what stands for an answer, whole."""
    places: dict[int, RoundItem] = {}
    marks: dict[int, Mark] = {}
    for vote in votes:
        assert vote.value is not None
        pk, place = vote.round_item_id, vote.round_item
        if pk not in places:
            places[pk], marks[pk] = place, voting_of(place.round).nothing
        marks[pk] = put_value(marks[pk], vote.criterion, vote.value)
    return [(place, marks[pk]) for pk, place in places.items() if voting_of(place.round).kind.says(marks[pk])]


def _tell_vote(results: Mapping[int, ResultDoc], place: RoundItem, mark: Mark) -> GivenVote:
    item, voting = place.item, voting_of(place.round)
    card = item.contribution
    if card is None and item.hidden_at is not None:
        text = Label("", "")
    elif card is None:
        text = Label(item.text_nl or item.text_en, item.text_en or item.text_nl)
    else:
        text = Label("", "") if card.hidden_at is not None else Label(card.text, card.text)
    return GivenVote(
        round=place.round.public_id,
        item=item.public_id,
        text=text,
        value=write_mark(mark),
        words=voting.kind.say(voting.rules, mark),
        outcome=_outcome(results, place),
        round_number=place.round.number,
        source=item.source,
        whose=item.whose,
        document=item.document,
        price=place.price,
    )


def _count_late(results: Mapping[int, ResultDoc], rounds: Iterable[Round]) -> list[int]:
    """Return the late ballots of each of these rounds that has some, the earlier round first."""
    shown = [results[found.pk] for found in sorted(rounds, key=lambda found: found.number) if found.pk in results]
    return [result.late for result in shown if result.n is not None and result.late > 0]


def _outcome(results: Mapping[int, ResultDoc], place: RoundItem) -> ReceiptOutcome | None:
    """Say what is shown of an item; None where there is never a result. `results`: by the table ids of their rounds."""
    if not kind_of(place.round.step).has_result(place.round.step):
        return None
    words = ballot_of(place.round.ballot).outcome
    result = results.get(place.round_id)
    if result is None:
        return ReceiptOutcome(words, revealed=False)
    told = next((told for told in result.items if told.item == place.item.public_id), None)
    if result.n is None or told is None:
        # Too few took part or answered it, or it came into the round after this result was shown.
        return ReceiptOutcome(words, revealed=True)
    return ReceiptOutcome(
        words,
        revealed=True,
        n=told.of,
        heads=told.heads,
        place=told.place,
        of=len(result.items),
        means=tuple(mean.mean for mean in told.means),
    )
