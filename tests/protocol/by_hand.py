"""What threads and timers do in a server, here at a test's command: reads, commits, and the loop's own time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from typing import Any

from django.db import OperationalError, connection

from sessions.domain.world import CommandRequest
from sessions.live.writer import Result, Writer, _QueuedCommand

from .clock import Clock


class Readers(Executor):
    """In place of the hubs' threads: work waits until `work` is called, and its result until `hand_over`."""

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
    """An event loop whose timers go by the stopped clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        super().__init__()

    def time(self) -> float:
        return self._clock.monotonic()

    def close(self) -> None:
        """Cancel what is under way, a read that nobody waits for any more included, and let it end."""
        if not self.is_closed():
            self.run_until_complete(cancel(asyncio.all_tasks(self)))
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

    def waiting(self) -> list[CommandRequest]:
        return [waiting.request for queue in self._pending.values() for waiting in queue]

    def commit(self, session_id: int, *, most: int) -> list[Result]:
        """Commit up to so many commands as one batch; return their results in order."""
        self.results = []
        if session_id in self._pending:
            self._work_on(session_id, most=most)
        return self.results

    def _commit_and_reply(self, session_id: int, batch: Any) -> None:
        # One mailbox for all, so that the copies keep the order of the batch.
        tee = _Tee(_Switch(batch), self.results, deaf=self.deaf)
        super()._commit_and_reply(
            session_id, [_QueuedCommand(waiting.request, tee, number) for number, waiting in enumerate(batch)]
        )

    def _commit(self, session_id: int, requests: Any) -> Any:
        trouble, self.trouble = self.trouble, ""
        if trouble == "before":
            raise OperationalError("the database went away")
        done = super()._commit(session_id, requests)
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


async def cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
