"""Templates and steps of a programme's own: kept as the files of agendas/ have an agenda, and used as they are."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from django.db import transaction
from django.db.models import F

from ..enums import StepState
from ..limits import MOST_KEPT_AGENDAS
from ..models import KeptAgenda, Programme, Session, Step
from .kind import kind_of
from .templates import Template

_WORDS = ("kind", "minutes", "title_nl", "title_en", "prompt_nl", "prompt_en", "body_nl", "body_en")


class TooManyKept(Exception):
    """A programme keeps no more."""


def keep_agenda(session: Session, *, name: str) -> KeptAgenda:
    """Keep the whole agenda of a session; what was superseded is no part of it. Raises TooManyKept."""
    return _keep(session, name=name, is_step=False, steps=_agenda(session))


def keep_step(session: Session, *, step: str, name: str) -> KeptAgenda:
    """Keep one step of a session's agenda. Raises Step.DoesNotExist and TooManyKept."""
    found = next((one for one in _agenda(session) if one.public_id == step), None)
    if found is None:
        raise Step.DoesNotExist
    return _keep(session, name=name, is_step=True, steps=[found])


def _agenda(session: Session) -> list[Step]:
    steps = session.steps.exclude(state=StepState.SUPERSEDED).select_related("pillar", "subject")
    return list(steps.order_by("position", "id"))


@transaction.atomic
def _keep(session: Session, *, name: str, is_step: bool, steps: Sequence[Step]) -> KeptAgenda:
    # It writes first: two who keep at once are counted one after the other.
    Programme.objects.filter(pk=session.programme_id).update(slug=F("slug"))
    if KeptAgenda.objects.filter(programme=session.programme_id).count() >= MOST_KEPT_AGENDAS:
        raise TooManyKept
    return KeptAgenda.objects.create(
        programme_id=session.programme_id,
        name=name,
        is_step=is_step,
        kind=session.kind,
        minutes=None if is_step else session.minutes,
        steps=[_describe(step, among=steps) for step in steps],
    )


def _describe(step: Step, *, among: Sequence[Step]) -> dict[str, Any]:
    """Return a step as a template's file has it. A reveal of what is not kept with it names nothing."""
    told: dict[str, Any] = {word: getattr(step, word) for word in _WORDS}
    told["settings"] = kind_of(step).show(step.settings)
    if step.pillar is not None:
        told["pillar"] = step.pillar.number
    if any(other.subject_id == step.pk for other in among):
        told["names"] = step.public_id
    if step.subject is not None and step.subject in among:
        told["subject"] = step.subject.public_id
    return told


def forget_words(*, programme: int, texts: Set[str]) -> None:
    """Drop these words from what a programme keeps: a name in an option goes with every copy of it."""
    for kept in KeptAgenda.objects.filter(programme=programme):
        steps = [_without(told, texts) for told in kept.steps]
        if steps != kept.steps:
            kept.steps = steps
            kept.save(update_fields=["steps"])


def _without(told: dict[str, Any], texts: Set[str]) -> dict[str, Any]:
    step = Step(settings=told["settings"], **{word: told[word] for word in _WORDS})
    offered = kind_of(step).offers(step)
    left = [words for words in offered or () if not texts & set(words)]
    return told if offered is None or left == list(offered) else told | {"settings": kind_of(step).offering(step, left)}


def find_kept(programme: Programme, *, key: str, **more: bool) -> KeptAgenda | None:
    """Return what a programme keeps under this key. What nobody made as a key is looked for in no table."""
    if not (key.isascii() and key.isalnum()):
        return None
    return KeptAgenda.objects.filter(programme=programme, public_id=key, **more).first()


def as_template(kept: KeptAgenda) -> Template:
    return Template(
        kind=kept.kind, title_nl=kept.name, title_en=kept.name, steps=tuple(kept.steps), minutes=kept.minutes
    )
