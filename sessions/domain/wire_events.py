"""Wire events: what keeps a snapshot current. Snapshot plus all later events equals a fresh snapshot.

Each carries the number of the log line that it tells of; which line renders to which is in domain/rendering.py.
"""

from __future__ import annotations

import msgspec

from .documents import (
    CardDoc,
    GroupCardDoc,
    ItemDoc,
    MemberDoc,
    OwnCardDoc,
    OwnGroupDoc,
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
    """Replace the session."""

    session: SessionDoc


class StepPut(WireEvent, frozen=True, tag="step.put"):
    """Put the step."""

    step: StepDoc


class StepGone(WireEvent, frozen=True, tag="step.gone"):
    """Forget the step, its cards, its rounds and their results."""

    step: str


class StepRevealed(WireEvent, frozen=True, tag="step.revealed"):
    """Put all of them: everything that became visible, the cards of a collect step, the result of a vote."""

    step: StepDoc
    cards: list[CardDoc]
    round: RoundDoc | None
    result: ResultDoc | None


class StepConcealed(WireEvent, frozen=True, tag="step.concealed"):
    """A reveal was undone: put step and round. Forget the round's result and, where `cards_gone`, the step's cards.

    It may be true where you have none, as on a phone or for a vote: there is nothing to forget then.
    """

    step: StepDoc
    cards_gone: bool
    round: RoundDoc | None


class CardPut(WireEvent, frozen=True, tag="card.put"):
    """Put the card."""

    card: CardDoc


class CardGone(WireEvent, frozen=True, tag="card.gone"):
    """Forget the card."""

    card: str


class MarksPut(WireEvent, frozen=True, tag="marks.put"):
    """These cards, and no others, bear this O's mark: set their `sector` to it, and to null on others that had it."""

    sector: str
    cards: list[str]


class RoundPut(WireEvent, frozen=True, tag="round.put"):
    """Put the round; when it is not revealed, forget its result."""

    round: RoundDoc


class RoundGone(WireEvent, frozen=True, tag="round.gone"):
    """Forget the round and its result: another round was dropped before it was opened, or its opening was undone."""

    round: str


class ItemPut(WireEvent, frozen=True, tag="item.put"):
    """Put the item in the round."""

    round: str
    item: ItemDoc


class ItemGone(WireEvent, frozen=True, tag="item.gone"):
    """Take the item out of the round."""

    round: str
    item: str


class ResultPut(WireEvent, frozen=True, tag="result.put"):
    """Put the result of its `round`."""

    result: ResultDoc


class ParticipantPut(WireEvent, frozen=True, tag="participant.put"):
    """Put the participant. Console only."""

    participant: ParticipantDoc


class OwnCardPut(WireEvent, frozen=True, tag="you.card"):
    """Put the card among your own."""

    card: OwnCardDoc


class OwnCardGone(WireEvent, frozen=True, tag="you.card_gone"):
    """Forget this card of yours."""

    card: str


class OwnVotePut(WireEvent, frozen=True, tag="you.vote"):
    """Put the vote for its round and item, unless you know a higher `tap`."""

    vote: OwnVoteDoc
    sector_fixed: bool


class OwnVoteGone(WireEvent, frozen=True, tag="you.vote_gone"):
    """The item was taken out of the vote: forget the vote on it. Its dots can be placed again; `sector_fixed` stays."""

    round: str
    item: str


class OwnPut(WireEvent, frozen=True, tag="you.put"):
    """Replace these of `you`."""

    sector: str
    sector_fixed: bool
    retired: bool


class OwnStepEmptied(WireEvent, frozen=True, tag="you.step_emptied"):
    """It was practice: forget your cards of this step and your votes in these rounds."""

    step: str
    rounds: list[str]


class OwnDonePut(WireEvent, frozen=True, tag="you.done"):
    """Replace `done`."""

    done: bool


class OwnGroupPut(WireEvent, frozen=True, tag="you.group"):
    """Replace your group: another one, the same with other people, or none. Drop all of the one before."""

    group: OwnGroupDoc | None


class OwnGroupCardPut(WireEvent, frozen=True, tag="you.group_card"):
    """Put the card into your group."""

    card: GroupCardDoc


class OwnGroupCardGone(WireEvent, frozen=True, tag="you.group_card_gone"):
    """Take the card out of your group."""

    card: str


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
    | RoundGone
    | ItemPut
    | ItemGone
    | ResultPut
    | ParticipantPut
)
OwnEvent = (
    OwnCardPut
    | OwnCardGone
    | OwnVotePut
    | OwnVoteGone
    | OwnPut
    | OwnDonePut
    | OwnStepEmptied
    | OwnGroupPut
    | OwnGroupCardPut
    | OwnGroupCardGone
    | OwnMemberPut
)
