"""Effects of log lines: what each kind changes, what a hub must reload, who caused it."""

from __future__ import annotations

from ..enums import ActorKind
from .log import LogEntry, LogKind

STRUCTURE = frozenset(
    {
        LogKind.ITEM_TICKED,
        LogKind.ITEM_UNTICKED,
        LogKind.STEP_OPENED,
        LogKind.STEP_CLOSED,
        LogKind.STEP_REVEALED,
        LogKind.STEP_SEALED,
        LogKind.STEP_UNDONE,
        LogKind.CLOCK_SET,
        LogKind.STEP_ADDED,
        LogKind.STEP_EDITED,
        LogKind.STEP_MOVED,
        LogKind.STEP_REMOVED,
        LogKind.STEP_SUPERSEDED,
        LogKind.ROUND_ADDED,
        LogKind.ROUND_REMOVED,
        LogKind.SESSION_LOCKED,
        LogKind.SESSION_EDITED,
    }
)
SESSION_ONLY = frozenset({LogKind.STAGE_SHOWN})
"""Lines that change nothing but the session's own row."""
PUBLISHED = frozenset(
    {LogKind.STEP_OPENED, LogKind.STEP_REVEALED, LogKind.STEP_UNDONE, LogKind.STEP_REMOVED, LogKind.ROUND_PUBLISHED}
)
RECOUNT = frozenset({LogKind.STEP_OPENED, LogKind.STEP_UNDONE})
"""Lines after which all votes of the session are read. So they are when somebody who voted is retired or restored.
Whoever moves to another O changes no count here: they are undivided.
"""
TURNING = frozenset(
    {
        LogKind.STEP_OPENED,
        LogKind.STEP_CLOSED,
        LogKind.STEP_REVEALED,
        LogKind.STEP_SEALED,
        LogKind.STEP_UNDONE,
        LogKind.STEP_ADDED,
        LogKind.STEP_EDITED,
        LogKind.STEP_MOVED,
        LogKind.STEP_REMOVED,
        LogKind.STEP_SUPERSEDED,
        LogKind.ROUND_ADDED,
        LogKind.ROUND_REMOVED,
    }
)
"""Lines after which phones may hold other steps than before (current.py). All of them tell the session anew."""
COUNTED = frozenset({LogKind.PARTICIPANT_RETIRED, LogKind.PARTICIPANT_RESTORED})


def actor_person(entry: LogEntry) -> int | None:
    """Return the participant who caused a line, if a participant did."""
    return entry.actor.id if entry.actor.kind is ActorKind.PARTICIPANT else None
