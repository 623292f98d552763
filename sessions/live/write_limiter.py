"""How often one person may have something at once from a page's thread: what is written there, or what is long.

On SQLite a commit beside the writer holds it up, and with it the dots of the whole room. In memory, of one process.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from .guess_limiter import BoundedTable, Bucket, Rate

MOVE_CODES = Rate(burst=6, per_minute=6)
EARLIER_PAGES = Rate(burst=120, per_minute=60)


class WriteLimiter:
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
        self._left: BoundedTable[int, Bucket] = BoundedTable(lambda at: Bucket(self._rate, at), self._clock())


move_codes = WriteLimiter(MOVE_CODES)
earlier_pages = WriteLimiter(EARLIER_PAGES)
