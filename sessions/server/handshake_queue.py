"""Queues WebSocket handshakes, so that a burst does not block the event loop.

A thousand connections that ask for a WebSocket within one turn of the event loop would be answered in that turn, one
millisecond each, and whoever votes waits for all of them. Here they queue, and between two slices the loop reads and
answers everybody else. No handshake is refused, and one that finds no queue is done at once.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

SLICE_S = 0.005
"""So long handshakes may take one after the other before others get their turn."""
SHARE = 0.8
"""The share of the event loop that handshakes may take while there is a queue of them. A room of 1,000 that comes back
after a restart is a queue too: half would cost it most of a second."""

Work = Callable[[], None]


class HandshakeQueue:
    """Runs pieces of work in their order: at most `SLICE_S` at a stretch and `SHARE` of the time altogether."""

    def __init__(self) -> None:
        self._waiting: deque[Work] = deque()
        self._is_planned = False

    def run(self, work: Work) -> None:
        """Do it, at once when nothing waits before it."""
        self._waiting.append(work)
        if not self._is_planned:
            self._go_on()

    def _go_on(self) -> None:
        self._is_planned = False
        if not self._waiting:
            return
        began, spent = time.perf_counter(), 0.0
        while self._waiting and spent < SLICE_S:
            self._waiting.popleft()()
            spent = time.perf_counter() - began
        # The pause is held after a single piece too: a burst comes as many calls of `run`, not as one queue.
        self._is_planned = True
        asyncio.get_running_loop().call_later(spent * (1 / SHARE - 1), self._go_on)
