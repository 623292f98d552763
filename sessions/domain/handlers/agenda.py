"""The agenda: steps added, changed, moved, removed, also while the session runs, without losing an answer."""

from __future__ import annotations

from typing import Any

import msgspec

from ...enums import StepState
from ...models import Contribution, Step
from .. import rules
from ..actor import Actor
from ..commands import AddStep, EditSession, EditStep, MoveStep, RemoveStep, StepFields
from ..editions import has_people
from ..kind import kind_of
from ..log import LogKind
from ..moment import from_ms
from ..sanitiser import clean_line, clean_lines, clean_text
from ..world import World
from .sector_marks import marked_sectors, note_sector_marks
from .voting import check_ballot, fit_rounds

_WORDS = ("title_nl", "title_en", "prompt_nl", "prompt_en", "body_nl", "body_en", "notes")


def edit_session(*, world: World, actor: Actor, command: EditSession) -> None:
    """Change what a session is called, its kind, when and for whom it is, its door, projectors and consent."""
    session = world.session
    changes: dict[str, Any] = {}
    for name in ("title_nl", "title_en"):
        if (value := getattr(command, name)) is not msgspec.UNSET:
            changes[name] = _clean(name, value)
    for name in ("kind", "approval", "minutes", "sound", "bilingual"):
        if (value := getattr(command, name)) is not msgspec.UNSET:
            changes[name] = value
    if command.planned_at is not msgspec.UNSET:
        changes["planned_at"] = from_ms(command.planned_at)
    if command.invited is not msgspec.UNSET:
        changes["invited"] = _invited(world, command.invited)
    if command.consent is not msgspec.UNSET:
        changes["consent"] = command.consent.value
    changes = {name: value for name, value in changes.items() if getattr(session, name) != value}
    if not changes:
        return
    marked = marked_sectors(world) if "consent" in changes else None
    if marked is not None:
        begun = has_people(session) or bool(world.written_sectors())
        rules.check_not_looser(was=session.consent, now=changes["consent"], begun=begun)
    for name, value in changes.items():
        setattr(session, name, value)
    world.change_session()
    world.note(LogKind.SESSION_EDITED, fields=sorted(changes))
    if marked is not None:
        note_sector_marks(world=world, before=marked)


def add_step(*, world: World, actor: Actor, command: AddStep) -> str:
    """Put a new step into the agenda. Returns its id."""
    rules.check_has_room(steps=len(agenda_of(world)) + 1)
    position = _position_after(world, command.after)
    values = {name: _clean(name, getattr(command, name)) for name in _WORDS}
    kind = kind_of(command.kind)
    settings = kind.complete(command.settings)
    rules.check_words_differ(kind.alternatives(settings))
    step = Step(
        session=world.session,
        kind=command.kind,
        position=position,
        minutes=command.minutes,
        settings=settings,
        **values,
    )
    step.pillar = world.structure.pillar(command.pillar) if command.pillar else None
    step.subject = _subject(world, command.kind, command.subject)
    moved = _make_room(world, position)
    step.save(force_insert=True)
    world.structure.steps[step.public_id] = step
    world.structure.by_pk[step.pk] = step
    fit_rounds(world=world, step=step)
    world.restructure()
    world.note(LogKind.STEP_ADDED, step=step.public_id, moved=moved, made=step.public_id)
    return step.public_id


def edit_step(*, world: World, actor: Actor, command: EditStep) -> None:
    """Change words or settings. What people already answered keeps its meaning: see `_change_settings`."""
    step = _known(world, command.step)
    given = {
        name: value for name in command.__struct_fields__ if (value := getattr(command, name)) is not msgspec.UNSET
    }
    given.pop("step")
    read = given.pop("was", None)
    if read is not None:
        _check_unchanged(step, read)
    changes: dict[str, Any] = {name: _clean(name, given[name]) for name in _WORDS if name in given}
    changes |= {name: given[name] for name in ("minutes",) if name in given}
    if "settings" in given:
        changes["settings"] = _change_settings(world, step, given["settings"])
    if "pillar" in given:
        changes["pillar"] = world.structure.pillar(given["pillar"]) if given["pillar"] else None
    if "subject" in given:
        changes["subject"] = _subject(world, step.kind, given["subject"])
    if not changes:
        return
    for name, value in changes.items():
        setattr(step, name, value)
    world.change(step, *changes)
    gone = fit_rounds(world=world, step=step)
    world.restructure()
    world.note(LogKind.STEP_EDITED, step=step.public_id, fields=sorted(changes), **({"rounds": gone} if gone else {}))


def move_step(*, world: World, actor: Actor, command: MoveStep) -> None:
    step = _known(world, command.step)
    rules.check_may_move(step=command.step, after=command.after)
    others = [found for found in agenda_of(world) if found is not step]
    if command.after is None:
        index = 0
    else:
        after = _known(world, command.after)
        index = others.index(after) + 1
    others.insert(index, step)
    moved = renumber(world, others)
    if moved:
        world.restructure()
        world.note(LogKind.STEP_MOVED, step=step.public_id, moved=moved)


