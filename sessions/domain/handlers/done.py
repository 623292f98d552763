"""Somebody says that they are done with the step that is on."""

from __future__ import annotations

from .. import rules
from ..actor import Actor
from ..commands import SayDone
from ..log import LogKind
from ..world import World


def say_done(*, world: World, actor: Actor, command: SayDone) -> None:
    """Note it. It stands in the log alone: see domain/done.py."""
    rules.check_takes_done(world.structure.step(command.step))
    world.note(LogKind.DONE_SAID, step=command.step, on=command.on)
