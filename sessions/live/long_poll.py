"""One client's frames over HTTP long polling, where a network lets no WebSocket through.

To the hub and to SessionSocket a long poll is a connection like any other, so limits, rights and presence are the
same. It holds no thread and no database connection while it waits. Frames that were given are kept until the client
says that it has them: a browser repeats a request by itself when a connection that it used again was just closed.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from .frame_transport import FLOODED, FrameTransport
from .limits import STRANGER_TIMES, Budget

PATH = "/http/s/"
BODY_BYTES = 65_536
"""The most that one request may have in its body."""
WAIT_S = 25.0
"""Long-poll timeout: below the 30 s after which proxies begin to give up."""
GATHER_S = 0.5
"""Batching interval for shared frames since the last reply; private frames go out at once."""
GAP_S = 10.0
"""Without a poll for this long the client counts as disconnected. The close code stays available for as long."""
COME_BACK = 4000
POLL_UNKNOWN = 4410
"""Closed: this long poll is not, or no longer, here. Come back with a new one."""
WAITING = 32
"""So many frames may wait for the program."""


class Connection(Protocol):
    """What the server says a request came over."""

    def waits_unknown(self) -> None: ...

    def said_hello(self) -> None: ...

    def let_in(self) -> None: ...


class LongPoll(FrameTransport):
    """See the module. All methods run in the event loop."""

    def __init__(
        self, *, credential: bytes, when_over: Callable[[], None], when_in: Callable[[], None] = lambda: None
    ) -> None:
        self.credential = credential
        """A digest of the cookies that it was opened with: another's requests do not belong to it."""
        self.is_in = False
        self.closed: int | None = None
        """The code it was closed with."""
        self._when_over, self._when_in = when_over, when_in
        self._said_hello = False
        self._budget = Budget()
        self._asked_at = time.monotonic()
        self._inbound: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._inbound.put_nowait({"type": "websocket.connect"})
        self._room = asyncio.Event()
        """Set when the program has taken a frame."""
        self._is_deaf = False
        self._kept: deque[str] = deque()
        """Frames that the client did not say it has; the newest is number `_last`."""
        self._last = self._given = 0
        self._kept_bytes = 0
        self._is_urgent = False
        self._told_at = 0.0
        self._poll: asyncio.Future[bool] | None = None
        self._connection: Connection | None = None
        """That the poll came over."""
        self._timer: asyncio.TimerHandle | None = None
        self._gap: asyncio.TimerHandle | None = None
        self._await_poll()

    # -- what the hub and the socket say -------------------------------------------------------------------------

    def send_text(self, text: str) -> None:
        self._is_urgent = True
        self._keep(text)

    def send_shared(self, text: str, frame: bytes) -> None:
        self._keep(text)

    @property
    def budget(self) -> Budget:
        return self._budget

    @property
    def pinged_at(self) -> float:
        """When a request of the client came."""
        return self._asked_at

    def said_hello(self) -> None:
        self._said_hello = True
        if self._connection is not None:
            self._connection.said_hello()

    def let_in(self) -> None:
        self.is_in = True
        self._when_in()
        if self._connection is not None:
            self._connection.let_in()

    def stop_reading(self) -> None:
        self._is_deaf = True
        self._room.set()

    def unsent(self) -> int:
        return self._kept_bytes

    def abort(self) -> None:
        self._close(COME_BACK)
        self._kept.clear()
        self._kept_bytes = 0

    async def receive(self) -> dict[str, Any]:
        message = await self._inbound.get()
        self._room.set()
        return message

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.close":
            self._close(message["code"])

    # -- what requests say ---------------------------------------------------------------------------------------

    def pay(self) -> None:
        """Take a request out of the budget. Over budget, the client is told so and closed."""
        self._asked_at = time.monotonic()
        if self._is_over or self._budget.is_spent:
            return
        if not self._budget.spend(1.0 if self.is_in else STRANGER_TIMES):
            self._inbound.put_nowait({"type": FLOODED})

    async def say(self, frames: list[str | None]) -> None:
        """Hand frames on, as fast as the program takes them."""
        for text in frames:
            while self._inbound.qsize() >= WAITING and not self._is_over:
                self._room.clear()
                await self._room.wait()
            if self._is_over:
                return
            self._inbound.put_nowait({"type": "websocket.receive", "text": text})

    def poll(self, have: int, connection: Connection | None) -> asyncio.Future[bool] | None:
        """Begin a poll of a client that has the frames up to number `have`. Return what to wait for, None: nothing.

        It becomes false when a newer poll took its place, which then is the one to be answered. Raises LookupError when
        the frames after `have` are not here.
        """
        if not self._last - len(self._kept) <= have <= self._last:
            raise LookupError
        for _ in range(have - (self._last - len(self._kept))):
            self._kept_bytes -= len(self._kept.popleft())
        self.interrupt(is_answered=False)
        if self.closed is None:
            self._cancel_gap()
        self._connection = connection
        if connection is not None and not self.is_in:
            if self._said_hello:
                connection.said_hello()
            else:
                connection.waits_unknown()
        loop = asyncio.get_running_loop()
        self._poll = loop.create_future()
        self._timer = loop.call_later(WAIT_S, self.interrupt)
        if have < self._given:
            self.interrupt()  # a repeat: what it asks for was given already
        elif self._kept or self.closed is not None:
            self._ring()
        return self._poll

    def interrupt(self, *, is_answered: bool = True) -> None:
        """End the wait of a poll, if one waits."""
        poll, self._poll = self._poll, None
        self._connection = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if poll is not None:
            if not poll.done():
                poll.set_result(is_answered)
            if self.closed is None:
                self._await_poll()

    def give(self, have: int) -> tuple[int, list[str]]:
        """Return the frames after number `have`, and the number of the last one."""
        frames = list(self._kept)[max(0, have - (self._last - len(self._kept))) :]
        self._given = self._last
        self._told_at = time.monotonic()
        self._is_urgent = False
        return self._last, frames

    def hang_up(self) -> None:
        """The client is gone."""
        self._close(COME_BACK)

    def drop(self) -> None:
        """End and forget it now: its client went, or room is needed."""
        self._close(COME_BACK)
        self._cancel_gap()
        self._when_over()

    # -- inside --------------------------------------------------------------------------------------------------

    @property
    def _is_over(self) -> bool:
        return self.closed is not None or self._is_deaf

    def _keep(self, text: str) -> None:
        if self.closed is None:
            self._kept.append(text)
            self._last += 1
            self._kept_bytes += len(text)
            self._ring()

    def _ring(self) -> None:
        """Something is there for the poll that waits, if one does."""
        if self._poll is None or self._timer is None:
            return
        if self._is_urgent or self.closed is not None:
            self.interrupt()
            return
        due = GATHER_S - (time.monotonic() - self._told_at)
        if due <= 0:
            self.interrupt()
            return
        loop = asyncio.get_running_loop()
        if loop.time() + due < self._timer.when():
            self._timer.cancel()
            self._timer = loop.call_later(due, self.interrupt)

    def _close(self, code: int) -> None:
        if self.closed is None:
            self.closed = code
            self._room.set()
            self._inbound.put_nowait({"type": "websocket.disconnect", "code": code})
            self._await_poll()
            self._ring()

    def _await_poll(self) -> None:
        """Close a long poll after a gap without requests, and forget one that is closed."""
        self._cancel_gap()
        act = self.hang_up if self.closed is None else self._when_over
        self._gap = asyncio.get_running_loop().call_later(GAP_S, act)

    def _cancel_gap(self) -> None:
        if self._gap is not None:
            self._gap.cancel()
            self._gap = None
