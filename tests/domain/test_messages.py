"""A message to all phones: put, replaced, taken away, undone; told to phones and consoles, and never to a projector."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from sessions.domain.acts import Act, read_acts
from sessions.domain.commands import OpenStep, PutMessage, RemoveMessage, ShowStage, UndoStep
from sessions.domain.deletion import clear_slice, mark_wiping
from sessions.domain.log import LogKind
from sessions.domain.world import CommandRequest
from sessions.enums import Audience, StepState
from sessions.errors import Code
from sessions.models import Event, Session

from .checks import codes
from .evening import CONSOLE, PHONE, STAGE, Evening, only

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = only(console=["session.put"], phone=["session.put"])


def stands(evening: Evening, audience: Audience) -> dict[str, Any] | None:
    """Return what this audience has of a message, which `Evening.does` held against a fresh snapshot."""
    message: dict[str, Any] | None = evening.watch.snapshots[audience]["session"]["message"]
    return message


def until(evening: Evening) -> int:
    until: int = evening.watch.snapshots[CONSOLE]["session"]["undo"]["until"]
    return until


def test_phones_and_consoles_are_told_it_and_projectors_nothing() -> None:
    evening = Evening()
    assert evening.does(PutMessage(text_nl=" Pauze  om elf ", text_en="Break at eleven")) == TOLD
    for audience in (PHONE, CONSOLE):
        message = stands(evening, audience)
        assert message is not None and message["id"] == evening.made
        assert message["text"] == {"nl": "Pauze om elf", "en": "Break at eleven"}
    assert stands(evening, STAGE) is None


def test_another_takes_its_place_and_a_press_that_comes_late_takes_no_other_away() -> None:
    evening = Evening()
    evening.does(PutMessage(text_nl="Pauze"))
    first = evening.made
    assert first is not None
    assert evening.does(PutMessage(text_en="Break")) == TOLD
    second = evening.made
    assert second is not None and second != first
    assert evening.does(RemoveMessage(message=first)) == only(console=[])
    message = stands(evening, PHONE)
    assert message is not None and message["text"] == {"nl": "", "en": "Break"}
    assert evening.does(RemoveMessage(message=second)) == TOLD
    assert stands(evening, PHONE) is None
    assert evening.does(RemoveMessage(message=second)) == only(console=[]), "it is away already"


@pytest.mark.parametrize("words", [{}, {"text_nl": " ", "text_en": "\u200b"}])
def test_a_message_says_something(words: dict[str, str]) -> None:
    evening = Evening()
    request = CommandRequest(evening.room.facilitator, PutMessage(**words), uuid4())
    assert codes(evening.room.batch(request)) == [Code.TEXT_EMPTY]


def test_it_is_undone_and_then_the_step_change_under_it() -> None:
    evening = Evening()
    evening.does(OpenStep(step=evening.collect.public_id))
    opening = until(evening)
    evening.does(PutMessage(text_nl="Pauze"), PutMessage(text_nl="Verder"))
    put = until(evening)
    assert put > opening
    assert evening.does(UndoStep(until=put)) == TOLD
    message = stands(evening, PHONE)
    assert message is not None and message["text"]["nl"] == "Pauze", "as it stood before"
    assert evening.does(RemoveMessage(message=message["id"])) == TOLD
    evening.does(UndoStep())
    assert stands(evening, PHONE) == message, "the same one: a phone does not say it again"
    assert until(evening) == opening
    evening.does(UndoStep())
    assert evening.stored(evening.collect).state == StepState.PLANNED
    assert stands(evening, PHONE) == message


def test_the_first_is_undone_to_none_on_a_turn_of_the_projectors_as_well() -> None:
    evening = Evening()
    evening.does(OpenStep(step=evening.collect.public_id))
    opening = until(evening)
    evening.does(ShowStage(step=evening.collect.public_id, held=True), PutMessage(text_nl="Pauze"))
    assert evening.does(UndoStep()) == TOLD
    assert stands(evening, PHONE) is None and until(evening) == opening, "a turn of before is not undone any more"
    evening.does(PutMessage(text_nl="Pauze"), ShowStage(step=evening.collect.public_id, held=False))
    evening.does(UndoStep())
    assert stands(evening, PHONE) is not None
    evening.does(UndoStep())
    assert stands(evening, PHONE) is None


def test_the_log_says_that_there_was_one_and_not_what_it_said() -> None:
    evening = Evening()
    evening.does(PutMessage(text_nl="Anna belt"), UndoStep())
    kinds = (LogKind.MESSAGE_PUT, LogKind.MESSAGE_REMOVED)
    lines = Event.objects.filter(session=evening.room.session, kind__in=kinds).order_by("seq")
    assert [line.kind for line in lines] == list(kinds)
    assert all("Anna" not in str(line.data) for line in Event.objects.filter(session=evening.room.session))
    stored = Session.objects.get(pk=evening.room.session.pk)
    assert "Anna" not in f"{stored.message}{stored.undo}"
    said = [done.act for done in read_acts(evening.room.session.programme)]
    assert said == [Act.MESSAGE, Act.MESSAGE]


def test_a_wiped_rehearsal_has_none() -> None:
    evening = Evening()
    evening.does(PutMessage(text_nl="Pauze"))
    Session.objects.filter(pk=evening.room.session.pk).update(rehearsal=True)
    mark_wiping(evening.room.session.pk)
    while clear_slice(evening.room.session.pk):
        pass
    assert Session.objects.get(pk=evening.room.session.pk).message is None
