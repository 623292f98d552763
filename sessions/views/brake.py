"""A brake on guessing join codes. Only wrong guesses count, so a full room behind one address never feels it.

A code gives a participant's rights in one session, nothing more. There are 31^6 codes; with ten sessions open, a
whole day of guessing at the speed below finds one with a chance of 1 in 500. The counts live in memory: they are
gone with the process, and no address is stored or logged.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NoReturn

from django.http import HttpRequest

from ..errors import Code, Refused

ADDRESS_BURST = 120
ADDRESS_PER_MINUTE = 20
SERVER_BURST = 1200
SERVER_PER_MINUTE = 120
ADDRESS_BURST_UNDER_ATTACK = 20
"""Wrong guesses an address still has while the whole server is being guessed at."""
REMEMBERED = 10_000


class Bucket:
    """Wrong guesses that are left; they come back with time."""

    __slots__ = ("at", "left", "recent")

    def __init__(self, left: float, at: float) -> None:
        self.left = left
        self.at = at
        self.recent: set[str] = set()

    def refill(self, *, now: float, per_minute: float, burst: float) -> None:
        self.left = min(burst, self.left + (now - self.at) * per_minute / 60)
        self.at = now
        if self.left >= burst:
            self.recent.clear()


class Brake:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._server = Bucket(SERVER_BURST, clock())
        self._addresses: OrderedDict[str, Bucket] = OrderedDict()

    def on(self, address: str) -> bool:
        """Whether this address may not try a code now."""
        with self._lock:
            self._refill(address)
            bucket = self._addresses.get(address)
            if bucket is None:
                return False
            spent = ADDRESS_BURST - bucket.left
            attacked = self._server.left < 1
            return bucket.left < 1 or (attacked and spent >= ADDRESS_BURST_UNDER_ATTACK)

    def count_wrong(self, address: str, guess: str) -> None:
        """Note a code that does not exist. The same wrong code again, as from a misread slide, costs nothing."""
        with self._lock:
            self._refill(address)
            bucket = self._addresses.get(address)
            if bucket is None:
                bucket = self._addresses[address] = Bucket(ADDRESS_BURST, self._clock())
                if len(self._addresses) > REMEMBERED:
                    self._addresses.popitem(last=False)
            if guess in bucket.recent:
                return
            bucket.recent.add(guess)
            bucket.left = max(0.0, bucket.left - 1)
            self._server.left = max(0.0, self._server.left - 1)

    def forget(self) -> None:
        """Start anew (tests)."""
        with self._lock:
            self._server = Bucket(SERVER_BURST, self._clock())
            self._addresses.clear()

    def _refill(self, address: str) -> None:
        now = self._clock()
        self._server.refill(now=now, per_minute=SERVER_PER_MINUTE, burst=SERVER_BURST)
        bucket = self._addresses.get(address)
        if bucket is not None:
            bucket.refill(now=now, per_minute=ADDRESS_PER_MINUTE, burst=ADDRESS_BURST)
            self._addresses.move_to_end(address)


brake = Brake()


def address_of(request: HttpRequest) -> str:
    """Return whom a wrong guess is counted on: an IPv4 address, or the /64 that one IPv6 customer has."""
    text = request.META.get("REMOTE_ADDR") or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def refuse_guess(request: HttpRequest, guess: str) -> NoReturn:
    """Raise Refused for a code that does not exist, and count it unless too many came before it."""
    address = address_of(request)
    if brake.on(address):
        raise Refused(Code.SLOW_DOWN)
    brake.count_wrong(address, guess)
    raise Refused(Code.SESSION_UNKNOWN)
