"""Everything that can be asked of a session: one struct per verb, strictly decoded.

Who asks, and where, is never part of a message: both come from the authenticated socket.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from ..enums import Aspect, SessionKind, StepKind

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-z]{12}$", max_length=12)]
Text = Annotated[str, msgspec.Meta(max_length=240)]
Title = Annotated[str, msgspec.Meta(max_length=120)]
Prompt = Annotated[str, msgspec.Meta(max_length=300)]
Body = Annotated[str, msgspec.Meta(max_length=2000)]
Language = Literal["nl", "en"]
Tap = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
People = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Moment = Annotated[int, msgspec.Meta(ge=0, le=4_102_444_800_000)]


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command's content. `do` is its name on the wire."""

    do: ClassVar[str]


class WriteCard(Verb, frozen=True):
    do = "card.write"
    step: Id
    text: Text
    aspect: Aspect
    lang: Language
    pillar: Id | None = None


class EditCard(Verb, frozen=True):
    do = "card.edit"
    card: Id
    text: Text | None = None
    aspect: Aspect | None = None
    pillar: Id | None = None


class WithdrawCard(Verb, frozen=True):
    do = "card.withdraw"
    card: Id


class CastVote(Verb, frozen=True):
    """`value` is what shall stand on the item; `tap` counts up per device."""

    do = "vote.cast"
    round: Id
    item: Id
    value: Annotated[int, msgspec.Meta(ge=0, le=50)]
    tap: Tap


class ChangeSector(Verb, frozen=True):
    do = "sector.change"
    sector: Id


class OpenStep(Verb, frozen=True):
    do = "step.open"
    step: Id


class CloseStep(Verb, frozen=True):
    do = "step.close"
    step: Id


class RevealStep(Verb, frozen=True):
    do = "step.reveal"
    step: Id


class SealStep(Verb, frozen=True):
    """Close a step for good. `confirmed` of `of` phones: what the facilitator saw, neither when it was not known.

    Not `whole`: `of` may not have been all phones.
    """

    do = "step.seal"
    step: Id
    confirmed: People | None = None
    of: People | None = None
    whole: bool = True


class UndoStep(Verb, frozen=True):
    """Take back the last step change (open, close, reveal) within the undo time."""

    do = "step.undo"


class AddTime(Verb, frozen=True):
    do = "clock.add"
    step: Id
    seconds: Annotated[int, msgspec.Meta(ge=-3600, le=3600)]


class PauseClock(Verb, frozen=True):
    do = "clock.pause"
    step: Id


class StartClock(Verb, frozen=True):
    """Start the clock, or let it run on after a pause."""

    do = "clock.start"
    step: Id


class RedactCard(Verb, frozen=True):
    """Take a card away at once, everywhere but on the console, for a reason that everybody may read."""

    do = "card.redact"
    card: Id
    reason: Literal["name", "off_topic", "rude", "double"]


class RestoreCard(Verb, frozen=True):
    """Give it back, as long as its text exists."""

    do = "card.restore"
    card: Id


class ClassifyCard(Verb, frozen=True):
    """A facilitator corrects pillar or aspect."""

    do = "card.classify"
    card: Id
    pillar: Id | None = None
    aspect: Aspect | None = None


class ScribeCard(Verb, frozen=True):
    """A card typed for someone without a phone, counted under their O and marked scribed."""

    do = "card.scribe"
    step: Id
    text: Text
    aspect: Aspect
    sector: Id
    lang: Language
    pillar: Id | None = None


class TickCard(Verb, frozen=True):
    """Whether a card goes to the vote."""

    do = "card.tick"
    round: Id
    card: Id
    on: bool


class RetireParticipant(Verb, frozen=True):
    do = "participant.retire"
    participant: Id


class RestoreParticipant(Verb, frozen=True):
    do = "participant.restore"
    participant: Id


class MoveParticipant(Verb, frozen=True):
    do = "participant.move"
    participant: Id
    sector: Id


class LockSession(Verb, frozen=True):
    do = "session.lock"
    on: bool


