"""What a client is shown, as structs: the snapshot, what belongs to one person, the latest values.

Ids are public ids. Times are milliseconds since 1970, UTC, by the server's clock. A field that its audience may not
see is null or its list is empty; it never leaves the server.
"""

from __future__ import annotations

import msgspec

from ..ballots import AnyRules
from ..ballots.ballot import Value
from ..enums import Aspect, Picture, Reason, SessionKind, Source, StepState, Whose
from .kind import KindKey, Settled


class Document(msgspec.Struct, frozen=True):
    """Base of everything shown."""


class Words(Document, frozen=True):
    """A text in Dutch and English."""

    nl: str
    en: str


class SectorDoc(Document, frozen=True):
    """One of the O's."""

    id: str
    key: str
    """onderwijs, onderzoek, ondernemers, overheden, or one of the programme's own."""
    name: Words
    hint: Words
    letter: Words
    """In its mark."""


class PillarDoc(Document, frozen=True):
    """A theme of the programme."""

    id: str
    number: int
    name: Words
    short: Words


class ProgrammeDoc(Document, frozen=True):
    """The programme that the session belongs to."""

    slug: str
    name: Words
    threshold: int
    """Groups of fewer people are pooled or hidden."""


class UndoDoc(Document, frozen=True):
    """What can be taken back, until when: the verb (`step.open`, `step.close`, `step.reveal`, `stage.show`, or
    `card.tick` for a card that was put into an open vote) and its step.
    """

    do: str
    step: str
    until: int


class ProjectorDoc(Document, frozen=True):
    """Where the projectors are in what they show, on all of them the same."""

    step: str
    """Whose cards or result they show. They begin at the first page of what is of another step."""
    picture: Picture
    """Of a result. One that there is not: the first there is."""
    first: str | None
    """A card on the page that is shown; null, or one that is not there: the first page."""
    held: bool
    """Pages do not turn by themselves."""
    card: str | None
    """Shown large over all else, as long as it is there and not hidden."""
    at: int
    """Since when this page is shown: pages that turn by themselves turn 12 seconds after it, and so on."""


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
    now: str | None
    """The step that is, or was last, on; on while its state is `open`."""
    over: bool
    """The last step of the agenda was closed."""
    undo: UndoDoc | None
    """Console only."""
    stage: ProjectorDoc | None
    """Stage and console only; null before anything was opened."""


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
    hidden: dict[str, int]
    """Reason → how many cards of the step are redacted for it. Phone and stage only, while the step is revealed or not
    `silent`; always {} for a console, which has each card's `reason`."""


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
    """Random; sort by it, then by id."""
    hidden: bool
    """Only the console gets hidden ones."""
    at: int | None
    """Console only, cut to the minute."""
    reason: Reason | None
    until: int | None
    """Console only: when the text of a redacted card is destroyed; null when the step's closing for good decides, and
    when it is destroyed, which an empty text tells."""


class ItemDoc(Document, frozen=True):
    """A card in a vote. It keeps its `id` in the next round of the step and has another `rank` there: only round and
    item together name a place.
    """

    id: str
    card: str
    pillar: str
    aspect: Aspect
    text: str
    hidden: bool
    """Redacted after it was put to the vote: it keeps its place and its dots, its text is empty."""
    rank: int
    """Random; the order on stage and console."""
    reason: Reason | None
    price: int | None
    """In the unit that the round's rules name; null: it has none."""
    whose: Whose
    """Whose words it is; shown wherever it is shown."""


class RoundDoc(Document, frozen=True):
    """Phone and stage get a round once it was opened."""

    id: str
    step: str
    number: int
    ballot: str
    """How people vote in it: dots, or one of the others that have rules."""
    rules: AnyRules | None
    """The ballot's, frozen when the round opens; null until then."""
    open: bool
    closed: bool
    revealed: bool
    seen: bool
    """Its reveal was undone once."""
    items: list[ItemDoc]


class GroupDoc(Document, frozen=True):
    """One O, or several small ones together."""

    sectors: list[str]
    n: int


class ResultItemDoc(Document, frozen=True):
    """What a round says of one item. Shares are 0 to 1: the mean score of those whom the ballot counts on it, `of`
    people. For dots those who took part in the round, else those who answered the item.

    `place`: by `balanced`, or by `share` when no groups can be shown; equal values share a place and no rounding
    decides. `heads_place`: by `share`. `heads`: people with the full score: of dots, with at least one on it.
    `balanced`: mean of the O's, each the same weight; null when no groups can be shown. `group_heads`, `group_of` and
    `shares`: in the order of the result's groups; empty when too few of a group answered this item. `spread`: widest
    difference between two groups' shares. `differs`: whether that is more than chance; null when it was not tested.
    `told`: what the ballot tells besides, over everyone: `dots`; or `agree`, `pass`, `disagree`.
    """

    item: str
    place: int
    heads_place: int
    heads: int
    of: int
    share: float
    balanced: float | None
    group_heads: list[int]
    group_of: list[int]
    shares: list[float]
    spread: float | None
    differs: bool | None
    told: dict[str, int]


class ChanceDoc(Document, frozen=True):
    """How differences between O's were tested: in `runs` rounds with shuffled O labels (`seed`), the largest spread of
    any item stayed at or below `line` in 95 of 100. An item differs when its spread is above the line.
    """

    line: float
    runs: int
    seed: int


