"""Days and times as a programme's people say them: in its time zone and the language of the page."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from ..models import Session


def say_time(moment: dt.datetime | None, session: Session) -> str:
    """Return the time of day in the time zone of the programme."""
    return "" if moment is None else f"{_local(moment, session):%H:%M}"


def say_day(moment: dt.datetime, session: Session) -> str:
    return date_format(_local(moment, session), "j F Y")


def _local(moment: dt.datetime, session: Session) -> dt.datetime:
    return moment.astimezone(ZoneInfo(session.programme.time_zone))
