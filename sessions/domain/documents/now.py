"""The latest values: who is here, how many did it, how the room and the server fare."""

from __future__ import annotations

import msgspec

from .base import Document
from .votes import GroupDoc


class PresentDoc(Document, frozen=True):
    """People present, for the stage: small O's together, as in results. `total` is null under the threshold."""

    groups: list[GroupDoc]
    total: int | None


class DoneDoc(Document, frozen=True):
    """One undivided count of the people who answered in the step that is on; null under the threshold. `said`: of the
    same `of`, who said that they are done; null where nobody or too few did. These have phones. `paper`: paper ballots
    that were typed in besides; null while they are fewer than the threshold.
    """

    step: str
    n: int | None
    of: int | None
    said: int | None = None
    paper: int | None = None


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
    done: int | None
    """Of all who take part in this step, who said that they are done; null while it takes no answers."""
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
