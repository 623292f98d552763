"""Effects of log lines: what each kind changes, what a hub must reload, who caused it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from ..enums import ActorKind
from .log import LogEntry, LogKind

ITEMS = frozenset(
    {
        LogKind.ITEM_ADDED,
        LogKind.ITEM_CARRIED,
        LogKind.ITEM_EDITED,
        LogKind.ITEM_MOVED,
        LogKind.ITEM_REMOVED,
        LogKind.ITEM_REDACTED,
        LogKind.ITEM_RESTORED,
        LogKind.ITEM_DESTROYED,
    }
)
"""Lines about items that name them in `items`; but for redacted words, of rounds that only consoles know."""
STRUCTURE = ITEMS | frozenset(
    {
        LogKind.ITEM_TICKED,
        LogKind.ITEM_UNTICKED,
        LogKind.ITEM_ANSWERED,
        LogKind.STEP_OPENED,
        LogKind.STEP_CLOSED,
        LogKind.STEP_REVEALED,
        LogKind.STEP_SEALED,
        LogKind.STEP_EMPTIED,
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
SESSION_ONLY = frozenset({LogKind.STAGE_SHOWN, LogKind.MESSAGE_PUT, LogKind.MESSAGE_REMOVED})
"""Lines that change nothing but the session's own row."""
PUBLISHED = frozenset(
    {LogKind.STEP_OPENED, LogKind.STEP_REVEALED, LogKind.STEP_UNDONE, LogKind.STEP_REMOVED, LogKind.ROUND_PUBLISHED}
)
RECOUNT = frozenset({LogKind.STEP_OPENED, LogKind.STEP_UNDONE, LogKind.STEP_EMPTIED})
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
CARD = frozenset(
    {
        LogKind.CARD_WRITTEN,
        LogKind.CARD_EDITED,
        LogKind.CARD_WITHDRAWN,
        LogKind.CARD_REDACTED,
        LogKind.CARD_RESTORED,
        LogKind.CARD_DESTROYED,
        LogKind.CARD_HIDDEN,
        LogKind.CARD_SHOWN,
        LogKind.CARD_CLASSIFIED,
    }
)
"""Lines about one card."""
PERSON = frozenset(
    {
        LogKind.PARTICIPANT_JOINED,
        LogKind.PARTICIPANT_RETIRED,
        LogKind.PARTICIPANT_RESTORED,
        LogKind.PARTICIPANT_MOVED,
        LogKind.BALLOT_ADDED,
        LogKind.BALLOT_EDITED,
        LogKind.BALLOT_REMOVED,
    }
)
"""Lines about one person."""
COUNTED = frozenset({LogKind.PARTICIPANT_RETIRED, LogKind.PARTICIPANT_RESTORED, LogKind.BALLOT_REMOVED})


def others_count(entries: Sequence[LogEntry], *, people: Mapping[str, int], voted: Set[int]) -> bool:
    """Whether somebody who voted no longer counts, or counts again. `people`: by their public ids."""
    changed = {people.get(entry.data["participant"]) for entry in entries if entry.kind in COUNTED}
    votes = [entry for entry in entries if entry.kind is LogKind.VOTE_CAST]
    if any("begins" in entry.data for entry in entries if entry.kind in (LogKind.VOTE_CAST, LogKind.BALLOT_ADDED)):
        return True
    return bool(changed) and not (
        changed.isdisjoint(voted) and changed.isdisjoint(voter_of(vote, people=people) for vote in votes)
    )


def voter_of(entry: LogEntry, *, people: Mapping[str, int]) -> int | None:
    """Return whose vote a line is: the giver's own, or of the paper that it names. `people`: by their public ids.

    None: of somebody who was erased since.
    """
    paper = entry.data.get("participant")
    return entry.actor.id if paper is None else people.get(paper)


def actor_person(entry: LogEntry) -> int | None:
    """Return the participant who caused a line, if a participant did."""
    return entry.actor.id if entry.actor.kind is ActorKind.PARTICIPANT else None
