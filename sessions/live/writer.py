"""The one way that session state changes: commands of a session, committed in batches.

Whatever arrives while a batch is being written goes into the next one (group commit). A batch is one transaction that
takes the session's row, so that several processes take turns, and replies go out only after its commit.

Threads of its own do the work, with connections of their own: a vote never queues behind a page view.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from ..domain.actor import Actor
from ..domain.authorisation import Login
from ..domain.commands import Command
from ..domain.handlers import perform
from ..domain.structure import Structure
from ..domain.world import CommandRequest, CommandResult, World
from ..errors import Code, Refused
from ..models import Session
from . import metrics
from .chance_job import compare_after
from .notifications import notify

log = logging.getLogger(__name__)

BATCH = 200
"""Maximum weight of a transaction, in single votes: about 25 ms of work. Larger batches cost a little less per command
but delay the first ones, on every screen.
"""
PATIENCE_S = 15.0
"""How long a batch is retried while the database is unavailable, before its clients are told to retry later.

A restarted PostgreSQL that was away for 4 s is found again after about 8: the pool tries after 1, 2 and 4 seconds.
"""
FULL_PATIENCE_S = 2.0
"""The same for a full disk: it seldom recovers by itself, so people should know while they can still act."""
JOB_RETRY_S = 0.5
_SQLITE_FULL, _POSTGRES_FULL = 13, "53100"

Result = CommandResult | Refused
SlicedJob = Callable[[], float | None]
"""One slice of a long job; returns the seconds until the next slice is due, or None when the job is done."""


class Mailbox(Protocol):
    """Receives the replies of a batch: called once, in the writer's thread, with (token, result) pairs."""

    def post(self, results: list[tuple[object, Result]]) -> None: ...


class _QueuedCommand:
    __slots__ = ("mailbox", "request", "token")

    def __init__(self, request: CommandRequest, mailbox: Mailbox, token: object) -> None:
        self.request = request
        self.mailbox = mailbox
        self.token = token


class Writer:
    """One per process. `submit` from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: dict[int, deque[_QueuedCommand]] = {}
        self._ready: queue.SimpleQueue[int | SlicedJob] = queue.SimpleQueue()
        self._remembered: dict[int, Structure] = {}
        self._threads: list[threading.Thread] = []
        self.commit_s: float | None = None
        """How long the last commit took."""
        self.failing_since: float | None = None
        """When the database began to refuse what is to be stored, by `time.monotonic`; none while it does not."""

    def submit(self, *, session_id: int, request: CommandRequest, mailbox: Mailbox, token: object) -> None:
        """Queue a command; its result is posted to the mailbox after the commit."""
        with self._lock:
            self._start_threads()
            waiting = self._pending.get(session_id)
            if waiting is None:
                # No thread works on this session: queue it. A thread that does takes new commands by itself.
                self._pending[session_id] = deque((_QueuedCommand(request, mailbox, token),))
                self._ready.put(session_id)
            else:
                waiting.append(_QueuedCommand(request, mailbox, token))

    def run_in_slices(self, job: SlicedJob) -> None:
        """Run a long job in slices that alternate with batches of commands."""
        with self._lock:
            self._start_threads()
        self._ready.put(job)

    def forget(self, session_id: int) -> None:
        """Forget the agenda of a session that is gone."""
        self._remembered.pop(session_id, None)

    def queue_length(self) -> int:
        """Return how many commands wait."""
        with self._lock:
            return sum(len(waiting) for waiting in self._pending.values())

    def _start_threads(self) -> None:
        if self._threads:
            return
        # SQLite has one writer; on PostgreSQL several sessions commit side by side.
        count = 1 if connection.vendor == "sqlite" else 4
        for number in range(count):
            thread = threading.Thread(target=self._work, name=f"writer-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while True:
            ready = self._ready.get()
            if isinstance(ready, int):
                self._work_on(ready, most=BATCH)
            else:
                self._do_slice(ready)

    def _do_slice(self, job: SlicedJob) -> None:
        """Run one slice, and queue the next one behind the waiting commands."""
        try:
            pause = job()
        except (OperationalError, InterfaceError) as error:
            log.warning("A job could not reach the database: %s", type(error).__name__)
            connection.close()
            pause = JOB_RETRY_S
        except Exception:
            log.exception("A job of the writer failed")
            return
        if pause is not None:
            later = threading.Timer(pause, self._ready.put, [job])
            later.daemon = True
            later.start()

    def _work_on(self, session_id: int, *, most: int) -> None:
        """Commit queued commands of a session up to a weight of `most`, and queue it again when more are waiting."""
        with self._lock:
            waiting = self._pending[session_id]
            batch = _take_batch(waiting, most=most)
        try:
            self._commit_and_reply(session_id, batch)
        except Exception:
            log.exception("A batch of %d commands failed in the writer", len(batch))
            _post(batch, [Refused(Code.INTERNAL)] * len(batch))
        with self._lock:
            if self._pending[session_id]:
                self._ready.put(session_id)
            else:
                del self._pending[session_id]

    def _commit_and_reply(self, session_id: int, batch: Sequence[_QueuedCommand]) -> None:
        requests = [waiting.request for waiting in batch]
        begun = time.monotonic()
        pause = 0.05
        while True:
            began = time.monotonic()
            try:
                results, seq = self._commit(session_id, requests)
                self.commit_s, self.failing_since = time.monotonic() - began, None
                break
            except (OperationalError, InterfaceError) as error:
                self.failing_since = self.failing_since or began
                # The database is unavailable, full or busy. Whether the commit happened is unknown; the keys on log
                # lines tell.
                metrics.count_wait("writer")
                self._remembered.pop(session_id, None)
                connection.close()
                if time.monotonic() - begun > (FULL_PATIENCE_S if _is_full(error) else PATIENCE_S):
                    log.warning("The database does not answer: %s", type(error).__name__)
                    results, seq = [Refused(Code.UNAVAILABLE)] * len(batch), None
                    break
                time.sleep(pause)
                pause = min(pause * 2, 0.5)
            except Session.DoesNotExist:
                self._remembered.pop(session_id, None)
                results, seq = [Refused(Code.SESSION_UNKNOWN)] * len(batch), None
                break
            except Refused as refused:
                # The session itself takes no commands; one command that is refused is a result of `_commit`.
                results, seq = [refused] * len(batch), None
                break
            except Exception as error:
                self._remembered.pop(session_id, None)
                results, seq = self._commit_singly(session_id, requests, error)
                break
        _post(batch, results)
        if seq is not None:
            notify(session_id, seq)

    def _commit(self, session_id: int, requests: Sequence[CommandRequest]) -> tuple[list[Result], int | None]:
        """Return each command's result, and the new number if there is one."""
        results: list[Result] = []
        with metrics.commit_time.time(), transaction.atomic(durable=True):
            world = World.open(session_id=session_id, requests=requests, remembered=self._remembered.get(session_id))
            before = world.seq
            for request in requests:
                try:
                    results.append(perform(world=world, request=request))
                except Refused as refused:
                    results.append(refused)
            world.save()
        metrics.count_batch(commands=len(requests), repeats=world.repeats)
        self._remembered[session_id] = world.structure
        if world.compare:
            compare_after(writer=self, session_id=session_id, rounds=world.compare)
        return results, world.seq if world.seq > before else None

    def _commit_singly(
        self, session_id: int, requests: Sequence[CommandRequest], error: Exception
    ) -> tuple[list[Result], int | None]:
        """One command cannot be stored, or hit a bug: refuse that one alone, and commit its neighbours one by one."""
        if len(requests) == 1:
            if not isinstance(error, DatabaseError):
                log.error("Command %s failed", requests[0].command.do, exc_info=error)
            code = Code.BAD_MESSAGE if isinstance(error, DatabaseError | ValueError) else Code.INTERNAL
            return [Refused(code)], None
        results: list[Result] = []
        newest: int | None = None
        for request in requests:
            try:
                (result,), seq = self._commit(session_id, [request])
            except (OperationalError, InterfaceError):
                # Committed commands keep their results; the others are told to retry.
                self._remembered.pop(session_id, None)
                connection.close()
                return results + [Refused(Code.UNAVAILABLE)] * (len(requests) - len(results)), newest
            except Exception as own:
                self._remembered.pop(session_id, None)
                (result,), seq = self._commit_singly(session_id, [request], own)
            results.append(result)
            newest = seq or newest
        return results, newest


