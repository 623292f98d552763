"""Until when a session is kept. Once that day is over, by the clock of its programme, it is deleted with all in it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from ..models import Session
from . import moment


def set_keep_until(session_id: int, *, day: dt.date | None) -> None:
    """Set the last day on which the session is kept; none: until somebody deletes it."""
    Session.objects.filter(pk=session_id).update(keep_until=day)


def find_over() -> list[int]:
    """Return the sessions, by table id, whose last day is over."""
    now = moment.now()
    # A day is over somewhere on earth up to fourteen hours before it is in UTC.
    near = Session.objects.filter(keep_until__lte=(now + dt.timedelta(days=1)).date())
    rows = near.order_by("pk").values_list("pk", "keep_until", "programme__time_zone")
    return [pk for pk, day, zone in rows if day is not None and now.astimezone(ZoneInfo(zone)).date() > day]
