"""What one person gave in a session and what came of it, for whoever holds the person's receipt code.

The code is kept as a hash and leads to the person; nothing leads from a card, a vote, a file or the log to the code.
Results are those that everybody may see, by the same functions (domain/audience.py).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from django.db import transaction

from ..enums import Audience, StepKind
from ..models import Contribution, Participant, Pillar, Round, Sector, Session, Step, Vote
from ..models.ids import CODE_ALPHABET, RECEIPT_LENGTH, receipt_code, token_hash
from .audience import show_result
from .moving import find_by_receipt
from .state import State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round says of one item: `heads` of `n` people, its place among `of` items, shared by equals.

    Nothing before the reveal.
    """

    revealed: bool
    n: int | None = None
    heads: int = 0
    place: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class GivenCard:
    card: Contribution
    pillar: Pillar
    outcomes: list[Outcome]
    """Of each vote that the card went to."""


@dataclass(frozen=True, slots=True)
class GivenDots:
    """`text` is empty when the card was redacted."""

    round: str
    item: str
    text: str
    value: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class GivenStep:
    step: Step
    cards: list[GivenCard]
    dots: list[GivenDots]
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
        state = State.load(person.session_id)
        return _write_out(state, person)


def _write_out(state: State, person: Participant) -> Receipt:
    cards = Contribution.objects.filter(participant=person).select_related("pillar").order_by("created_at", "public_id")
    votes = Vote.objects.filter(participant=person, value__gt=0).values_list(
        "round_item__round__public_id", "round_item__item__public_id", "value"
    )
    steps = sorted(state.steps.values(), key=lambda step: (step.position, step.pk))
    given = [
        GivenStep(
            step=step,
            cards=[GivenCard(card, card.pillar, _fates(state, card)) for card in cards if card.step_id == step.pk],
            dots=[
                _tell_dots(state, round_, item, value)
                for name, item, value in votes
                if (round_ := state.rounds[name]).step_id == step.pk
            ],
            late=_count_late(state, step),
        )
        for step in steps
        if step.opened_at is not None and step.kind in (StepKind.COLLECT, StepKind.VOTE)
    ]
    return Receipt(
        session=person.session, sector=person.sector, tag=person.tag, retired_at=person.retired_at, steps=given
    )


def _fates(state: State, card: Contribution) -> list[Outcome]:
    places = state.rounds_of_card.get(card.public_id, ())
    return [
        _outcome(state, round_, item) for name, item in places if (round_ := state.rounds[name]).opened_at is not None
    ]


def _tell_dots(state: State, round_: Round, item: str, value: int) -> GivenDots:
    card = state.cards[state.places[round_.public_id][item][0]]
    text = "" if card.hidden_at is not None else card.text
    return GivenDots(round_.public_id, item, text, value, _outcome(state, round_, item))


def _count_late(state: State, step: Step) -> list[int]:
    rounds = sorted((found for found in state.rounds.values() if found.step_id == step.pk), key=lambda it: it.number)
    shown = [result for found in rounds if (result := show_result(state, found, Audience.PHONE)) is not None]
    return [result.late for result in shown if result.n is not None and result.late > 0]


def _outcome(state: State, round_: Round, item: str) -> Outcome:
    result = show_result(state, round_, Audience.PHONE)
    if result is None:
        return Outcome(revealed=False)
    if result.n is None:
        return Outcome(revealed=True)
    told = next((told for told in result.items if told.item == item), None)
    if told is None:
        # It came into the round after this result was shown, and is not part of it.
        return Outcome(revealed=True)
    return Outcome(revealed=True, n=result.n, heads=told.heads, place=told.place, of=len(result.items))
