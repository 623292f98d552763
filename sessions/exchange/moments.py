"""Moments as every file tells them: UTC, ISO 8601 with Z, cut to the millisecond."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Func, TextField


class StoredMoment(Func):
    """A moment as text, for `tell_stored`: an object for each would cost more than all the rest of its line."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Django stores UTC as text, with a fraction of six digits or none."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=template, **context)


@lru_cache(maxsize=4096)  # a person's whole row, and often a batch's, has one moment
def tell_stored(text: str | None) -> str:
    """Return a moment that was read as `StoredMoment`."""
    return f"{text[:10]}T{text[11:19]}{text[19:23] or '.000'}Z" if text else ""


def tell_time(moment: dt.datetime | None) -> str:
    """Return a moment that was read as an object."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")[:-6] + "Z" if moment else ""


def tell_day(moment: dt.datetime | None, *, zone: str) -> str:
    """Return the day that it is then in this time zone."""
    return moment.astimezone(ZoneInfo(zone)).date().isoformat() if moment else ""


def cut_to_minute(told: str) -> str:
    """As the console shows it: seconds would tell which cards one person wrote in a row."""
    return f"{told[:17]}00.000Z" if told else ""
