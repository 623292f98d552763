"""A server process under deterministic scheduling: the real writer, hub, turns and sockets, each stepped by the test.

What threads and the event loop do at moments of their own happens here at a test's command, in one thread: a batch is
committed, a turn reads, a turn's frames go out, a frame is taken. So every interleaving can be had, and had again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sessions.enums import Audience
from sessions.live import chance_job, first_connections, reader_threads
from sessions.live import socket as socket_module
from sessions.live.attendances import Attendances
from sessions.live.hub import Hub
from sessions.live.socket import SessionSocket
from sessions.live.writer import Result

from .by_hand import HandWriter, Readers, cancel


class SimulatedConnection:
    """One connection. `unread` are frames on their way to the client."""

    def __init__(self, process: Process, audience: Audience, check: Callable[[str], None]) -> None:
        self.process, self.audience = process, audience
        self.unread: deque[str] = deque()
        self.code: int | None = None
        self.cut = False
        self._check = check
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._inbox.put_nowait({"type": "websocket.connect"})

    async def receive(self) -> dict[str, Any]:
        return await self._inbox.get()

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            self._check(message["text"])
            if not self.cut:
                self.unread.append(message["text"])
        elif message["type"] == "websocket.close" and self.code is None:
            self.code = message["code"]
            self._inbox.put_nowait({"type": "websocket.disconnect", "code": self.code})

    def write(self, frame: str) -> None:
        """Let the server take a frame."""
        self._inbox.put_nowait({"type": "websocket.receive", "text": frame})
        self.process.breathe()

    def hang_up(self, *, noticed: bool) -> None:
        """Break the connection. What was not read is lost. The server may not notice for a while."""
        self.cut = True
        self.unread.clear()
        if noticed:
            self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
            self.process.breathe()

    @property
    def is_open(self) -> bool:
        return not self.cut and self.code is None and self.process.alive


class Process:
    """See the module."""

    def __init__(self, session_id: int, loop: asyncio.AbstractEventLoop) -> None:
        self.session_id, self.loop = session_id, loop
        self.writer = HandWriter()
        self.readers = Readers()
        self.hub = Hub(session_id, when_ended=lambda _: None, attendances=Attendances())
        self.alive = True
        self._tasks: list[asyncio.Task[None]] = []
        self._turn: asyncio.Task[None] | None = None

    def open(
        self, *, audience: Audience, cookies: Mapping[str, str], check: Callable[[str], None]
    ) -> SimulatedConnection:
        connection = SimulatedConnection(self, audience, check)
        socket = SessionSocket(hub=self.hub, audience=audience, cookies=dict(cookies))
        self._start(socket({"type": "websocket"}, connection.receive, connection.send))
        self.breathe()
        return connection

    def breathe(self) -> None:
        """Let the event loop do what it can without a thread's result."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket_module, "writer", self.writer)
            patch.setattr(first_connections, "writer", self.writer)
            patch.setattr(reader_threads, "readers", self.readers)
            # A comparison with chance takes no thread here; what follows a publication by itself is tested elsewhere.
            patch.setattr(chance_job, "start", _at_once)
            patch.setattr(chance_job, "read", _find_nothing)
            self.loop.run_until_complete(_idle())

    def commit(self, *, most: int) -> list[Result]:
        """Let the writer commit a batch; the answers go out with the next breath."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chance_job, "start", lambda work: None)
            return self.writer.commit(self.session_id, most=most)

    def begin_turn(self) -> None:
        """Let the hub see who is here and who said hello, and ask for a turn."""
        if self._turn is None:
            self._turn = self.loop.create_task(self.hub._try_turn())
            self.breathe()

    def read_turn(self, *, fails_at: int | str | None = None) -> bool:
        """Let the turn read; what it found is not handed over yet."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chance_job, "start", lambda work: None)
            return self._turn is not None and self.readers.work(fails_at=fails_at)

    def end_turn(self) -> None:
        """Let the turn send what it read."""
        if self._turn is None:
            return
        self.readers.hand_over()
        self.breathe()
        if self._turn.done():
            self._turn.result()
            self._turn = None

    def turn(self) -> None:
        """Take one turn, whole; or end the one that is under way."""
        self.begin_turn()
        self.read_turn()
        self.end_turn()

    def sweep(self) -> None:
        """Let the hub look for sockets that fell silent."""
        self._start(self.hub._drop_the_silent(socket_module.time.monotonic()))
        self.breathe()

    def kill(self) -> None:
        """End without a word. What was queued and not committed is gone."""
        self.alive = False
        self.loop.run_until_complete(cancel([*self._tasks, *([self._turn] if self._turn else [])]))

    def _start(self, work: Any) -> None:
        self._tasks = [task for task in self._tasks if not _ended(task)]
        self._tasks.append(self.loop.create_task(work))


def _at_once(work: Callable[[], object]) -> None:
    """As in a thread of its own, where a database that is away stops nobody else."""
    with contextlib.suppress(Exception):
        work()


async def _find_nothing(work: Callable[[], object]) -> None:
    """A reveal looks up first which round is to be compared: none is here."""


def _ended(task: asyncio.Task[None]) -> bool:
    """Whether the task is over. Raises what it failed with."""
    if task.done() and not task.cancelled():
        task.result()
    return task.done()


async def _idle() -> None:
    for _ in range(12):
        await asyncio.sleep(0)
