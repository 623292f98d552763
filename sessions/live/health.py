"""How this process fares, as a console's status light shows it: reading, storing, and notifications."""

from __future__ import annotations

import time

from ..domain.documents import HealthDoc
from . import redis_probe
from .writer import Writer

REFUSES_AFTER_S = 1.0
"""A database that was busy for a moment is no fault."""


def round_ms(seconds: float) -> int:
    """Return milliseconds in steps of 1, 2, 5, 10, …, so that a light does not flicker."""
    step = 1
    while step < seconds * 1000:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def look_at(*, writer: Writer, read_s: float, silent_after: int) -> HealthDoc:
    """Return the state of things; `read_s`: how long the hub's last look into the database took."""
    failing = writer.failing_since
    return HealthDoc(
        read=round_ms(read_s),
        commit=None if writer.commit_s is None else round_ms(writer.commit_s),
        storing=failing is None or time.monotonic() - failing < REFUSES_AFTER_S,
        bell=redis_probe.state(),
        silent_after=silent_after,
    )
