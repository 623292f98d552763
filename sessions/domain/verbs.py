"""Everything that can be asked of a session: one struct per verb, strictly decoded.

Who asks, and where, is never part of a message: both come from the authenticated socket.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from ..ballots.ballot import Value
from ..enums import Aspect, Picture, SessionKind, StepKind

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-z]{12}$", max_length=12)]
Text = Annotated[str, msgspec.Meta(max_length=240)]
Title = Annotated[str, msgspec.Meta(max_length=120)]
Prompt = Annotated[str, msgspec.Meta(max_length=300)]
Body = Annotated[str, msgspec.Meta(max_length=2000)]
Language = Literal["nl", "en"]
Tap = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
People = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Number = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
MarkValue = Number | Annotated[list[Number | None], msgspec.Meta(max_length=5)] | None
Moment = Annotated[int, msgspec.Meta(ge=0, le=4_102_444_800_000)]


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A command's content. `do` is its name on the wire. Written without its defaults, so that a digest is over the
    fields as they were sent: a default that is added later makes no other command of it.
    """

    do: ClassVar[str]


class WriteCard(Verb, frozen=True):
    """Write a card in a collect step. Answers with its `id`. `pillar` only where the step has none."""

    do = "card.write"
    step: Id
    text: Text
    aspect: Aspect
    lang: Language
    pillar: Id | None = None


class EditCard(Verb, frozen=True):
    """Change one's own card while the step takes cards and no vote on it was opened. What is absent or null stays."""

    do = "card.edit"
    card: Id
    text: Text | None = None
    aspect: Aspect | None = None
    pillar: Id | None = None


class WithdrawCard(Verb, frozen=True):
    """Take one's own card back for good; its text is erased. Not once a vote on it was opened."""

    do = "card.withdraw"
    card: Id


class MarkGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One more mark of a `vote.cast`."""

    item: Id
    value: MarkValue


class CastVote(Verb, frozen=True):
    """Let `value` stand on an item: what it may be says the round's ballot; null: nothing. A ballot that asks about
    several criteria takes a list. `marks`: further items of the same answer; all of them stand or fall together, with
    one `tap`, which counts up per device.
    """

    do = "vote.cast"
    round: Id
    item: Id
    value: MarkValue
    tap: Tap
    marks: Annotated[list[MarkGiven], msgspec.Meta(max_length=299)] = []

    def given(self) -> list[tuple[str, Value]]:
        """Return the marks: item and value."""
        given: list[tuple[str, Value]] = [(self.item, self.value)]
        if self.marks:
            given += [(mark.item, mark.value) for mark in self.marks]
        return given


class ChangeSector(Verb, frozen=True):
    """Choose another O, until the first vote."""

    do = "sector.change"
    sector: Id


class OpenStep(Verb, frozen=True):
    """Make it the step that is on; the one that was is closed.

    A reveal step reveals its subject; a vote needs items.
    """

    do = "step.open"
    step: Id


class CloseStep(Verb, frozen=True):
    """Close the step that is on. Answers under way are still filed for 30 seconds."""

    do = "step.close"
    step: Id


class RevealStep(Verb, frozen=True):
    """Show the cards of a collect step or the result of a vote; a vote that is open is closed by it. A collect step
    that is open stays open, and later cards show at once.
    """

    do = "step.reveal"
    step: Id


class SealStep(Verb, frozen=True):
    """Close a step for good.

    With `confirmed` of `of` phones as the facilitator saw, both or neither, and no more than all; not `whole`: `of` may
    not have been all phones. Only once closed, and 30 seconds after that or after the reveal. It is not opened
    again, by undo neither, and takes no typed card; a second one changes nothing.
    """

    do = "step.seal"
    step: Id
    confirmed: People | None = None
    of: People | None = None
    whole: bool = True


class UndoStep(Verb, frozen=True):
    """Take back the last opening, closing or reveal, a card put into an open vote, or a member's turn of the
    projectors, within 10 seconds: see `session.undo`. `until`: as it stands there, so that nothing is taken back but
    what was seen when it was pressed; left out: whatever is the last.
    """

    do = "step.undo"
    until: Moment | msgspec.UnsetType = msgspec.UNSET


class AddTime(Verb, frozen=True):
    """Give or take time on the clock of the step that is on."""

    do = "clock.add"
    step: Id
    seconds: Annotated[int, msgspec.Meta(ge=-3600, le=3600)]


class PauseClock(Verb, frozen=True):
    """Let the clock of the step that is on stand still."""

    do = "clock.pause"
    step: Id


class StartClock(Verb, frozen=True):
    """Start the clock, or let it run on after a pause."""

    do = "clock.start"
    step: Id


class ShowStage(Verb, frozen=True):
    """Turn the projectors, all at once, in what they show of `step`. Only the fields that are given change.

    `picture` of a result; `first`: a card on the page to show, null: the first page; `held`: pages do not turn by
    themselves; `card`: one card large over all else, null: none. Another `picture` begins at its first page.
    """

    do = "stage.show"
    step: Id
    picture: Picture | msgspec.UnsetType = msgspec.UNSET
    first: Id | msgspec.UnsetType | None = msgspec.UNSET
    held: bool | msgspec.UnsetType = msgspec.UNSET
    card: Id | msgspec.UnsetType | None = msgspec.UNSET


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
    """Correct what a card is about. What is absent or null stays."""

    do = "card.classify"
    card: Id
    pillar: Id | None = None
    aspect: Aspect | None = None


class ScribeCard(Verb, frozen=True):
    """A card for someone without a phone; also after closing. Answers with its `id`."""

    do = "card.scribe"
    step: Id
    text: Text
    aspect: Aspect
    sector: Id
    lang: Language
    pillar: Id | None = None


class TickCard(Verb, frozen=True):
    """Whether a card goes to the vote. Into it also while people vote, which `step.undo` takes back; out of it only
    before the vote was opened. Not once the round was closed.
    """

    do = "card.tick"
    round: Id
    card: Id
    on: bool


class AddRound(Verb, frozen=True):
    """Prepare another round of a vote whose newest round was revealed: on these of its items (ids of items, not of
    cards), or on all of them. One whose card is redacted does not come along. Answers with its `id`.
    """

    do = "round.add"
    step: Id
    items: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=300)] | None = None


class RemoveRound(Verb, frozen=True):
    """Drop a round that was prepared and never opened."""

    do = "round.remove"
    round: Id


class RetireParticipant(Verb, frozen=True):
    """The ghost of a lost phone. It can do nothing more, and its dots count no longer in votes of which
    nothing was shown yet."""

    do = "participant.retire"
    participant: Id


class RestoreParticipant(Verb, frozen=True):
    """Undo `participant.retire`."""

    do = "participant.restore"
    participant: Id


class MoveParticipant(Verb, frozen=True):
    """Put a person under another O; dots follow until the first figure of a vote was shown, cards
    stay."""

    do = "participant.move"
    participant: Id
    sector: Id


class RetireSilent(Verb, frozen=True):
    """Against a flood of joins (see `Flood`): lock the session, and retire who joined since then, not within the last
    10 seconds, and never wrote, voted or connected a phone. `quiet`: also who connected one, and neither wrote nor
    voted though something was asked for 3 minutes since they joined.
    """

    do = "participant.retire_silent"
    since: Moment
    quiet: bool = False


class RestoreSilent(Verb, frozen=True):
    """Undo that for those who were retired by it at `at`. The session stays locked."""

    do = "participant.restore_silent"
    at: Moment


class LockSession(Verb, frozen=True):
    """Close the door to new people, or open it. Who is in stays in."""

    do = "session.lock"
    on: bool


class AdmitRequest(Verb, frozen=True):
    """Let in somebody who waits at the door (see `Door`). Of one who no longer waits it changes nothing."""

    do = "request.admit"
    request: Id


class AdmitRequests(Verb, frozen=True):
    """Let in all who wait and asked until then: `until` of the `Door` that you show."""

    do = "request.admit_all"
    until: Moment


class RefuseRequest(Verb, frozen=True):
    """Refuse somebody who waits. They may ask again. Of one who no longer waits it changes nothing."""

    do = "request.refuse"
    request: Id


class RefuseRequests(Verb, frozen=True):
    """Refuse all who wait and asked until then: against a flood of requests."""

    do = "request.refuse_all"
    until: Moment


class EditSession(Verb, frozen=True):
    """Only the fields that are given change. `planned_at` null: not planned. `approval`: whoever joins from
    now on waits until they are let in; when it is taken back, those who wait come in by themselves.
    """

    do = "session.edit"
    title_nl: Title | msgspec.UnsetType = msgspec.UNSET
    title_en: Title | msgspec.UnsetType = msgspec.UNSET
    kind: SessionKind | msgspec.UnsetType = msgspec.UNSET
    planned_at: Moment | msgspec.UnsetType | None = msgspec.UNSET
    approval: bool | msgspec.UnsetType = msgspec.UNSET


class AddStep(Verb, frozen=True):
    """A new step behind `after`, or at the start. Answers with its `id`."""

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
    """Only the fields that are given change. `pillar`, `subject` and `budget` null: none."""

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
    """Delete a step that was never opened; any other is taken out of the agenda and its answers are kept."""

    do = "agenda.remove"
    step: Id


class Join(Verb, frozen=True):
    """Over HTTP only: a new person of this O, known by the hash of a fresh token, and of the receipt made of it.

    Where people are let in it first makes a request, with no `id` in the answer; once let in, the same makes them a
    person.
    """

    do = "participant.join"
    sector: Id
    token_hash: str
    receipt_hash: str | None = None


class GoOn(Verb, frozen=True):
    """Over HTTP only: the person of this short code or receipt goes on in a browser with a fresh token. `instead_of`:
    the hash of the token that this browser had, whose person is retired. `waiting`: of the one by which it asked to be
    let in; it asks no more."""

    do = "participant.go_on"
    code: str
    token_hash: str
    receipt_hash: str
    instead_of: str | None = None
    waiting: str | None = None


class CompareRound(Verb, frozen=True):
    """By the system only: a publication's differences were compared with chance. No `line`: nothing to compare."""

    do = "round.compare"
    round: Id
    publication: int
    line: float | None = None
    runs: int = 0
    seed: int = 0


