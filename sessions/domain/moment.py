"""The server's clock, and conversion of times to milliseconds since 1970, UTC."""

from __future__ import annotations

import datetime as dt
from typing import overload

from django.utils import timezone


def now() -> dt.datetime:
    return timezone.now()


@overload
def to_ms(moment: dt.datetime) -> int: ...
@overload
def to_ms(moment: None) -> None: ...
def to_ms(moment: dt.datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def from_ms(ms: int | None) -> dt.datetime | None:
    return None if ms is None else dt.datetime.fromtimestamp(ms / 1000, tz=dt.UTC)


def ms_until(then: dt.datetime, at: dt.datetime) -> int:
    """Return the whole milliseconds from `at` to `then`; 0 when it is past."""
    return max(0, (then - at) // dt.timedelta(milliseconds=1))
