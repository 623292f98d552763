"""The clock of the step that is on: it is set, given and taken time, stands still and runs on."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.domain.commands import AddTime, OpenStep, PauseClock, StartClock
from sessions.domain.handlers.clock import LONGEST_MS
from sessions.domain.moment import now
from sessions.kinds import Keys
from sessions.models import Event, Step

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.django_db(transaction=True)
SLACK = dt.timedelta(seconds=30)
"""A slow machine's."""


class Clock:
    def __init__(self, *, minutes: int) -> None:
        self.room: SessionHarness = make_room()
        self.step = self.room.step(Keys.COLLECT, minutes=minutes)
        self.name = self.step.public_id
        self.room.lead(OpenStep(step=self.name))

    def add(self, seconds: int) -> Step:
        self.room.lead(AddTime(step=self.name, seconds=seconds))
        return self.read()

    def read(self) -> Step:
        return Step.objects.get(pk=self.step.pk)

    def lines(self) -> int:
        return Event.objects.filter(session=self.room.session, kind="clock.set").count()

    def left(self) -> dt.timedelta:
        deadline = self.read().deadline
        assert deadline is not None
        return deadline - now()

    def set_left(self, left: dt.timedelta) -> None:
        Step.objects.filter(pk=self.step.pk).update(deadline=now() + left)
        self.room.step(Keys.WELCOME)  # the writer reads the agenda anew


def test_time_is_given_and_taken_from_where_the_clock_stands() -> None:
    clock = Clock(minutes=5)
    before = clock.read().deadline
    assert before is not None
    assert clock.add(60).deadline == before + dt.timedelta(minutes=1)
    assert clock.add(-120).deadline == before - dt.timedelta(minutes=1)
    assert clock.lines() == 2


def test_a_clock_never_shows_less_than_nothing_nor_more_than_a_day() -> None:
    clock = Clock(minutes=1)
    clock.add(-3600)
    assert -SLACK < clock.left() <= dt.timedelta()
    clock.set_left(dt.timedelta(milliseconds=LONGEST_MS))
    clock.add(3600)
    assert dt.timedelta(milliseconds=LONGEST_MS) - SLACK < clock.left() <= dt.timedelta(milliseconds=LONGEST_MS)


def test_a_clock_that_ran_out_starts_again_from_now() -> None:
    clock = Clock(minutes=1)
    clock.set_left(-dt.timedelta(hours=1))
    clock.add(120)
    assert dt.timedelta(seconds=120) - SLACK < clock.left() <= dt.timedelta(seconds=120)


def test_a_step_without_minutes_gets_a_clock_with_the_time_that_is_given() -> None:
    clock = Clock(minutes=0)
    assert clock.read().deadline is None
    clock.add(90)
    assert dt.timedelta(seconds=90) - SLACK < clock.left() <= dt.timedelta(seconds=90)
    other = Clock(minutes=0)
    other.add(-90)
    assert -SLACK < other.left() <= dt.timedelta()


def test_a_paused_clock_takes_time_and_runs_on_with_it() -> None:
    clock = Clock(minutes=5)
    clock.room.lead(PauseClock(step=clock.name))
    paused = clock.read()
    assert paused.deadline is None and paused.paused_ms is not None
    clock.room.lead(PauseClock(step=clock.name))
    assert (clock.read().paused_ms, clock.lines()) == (paused.paused_ms, 1), "it stood still already"
    assert clock.add(30).paused_ms == paused.paused_ms + 30_000
    assert clock.add(-3600).paused_ms == 0
    assert clock.add(60).paused_ms == 60_000
    clock.room.lead(StartClock(step=clock.name))
    assert clock.read().paused_ms is None
    assert dt.timedelta(seconds=60) - SLACK < clock.left() <= dt.timedelta(seconds=60)
    lines = clock.lines()
    clock.room.lead(StartClock(step=clock.name))
    assert clock.lines() == lines, "it runs already"


def test_a_clock_that_never_ran_starts_with_the_minutes_of_its_step() -> None:
    clock = Clock(minutes=0)
    Step.objects.filter(pk=clock.step.pk).update(minutes=7)
    clock.room.step(Keys.WELCOME)
    clock.room.lead(StartClock(step=clock.name))
    assert dt.timedelta(minutes=7) - SLACK < clock.left() <= dt.timedelta(minutes=7)
