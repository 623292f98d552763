"""In what order a programme lists its sessions, and what that costs."""

from __future__ import annotations

import datetime as dt
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions.enums import StepState
from sessions.models import Programme, Session

from .programme_pages import ENGLISH, PROGRAMME


def listed(browser: Client) -> list[str]:
    return re.findall(r'class="name" href="/programmes/[^"]+/sessions/([A-Z0-9]+)/"', browser.get(PROGRAMME).text)


def test_what_runs_comes_first_then_what_comes_next(session: Session, core: Client) -> None:
    now = timezone.now()
    days = {"BEFORE": -40, "LATELY": -2, "SOON": 1, "LATER": 30}
    for code, day in days.items():
        Session.objects.create(
            programme=session.programme, code=code, title_nl="A", title_en="A", planned_at=now + dt.timedelta(days=day)
        )
    today = Session.objects.create(programme=session.programme, code="TODAY", title_nl="A", title_en="A")
    Session.objects.filter(pk=today.pk).update(planned_at=now.astimezone().replace(hour=0, minute=1))
    newer = Session.objects.create(programme=session.programme, code="NEWER", title_nl="A", title_en="A")
    assert listed(core) == ["TODAY", "SOON", "LATER", "LATELY", "BEFORE", newer.code, session.code]
    step = session.steps.all()[0]
    step.state, step.opened_at = StepState.OPEN, now
    step.save()
    Session.objects.filter(pk=session.pk).update(now=step)
    assert listed(core) == [session.code, "TODAY", "SOON", "LATER", "LATELY", "BEFORE", newer.code]


def test_two_of_one_name_can_be_told_apart(session: Session, core: Client) -> None:
    other = Session.objects.create(
        programme=session.programme,
        code="SAME22",
        title_nl=session.title_nl,
        title_en=session.title_en,
        planned_at=dt.datetime(2031, 5, 6, 18, 0, tzinfo=dt.UTC),
    )
    text = core.get(PROGRAMME, headers=ENGLISH).text
    assert f"{other.title_en} (6 May 2031, {other.code})</option>" in text
    assert f"{session.title_en} ({session.code})</option>" in text
    twin = Programme.objects.create(slug="kennispark-2", name_nl="Kennispark Twente", name_en="Kennispark Twente")
    third = Programme.objects.create(slug="spoorzone", name_nl="Spoorzone", name_en="Railway zone")
    for programme in (twin, third):
        programme.memberships.create(member_id=int(core.session["_auth_user_id"]), role="core")
    text = core.get("/programmes/").text
    assert "kennispark ·" in text and "kennispark-2 ·" in text and "spoorzone ·" not in text


def test_the_number_of_queries_stays(session: Session, rehearsal: Session, core: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert core.get(PROGRAMME).status_code == 200
        return len(queries)

    count()  # notes that the member was here, once a while
    before = count()
    for number in range(12):
        Session.objects.create(
            programme=session.programme,
            code=f"MANY{number}",
            title_nl="A",
            title_en="A",
            rehearsal=number % 2 == 0,
            archived_at=timezone.now() if number % 3 == 0 else None,
        )
    assert count() == before
