"""A session's row is read for every batch without Django's query set: it is the same session."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.domain import session_row
from sessions.domain.session_row import read_session
from sessions.models import Session

from ..factory import make_room


@pytest.mark.usefixtures("database")
def test_it_is_the_session_that_django_reads() -> None:
    room = make_room()
    Session.every.filter(pk=room.session.pk).update(
        planned_at=dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC), invited={"a": 3}, minutes=150, locked=True
    )
    session_row._converters.cache_clear()
    found, wanted = read_session(room.session.pk), Session.every.get(pk=room.session.pk)
    assert found is not None
    assert {name: getattr(found, name) for name in session_row._NAMES} == {
        name: getattr(wanted, name) for name in session_row._NAMES
    }
    assert found.planned_at == wanted.planned_at and not found._state.adding


@pytest.mark.usefixtures("database")
def test_one_that_is_being_deleted_is_read_and_none_that_is_not_there() -> None:
    room = make_room()
    Session.every.filter(pk=room.session.pk).update(deleting_at=dt.datetime.now(dt.UTC))
    found = read_session(room.session.pk)
    assert found is not None and found.deleting_at is not None
    assert read_session(0) is None
