"""A server process under deterministic scheduling: the real writer, hub, turns and sockets, each stepped by the test.

What threads and the event loop do at moments of their own happens here at a test's command, in one thread: a batch is
committed, a turn reads, a turn's frames go out, a frame is taken. So every interleaving can be had, and had again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from django.db import OperationalError, connection

from sessions.domain.world import Ask
from sessions.enums import Audience
from sessions.live import chance, reading, seen
from sessions.live import socket as socket_module
from sessions.live.attendances import Attendances
from sessions.live.hub import Hub
from sessions.live.socket import SessionSocket
from sessions.live.writer import Result, Writer, _Waiting

from .clock import Clock


class Readers(Executor):
    """Replaces the hubs' threads: work waits until `work` is called, and its result until `hand_over`."""

    def __init__(self) -> None:
        self._jobs: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._done: deque[Callable[[], None]] = deque()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._jobs.append((future, lambda: fn(*args, **kwargs)))
        return future

    def work(self, *, fails_at: int | str | None = None) -> bool:
        """Do what waits. Returns whether there was anything.

        `fails_at`: the query at which the database goes away, or the table it asks.
        """
        if not self._jobs:
            return False
        future, job = self._jobs.popleft()
        try:
            with connection.execute_wrapper(_Failing(fails_at)):
                result = job()
        except Exception as error:
            problem = error
            self._done.append(lambda: future.set_exception(problem))
        else:
            self._done.append(lambda: future.set_result(result))
        return True

    def hand_over(self) -> None:
        while self._done:
            self._done.popleft()()


class _Failing:
    """Lets so many queries through; or all until one that names this table."""

    def __init__(self, at: int | str | None) -> None:
        self.at = at

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if self.at == 0 or (isinstance(self.at, str) and self.at in sql):
            self.at = 0
            raise OperationalError("the database went away")
        if isinstance(self.at, int):
            self.at -= 1
        return execute(sql, params, many, context)


class _Tee:
    """Passes answers on to their mailbox and keeps a copy; passes nothing on when nobody is left to hear them."""

    def __init__(self, mailbox: Any, kept: list[Result], *, deaf: bool) -> None:
        self.mailbox, self.kept, self.deaf = mailbox, kept, deaf

    def post(self, results: list[tuple[object, Result]]) -> None:
        self.kept.extend(result for _, result in results)
        if not self.deaf:
            self.mailbox.post(results)


class HandLoop(asyncio.SelectorEventLoop):
    """An event loop whose timers follow the test's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        super().__init__()

    def time(self) -> float:
        return self._clock.monotonic()

    def close(self) -> None:
        """Cancel what is under way, a read that nobody waits for any more included, and let it end."""
        if not self.is_closed():
            self.run_until_complete(_cancel(asyncio.all_tasks(self)))
            self.run_until_complete(self.shutdown_asyncgens())
        super().close()


class HandWriter(Writer):
    """Commits when told. `trouble`: what befalls the database around the next commit."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble = ""
        self.deaf = False
        self.results: list[Result] = []

    def _start_threads(self) -> None:
        """No threads."""

    def waiting(self) -> list[Ask]:
        return [waiting.ask for line in self._pending.values() for waiting in line]

    def commit(self, session_id: int, *, most: int) -> list[Result]:
        """Commit up to so many commands as one batch; return their results in order."""
        self.results = []
        if session_id in self._pending:
            self._work_on(session_id, most=most)
        return self.results

    def _settle(self, session_id: int, batch: Any) -> None:
        # One mailbox for all, so that the copies keep the order of the batch.
        tee = _Tee(_Switch(batch), self.results, deaf=self.deaf)
        super()._settle(session_id, [_Waiting(waiting.ask, tee, number) for number, waiting in enumerate(batch)])

    def _commit(self, session_id: int, asks: Any) -> Any:
        trouble, self.trouble = self.trouble, ""
        if trouble == "before":
            raise OperationalError("the database went away")
        done = super()._commit(session_id, asks)
        if trouble == "after":
            raise OperationalError("the database went away, and nobody knows whether it was committed")
        return done


class _Switch:
    """Sorts answers back to the mailboxes they belong to."""

    def __init__(self, batch: list[Any]) -> None:
        self.batch = batch

    def post(self, results: list[tuple[Any, Result]]) -> None:
        for number, result in results:
            waiting = self.batch[number]
            waiting.mailbox.post([(waiting.token, result)])


class Line:
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
        """Break the line. What was not read is lost. The server may not notice for a while."""
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

    def open(self, *, audience: Audience, cookies: Mapping[str, str], check: Callable[[str], None]) -> Line:
        line = Line(self, audience, check)
        socket = SessionSocket(hub=self.hub, audience=audience, cookies=dict(cookies))
        self._start(socket({"type": "websocket"}, line.receive, line.send))
        self.breathe()
        return line

    def breathe(self) -> None:
        """Let the event loop do what it can without a thread's result."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket_module, "writer", self.writer)
            patch.setattr(seen, "writer", self.writer)
            patch.setattr(reading, "readers", self.readers)
            # A comparison with chance takes no thread here; what follows a publication by itself is tested elsewhere.
            patch.setattr(chance, "start", _at_once)
            patch.setattr(chance, "read", _find_nothing)
            self.loop.run_until_complete(_idle())

    def commit(self, *, most: int) -> list[Result]:
        """Let the writer commit a batch; the answers go out with the next breath."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chance, "start", lambda work: None)
            return self.writer.commit(self.session_id, most=most)

    def begin_turn(self) -> None:
        """Let the hub see who is here and who said hello, and ask for a turn."""
        if self._turn is None:
            self._turn = self.loop.create_task(self.hub._try_turn())
            self.breathe()

    def read_turn(self, *, fails_at: int | str | None = None) -> bool:
        """Let the turn read; what it found is not handed over yet."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chance, "start", lambda work: None)
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
        self.loop.run_until_complete(_cancel([*self._tasks, *([self._turn] if self._turn else [])]))

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


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _idle() -> None:
    for _ in range(12):
        await asyncio.sleep(0)
