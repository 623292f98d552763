"""What facilitators note of a step for themselves: on consoles, and on no phone, no projector and in no file."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from sessions.domain.commands import AddStep, EditStep, OpenStep, RevealStep, StepFields
from sessions.domain.earlier import pack_earlier
from sessions.domain.kept_agendas import as_template, keep_agenda, keep_step
from sessions.domain.sessions import duplicate
from sessions.domain.state import State
from sessions.domain.templates import step_fields
from sessions.domain.world import CommandRequest
from sessions.errors import Code
from sessions.exchange.files import PARTS
from sessions.kinds import Keys
from sessions.models import Event, Step

from ..exchange.reading import export
from .checks import codes
from .evening import CONSOLE, PHONE, STAGE, Evening, only

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = "Anna bewaakt de tijd\n\nEerst de stille tafels"


def test_only_consoles_are_told_them_also_when_the_step_is_on_and_revealed() -> None:
    evening = Evening()
    step = evening.collect.public_id
    assert evening.does(EditStep(step=step, notes=f" {NOTES}  \n")) == only(console=["step.put"])
    evening.write()
    assert evening.does(EditStep(step=step, notes=NOTES + "!")) == only(console=["step.put"])
    evening.does(RevealStep(step=step), EditStep(step=step, notes=NOTES, minutes=9))
    evening.does(OpenStep(step=evening.room.step(Keys.WELCOME).public_id))
    assert evening.seen(CONSOLE, "steps")[step]["notes"] == NOTES
    for audience in (PHONE, STAGE):
        assert "Anna" not in json.dumps([evening.watch.snapshots[audience], evening.watch.received.get(audience, [])])
        assert all(found["notes"] is None for found in evening.seen(audience, "steps").values())


def test_no_file_has_them_and_no_phone_that_looks_back() -> None:
    evening = Evening()
    evening.write()
    evening.does(EditStep(step=evening.collect.public_id, notes=NOTES), RevealStep(step=evening.collect.public_id))
    assert b"Anna" not in b"".join(export(evening.room.session, part.name) for part in PARTS)
    state = State.load(evening.room.session.pk)
    assert b"Anna" not in b"".join(pack_earlier(state, seq=1))


def test_two_who_note_at_once_lose_no_word() -> None:
    evening = Evening()
    step = evening.collect.public_id
    evening.does(EditStep(step=step, notes="Van Anna", was=StepFields(notes="")))
    late = EditStep(step=step, notes="Van Bram", was=StepFields(notes=""))
    assert codes(evening.room.batch(CommandRequest(evening.room.facilitator, late, uuid4()))) == [Code.AGENDA_CHANGED]
    assert Step.objects.get(public_id=step).notes == "Van Anna"


def test_a_new_step_a_copy_and_what_is_kept_have_them() -> None:
    evening = Evening()
    evening.does(AddStep(kind=Keys.BREAK, title_nl="Pauze", title_en="Break", notes=NOTES))
    made = evening.made
    assert made is not None
    session = evening.room.session
    assert duplicate(session=session).steps.get(kind=Keys.BREAK).notes == NOTES
    for kept in (keep_agenda(session, name="Avond"), keep_step(session, step=made, name="Pauze")):
        told = next(step for step in as_template(kept).steps if step["kind"] == Keys.BREAK)
        assert step_fields(told, area_nl="", area_en="")["notes"] == NOTES
    assert all("Anna" not in str(line.data) for line in Event.objects.filter(session=session))
