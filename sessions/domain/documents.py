"""What a client is shown, as structs: the snapshot, what belongs to one person, the latest values.

Ids are public ids. Times are milliseconds since 1970, UTC, by the server's clock. A field that its audience may not
see is null or its list is empty; it never leaves the server.
"""

from __future__ import annotations

import msgspec

from ..enums import Aspect, Reason, SessionKind, Source, StepKind, StepState


class Document(msgspec.Struct, frozen=True):
    """Base of everything shown."""


class Words(Document, frozen=True):
    nl: str
    en: str


class SectorDoc(Document, frozen=True):
    id: str
    key: str
    name: Words
    hint: Words
    letter: Words


class PillarDoc(Document, frozen=True):
    id: str
    number: int
    name: Words
    short: Words


class ProgrammeDoc(Document, frozen=True):
    slug: str
    name: Words
    threshold: int


class UndoDoc(Document, frozen=True):
    """What can be taken back, until when: the verb (`step.open`, `step.close`, `step.reveal`) and its step."""

    do: str
    step: str
    until: int


class SessionDoc(Document, frozen=True):
    id: str
    code: str
    kind: SessionKind
    title: Words
    planned_at: int | None
    locked: bool
    now: str | None
    """The step that is, or was last, on."""
    undo: UndoDoc | None
    """Console only."""


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
    kind: StepKind
    position: int
    state: StepState
    title: Words
    prompt: Words
    body: Words
    pillar: str | None
    subject: str | None
    round: str | None
    minutes: int
    silent: bool
    live: bool
    budget: int | None
    max_per_item: int
    max_cards: int
    revealed: bool
    opened_at: int | None
    closed_at: int | None
    deadline: int | None
    """When the clock reads zero; null when it stands still."""
    paused: int | None
    """Milliseconds left on a clock that was paused."""
    sealed: SealDoc | None
    hidden: dict[str, int]
    """Reason → how many cards of the step are redacted for it; for those who may see that there are cards."""


class CardDoc(Document, frozen=True):
    """Somebody's card, without its author. `sector` is null while that O has fewer people than the threshold."""

    id: str
    step: str
    pillar: str
    aspect: Aspect
    sector: str | None
    text: str
    language: str
    source: Source
    rank: int
    hidden: bool
    at: int | None
    """Console only, cut to the minute."""
    reason: Reason | None
    until: int | None
    """Console only: when the text of a redacted card is destroyed; null when the step's closing for good decides, and
    when it is destroyed, which an empty text tells."""


class ItemDoc(Document, frozen=True):
    id: str
    card: str
    pillar: str
    aspect: Aspect
    text: str
    hidden: bool
    """Redacted after it was put to the vote: it keeps its place and its dots, its text is empty."""
    rank: int
    reason: Reason | None


class RoundDoc(Document, frozen=True):
    """Phone and stage get a round once it was opened."""

    id: str
    step: str
    number: int
    budget: int | None
    max_per_item: int
    open: bool
    closed: bool
    revealed: bool
    seen: bool
    items: list[ItemDoc]


class GroupDoc(Document, frozen=True):
    """One O, or several small ones together."""

    sectors: list[str]
    n: int


class ResultItemDoc(Document, frozen=True):
    """`heads`: people with at least one dot on it. Shares are of those who took part, 0 to 1.

    `balanced`: mean of the O's, each the same weight; null when no groups can be shown. `shares`: in the order of the
    result's groups. `spread`: widest difference between two groups' shares.
    """

    item: str
    heads: int
    dots: int
    share: float
    balanced: float | None
    shares: list[float]
    spread: float | None


class ResultDoc(Document, frozen=True):
    """What a round says. `n` is null, and nothing is told, when fewer than the threshold took part."""

    round: str
    n: int | None
    dots: int | None
    groups: list[GroupDoc]
    items: list[ResultItemDoc]


class ParticipantDoc(Document, frozen=True):
    """Console only. `tag` is what the person can read on their phone."""

    id: str
    tag: str
    sector: str
    source: Source
    retired: bool


