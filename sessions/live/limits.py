"""Rate limits: commands per person, and everything else per socket.

Never per session and never per address: a whole room shares both.
"""

from __future__ import annotations

import time

from ..domain.commands import ChangeSector, Command

BURST = 60.0
PER_SECOND = 12.0
PRICES: dict[type[Command], float] = {ChangeSector: 30.0}
"""Token cost of commands that load writer and screens more than others, which cost their weight."""


class TokenBucket:
    """Token bucket. Its burst covers a reconnecting phone's outbox; after that the rate is faster than anybody taps."""

    __slots__ = ("_at", "_tokens")

    def __init__(self) -> None:
        self._tokens = BURST
        self._at = time.monotonic()

    def take(self, command: Command) -> bool:
        """Return whether this command is fine now, and take its price if it is."""
        now = time.monotonic()
        price = PRICES.get(type(command)) or command.weight()
        self._tokens = min(BURST, self._tokens + (now - self._at) * PER_SECOND)
        self._at = now
        if self._tokens < price:
            return False
        self._tokens -= price
        return True


ELSE_BURST = 300.0
ELSE_PER_SECOND = 10.0
STRANGER_TIMES = 10.0
"""Cost factor of a frame before the welcome."""
HELLO_TIMES = 20.0
"""Cost of a hello: its reply may be a thousand times as long."""


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
        """Spend tokens; return whether there were enough. Once empty it stays empty: the socket is closed."""
        now = time.monotonic()
        self._left = min(ELSE_BURST, self._left + (now - self._at) * ELSE_PER_SECOND) - cost
        self._at = now
        self.is_spent = self.is_spent or self._left < 0
        return not self.is_spent
