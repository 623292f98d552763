"""How many files this process may have open: each connection is one, and so is each database file."""

from __future__ import annotations

import logging
import os
import resource
from contextlib import suppress

log = logging.getLogger(__name__)

MOST = 1_048_576
"""What "no limit" is taken for."""
OWN = 64
"""Kept free for what the program itself opens: databases, Redis, temporary files, and connections that are closing."""
LOW = 500
"""With room for fewer connections than this a large room does not fit."""


def raise_limit() -> tuple[int, int]:
    """Raise the soft limit to the hard one; return what it was and what it is."""
    was, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    was = MOST if was == resource.RLIM_INFINITY else was
    most = MOST if hard == resource.RLIM_INFINITY else hard
    if was < most:
        with suppress(OSError, ValueError):  # some systems have a lower one beside it
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    now = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return was, MOST if now == resource.RLIM_INFINITY else now


def room_within(limit: int) -> int:
    """Return how many connections fit."""
    return max(16, limit - len(os.listdir("/dev/fd")) - OWN)


def count_room() -> int:
    """Raise the limit, tell it, and return how many connections fit."""
    was, limit = raise_limit()
    room = room_within(limit)
    log.info("Open files: the limit is %d (it was %d); room for %d connections", limit, was, room)
    if room < LOW:
        log.warning("The limit of open files is low: only %d connections fit. Raise it with ulimit -n", room)
    return room
