"""Rate limiter for commits that a page's thread makes itself, outside of the writer.

On SQLite each such commit holds the writer up, and with it the dots of the whole room. In memory, of one process.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from .brake import Bucket, Rate, Table

MOVE_CODES = Rate(burst=6, per_minute=6)


class Ration:
    """See the module. For any thread."""

    def __init__(self, rate: Rate, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock, self._lock = rate, clock, Lock()
        self.forget()

    def take(self, person: int) -> bool:
        """Return whether this participant (table id) may write once more now."""
        with self._lock:
            now = self._clock()
            bucket = self._left.find(person, now)
            if bucket.left(now) < 1:
                return False
            bucket.take()
            return True

    def forget(self) -> None:
        """Reset."""
        self._left: Table[int, Bucket] = Table(lambda at: Bucket(self._rate, at), self._clock())


move_codes = Ration(MOVE_CODES)