def _take_batch(waiting: deque[_QueuedCommand], *, most: int) -> list[_QueuedCommand]:
    """Take at least one command from the front, up to a weight of `most`. A whole ballot weighs more than a vote."""
    batch: list[_QueuedCommand] = []
    weight = 0.0
    while waiting:
        weight += waiting[0].request.command.weight()
        if batch and weight > most:
            break
        batch.append(waiting.popleft())
    return batch


def _is_full(error: Exception) -> bool:
    cause = error.__cause__
    return getattr(cause, "sqlite_errorcode", None) == _SQLITE_FULL or getattr(cause, "sqlstate", "") == _POSTGRES_FULL


def _post(batch: Sequence[_QueuedCommand], results: Sequence[Result]) -> None:
    boxes: dict[int, tuple[Mailbox, list[tuple[object, Result]]]] = {}
    for waiting, result in zip(batch, results, strict=True):
        boxes.setdefault(id(waiting.mailbox), (waiting.mailbox, []))[1].append((waiting.token, result))
    for mailbox, posted in boxes.values():
        mailbox.post(posted)


writer = Writer()


class _OneReply:
    """A mailbox for one thread that blocks until its reply."""

    def __init__(self) -> None:
        self._replied = threading.Event()
        self._result: Result | None = None

    def post(self, results: list[tuple[object, Result]]) -> None:
        ((_, self._result),) = results
        self._replied.set()

    def wait(self) -> CommandResult:
        if not self._replied.wait(timeout=30):
            raise Refused(Code.UNAVAILABLE)
        if isinstance(self._result, Refused):
            raise self._result
        assert self._result is not None
        return self._result


def submit_and_wait(
    *, session_id: int, actor: Actor, command: Command, key: UUID | None = None, login: Login | None = None
) -> CommandResult:
    """Submit a command from a page's thread and wait for its commit. Raises Refused."""
    reply = _OneReply()
    writer.submit(session_id=session_id, request=CommandRequest(actor, command, key, login), mailbox=reply, token=None)
    return reply.wait()
