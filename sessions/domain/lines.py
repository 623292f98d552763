"""Effects of log lines: what each kind changes, what a hub must reload, who caused it."""

from __future__ import annotations

from ..enums import ActorKind
from .log import Entry, Kind

STRUCTURE = frozenset(
    {
        Kind.ITEM_TICKED,
        Kind.ITEM_UNTICKED,
        Kind.STEP_OPENED,
        Kind.STEP_CLOSED,
        Kind.STEP_REVEALED,
        Kind.STEP_SEALED,
        Kind.STEP_UNDONE,
        Kind.CLOCK_SET,
        Kind.STEP_ADDED,
        Kind.STEP_EDITED,
        Kind.STEP_MOVED,
        Kind.STEP_REMOVED,
        Kind.STEP_SUPERSEDED,
        Kind.ROUND_ADDED,
        Kind.ROUND_REMOVED,
        Kind.SESSION_LOCKED,
        Kind.SESSION_EDITED,
    }
)
SESSION_ONLY = frozenset({Kind.STAGE_SHOWN})
"""Lines that change nothing but the session's own row."""
PUBLISHED = frozenset({Kind.STEP_OPENED, Kind.STEP_REVEALED, Kind.STEP_UNDONE, Kind.STEP_REMOVED, Kind.ROUND_PUBLISHED})
RECOUNT = frozenset({Kind.STEP_OPENED, Kind.STEP_UNDONE})
"""Lines after which all votes of the session are read. So they are when somebody who voted is retired or restored.
Whoever moves to another O changes no count here: they are undivided.
"""
TURNING = frozenset(
    {
        Kind.STEP_OPENED,
        Kind.STEP_CLOSED,
        Kind.STEP_REVEALED,
        Kind.STEP_SEALED,
        Kind.STEP_UNDONE,
        Kind.STEP_ADDED,
        Kind.STEP_EDITED,
        Kind.STEP_MOVED,
        Kind.STEP_REMOVED,
        Kind.STEP_SUPERSEDED,
        Kind.ROUND_ADDED,
        Kind.ROUND_REMOVED,
    }
)
"""Lines after which phones may hold other steps than before (current.py). All of them tell the session anew."""
COUNTED = frozenset({Kind.PARTICIPANT_RETIRED, Kind.PARTICIPANT_RESTORED})


def actor_person(entry: Entry) -> int | None:
    """Return the participant who caused a line, if a participant did."""
    return entry.actor.id if entry.actor.kind is ActorKind.PARTICIPANT else None
