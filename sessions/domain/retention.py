"""Until when a session is kept. Once that day is over, by the clock of its programme, it is deleted with all in it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from ..enums import StepState
from ..models import Session, Step
from . import moment

DAY = dt.timedelta(days=1)


def set_keep_until(session_id: int, *, day: dt.date | None) -> None:
    """Set the last day on which the session is kept; none: until somebody deletes it."""
    Session.objects.filter(pk=session_id).update(keep_until=day)


def today_of(zone: str) -> dt.date:
    """Return which day it is where a programme is."""
    return moment.now().astimezone(ZoneInfo(zone)).date()


def find_over() -> list[int]:
    """Return the sessions, by table id, whose last day is over.

    A session that is being held goes on past midnight: of one in which a step is open that was opened within a day, the
    last day is over a day later.
    """
    now = moment.now()
    # A day is over somewhere on earth up to fourteen hours before it is in UTC.
    near = Session.objects.filter(keep_until__lte=(now + DAY).date())
    rows = near.order_by("pk").values_list("pk", "keep_until", "programme__time_zone")
    over = {pk: today_of(zone) - day for pk, day, zone in rows if day is not None and today_of(zone) > day}
    opened = Step.objects.filter(session__in=over, state=StepState.OPEN, opened_at__gt=now - DAY)
    held = {*opened.filter(session__archived_at=None).values_list("session_id", flat=True)}
    return [pk for pk, since in over.items() if pk not in held or since > DAY]
