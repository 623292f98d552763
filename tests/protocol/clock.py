"""A clock that stands still until a test moves it, in place of the program's own."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from sessions.domain import moment
from sessions.domain.moment import to_ms
from sessions.live import hub, limits, socket, staleness, turn, welcome, writer

START = dt.datetime(2026, 3, 5, 19, 0, tzinfo=dt.UTC)
START_MS = to_ms(START)


class Clock:
    """Counts whole milliseconds, so that a time survives being written in them."""

    def __init__(self) -> None:
        self.ms = 0

    def now(self) -> dt.datetime:
        return START + dt.timedelta(milliseconds=self.ms)

    def time(self) -> float:
        return self.now().timestamp()

    def monotonic(self) -> float:
        return 1_000.0 + self.ms / 1000

    def sleep(self, seconds: float) -> None:
        self.ms += int(seconds * 1000)


@contextmanager
def stopped_clock() -> Iterator[Clock]:
    """Let everything that decides, commits and sends read this clock for as long as the block lasts."""
    clock = Clock()
    hands = SimpleNamespace(
        time=clock.time, monotonic=clock.monotonic, sleep=clock.sleep, perf_counter=time.perf_counter
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moment, "now", clock.now)
        for module in (turn, hub, staleness, welcome, socket, limits, writer):
            patch.setattr(module, "time", hands)
        yield clock
