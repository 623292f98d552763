"""Private frames: what concerns one person only."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.wire_events import OwnEvent, OwnVotePut


def number_of(event: OwnEvent) -> int:
    """Return the log line of a vote: the socket that got its acknowledgement skips it. 0 of any other event."""
    return event.seq if isinstance(event, OwnVotePut) else 0


def pack_own(events: Sequence[tuple[int, bytes]], *, to: int) -> str:
    """Return the private frame of already encoded events. Each comes with its number."""
    return '{"you":[' + ",".join(event.decode() for _, event in events) + f'],"to":{to}}}'
