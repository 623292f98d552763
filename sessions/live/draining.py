"""Whether this process is on its way out: it was told to stop, and a load balancer should send nobody here."""

from __future__ import annotations

_leaving = False


def begin() -> None:
    global _leaving
    _leaving = True


def leaving() -> bool:
    return _leaving
