"""The course of a session: steps opened, closed, revealed, and the last such change taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from ...enums import StepState
from ...errors import Code
from ...models import Round, Step
from .. import rules
from ..actor import Actor
from ..commands import (
    CloseStep,
    EndPractice,
    OpenStep,
    PutMessage,
    RemoveBallot,
    RemoveMessage,
    RevealStep,
    SealStep,
    ShowStage,
    TickCard,
    UndoStep,
)
from ..kind import kind_of
from ..log import LogKind
from ..lookup import require
from ..moment import from_ms, ms_until, to_ms
from ..revealed import is_revealed
from ..world import World
from . import messages, paper_ballots, stage, ticks
from .practice import throw_away
from .redaction import destroy_due
from .voting import ROUND

_STEP = ("state", "opened_at", "closed_at", "revealed_at", "deadline", "paused_ms")


def open_step(*, world: World, actor: Actor, command: OpenStep) -> None:
    """Make a step the one that is on. The one that was open is closed; a reveal step reveals its subject."""
    step = world.structure.step(command.step)
    if step.state == StepState.OPEN:
        return
    rules.check_in_agenda(step)
    rules.check_not_sealed(step)
    kind = kind_of(step)
    kind.check_open(world=world, step=step)
    subject = kind.reveals(structure=world.structure, step=step)
    touched = [found for found in world.structure.steps.values() if found.state == StepState.OPEN]
    touched += [step] + ([subject] if subject else [])
    _remember(world=world, command=OpenStep.do, step=step, touched=touched)
    for found in touched[: len(touched) - 1 - bool(subject)]:
        _close(world=world, step=found)
    step.state, step.opened_at, step.closed_at = StepState.OPEN, world.at, None
    step.deadline = world.at + dt.timedelta(minutes=step.minutes) if step.minutes else None
    step.paused_ms = None
    kind.opened(world=world, step=step)
    world.change(step, *_STEP)
    world.session.now = step
    stage.begin(world=world, step=step)
    world.restructure()
    closed = [found.public_id for found in touched if found.state == StepState.CLOSED and found is not subject]
    world.note(LogKind.STEP_OPENED, step=step.public_id, closed=closed)
    if subject is not None:
        _reveal(world=world, step=subject)


def close_step(*, world: World, actor: Actor, command: CloseStep) -> None:
    step = world.structure.step(command.step)
    rules.check_begun(step)
    if step.state != StepState.OPEN:
        return
    _remember(world=world, command=CloseStep.do, step=step, touched=[step])
    _close(world=world, step=step)
    world.restructure()
    world.note(LogKind.STEP_CLOSED, step=step.public_id)


def reveal_step(*, world: World, actor: Actor, command: RevealStep) -> None:
    """Show what a step has to show: its cards, or the result of its newest round."""
    step = world.structure.step(command.step)
    rules.check_revealable(step)
    if is_revealed(step):
        return
    _remember(world=world, command=RevealStep.do, step=step, touched=[step])
    if kind_of(step).reveal_closes and step.state == StepState.OPEN:
        _close(world=world, step=step)
    world.restructure()
    _reveal(world=world, step=step)


def seal_step(*, world: World, actor: Actor, command: SealStep) -> None:
    """Close a step for good, with how many phones had confirmed. It is not opened again; a reveal is still possible."""
    step = world.structure.step(command.step)
    if step.sealed_at is not None:
        return
    rules.check_seal_count(confirmed=command.confirmed, of=command.of)
    rules.check_may_seal(step=step, round_=world.structure.round_of(step), at=world.at)
    step.sealed_at = world.at
    if command.confirmed is not None:
        step.sealed_confirmed, step.sealed_of, step.sealed_whole = command.confirmed, command.of, command.whole
    world.change(step, "sealed_at", "sealed_confirmed", "sealed_of", "sealed_whole")
    world.restructure()
    counted = {"confirmed": step.sealed_confirmed, "of": step.sealed_of, "whole": step.sealed_whole}
    world.note(LogKind.STEP_SEALED, step=step.public_id, **counted)
    destroy_due(world=world)


def end_practice(*, world: World, actor: Actor, command: EndPractice) -> None:
    """Close what is practised in an archived session: nobody else closes it there."""
    if world.session.archived_at is None:
        return
    for step in world.structure.steps.values():
        if step.state == StepState.OPEN and kind_of(step).is_practice(step):
            world.session.undo = None
            _close(world=world, step=step)
            world.restructure()
            world.note(LogKind.STEP_CLOSED, step=step.public_id)


def undo_step(*, world: World, actor: Actor, command: UndoStep) -> None:
    """Put everything back as it stood before the last step change. Answers given meanwhile stay where they are.

    A round whose reveal is undone is marked seen: some people know what stood there when they vote on.
    """
    undo = require(_find_change(world=world, command=command), Code.UNDO_TOO_LATE)
    rules.check_undo_time(done_at=require(from_ms(undo["at"]), Code.UNDO_TOO_LATE), at=world.at)
    if undo["do"] == TickCard.do:
        ticks.undo_tick(world=world, undo=undo)
        return
    if undo["do"] == RemoveBallot.do:
        paper_ballots.undo_remove(world=world, undo=undo)
        return
    if undo["do"] in (PutMessage.do, RemoveMessage.do):
        messages.undo_message(world=world, undo=undo)
        return
    if undo["do"] == ShowStage.do:
        stage.undo_show(world=world, undo=undo)
        return
    rules.check_reopens_none(undo=undo, steps=world.structure.steps)
    concealed = []
    for name, before in undo["steps"].items():
        step = world.structure.steps.get(name)
        if step is None:
            continue
        was_revealed, was_open = is_revealed(step), step.state == StepState.OPEN
        _restore(step, before)
        world.change(step, *_STEP)
        if was_open and step.state != StepState.OPEN and kind_of(step).is_practice(step):
            throw_away(world=world, step=step)
        if was_revealed and not is_revealed(step):
            concealed.append(name)
    unopened = []
    for name, before in undo["rounds"].items():
        round_ = world.structure.rounds.get(name)
        if round_ is None:
            continue
        was_opened = round_.opened_at is not None
        seen, rules_before = round_.seen or is_revealed(round_), round_.rules
        _restore(round_, before)
        round_.seen = seen
        if round_.opened_at is None and world.has_ballots(round_):
            # People voted by these rules; the next opening keeps them.
            round_.rules = rules_before
        world.forget_voting(round_)
        world.change(round_, *ROUND)
        if was_opened and round_.opened_at is None:
            unopened.append(name)
    world.session.now = world.structure.steps.get(undo["now"] or "")
    world.session.undo, world.session.stage = None, undo.get("stage")
    world.restructure()
    world.note(
        LogKind.STEP_UNDONE,
        step=undo["step"],
        undid=undo["do"],
        steps=list(undo["steps"]),
        concealed=concealed,
        unopened=unopened,
    )


def _find_change(*, world: World, command: UndoStep) -> dict[str, Any] | None:
    """Return the change that was meant: the last one, or one that a turn of the projectors or a paper lies upon."""
    undo: dict[str, Any] | None = world.session.undo
    if command.until is not msgspec.UNSET:
        while undo is not None and rules.undo_until(undo) != command.until:
            undo = undo.get("under")
    return undo


def _close(*, world: World, step: Step) -> None:
    if step.state != StepState.OPEN:
        return
    step.state, step.closed_at = StepState.CLOSED, world.at
    if step.deadline is not None:
        step.paused_ms = ms_until(step.deadline, world.at)
        step.deadline = None
    world.change(step, *_STEP)
    kind = kind_of(step)
    kind.closed(world=world, step=step)
    if kind.is_practice(step):
        throw_away(world=world, step=step)


def _reveal(*, world: World, step: Step) -> None:
    step.revealed_at = world.at
    world.change(step, *_STEP)
    kind_of(step).revealed(world=world, step=step)
    if stage.step_on_stage(world) is step:
        stage.begin(world=world, step=step)
    world.note(LogKind.STEP_REVEALED, step=step.public_id)


def _remember(*, world: World, command: str, step: Step, touched: list[Step]) -> None:
    """Keep how things stand, so that this change can be undone."""
    rounds = [round_ for found in touched if (round_ := world.structure.round_of(found))]
    world.session.undo = {
        "do": command,
        "step": step.public_id,
        "at": to_ms(world.at),
        "now": world.session.now.public_id if world.session.now else None,
        "stage": world.session.stage,
        "steps": {found.public_id: _stand(found, _STEP) for found in touched},
        "rounds": {found.public_id: _stand(found, ROUND) for found in rounds},
    }


def _stand(row: Step | Round, fields: tuple[str, ...]) -> dict[str, Any]:
    values = {field: getattr(row, field) for field in fields}
    return {key: value.isoformat() if isinstance(value, dt.datetime) else value for key, value in values.items()}


def _restore(row: Step | Round, before: dict[str, Any]) -> None:
    for field, value in before.items():
        is_time = field.endswith("_at") or field == "deadline"
        setattr(row, field, dt.datetime.fromisoformat(value) if is_time and value is not None else value)
