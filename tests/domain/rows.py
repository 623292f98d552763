"""Rows for pure rules: made in memory and never stored."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sessions.enums import StepState
from sessions.kinds import Keys
from sessions.models import Contribution, Round, Session, Step

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def step(kind: str = Keys.COLLECT, **fields: Any) -> Step:
    """Return a step that is on, unless said otherwise."""
    now = {"state": StepState.OPEN, "opened_at": NOON} if "state" not in fields else {}
    return Step(pk=1, public_id="step", kind=kind, **({"settings": {}} | now | fields))


def closed(kind: str = Keys.COLLECT, **fields: Any) -> Step:
    """Return a step that was closed at noon."""
    return step(kind, state=StepState.CLOSED, opened_at=NOON - 60 * SECOND, closed_at=NOON, **fields)


def planned(kind: str = Keys.COLLECT) -> Step:
    return step(kind, state=StepState.PLANNED)


def round_(**fields: Any) -> Round:
    """Return the first round of a step, open since noon."""
    return Round(pk=1, public_id="round", step_id=1, **({"number": 1, "opened_at": NOON} | fields))


def card(**fields: Any) -> Contribution:
    return Contribution(pk=1, public_id="card", step_id=1, text="Kaart", **({"participant_id": 7} | fields))


def session(**fields: Any) -> Session:
    return Session(pk=1, public_id="session", code="ABCDEF", **fields)
