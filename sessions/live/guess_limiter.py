"""Rate limiter for guesses of codes and passwords: budgets per address and for all addresses together.

A wrong guess costs its address one of `plain`, and when those are spent one of `further`; and it costs one of `common`,
the budget of everybody together, and when that is spent one of what this address has of its `own`. Who has nothing left
is not looked at, right or wrong. A right guess costs nothing: it is let in while wrong ones are already told to wait,
and a full room behind one address never feels the brake.

What a guess may cost is taken before it is looked at and given back when it was right: a thousand guesses at the same
moment are no more than the budgets allow.

The budgets are in memory, of one process: several processes allow as many times more, and a restart begins anew. No
address is stored or logged. At most REMEMBERED addresses are known; beyond that all new ones share one budget, so that
the sum stays bounded however many addresses somebody has. How likely it is to guess something in a day is computed in
tests/live/test_odds.py from what this file lets through, and told in docs/security-checks.md.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, NamedTuple, Protocol, TypeVar

REMEMBERED = 10_000
RECENT = 16
"""Remembered wrong guesses of an address; repeating one is free, as when a room copies a misprint from a slide."""


class Rate(NamedTuple):
    burst: float
    per_minute: float


class Rates(NamedTuple):
    """`plain`, `further`: of one address. `common`: of everybody together. `own`: of an address, once that is spent."""

    plain: Rate
    further: Rate
    common: Rate
    own: Rate


CODES = Rates(plain=Rate(120, 20), further=Rate(300, 20), common=Rate(1_200, 120), own=Rate(5, 2 / 60))
"""For what one server has some of: join codes and receipts. 20 misread codes a minute are a room of hundreds."""
PASSWORDS = Rates(plain=Rate(10, 2), further=Rate(20, 2), common=Rate(30, 6 / 60), own=Rate(5, 5 / 1440))
"""`common` and `own` are per account here; `plain` and `further` count over all accounts."""


class Bucket:
    """Token bucket of guesses."""

    __slots__ = ("_at", "_left", "_rate")

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate, self._left, self._at = rate, rate.burst, now

    def left(self, now: float) -> float:
        self._left = min(self._rate.burst, self._left + (now - self._at) * self._rate.per_minute / 60)
        self._at = now
        return self._left

    def take(self) -> None:
        self._left -= 1

    def give_back(self) -> None:
        self._left = min(self._rate.burst, self._left + 1)

    def is_full(self, now: float) -> bool:
        return self.left(now) >= self._rate.burst


class AddressBudget:
    """An address's budgets and its recent wrong guesses."""

    __slots__ = ("further", "plain", "recent")

    def __init__(self, rates: Rates, now: float) -> None:
        self.plain, self.further = Bucket(rates.plain, now), Bucket(rates.further, now)
        self.recent: OrderedDict[Hashable, None] = OrderedDict()

    def is_full(self, now: float) -> bool:
        return self.plain.is_full(now) and self.further.is_full(now)


class _Fillable(Protocol):
    def is_full(self, now: float) -> bool: ...


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=_Fillable)


class BoundedTable(Generic[K, V]):
    """A bounded table: at most REMEMBERED entries; all beyond share one entry, so no address starts fresh by being
    forgotten.
    """

    def __init__(self, make: Callable[[float], V], now: float) -> None:
        self._make = make
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._rest = make(now)

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: K, now: float) -> V:
        found = self._kept.get(key)
        if found is not None:
            return found
        self._sweep(now)
        if len(self._kept) >= REMEMBERED:
            return self._rest
        found = self._kept[key] = self._make(now)
        return found

    def _sweep(self, now: float) -> None:
        """Incremental eviction: check two entries per insertion, and drop those whose budget is full again."""
        for _ in range(min(2, len(self._kept))):
            key, value = self._kept.popitem(last=False)
            if not value.is_full(now):
                self._kept[key] = value


class Guess:
    """One guess that may be looked at, inside `with guess:`. It costs nothing unless `spend` says that it was wrong: a
    right one is free, and so is one that an error kept from being looked at.
    """

    __slots__ = ("_brake", "_name", "_paid", "_visitor", "waits")

    def __init__(
        self, brake: GuessLimiter, visitor: AddressBudget, name: Hashable, paid: tuple[Bucket, ...], waits: bool
    ) -> None:
        self._brake, self._visitor, self._name, self._paid = brake, visitor, name, paid
        self.waits = waits
        """Over the limit: a wrong guess is refused with `rate.slow_down`, which does not say that it is wrong."""

    def __enter__(self) -> Guess:
        return self

    def __exit__(self, *_: object) -> None:
        self.give_back()

    def spend(self) -> None:
        """The guess was wrong: its cost is kept."""
        self._paid = ()

    def give_back(self) -> None:
        with self._brake.lock:
            for bucket in self._paid:
                bucket.give_back()
            if self._paid:
                self._visitor.recent.pop(self._name, None)
            self._paid = ()


class GuessLimiter:
    """See the module. For any thread."""

    def __init__(self, rates: Rates, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.lock = Lock()
        self._rates = rates
        self._clock = clock
        self.forget()

    def reserve(self, address: str, guess: str | None, *, about: str = "") -> Guess | None:
        """Return the guess if it may be looked at now, else None.

        `about`: what is guessed at, when each has a common budget of its own. Without `guess` nothing is remembered of
        it, and the same guess again costs again.
        """
        with self.lock:
            now = self._clock()
            visitor = self._visitors.find(address, now)
            name = None if guess is None else (about, guess)
            if name is not None and name in visitor.recent:
                return Guess(self, visitor, name, (), visitor.plain.left(now) < 1)
            common, own = self._common.find(about, now), self._own.find((address, about), now)
            waits = visitor.plain.left(now) < 1
            paid = (visitor.further if waits else visitor.plain, own if common.left(now) < 1 else common)
            if any(bucket.left(now) < 1 for bucket in paid):
                return None
            for bucket in paid:
                bucket.take()
            if name is not None:
                visitor.recent[name] = None
                if len(visitor.recent) > RECENT:
                    visitor.recent.popitem(last=False)
            return Guess(self, visitor, name, paid, waits)

    def free(self) -> Guess:
        """Return a guess that costs nothing, for somebody who is known to have it."""
        return Guess(self, AddressBudget(self._rates, self._clock()), None, (), False)

    def forget(self) -> None:
        """Reset all budgets."""
        now = self._clock()
        rates = self._rates
        self._visitors: BoundedTable[str, AddressBudget] = BoundedTable(lambda at: AddressBudget(rates, at), now)
        self._common: BoundedTable[str, Bucket] = BoundedTable(lambda at: Bucket(rates.common, at), now)
        self._own: BoundedTable[tuple[str, str], Bucket] = BoundedTable(lambda at: Bucket(rates.own, at), now)

    def remembered(self) -> int:
        """Return how many things are remembered, all tables together."""
        return len(self._visitors) + len(self._common) + len(self._own)