def remove_step(*, world: World, actor: Actor, command: RemoveStep) -> None:
    """Delete a step nobody answered in; supersede one with answers. Not the one that is on."""
    step = _known(world, command.step)
    rules.check_may_remove(step)
    world.session.undo = None
    if has_begun(world=world, step=step):
        step.state = StepState.SUPERSEDED
        world.change(step, "state")
        world.restructure()
        world.note(LogKind.STEP_SUPERSEDED, step=step.public_id)
        return
    delete_step(world=world, step=step)


def delete_step(*, world: World, step: Step) -> None:
    """Delete a step nobody answered in, with its rounds and what lies in them."""
    rounds = [found for found in world.structure.rounds.values() if found.step_id == step.pk]
    cards = set()
    for round_ in rounds:
        for item in world.structure.items_of(round_):
            if (card := world.structure.items[item].contribution_id) is not None:
                cards.add(card)
            world.remove_item(round_=round_, item=item)
        del world.structure.rounds[round_.public_id]
    orphans = [other for other in world.structure.steps.values() if other.subject_id == step.pk]
    for other in orphans:
        other.subject = None
        world.change(other, "subject")
    pk = step.pk
    step.delete()
    del world.structure.steps[step.public_id]
    del world.structure.by_pk[pk]
    world.restructure()
    world.note(
        LogKind.STEP_REMOVED,
        step=step.public_id,
        rounds=[found.public_id for found in rounds],
        moved=[other.public_id for other in orphans],
        cards=sorted(Contribution.objects.filter(pk__in=cards).values_list("public_id", flat=True)),
    )


def _invited(world: World, given: dict[str, int] | None) -> dict[str, int] | None:
    """Return how many were invited of each O that there is; none is as good as not said."""
    return {world.structure.sector(name).public_id: n for name, n in (given or {}).items() if n} or None


def _clean(name: str, value: str) -> str:
    if name == "notes" or name.startswith("body"):
        return clean_lines(value)
    return clean_text(value) if name.startswith("title") else clean_line(value)


def _change_settings(world: World, step: Step, given: dict[str, Any]) -> dict[str, Any]:
    """Return the step's settings with these changed. Some stay as they are once people may have answered."""
    kind = kind_of(step)
    before = kind.show(step.settings)
    after = rules.change_settings(kind=kind, before=before, given=given)
    rules.check_frozen(kind=kind, before=before, after=after, has_begun=lambda: kind.has_begun(world=world, step=step))
    asked = Step(kind=step.kind, settings=after)
    if kind.is_practice(step) != kind.is_practice(asked):
        # Of a vote also when another round is prepared: closing practice throws away what all its rounds hold.
        rules.check_no_answers(has_begun=has_begun(world=world, step=step))
    if kind.has_rounds(step) and kind.has_rounds(asked):
        check_ballot(world=world, step=step, ballot=kind.ballot(asked))
    return after


def _check_unchanged(step: Step, read: StepFields) -> None:
    given = msgspec.to_builtins(read)
    settings = given.pop("settings", {})
    rules.check_unchanged(read=given, stands=_stands(step))
    kind = kind_of(step)
    stored = kind.show(step.settings)
    # Read as settings are, so that a default that was left out is no difference.
    rules.check_unchanged(
        read=rules.change_settings(kind=kind, before=stored, given=settings) if settings else {}, stands=stored
    )


def _stands(step: Step) -> dict[str, Any]:
    return {
        **{name: getattr(step, name) for name in (*_WORDS, "minutes")},
        "pillar": step.pillar.public_id if step.pillar else None,
        "subject": step.subject.public_id if step.subject else None,
    }


def _subject(world: World, kind: str, name: str | None) -> Step | None:
    if name is None:
        return None
    subject = _known(world, name)
    rules.check_subject(kind=kind, subject=subject)
    return subject


def _known(world: World, name: str) -> Step:
    step = world.structure.step(name)
    rules.check_in_agenda(step)
    return step


def agenda_of(world: World) -> list[Step]:
    steps = [step for step in world.structure.steps.values() if step.state != StepState.SUPERSEDED]
    return sorted(steps, key=lambda step: (step.position, step.pk))


def _position_after(world: World, after: str | None) -> int:
    if after is None:
        return 1
    return _known(world, after).position + 1


def _make_room(world: World, position: int) -> list[str]:
    moved = [step for step in agenda_of(world) if step.position >= position]
    for step in moved:
        step.position += 1
        world.change(step, "position")
    return [step.public_id for step in moved]


def renumber(world: World, steps: list[Step]) -> list[str]:
    moved = []
    for position, step in enumerate(steps, start=1):
        if step.position != position:
            step.position = position
            world.change(step, "position")
            moved.append(step.public_id)
    return moved


def has_begun(*, world: World, step: Step) -> bool:
    """Whether people could answer in a step: it was opened, or they had begun before its opening was undone."""
    if step.opened_at is not None or Contribution.objects.filter(step=step).exists():
        return True
    return any(world.has_begun(found) for found in world.structure.rounds.values() if found.step_id == step.pk)
