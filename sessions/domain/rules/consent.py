"""What people agreed to: it may become stricter, and nobody joins under another profile than they were shown."""

from __future__ import annotations

from ...errors import Code, Refused
from ..consent import is_looser


def check_not_looser(*, was: str, now: str, begun: bool) -> None:
    """Once somebody took part, nothing is allowed that they did not agree to."""
    if begun and is_looser(now, than=was):
        raise Refused(Code.CONSENT_LOOSER)


def check_agreed(*, shown: str, now: str) -> None:
    """Who joins was shown this profile, or one that allows more."""
    if is_looser(now, than=shown):
        raise Refused(Code.CONSENT_CHANGED)
