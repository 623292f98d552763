"""The session, where its projectors are, and the steps of its agenda."""

from __future__ import annotations

from ...enums import Picture, SessionKind, StepState
from ..kind import KindKey, Settled
from .base import Document, Words
from .votes import SaidWordsDoc


class UndoDoc(Document, frozen=True):
    """What can be taken back, until when: the command (`step.open`, `step.close`, `step.reveal`, `stage.show`,
    `card.tick` for a card that was put into an open vote, `ballot.remove` for a paper, `message.put` or
    `message.remove`) and its step; a message has none.
    """

    do: str
    step: str | None
    until: int


class ProjectorDoc(Document, frozen=True):
    """Where the projectors are in what they show, on all of them the same."""

    step: str
    """Whose cards or result they show. They begin at the first page of what is of another step."""
    picture: Picture
    """Of a result. One that there is not: the first there is."""
    first: str | None
    """A card on the page that is shown, or an item that is none; null, or one that is not there: the first page."""
    held: bool
    """Pages do not turn by themselves."""
    card: str | None
    """Shown large over all else, as long as it is there and not hidden."""
    at: int
    """Since when this page is shown: pages that turn by themselves turn 12 seconds after it, and so on."""


class ClosedDoc(Document, frozen=True):
    """The step for answers that was closed last, and neither opened again nor closed for good: what a phone tells of it
    in its pings is `left`.
    """

    step: str
    round: str | None
    """Of a vote step: its newest round that was opened."""
    at: int
    """Its `closed_at`."""


class MessageDoc(Document, frozen=True):
    """What the facilitator says to all phones, until it is taken away. Another one has another id."""

    id: str
    text: Words
    """Of one language where the other is empty."""
    at: int


class SessionDoc(Document, frozen=True):
    """The session itself."""

    id: str
    code: str
    kind: SessionKind
    title: Words
    planned_at: int | None
    """When it is to be held; null: not planned."""
    rehearsal: bool
    """A trial run: everything is thrown away afterwards."""
    locked: bool
    """Nobody new can join."""
    approval: bool
    """Who joins waits until the facilitator lets them in."""
    sound: bool
    """The projectors give one when the time of a step is over."""
    bilingual: bool
    """The projectors show the words of the agenda in both languages, yours first."""
    now: str | None
    """The step that is, or was last, on; on while its state is `open`."""
    current: list[str] | None
    """Phone only: the steps that you hold. Forget all others, and each round that none of these names as its `round`,
    with its result.
    """
    closed: ClosedDoc | None
    """Phone only."""
    over: bool
    """The last step of the agenda was closed."""
    undo: UndoDoc | None
    """Console only."""
    stage: ProjectorDoc | None
    """Null before anything was opened. A phone has it only while the question that is being answered stands large."""
    message: MessageDoc | None
    """Phone and console only."""


class SealDoc(Document, frozen=True):
    """Closed for good. `confirmed` of `of` phones, as whoever did it saw: console only, null when it was not known.

    Not `whole`: there may have been more phones.
    """

    at: int
    confirmed: int | None
    of: int | None
    whole: bool | None


class StepDoc(Document, frozen=True):
    """Phone and stage get a step once it was opened; the console gets the whole agenda."""

    id: str
    kind: KindKey
    position: int
    """Sort by it."""
    state: StepState
    """`superseded` ones are never sent."""
    title: Words
    prompt: Words
    body: Words
    notes: str | None
    """What facilitators noted for themselves: console only."""
    pillar: str | None
    """Of every card here; null: each card names its own."""
    subject: str | None
    """What a reveal step reveals."""
    round: str | None
    """Of a vote step: its newest round. Phone and stage: the newest that was opened."""
    minutes: int
    """What the clock begins with; 0: no clock."""
    settings: Settled
    """Of its kind: see `StepSettings`."""
    revealed: bool
    """The cards were shown; of a vote step: the result of its newest round that was opened. After `round.add` it stays
    true until the new round is opened."""
    opened_at: int | None
    closed_at: int | None
    deadline: int | None
    """When the clock reads zero; null: it stands still. It closes nothing."""
    paused: int | None
    """Milliseconds left on a clock that was paused, or that stopped when the step was closed."""
    sealed: SealDoc | None
    """Closed for good."""
    summary: SaidWordsDoc | None
    """What its cards say together, where its kind has that and this audience may see it."""
    hidden: dict[str, int]
    """Reason → how many cards of the step are redacted for it. Phone and stage only, while the step is revealed or not
    `silent`; always {} for a console, which has each card's `reason`."""
