"""How fast one person may give commands, and how much else one socket may send.

Never per session and never per address: a whole room shares both.
"""

from __future__ import annotations

import time

from ..domain.verbs import ChangeSector, Verb

BURST = 60.0
PER_SECOND = 12.0
PRICES: dict[type[Verb], float] = {ChangeSector: 30.0}
"""What a command costs that keeps the writer and every screen longer than others do, which cost 1. Cards have a limit
of their own, and a phone that comes back sends all that it kept at once.
"""


class TokenBucket:
    """A phone that comes back sends what it kept at once; after that nobody taps faster than this."""

    __slots__ = ("_at", "_tokens")

    def __init__(self) -> None:
        self._tokens = BURST
        self._at = time.monotonic()

    def take(self, verb: Verb) -> bool:
        """Return whether this command is fine now, and take its price if it is."""
        now = time.monotonic()
        price = PRICES.get(type(verb), 1.0)
        self._tokens = min(BURST, self._tokens + (now - self._at) * PER_SECOND)
        self._at = now
        if self._tokens < price:
            return False
        self._tokens -= price
        return True


ELSE_BURST = 300.0
ELSE_PER_SECOND = 10.0
STRANGER_TIMES = 10.0
"""What a frame costs before its socket was let in."""
HELLO_TIMES = 20.0
"""What a hello costs, also then: its answer may be a thousand times as long."""


class Budget:
    """What one socket may send beside commands: hellos, pings, frames that are refused, control frames, pieces.

    A phone pings every 5 s and a stage every 2 s, so who spends this is broken or means harm.
    """

    __slots__ = ("_at", "_left", "is_spent")

    def __init__(self) -> None:
        self._left = ELSE_BURST
        self._at = time.monotonic()
        self.is_spent = False

    def spend(self, cost: float = 1.0) -> bool:
        """Take so much; return whether there was as much. Once spent, it stays spent: the socket is closed."""
        now = time.monotonic()
        self._left = min(ELSE_BURST, self._left + (now - self._at) * ELSE_PER_SECOND) - cost
        self._at = now
        self.is_spent = self.is_spent or self._left < 0
        return not self.is_spent
