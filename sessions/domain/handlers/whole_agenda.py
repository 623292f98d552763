"""A whole agenda at once: a template takes the place of what is planned, and what it took the place of comes back.

What goes is put away: superseded, and never opened. It keeps its words, its rounds and what lies in them, so that
nothing is lost when two people do this at once. The next template deletes what is put away by then.
"""

from __future__ import annotations

from ...enums import StepState
from ...errors import Code
from ...models import Step
from .. import rules
from ..actor import Actor
from ..commands import ReplaceAgenda, RestoreAgenda
from ..kept_agendas import as_template, find_kept
from ..kind import kind_of
from ..log import LogKind
from ..lookup import require
from ..templates import TEMPLATES, Template, step_fields
from ..world import World
from .agenda import agenda_of, delete_step, has_begun, renumber
from .voting import fit_rounds


def replace_agenda(*, world: World, actor: Actor, command: ReplaceAgenda) -> str | None:
    """Put away what is planned, and lay out a template behind what stays. Returns the first of its steps."""
    template = require(_find(world, command.template), Code.TEMPLATE_UNKNOWN)
    planned = [step for step in agenda_of(world) if _is_planned(step)]
    rules.check_same_agenda(seen=command.steps, stands=[step.public_id for step in planned])
    goes = [step for step in planned if not has_begun(world=world, step=step)]
    rules.check_has_room(steps=len(agenda_of(world)) - len(goes) + len(template.steps))
    made = _build(world, template)
    first = made[0].public_id if made else None
    # The first line carries the key, and what a repeat of it is answered.
    _set_session(world, kind=template.kind, minutes=template.minutes, made=first)
    for step in _put_away(world):
        delete_step(world=world, step=step)
    _supersede(world, goes)
    for step in made:
        step.save(force_insert=True)
        world.structure.steps[step.public_id] = step
        world.structure.by_pk[step.pk] = step
        fit_rounds(world=world, step=step)
        world.note(LogKind.STEP_ADDED, step=step.public_id, moved=[], made=step.public_id)
    world.restructure()
    return first


def restore_agenda(*, world: World, actor: Actor, command: RestoreAgenda) -> None:
    """Let what is put away stand where it stood. What is named goes in its stead, and is put away."""
    returns = _put_away(world)
    rules.check_put_away(steps=len(returns))
    named = [step for step in agenda_of(world) if step.public_id in command.steps and _is_planned(step)]
    goes = [step for step in named if not has_begun(world=world, step=step)]
    rules.check_has_room(steps=len(agenda_of(world)) - len(goes) + len(returns))
    _set_session(world, kind=command.kind, minutes=command.minutes)
    _supersede(world, goes)
    for step in returns:
        step.state = StepState.PLANNED
        world.change(step, "state")
    moved = renumber(world, agenda_of(world))
    for step in returns:
        world.note(LogKind.STEP_ADDED, step=step.public_id, moved=moved, made=step.public_id)
        moved = []
    world.restructure()


def _find(world: World, key: str) -> Template | None:
    kept = find_kept(world.session.programme, key=key, is_step=False)
    return as_template(kept) if kept is not None else TEMPLATES.get(key)


def _is_planned(step: Step) -> bool:
    return step.state == StepState.PLANNED and step.opened_at is None


def _put_away(world: World) -> list[Step]:
    """Return what a template took the place of. What has answers was taken out of the agenda by itself."""
    gone = (step for step in world.structure.steps.values() if step.state == StepState.SUPERSEDED)
    return [step for step in gone if step.opened_at is None and not has_begun(world=world, step=step)]


def _build(world: World, template: Template) -> list[Step]:
    """Return its steps, not stored yet, behind all that there is: what is put away comes back in its own place."""
    programme = world.session.programme
    pillars = {pillar.number: pillar for pillar in world.structure.pillars.values()}
    last = max((step.position for step in world.structure.steps.values()), default=0)
    named: dict[str, Step] = {}
    made = []
    for position, wanted in enumerate(template.steps, start=last + 1):
        fields = step_fields(wanted, area_nl=programme.name_nl, area_en=programme.name_en, pillars=pillars)
        step = Step(session=world.session, position=position, **fields)
        step.settings = kind_of(step).complete(step.settings)
        step.pillar = pillars.get(wanted.get("pillar", 0))
        step.subject = named.get(wanted.get("subject", ""))
        if "names" in wanted:
            named[wanted["names"]] = step
        made.append(step)
    return made


def _supersede(world: World, steps: list[Step]) -> None:
    world.session.undo = None
    world.change_session()
    for step in steps:
        step.state = StepState.SUPERSEDED
        world.change(step, "state")
        world.note(LogKind.STEP_SUPERSEDED, step=step.public_id)


def _set_session(world: World, *, kind: str, minutes: int | None, made: str | None = None) -> None:
    world.session.kind, world.session.minutes = kind, minutes
    world.change_session()
    world.note(LogKind.SESSION_EDITED, fields=["kind", "minutes"], made=made)
