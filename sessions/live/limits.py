"""How fast one person may give commands. Never per session and never per address: a whole room shares both."""

from __future__ import annotations

import time

BURST = 60.0
PER_SECOND = 12.0


class TokenBucket:
    """A phone that comes back sends what it kept at once; after that nobody taps faster than this."""

    __slots__ = ("_at", "_tokens")

    def __init__(self) -> None:
        self._tokens = BURST
        self._at = time.monotonic()

    def take(self) -> bool:
        """Return whether one more command is fine now."""
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._at) * PER_SECOND)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
