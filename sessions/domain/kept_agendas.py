"""Templates and steps of a programme's own: kept as the files of agendas/ have an agenda, and used as they are."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from django.db import transaction
from django.db.models import F

from ..enums import Reason, StepState
from ..errors import Code
from ..models import Item, KeptAgenda, Programme, Session, Step
from .kind import kind_of
from .lookup import require
from .rules import check_may_keep
from .templates import Template

_WORDS = ("kind", "minutes", "title_nl", "title_en", "prompt_nl", "prompt_en", "body_nl", "body_en")


def keep_agenda(session: Session, *, name: str) -> KeptAgenda:
    """Keep the whole agenda of a session; what was superseded is no part of it. Raises Refused."""
    return _keep(session, name=name)


def keep_step(session: Session, *, step: str, name: str) -> KeptAgenda:
    """Keep one step of a session's agenda. Raises Refused when it is not there, or the programme keeps enough."""
    return _keep(session, name=name, step=step)


def _agenda(session: Session) -> list[Step]:
    steps = session.steps.exclude(state=StepState.SUPERSEDED).select_related("pillar", "subject")
    return list(steps.order_by("position", "id"))


@transaction.atomic
def _keep(session: Session, *, name: str, step: str | None = None) -> KeptAgenda:
    _take_programme(session.programme_id)
    steps = [found for found in _agenda(session) if step in (None, found.public_id)]
    if step is not None:
        require(steps or None, Code.STEP_UNKNOWN)
    check_may_keep(kept=KeptAgenda.objects.filter(programme=session.programme_id).count())
    return KeptAgenda.objects.create(
        programme_id=session.programme_id,
        name=name,
        is_step=step is not None,
        kind=session.kind,
        minutes=session.minutes if step is None else None,
        steps=[_describe(found, among=steps) for found in steps],
    )


def _take_programme(programme: int) -> None:
    """Lock the programme's row, by an UPDATE: keeping an agenda and dropping words from the kept ones take turns."""
    Programme.objects.filter(pk=programme).update(slug=F("slug"))


def _describe(step: Step, *, among: Sequence[Step]) -> dict[str, Any]:
    """Return a step as a template's file has it. A reveal of what is not kept with it names nothing."""
    told: dict[str, Any] = {word: getattr(step, word) for word in _WORDS}
    told["settings"] = kind_of(step).show(step.settings)
    if step.notes:
        told["notes"] = step.notes
    if step.pillar is not None:
        told["pillar"] = step.pillar.number
    if any(other.subject_id == step.pk for other in among):
        told["names"] = step.public_id
    if step.subject is not None and step.subject in among:
        told["subject"] = step.subject.public_id
    return told


def forget_words(*, programme: int, texts: Set[str]) -> None:
    """Drop these words from what a programme keeps: a name in an option goes with every copy of it. The caller is in a
    transaction.
    """
    if not texts:
        return
    _take_programme(programme)
    for kept in KeptAgenda.objects.filter(programme=programme):
        steps = [_without(told, texts) for told in kept.steps]
        if steps != kept.steps:
            # One that somebody deletes meanwhile is gone.
            KeptAgenda.objects.filter(pk=kept.pk).update(steps=steps)


def forget_names(session: Session) -> None:
    """Drop the names that were redacted in a session that ends before they are destroyed."""
    names = Item.objects.filter(session=session, hidden_at__isnull=False, reason=Reason.NAME, contribution=None)
    texts = {text for pair in names.values_list("text_nl", "text_en") for text in pair if text}
    forget_words(programme=session.programme_id, texts=texts)


def _without(told: dict[str, Any], texts: Set[str]) -> dict[str, Any]:
    step = Step(settings=told["settings"], **{word: told[word] for word in _WORDS})
    offered = kind_of(step).offers(step)
    left = [words for words in offered or () if not texts & set(words)]
    return told if offered is None or left == list(offered) else told | {"settings": kind_of(step).offering(step, left)}


def rename_kept(kept: KeptAgenda, *, name: str) -> bool:
    """Give it another name. False: somebody deleted it meanwhile."""
    return KeptAgenda.objects.filter(pk=kept.pk).update(name=name) == 1


def find_kept(programme: Programme, *, key: str, **more: bool) -> KeptAgenda | None:
    """Return what a programme keeps under this key. A key of a form that is never made is not looked up."""
    if not (key.isascii() and key.isalnum()):
        return None
    return KeptAgenda.objects.filter(programme=programme, public_id=key, **more).first()


def as_template(kept: KeptAgenda) -> Template:
    return Template(
        kind=kept.kind, title_nl=kept.name, title_en=kept.name, steps=tuple(kept.steps), minutes=kept.minutes
    )
