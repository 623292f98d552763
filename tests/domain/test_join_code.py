"""The join code of a new session: one that nobody has."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from sessions.domain import sessions
from sessions.domain.sessions import create_session
from sessions.models import Session

from ..factory import make_room

pytestmark = pytest.mark.usefixtures("database")


def test_a_code_that_is_taken_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    there = make_room().session
    drawn = iter([there.code, there.code, "ZZZZ23"])
    monkeypatch.setattr(sessions, "new_code", lambda: next(drawn))
    made = create_session(programme=there.programme, title_nl="Avond", title_en="Evening")
    assert made.code == "ZZZZ23"


def test_a_code_that_was_asked_for_and_is_taken_is_no_session() -> None:
    there = make_room().session
    before = Session.objects.count()
    with pytest.raises(IntegrityError):
        create_session(programme=there.programme, title_nl="Avond", title_en="Evening", code=there.code)
    assert Session.objects.count() == before
