"""The hubs' threads: what they read of the database, with connections of their own, never queued behind page views."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection

readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="hub")

Found = TypeVar("Found")


async def read(work: Callable[[], Found]) -> Found:
    """Do database work in a reading thread. A connection that failed is not used again."""

    def guarded() -> Found:
        try:
            return work()
        except (DatabaseError, InterfaceError):
            connection.close()
            raise

    return await asyncio.get_running_loop().run_in_executor(readers, guarded)