class AdoptRounds(Verb, frozen=True):
    """By the system only: rounds that code of before revealed become publications, as they were shown."""

    do = "round.adopt"


class NoteSeen(Verb, frozen=True):
    """By the system only: these people (by table id) connected a phone for the first time."""

    do = "participant.seen"
    people: tuple[int, ...]


class DestroyRedacted(Verb, frozen=True):
    """By the system only: destroy the texts of redacted cards whose time is over."""

    do = "card.destroy"


OWED_VERBS: tuple[type[Verb], ...] = (CompareRound, AdoptRounds, DestroyRedacted)
"""What the program does by itself after something else was done."""
SYSTEM_VERBS: tuple[type[Verb], ...] = (Join, GoOn, NoteSeen, *OWED_VERBS)
PHONE_VERBS: tuple[type[Verb], ...] = (WriteCard, EditCard, WithdrawCard, CastVote, ChangeSector)
STAGE_VERBS: tuple[type[Verb], ...] = (ShowStage,)
CONSOLE_VERBS: tuple[type[Verb], ...] = (
    OpenStep,
    CloseStep,
    RevealStep,
    SealStep,
    UndoStep,
    AddTime,
    PauseClock,
    StartClock,
    ShowStage,
    RedactCard,
    RestoreCard,
    ClassifyCard,
    ScribeCard,
    TickCard,
    AddRound,
    RemoveRound,
    RetireParticipant,
    RestoreParticipant,
    MoveParticipant,
    RetireSilent,
    RestoreSilent,
    LockSession,
    AdmitRequest,
    AdmitRequests,
    RefuseRequest,
    RefuseRequests,
    EditSession,
    AddStep,
    EditStep,
    MoveStep,
    RemoveStep,
)
