"""Whether this process is draining: it is to stop, and a load balancer should send no new connections."""

from __future__ import annotations

_leaving = False


def begin() -> None:
    global _leaving
    _leaving = True


def leaving() -> bool:
    return _leaving
