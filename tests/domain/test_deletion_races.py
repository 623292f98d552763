"""A deletion and somebody who adds a row to the session at the same moment, on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from sessions.domain import deletion
from sessions.domain.deletion import clear_slice, mark_deleting
from sessions.models import PresenceReport, Session

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


def in_thread(act: Callable[[], None], errors: list[BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def report(room: SessionHarness, process: str) -> None:
    PresenceReport.objects.create(session=room.session, process=process, people={}, seen_at=timezone.now())


def test_a_row_that_is_added_between_the_last_slice_and_its_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process reports who is here: its report is refused, and the deletion goes through."""
    room = make_room()
    mark_deleting(room.session.pk)
    deleting, errors, refused = threading.Event(), list[BaseException](), list[BaseException]()
    forget_paths = deletion._forget_paths

    def forget_paths_late(code: str) -> None:
        deleting.set()
        # The report must wait; half a second is enough for one that does not to be committed.
        adding.join(0.5)
        forget_paths(code)

    def add() -> None:
        deleting.wait(20)
        report(room, "another")

    def clear() -> None:
        while clear_slice(room.session.pk):
            pass

    monkeypatch.setattr(deletion, "_forget_paths", forget_paths_late)
    adding = in_thread(add, refused)
    clearing = in_thread(clear, errors)
    clearing.join(20)
    adding.join(20)
    assert errors == []
    assert [type(error) for error in refused] == [IntegrityError]
    assert not Session.every.filter(pk=room.session.pk).exists()
    assert not PresenceReport.objects.filter(session_id=room.session.pk).exists()