class ResultDoc(Document, frozen=True):
    """What a round says, as it was published. `n` is null, and nothing is told, when fewer than the threshold took
    part.

    `absent`: O's of which nobody took part; in no group and no weight. They are named although 0 is under the
    threshold. `late`: ballots that came after the result and cannot be shown without exposing them. `both`: people who
    took part in this round and in the one before it in the same step; null when that cannot be told: see below.
    `chance`: null when the differences were not tested (yet). `told`: sums over the items, empty when `n` is null.
    `few`: items of which nothing is told, because fewer than the threshold answered them.
    """

    round: str
    n: int | None
    told: dict[str, int]
    groups: list[GroupDoc]
    absent: list[str]
    items: list[ResultItemDoc]
    late: int = 0
    both: int | None = None
    chance: ChanceDoc | None = None
    few: list[str] = []


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


class OpenDoc(Document, frozen=True):
    """Console only: the phones of a step that takes answers now.

    `of`: phones that were there since it was opened. Of these, `sending` are there and hold an answer that was not
    stored yet, `silent` are not there now and may hold some. Not `whole`: the server was not there all the time, so
    there may have been more.
    """

    step: str
    of: int
    sending: int
    silent: int
    whole: bool


class ConsoleDoc(Document, frozen=True):
    """Somebody who runs the session now, and on how many screens."""

    name: str
    screens: int


class FloodDoc(Document, frozen=True):
    """Console only: unusual joining. Since `since`, `joined` people joined of whom `silent` never wrote, voted or
    connected a phone; null: there is none now. `quiet` connected one, and neither wrote nor voted though something was
    asked for 3 minutes; 0 while they are few. `retired` people who gave nothing were retired together at `retired_at`.
    """

    since: int | None
    joined: int
    silent: int
    quiet: int
    retired: int
    retired_at: int | None


class RequestDoc(Document, frozen=True):
    """Somebody who waits to be let in."""

    id: str
    tag: str
    """Four letters, also on their own screen."""
    sector: str


class DoorDoc(Document, frozen=True):
    """Console only: `waiting` people wait to be let in, the last of whom asked at `until`. `people`: the first 200."""

    waiting: int
    until: int
    people: list[RequestDoc]


class RoomDoc(Document, frozen=True):
    """Console only, and exempt from the threshold.

    `people`: per sector id [joined, present, answered in this step, of so many who take part in it]. The last counts
    who is present or answered, so the third is never above it. `coverage`: cards that stand, pillar → aspect → sector
    → how many; those of the O's named in `pooled`, which have no mark on cards, stand together under "pool".
    """

    people: dict[str, list[int]]
    coverage: dict[str, dict[str, dict[str, int]]]
    pooled: list[str]
    here: list[str]
    phones: int
    sending: int
    waiting: int
    """`sending` phones still hold `waiting` answers that were not acknowledged."""
    closing: ClosingDoc | None
    open: OpenDoc | None
    """Of the step that is on, while it takes answers."""
    consoles: list[ConsoleDoc]
    flood: FloodDoc | None
    door: DoorDoc | None
    """Null: nobody waits, the door is closed, or nobody has to wait."""


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
    """Since when the server could not look into its database: what is shown is from then."""

    since: int


TallyDoc = dict[str, dict[str, list[int] | None] | None]


class NowDoc(Document, frozen=True, omit_defaults=True):
    """Latest values, absolute. An absent key is unchanged, a key that is null is taken back: forget its value.

    Tally: round → item → what its ballot counts: of dots [people, dots], of opinions [agree, pass, disagree]; a round
    or an item that is null has no tally any more.
    """

    tally: TallyDoc | None = {}
    present: PresentDoc | msgspec.UnsetType | None = msgspec.UNSET
    done: DoneDoc | msgspec.UnsetType | None = msgspec.UNSET
    room: RoomDoc | msgspec.UnsetType | None = msgspec.UNSET
    health: HealthDoc | msgspec.UnsetType | None = msgspec.UNSET
    behind: BehindDoc | msgspec.UnsetType | None = msgspec.UNSET


class SnapshotDoc(Document, frozen=True):
    """Everything one audience may see."""

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
    """The latest values, whole."""


# -- what belongs to one person ----------------------------------------------------------------------------------


class OwnCardDoc(Document, frozen=True):
    """A card that this person wrote."""

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
    """What stands on an item for this person, as it was cast; null: they took it back. 0 dots are none."""

    round: str
    item: str
    value: Value
    tap: int


class GroupCardDoc(Document, frozen=True):
    """A card that lies in your group, without its author and O."""

    id: str
    pillar: str
    aspect: Aspect
    text: str
    language: str
    source: Source
    rank: int
    """Random; sort by it, then by id."""


class OwnGroupDoc(Document, frozen=True):
    """The group in which this person sits, in the step that is, or was last, on."""

    id: str
    step: str
    number: int
    people: int
    cards: list[GroupCardDoc]


class PersonDoc(Document, frozen=True, tag_field="as", tag="phone"):
    """`you` of a phone."""

    tag: str
    """Four letters by which a facilitator finds this phone."""
    sector: str
    sector_fixed: bool
    """The person has voted: only a console can move them."""
    retired: bool
    """Signed off by the facilitator: every command is refused."""
    seed: int
    """Settles the order of items on this phone."""
    tap: int
    """The highest tap stored of this person; count on from here."""
    cards: list[OwnCardDoc]
    votes: list[OwnVoteDoc]
    """Also those of rounds that are over."""
    group: OwnGroupDoc | None = None
    """Null: no step with groups is on, or this person sits in none."""


class MemberDoc(Document, frozen=True, tag_field="as", tag="console"):
    """`you` of a console."""

    name: str
    role: str
    """core or facilitator."""


class StageDoc(Document, frozen=True, tag_field="as", tag="stage"):
    """`you` of a stage: nobody."""
