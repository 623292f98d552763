"""Sends a file while it is being written, without the database waiting for the reader.

A thread of its own reads the rows, in one transaction on its own connection, into a temporary file; the response
follows behind. So a slow network holds no transaction open, page views are not queued behind an export, and memory
stays flat. A failure half-way breaks the connection off, so that a browser does not take half a file for a whole one.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connections

from .cells import CHUNK
from .consistent_read import read_consistently

Pieces = Callable[[], Iterator[bytes]]

TURN = 0.005
"""Seconds of work between two yields to the event loop: the interpreter's switch interval."""

BREATH = 0.002
"""Seconds to stand back when the room was busy: all threads share one interpreter."""

PATIENCE = 1.0
"""Maximum seconds to wait for the event loop; a loop that has ended does not answer."""

# Two exports at a time are enough; a third waits its turn instead of slowing the room down.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="export")


class _Abandoned(Exception):
    """The client disconnected."""


class _Spool:
    """The file between the two: the thread appends, the response reads up to `size`."""

    def __init__(self, ring: Callable[[], None], give_way: Callable[[], None]) -> None:
        self._ring, self._give_way = ring, give_way
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed when both sides are through
        self._lock = threading.Lock()
        self._users = 2
        self.size = 0
        self.done = False
        self.abandoned = False
        self.failure: BaseException | None = None

    def fill(self, pieces: Pieces) -> None:
        """In the thread: write everything, then say so."""
        try:
            with read_consistently():
                begun = time.perf_counter()
                for piece in pieces():
                    if self.abandoned:
                        raise _Abandoned
                    if piece:
                        self._append(piece)
                    if time.perf_counter() - begun > TURN:
                        self._give_way()
                        begun = time.perf_counter()
        except _Abandoned:
            pass
        except BaseException as failure:
            self.failure = failure
        finally:
            connections.close_all()
            self.done = True
            self._ring()
            self.release()

    def _append(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            rest = rest[self._file.write(rest) :]
        self.size += len(piece)
        self._ring()

    def read(self, offset: int) -> bytes:
        return os.pread(self._file.fileno(), min(CHUNK, self.size - offset), offset)

    def release(self) -> None:
        """One of the two sides is through; the last one closes the file."""
        with self._lock:
            self._users -= 1
            last = self._users == 0
        if last:
            self._file.close()


async def send_pieces(pieces: Pieces) -> AsyncIterator[bytes]:
    """Yield what a thread of its own makes."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()

    def call(what: Callable[[], None]) -> None:
        # After the event loop was closed nothing waits for it.
        if not loop.is_closed():
            loop.call_soon_threadsafe(what)

    def give_way() -> None:
        """Between two pieces the room's messages go first: wait until the loop has done what there was to do."""
        begun, turned = time.perf_counter(), threading.Event()
        call(turned.set)
        turned.wait(PATIENCE)
        if time.perf_counter() - begun > BREATH:
            time.sleep(BREATH)

    spool = _Spool(partial(call, ready.set), give_way)
    filling = _threads.submit(spool.fill, pieces)
    offset = 0
    try:
        while True:
            ready.clear()
            done = spool.done
            while offset < spool.size:
                piece = spool.read(offset)
                offset += len(piece)
                yield piece
            if done:
                break
            await ready.wait()
        if spool.failure is not None:
            raise spool.failure
    finally:
        spool.abandoned = True
        if filling.cancel():
            spool.release()
        spool.release()


def read_pieces(pieces: Pieces) -> Iterator[bytes]:
    """Yield the same where nothing is asynchronous: a command, a test."""
    with read_consistently():
        yield from pieces()
