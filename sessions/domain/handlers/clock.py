"""The clock of the step that is on. It closes nothing; a person does."""

from __future__ import annotations

import datetime as dt

from ...models import Step
from .. import rules
from ..actor import Actor
from ..commands import AddTime, PauseClock, StartClock
from ..log import LogKind
from ..moment import ms_until
from ..world import World

LONGEST_MS = 24 * 3_600_000


def add_time(*, world: World, actor: Actor, command: AddTime) -> None:
    """Give or take time. A clock that ran out starts again from now when time is given."""
    step = _open_step(world, command.step)
    more = dt.timedelta(seconds=command.seconds)
    if step.paused_ms is not None:
        step.paused_ms = min(max(0, step.paused_ms + command.seconds * 1000), LONGEST_MS)
    elif step.deadline is not None:
        from_when = max(step.deadline, world.at) if command.seconds > 0 else step.deadline
        step.deadline = min(max(from_when + more, world.at), world.at + dt.timedelta(milliseconds=LONGEST_MS))
    else:
        step.deadline = world.at + max(more, dt.timedelta())
    _set(world, step)


def pause_clock(*, world: World, actor: Actor, command: PauseClock) -> None:
    step = _open_step(world, command.step)
    if step.deadline is None:
        return
    step.paused_ms = ms_until(step.deadline, world.at)
    step.deadline = None
    _set(world, step)


def start_clock(*, world: World, actor: Actor, command: StartClock) -> None:
    """Let a paused clock run on; start one that never ran with the step's minutes."""
    step = _open_step(world, command.step)
    if step.deadline is not None:
        return
    left = step.paused_ms if step.paused_ms is not None else step.minutes * 60_000
    step.deadline = world.at + dt.timedelta(milliseconds=left)
    step.paused_ms = None
    _set(world, step)


def _open_step(world: World, name: str) -> Step:
    step = world.structure.step(name)
    rules.check_is_open(step)
    return step


def _set(world: World, step: Step) -> None:
    world.change(step, "deadline", "paused_ms")
    world.restructure()
    world.note(LogKind.CLOCK_SET, step=step.public_id)
