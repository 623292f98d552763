"""Copies and rehearsals that are made at the same moment, while the program stores other things."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from sessions.domain.sessions import duplicate, make_rehearsal
from sessions.kinds import Keys as StepKind
from sessions.models import Session
from sessions.views.session_form import SessionForm

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")

TIMES = 6


def again(room: SessionHarness) -> Session:
    """Make a session by the form, with the agenda of this one."""
    typed = {
        "title_nl": "Nog een",
        "title_en": "Another",
        "kind": "workshop",
        "planned_at": "",
        "start": room.session.code,
    }
    made = SessionForm(programme=room.session.programme, typed=typed).make()
    assert made is not None
    return made


MAKERS: dict[str, Callable[[SessionHarness], Session]] = {
    "copy": lambda room: duplicate(session=room.session),
    "rehearsal": lambda room: make_rehearsal(session=room.session),
    "form": again,
}


@pytest.mark.parametrize("name", MAKERS)
def test_copies_wait_for_each_other_and_have_names_of_their_own(name: str) -> None:
    room = make_room()
    room.step(StepKind.COLLECT)
    errors: list[BaseException] = []
    begin = threading.Barrier(4)

    def run() -> None:
        try:
            begin.wait(20)
            for _ in range(TIMES):
                MAKERS[name](room)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    made = Session.objects.filter(programme=room.session.programme).exclude(pk=room.session.pk)
    assert len(made) == 4 * TIMES
    assert all(copy.steps.count() == 1 for copy in made)
    if name != "form":
        assert len(set(made.values_list("title_nl", flat=True))) == 4 * TIMES
