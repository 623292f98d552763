"""Cards that are written, taken away and destroyed, and how much later."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    Command,
    DestroyRedacted,
    OpenStep,
    WriteCard,
)
from sessions.enums import Aspect
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Step

from ..factory import SessionHarness

TEXT = "Bel mevrouw Jansen op 06 12345678"


REASONS = ("name", "off_topic", "rude", "double")


def write(room: SessionHarness, *, text: str = TEXT) -> tuple[Actor, str, Step]:
    """Let a person write a card in a step that is open."""
    (person,) = room.join("onderwijs")
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    command = WriteCard(step=step.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id)
    made = room.ask(person, command).id
    assert made is not None
    return person, made, step


def age(card: str, *, seconds: float) -> None:
    """Let the card have been redacted this much longer ago."""
    Contribution.objects.filter(public_id=card).update(hidden_at=F("hidden_at") - dt.timedelta(seconds=seconds))


def destroy(room: SessionHarness) -> None:
    room.ask(Actor.system(), DestroyRedacted())


def refused(room: SessionHarness, command: Command, actor: Actor | None = None) -> Code:
    with pytest.raises(Refused) as no:
        room.ask(actor or room.facilitator, command)
    return no.value.code


def kinds(room: SessionHarness) -> list[str]:
    return list(room.session.events.order_by("seq").values_list("kind", flat=True))
