"""Wire events: what keeps a snapshot current. Snapshot plus all later events equals a fresh snapshot.

Each carries the number of the log line that it tells of; which line renders to which is in domain/rendering.py.
"""

from __future__ import annotations

import msgspec

from .documents import (
    CardDoc,
    ItemDoc,
    MemberDoc,
    OwnCardDoc,
    OwnVoteDoc,
    ParticipantDoc,
    ResultDoc,
    RoundDoc,
    SessionDoc,
    StepDoc,
)


class WireEvent(msgspec.Struct, frozen=True, tag_field="type"):
    seq: int


class SessionPut(WireEvent, frozen=True, tag="session.put"):
    session: SessionDoc


class StepPut(WireEvent, frozen=True, tag="step.put"):
    step: StepDoc


class StepGone(WireEvent, frozen=True, tag="step.gone"):
    """Forget the step, its cards, its rounds and their results."""

    step: str


class StepRevealed(WireEvent, frozen=True, tag="step.revealed"):
    """Everything that became visible: the cards of a collect step, the result of a vote."""

    step: StepDoc
    cards: list[CardDoc]
    round: RoundDoc | None
    result: ResultDoc | None


class StepConcealed(WireEvent, frozen=True, tag="step.concealed"):
    """A reveal was undone: forget the step's cards (where `cards_gone`) and the result of its round."""

    step: StepDoc
    cards_gone: bool
    round: RoundDoc | None


class CardPut(WireEvent, frozen=True, tag="card.put"):
    card: CardDoc


class CardGone(WireEvent, frozen=True, tag="card.gone"):
    card: str


class MarksPut(WireEvent, frozen=True, tag="marks.put"):
    """An O reached the threshold, or fell below it: these, and only these, cards bear its mark now."""

    sector: str
    cards: list[str]


class RoundPut(WireEvent, frozen=True, tag="round.put"):
    """A round that is not revealed (any more) has no result: forget the one known."""

    round: RoundDoc


class ItemPut(WireEvent, frozen=True, tag="item.put"):
    round: str
    item: ItemDoc


class ItemGone(WireEvent, frozen=True, tag="item.gone"):
    round: str
    item: str


class ResultPut(WireEvent, frozen=True, tag="result.put"):
    result: ResultDoc


class ParticipantPut(WireEvent, frozen=True, tag="participant.put"):
    participant: ParticipantDoc


class OwnCardPut(WireEvent, frozen=True, tag="you.card"):
    card: OwnCardDoc


class OwnCardGone(WireEvent, frozen=True, tag="you.card_gone"):
    card: str


class OwnVotePut(WireEvent, frozen=True, tag="you.vote"):
    """An older tap than the one known is to be ignored."""

    vote: OwnVoteDoc


class OwnPut(WireEvent, frozen=True, tag="you.put"):
    sector: str
    sector_fixed: bool
    retired: bool


class OwnMemberPut(WireEvent, frozen=True, tag="you.member"):
    """To the consoles of a member who has another role now, or another name."""

    member: MemberDoc


SharedEvent = (
    SessionPut
    | StepPut
    | StepGone
    | StepRevealed
    | StepConcealed
    | CardPut
    | CardGone
    | MarksPut
    | RoundPut
    | ItemPut
    | ItemGone
    | ResultPut
    | ParticipantPut
)
OwnEvent = OwnCardPut | OwnCardGone | OwnVotePut | OwnPut | OwnMemberPut
