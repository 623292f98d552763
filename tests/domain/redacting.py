"""Cards that are written, taken away and destroyed, and how much later."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from sessions.domain.actor import Actor
from sessions.domain.verbs import (
    DestroyRedacted,
    OpenStep,
    Verb,
    WriteCard,
)
from sessions.enums import Aspect
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Step

from ..factory import Room

TEXT = "Bel mevrouw Jansen op 06 12345678"


REASONS = ("name", "off_topic", "rude", "double")


def write(room: Room, *, text: str = TEXT) -> tuple[Actor, str, Step]:
    """Let a person write a card in a step that is open."""
    (person,) = room.join("onderwijs")
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    verb = WriteCard(step=step.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id)
    made = room.ask(person, verb).id
    assert made is not None
    return person, made, step


def age(card: str, *, seconds: float) -> None:
    """Let the card have been redacted this much longer ago."""
    Contribution.objects.filter(public_id=card).update(hidden_at=F("hidden_at") - dt.timedelta(seconds=seconds))


def destroy(room: Room) -> None:
    room.ask(Actor.system(), DestroyRedacted())


def refused(room: Room, verb: Verb, actor: Actor | None = None) -> Code:
    with pytest.raises(Refused) as no:
        room.ask(actor or room.facilitator, verb)
    return no.value.code


def kinds(room: Room) -> list[str]:
    return list(room.session.events.order_by("seq").values_list("kind", flat=True))