class PresentDoc(Document, frozen=True):
    """People present, for the stage: small O's together, as in results. `total` is null under the threshold."""

    groups: list[GroupDoc]
    total: int | None


class DoneDoc(Document, frozen=True):
    """One undivided count of the people who answered in the step that is on; null under the threshold."""

    step: str
    n: int | None
    of: int | None


class ClosingDoc(Document, frozen=True):
    """Console only: how many phones said, since this step was closed, that they hold nothing more of it.

    `of`: phones that were there while it was open. Of these, `sending` are there and have not confirmed, `silent` are
    gone without having confirmed. Not `whole`: the server was not there all the time, so there may have been more.
    `until`: answers are still filed here up to then; null once revealed.
    """

    step: str
    at: int
    until: int | None
    of: int
    confirmed: int
    sending: int
    silent: int
    whole: bool


class ConsoleDoc(Document, frozen=True):
    """Somebody who runs the session now, and on how many screens."""

    name: str
    screens: int


class RoomDoc(Document, frozen=True):
    """Console only, and exempt from the threshold. `people`: per sector id [joined, present, answered in this step].

    `coverage`: cards that stand, pillar → aspect → sector → how many.
    """

    people: dict[str, list[int]]
    coverage: dict[str, dict[str, dict[str, int]]]
    here: list[str]
    phones: int
    sending: int
    waiting: int
    """`sending` phones still hold `waiting` answers that were not acknowledged."""
    closing: ClosingDoc | None
    consoles: list[ConsoleDoc]


class HealthDoc(Document, frozen=True):
    """Console only: how the server that this console is connected to fares. Times in milliseconds, rounded.

    `read`: the last look into the database. `commit`: the last storing, null when nothing was stored since it started.
    Not `storing`: the database refuses it now. `bell`: "alone" (one process, no Redis), "well", or "away" (screens are
    up to two seconds late). `silent_after`: seconds without a word after which a phone counts as silent.
    """

    read: int
    commit: int | None
    storing: bool
    bell: str
    silent_after: int


class BehindDoc(Document, frozen=True):
    """Since when the server could not look into its database: what is shown is from then. Null: it can again."""

    since: int | None


class NowDoc(Document, frozen=True, omit_defaults=True):
    """Latest values, absolute; each absent key is unchanged. Tally: round → item → [heads, dots]."""

    tally: dict[str, dict[str, list[int]]] = {}
    present: PresentDoc | None = None
    done: DoneDoc | None = None
    room: RoomDoc | None = None
    health: HealthDoc | None = None
    behind: BehindDoc | None = None


class SnapshotDoc(Document, frozen=True):
    programme: ProgrammeDoc
    session: SessionDoc
    sectors: list[SectorDoc]
    pillars: list[PillarDoc]
    steps: list[StepDoc]
    cards: list[CardDoc]
    rounds: list[RoundDoc]
    results: list[ResultDoc]
    participants: list[ParticipantDoc]
    now: NowDoc


# -- what belongs to one person ----------------------------------------------------------------------------------


class OwnCardDoc(Document, frozen=True):
    id: str
    step: str
    pillar: str
    aspect: Aspect
    text: str
    language: str
    hidden: bool
    fixed: bool
    """Being voted on: it can no longer be edited or withdrawn."""
    at: int
    reason: Reason | None
    """Why it was redacted; its text is empty then, and only this phone may still have it."""


class OwnVoteDoc(Document, frozen=True):
    round: str
    item: str
    value: int
    tap: int


class PersonDoc(Document, frozen=True, tag_field="as", tag="phone"):
    """`you` of a phone. `tap`: the highest tap stored of this person; a client counts on from there."""

    tag: str
    sector: str
    sector_fixed: bool
    retired: bool
    seed: int
    tap: int
    cards: list[OwnCardDoc]
    votes: list[OwnVoteDoc]


class MemberDoc(Document, frozen=True, tag_field="as", tag="console"):
    """`you` of a console."""

    name: str
    role: str


class StageDoc(Document, frozen=True, tag_field="as", tag="stage"):
    """`you` of a stage: nobody."""
