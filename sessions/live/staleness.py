"""How old what a hub shows is: when it last read the database, and that stages and consoles are told in time.

A hub reads the database at least twice a second while somebody is connected. A database that hangs raises no error, so
each read is waited for with a limit.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

BEHIND_S = 2.5
"""Stages and consoles are told when no read has succeeded for so long."""


class Staleness:
    """See the module. `tell`: say since when, in milliseconds; None: no longer."""

    def __init__(self, tell: Callable[[int | None], Awaitable[None]]) -> None:
        self._tell = tell
        self._read_at = time.time()
        """When the last read began that succeeded."""
        self.read_s = 0.0
        """How long it took."""
        self._is_told = False

    async def look(self, asked: Coroutine[Any, Any, T]) -> T:
        """Wait for a read of the database."""
        began, at = time.monotonic(), time.time()
        result = await self.wait_for(asked)
        self._read_at, self.read_s = at, time.monotonic() - began
        return result

    async def wait_for(self, asked: Coroutine[Any, Any, T]) -> T:
        """Wait for the database. One that hangs is reported as one that refuses."""
        answer = asyncio.ensure_future(asked)
        while not (await asyncio.wait({answer}, timeout=BEHIND_S))[0]:
            await self.tell()
        return answer.result()

    async def tell(self) -> None:
        """Tell stages and consoles when no read has succeeded for `BEHIND_S`."""
        if not self._is_told and time.time() - self._read_at >= BEHIND_S:
            self._is_told = True
            await self._tell(int(self._read_at * 1000))

    async def tell_end(self) -> None:
        """What is shown is as it stands now."""
        if self._is_told:
            self._is_told = False
            await self._tell(None)
