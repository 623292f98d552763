"""A session is over when its last step was closed, and is not when a step comes behind it."""

from __future__ import annotations

import pytest

from sessions.domain.commands import AddStep, CloseStep, OpenStep, RemoveStep, UndoStep
from sessions.domain.session_shown import show_session
from sessions.domain.state import State
from sessions.enums import Audience
from sessions.kinds import Keys as StepKind

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


def is_over(room: SessionHarness) -> bool:
    told = {show_session(State.load(room.session.pk), audience).over for audience in Audience}
    assert len(told) == 1
    return told.pop()


def test_the_end_is_the_closing_of_the_last_step() -> None:
    room = make_room()
    first, last = room.step(StepKind.WELCOME).public_id, room.step(StepKind.BREAK).public_id
    assert not is_over(room)
    room.lead_all([OpenStep(step=first), CloseStep(step=first)])
    assert not is_over(room)
    room.lead(OpenStep(step=last))
    assert not is_over(room)
    room.lead(CloseStep(step=last))
    assert is_over(room)
    room.lead(UndoStep())
    assert not is_over(room)


def test_an_agenda_that_grows_is_not_over() -> None:
    room = make_room()
    only = room.step(StepKind.WELCOME).public_id
    room.lead_all([OpenStep(step=only), CloseStep(step=only)])
    added = room.lead(AddStep(kind=StepKind.BREAK, title_nl="a", title_en="a", after=only)).id
    assert not is_over(room)
    room.lead(RemoveStep(step=str(added)))
    assert is_over(room)
