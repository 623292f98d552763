"""Limits on unproven connections (strangers): how many, for how long, and which is closed first.

A stranger is a connection without a whole request, one that waits for its next request or takes its answer, one in the
middle of a body, or a socket that was not let in. Honest ones are that for moments, so the oldest goes first: when an
address or the process has too many of them, when the process runs short of open files, and when answers that are not
taken fill the memory. Who is in is never closed for this.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from ..live import metrics

log = logging.getLogger(__name__)

PER_ADDRESS = 3_000
"""Unknown connections of one address. A room of 1,000 phones behind one address must fit, all within a moment."""
ALTOGETHER = 6_000
MOST_CONNECTIONS = 50_000
"""Of one process, whatever the limit of open files is."""
BODY_BYTES = 64_000_000
"""What all bodies that are not read to their end may hold together."""
ANSWER_BYTES = 128_000_000
"""What all answers may hold together that were written and are not taken."""
NEAR = 0.8
"""The share of the room from which on a log line says that it is nearly full."""
SWEEP_S = 0.5
TELL_S = 10.0


class StrangerKind(Enum):
    UNKNOWN = "unknown"
    """Has not sent one whole request head."""
    IDLE = "idle"
    """Was answered; takes the answer, and waits for or sends its next request."""
    BODY = "body"
    SOCKET = "socket"
    """Upgraded, or a long poll in place of one; has not said hello."""
    HELLO = "hello"
    """Said hello, and was not let in yet."""


CAPPED = frozenset({StrangerKind.UNKNOWN, StrangerKind.SOCKET})


class Connection(Protocol):
    address: str

    def expire(self) -> None:
        """Its deadline passed."""

    def cut(self) -> None:
        """Close at once: room is needed."""

    def unsent(self) -> int:
        """Return how many bytes of its answer wait because the other side does not take them."""


@dataclass(slots=True)
class _Place:
    kind: StrangerKind
    deadline: float | None


class Strangers:
    """See the module. `shared`: all come through a proxy, so that an address says nothing."""

    def __init__(self, *, room: int, shared: bool) -> None:
        self._room = min(room, MOST_CONNECTIONS)
        self._most = min(ALTOGETHER, self._room)
        self._per_address = self._most if shared else min(PER_ADDRESS, max(1, self._room // 2))
        self._open = 0
        self._early: dict[Connection, _Place] = {}
        """In the order in which they came into their state."""
        self._hello: dict[Connection, _Place] = {}
        self._capped = 0
        self._by_address: defaultdict[str, dict[Connection, None]] = defaultdict(dict)
        self._bodies = 0
        self._owed: dict[Connection, None] = {}
        """Those that have not taken all they were answered, as far as is known; in the order of their answers."""
        self._closed: Counter[str] = Counter()
        """Why → how many were closed since it was last told."""
        self._told_at = self._near_at = 0.0
        self._is_sweeping = False

    # -- what connections say ------------------------------------------------------------------------------------

    def arrive(self, connection: Connection) -> None:
        """A connection was accepted. May close older strangers, or this one when there are none."""
        if not self._is_sweeping:
            self._is_sweeping = True
            self._sweep()
        self._open += 1
        if self._open > self._room:
            self._shed("room", next(iter(self._early or self._hello), connection))

    def depart(self, connection: Connection) -> None:
        """A connection is closed."""
        self._open -= 1
        self._owed.pop(connection, None)
        self.forget(connection)

    def note(self, connection: Connection, kind: StrangerKind, *, within: float | None = None) -> None:
        """From now on it is a stranger of this kind; when that lasts longer than `within` seconds, it expires."""
        self.forget(connection)
        place = _Place(kind, None if within is None else time.monotonic() + within)
        (self._hello if kind is StrangerKind.HELLO else self._early)[connection] = place
        if kind in CAPPED:
            same = self._by_address[connection.address]
            same[connection] = None
            self._capped += 1
            if len(same) > self._per_address:
                self._shed("address", next(iter(same)))
            elif self._capped > self._most:
                self._shed("many", next(found for found, place in self._early.items() if place.kind in CAPPED))

    def forget(self, connection: Connection) -> None:
        """It is no stranger any more."""
        place = self._early.pop(connection, None) or self._hello.pop(connection, None)
        if place is not None and place.kind in CAPPED:
            self._capped -= 1
            same = self._by_address[connection.address]
            same.pop(connection, None)
            if not same:
                del self._by_address[connection.address]

    def hold(self, size: int) -> None:
        """So many bytes more (or fewer) of unfinished bodies are held."""
        self._bodies += size
        if self._bodies > BODY_BYTES:
            body = next((found for found, place in self._early.items() if place.kind is StrangerKind.BODY), None)
            if body is not None:
                self._shed("bodies", body)

    def owe(self, connection: Connection) -> None:
        """It is being answered, and has not taken all of it yet."""
        self._owed.setdefault(connection)

    # -- closing -------------------------------------------------------------------------------------------------

    def _shed(self, why: str, connection: Connection) -> None:
        self._closed[why] += 1
        metrics.connections_shed.labels(why=why).inc()
        self.forget(connection)
        connection.cut()
        self._tell()

    def _tell(self) -> None:
        """Log what was closed, at most every ten seconds. No line names an address."""
        moment = time.monotonic()
        if self._closed and moment - self._told_at >= TELL_S:
            log.warning(
                "Closed %d connections that had shown nothing, to make room (%s); %d are open, %d fit",
                self._closed.total(),
                ", ".join(f"{WHY[why]}: {count}" for why, count in self._closed.items()),
                self._open,
                self._room,
            )
            self._closed.clear()
            self._told_at = moment

    def _sweep(self) -> None:
        asyncio.get_running_loop().call_later(SWEEP_S, self._sweep)
        moment = time.monotonic()
        for connection, place in list(self._early.items()):
            if place.deadline is not None and place.deadline <= moment:
                metrics.connections_shed.labels(why="late").inc()
                connection.expire()
        self._make_room_for_answers()
        self._tell()
        if self._open >= NEAR * self._room and moment - self._near_at >= 60:
            self._near_at = moment
            log.warning("Open files are nearly used up: %d connections of %d that fit", self._open, self._room)

    def _make_room_for_answers(self) -> None:
        """When answers that are not taken hold too much, the oldest goes of the address that has most of them.

        By their number: somebody who downloads a large file over a slow line is not the one who does harm.
        """
        sizes = {found: size for found in self._owed if (size := found.unsent())}
        self._owed = dict.fromkeys(sizes)
        total = sum(sizes.values())
        if total <= ANSWER_BYTES:
            return
        waiting: defaultdict[str, deque[Connection]] = defaultdict(deque)
        for found in sizes:
            waiting[found.address].append(found)
        while total > ANSWER_BYTES:
            oldest = max(waiting.values(), key=len).popleft()
            total -= sizes[oldest]
            del self._owed[oldest]
            self._shed("answers", oldest)


WHY = {
    "room": "short of open files",
    "address": "too many from one address",
    "many": "too many altogether",
    "bodies": "unfinished bodies",
    "answers": "answers that nobody took",
}
