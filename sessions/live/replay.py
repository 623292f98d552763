"""Replay: the events that reconnecting clients missed, read and rendered once for all hellos of a turn.

A thousand phones that come back after a restart missed nearly the same; each is told the tail from its own number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from ..domain.log import LogEntry, LogKind, read_entries
from ..domain.rendering import render_shared
from ..domain.span import span_of
from ..domain.state import State
from ..enums import Audience
from .protocol import Hello, encode

RESUME_EVENTS = 300
"""Maximum number of replayed events; beyond it a snapshot is smaller."""
RESUME_LINES = 20_000
SILENT = (LogKind.VOTE_CAST, LogKind.DONE_SAID, LogKind.ANSWER_DROPPED)
"""Lines that no event carries: they reach screens as tallies. Most log lines are of these kinds."""


class Replay:
    """The end of a session's log, rendered for every audience."""

    def __init__(self, state: State, *, seq: int, hellos: Iterable[Hello]) -> None:
        """`state` is at line `seq`. The caller is in the transaction that read it."""
        self._state = state
        self._seq = seq
        numbers = [hello.seq for hello in hellos if hello.seq is not None and self._can_resume(hello)]
        self._entries: list[LogEntry] = []
        if numbers and min(numbers) < seq:
            self._entries = read_entries(session_id=state.session.pk, after=min(numbers), up_to=seq, without=SILENT)
        self._tails: dict[Audience, _Tail] = {}

    def since(self, hello: Hello, audience: Audience) -> msgspec.Raw | None:
        """Return the encoded events since this hello's cursor, or None when a snapshot must be sent."""
        if hello.seq is None or not self._can_resume(hello):
            return None
        if audience not in self._tails:
            self._tails[audience] = _Tail(self._state, self._entries, audience)
        return self._tails[audience].after(hello.seq)

    def _can_resume(self, hello: Hello) -> bool:
        return (
            hello.seq is not None
            and hello.epoch == self._state.session.epoch
            and self._seq - RESUME_LINES <= hello.seq <= self._seq
        )


class _Tail:
    """The newest events of one audience, encoded: at most as many as a replay may have."""

    def __init__(self, state: State, entries: list[LogEntry], audience: Audience) -> None:
        newest_first: list[tuple[int, bytes]] = []
        span = span_of(entries)
        self._whole_from = 0
        """The oldest cursor that can resume."""
        for entry in reversed(entries):
            events = [(entry.seq, encode(event)) for event in render_shared(state, entry, audience, span)]
            if len(newest_first) + len(events) > RESUME_EVENTS:
                self._whole_from = entry.seq
                break
            newest_first += reversed(events)
        newest_first.reverse()
        self._numbers = [number for number, _ in newest_first]
        self._events = [event for _, event in newest_first]
        self._packed: dict[int, msgspec.Raw] = {}

    def after(self, seq: int) -> msgspec.Raw | None:
        if seq < self._whole_from:
            return None
        at = bisect_right(self._numbers, seq)
        if at not in self._packed:
            self._packed[at] = msgspec.Raw(b"[" + b",".join(self._events[at:]) + b"]")
        return self._packed[at]