class EditSession(Verb, frozen=True):
    """Only the fields that are given change. `planned_at`: milliseconds since 1970, UTC; null: not planned."""

    do = "session.edit"
    title_nl: Title | msgspec.UnsetType = msgspec.UNSET
    title_en: Title | msgspec.UnsetType = msgspec.UNSET
    kind: SessionKind | msgspec.UnsetType = msgspec.UNSET
    planned_at: Moment | msgspec.UnsetType | None = msgspec.UNSET


class AddStep(Verb, frozen=True):
    """A new step behind `after`, or at the start."""

    do = "agenda.add"
    kind: StepKind
    title_nl: Title
    title_en: Title
    after: Id | None = None
    prompt_nl: Prompt = ""
    prompt_en: Prompt = ""
    body_nl: Body = ""
    body_en: Body = ""
    pillar: Id | None = None
    subject: Id | None = None
    minutes: Annotated[int, msgspec.Meta(ge=0, le=600)] = 5
    silent: bool = True
    live: bool = False
    budget: Annotated[int, msgspec.Meta(ge=1, le=50)] | None = None
    max_per_item: Annotated[int, msgspec.Meta(ge=1, le=50)] = 1
    max_cards: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class EditStep(Verb, frozen=True):
    """Only the fields that are given change."""

    do = "agenda.edit"
    step: Id
    title_nl: Title | msgspec.UnsetType = msgspec.UNSET
    title_en: Title | msgspec.UnsetType = msgspec.UNSET
    prompt_nl: Prompt | msgspec.UnsetType = msgspec.UNSET
    prompt_en: Prompt | msgspec.UnsetType = msgspec.UNSET
    body_nl: Body | msgspec.UnsetType = msgspec.UNSET
    body_en: Body | msgspec.UnsetType = msgspec.UNSET
    pillar: Id | msgspec.UnsetType | None = msgspec.UNSET
    subject: Id | msgspec.UnsetType | None = msgspec.UNSET
    minutes: Annotated[int, msgspec.Meta(ge=0, le=600)] | msgspec.UnsetType = msgspec.UNSET
    silent: bool | msgspec.UnsetType = msgspec.UNSET
    live: bool | msgspec.UnsetType = msgspec.UNSET
    budget: Annotated[int, msgspec.Meta(ge=1, le=50)] | msgspec.UnsetType | None = msgspec.UNSET
    max_per_item: Annotated[int, msgspec.Meta(ge=1, le=50)] | msgspec.UnsetType = msgspec.UNSET
    max_cards: Annotated[int, msgspec.Meta(ge=1, le=100)] | msgspec.UnsetType = msgspec.UNSET


class MoveStep(Verb, frozen=True):
    """Put a step behind `after`, or at the start."""

    do = "agenda.move"
    step: Id
    after: Id | None = None


class RemoveStep(Verb, frozen=True):
    """Delete a step without answers; one with answers is superseded."""

    do = "agenda.remove"
    step: Id


class Join(Verb, frozen=True):
    """Over HTTP only: a new person of this O, known by the hash of a fresh token, and of the receipt made of it."""

    do = "participant.join"
    sector: Id
    token_hash: str
    receipt_hash: str | None = None


class DestroyRedacted(Verb, frozen=True):
    """The system only: destroy the texts of redacted cards whose time is over."""

    do = "card.destroy"


PHONE_VERBS: tuple[type[Verb], ...] = (WriteCard, EditCard, WithdrawCard, CastVote, ChangeSector)
CONSOLE_VERBS: tuple[type[Verb], ...] = (
    OpenStep,
    CloseStep,
    RevealStep,
    SealStep,
    UndoStep,
    AddTime,
    PauseClock,
    StartClock,
    RedactCard,
    RestoreCard,
    ClassifyCard,
    ScribeCard,
    TickCard,
    RetireParticipant,
    RestoreParticipant,
    MoveParticipant,
    LockSession,
    EditSession,
    AddStep,
    EditStep,
    MoveStep,
    RemoveStep,
)
