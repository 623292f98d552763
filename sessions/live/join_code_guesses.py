"""Guesses of join codes: pages, API and sockets count them here, in one place, and let the same people pass.

Who was let into a session before needs no guess. A cookie says so: it is looked up first, and the code is compared with
the sessions it belongs to, so nothing is learned about any other code. And so does the address: where somebody of a
session was lately, facilitator and projector included, that session's code is taken from everybody, however many wrong
ones came from there. Whoever guesses from inside the room's own network can then try that one code without a limit; it
hangs on the wall of the room.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from threading import Lock
from typing import TypeVar

from django.conf import settings

from ..domain.authorisation import find_login
from ..errors import Code, Refused
from ..models import FormerBrowser, JoinRequest, Participant, Session, StageLink
from ..models.ids import token_hash
from .guess_limiter import CODES, Guess, GuessLimiter

T = TypeVar("T")
PLACES = 10_000
LASTS_S = 12 * 3600
"""How long an address is one where people of a session are: an evening with its preparation."""
COOKIES = 100
"""Of one browser that are looked at."""


class TrustedAddresses:
    """From which addresses people of which sessions came lately. In memory, of this process only. For any thread."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._seen: OrderedDict[tuple[str, str], float] = OrderedDict()

    def note(self, address: str, code: str) -> None:
        """Somebody of this session is at this address."""
        with self._lock:
            self._seen[address, code] = self._clock()
            self._seen.move_to_end((address, code))
            if len(self._seen) > PLACES:
                self._seen.popitem(last=False)

    def know(self, address: str, code: str) -> bool:
        with self._lock:
            at = self._seen.get((address, code))
            return at is not None and self._clock() - at < LASTS_S

    def forget(self) -> None:
        with self._lock:
            self._seen.clear()


join_brake = GuessLimiter(CODES)
places = TrustedAddresses()


def count_guess(guess: Guess, found: T | None) -> T:
    """Return what a code leads to. Raises Refused for a wrong one: there is none, or too many were guessed before."""
    if found is None:
        guess.spend()
        raise Refused(Code.SLOW_DOWN if guess.waits else Code.SESSION_UNKNOWN)
    return found


def was_admitted_before(cookies: Mapping[str, str], codes: Collection[str]) -> bool:
    """Whether this browser belongs to a session with one of these codes: as a person, who may still wait to be let in,
    a projector or a member.
    """
    people = Participant.objects.filter(token_hash__in=_hashes(cookies, "p_"))
    waiting = JoinRequest.objects.filter(token_hash__in=_hashes(cookies, "w_"))
    links = StageLink.objects.filter(token_hash__in=_hashes(cookies, "stage_"), revoked_at=None)
    left = FormerBrowser.objects.filter(token_hash__in=_hashes(cookies, "p_"))
    if not set(codes).isdisjoint(left.values_list("participant__session__code", flat=True)):
        return True
    for held in (people, waiting, links):
        if not set(codes).isdisjoint(held.values_list("session__code", flat=True)):
            return True
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    login = find_login(key) if key else None
    if login is None:
        return False
    return Session.objects.filter(code__in=codes, programme__memberships__member=login.member).exists()


def _hashes(cookies: Mapping[str, str], prefix: str) -> list[str]:
    held = [value for name, value in cookies.items() if name.startswith(prefix)]
    return [token_hash(value) for value in held[-COOKIES:]]
