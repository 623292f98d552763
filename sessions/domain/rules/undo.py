"""Taking the last change back: for some seconds, and never so that what was closed for good is open again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ...enums import StepState
from ...errors import Code, Refused
from ...limits import UNDO
from ...models import Step


def check_undo_time(*, done_at: dt.datetime, at: dt.datetime) -> None:
    """After that a change stays."""
    if at - done_at > UNDO:
        raise Refused(Code.UNDO_TOO_LATE)


def check_reopens_none(*, undo: Mapping[str, Any], steps: Mapping[str, Step]) -> None:
    """No undo opens what was closed for good since."""
    if reopens_sealed(undo=undo, steps=steps):
        raise Refused(Code.STEP_SEALED)


def undo_until(undo: Mapping[str, Any]) -> int:
    """Return until when a change can be taken back, in milliseconds since 1970. It names the change as well."""
    at: int = undo["at"]
    return at + int(UNDO.total_seconds() * 1000)


def step_change_in(undo: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the step change that may lie under a turn of the projectors, a paper or a message."""
    while undo is not None and "under" in undo:
        undo = undo["under"]
    return undo


def reopens_sealed(*, undo: Mapping[str, Any], steps: Mapping[str, Step]) -> bool:
    """Whether taking a step change back would open a step that was closed for good since."""
    return any(
        (step := steps.get(name)) is not None and step.sealed_at is not None and before["state"] != StepState.CLOSED
        for name, before in undo["steps"].items()
    )
