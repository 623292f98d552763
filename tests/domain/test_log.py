"""Lines of earlier versions are read as if they were of the newest; lines of an unknown kind are skipped."""

from __future__ import annotations

import pytest

from sessions.domain import log
from sessions.domain.documents import NowDoc
from sessions.domain.log import LogKind, read_entries
from sessions.domain.snapshot import show_snapshot
from sessions.domain.state import State
from sessions.enums import Audience
from sessions.models import Event, Session

from ..factory import make_room


@pytest.mark.usefixtures("database")
def test_lines_of_earlier_versions_go_through_every_version_between(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_room()
    room.join("onderwijs", n=2)
    session = room.session.pk
    first, second = Event.objects.filter(session=session).order_by("seq")
    Event.objects.filter(pk=second.pk).update(version=2, data={"who": second.data["participant"]})
    monkeypatch.setattr(
        log,
        "UPCASTS",
        {
            ("participant.joined", 1): lambda data: {"who": data["participant"]},
            ("participant.joined", 2): lambda data: {"participant": data["who"], "new": True},
        },
    )
    read = read_entries(session_id=session, after=0, up_to=2)
    assert [entry.data for entry in read] == [
        {"participant": line.data["participant"], "new": True} for line in (first, second)
    ]


@pytest.mark.usefixtures("database")
def test_a_line_of_an_unknown_kind_is_skipped_and_changes_nothing() -> None:
    room = make_room()
    room.join("onderwijs", n=1)
    before = State.load(room.session.pk)
    room.join("onderzoek", n=1)
    room.join("onderzoek", n=1)
    Event.objects.filter(session=room.session, seq=2).update(kind="garden.planted", version=7, data={"rose": 1})
    read = read_entries(session_id=room.session.pk, after=0, up_to=3)
    assert [(entry.seq, entry.kind) for entry in read] == [
        (1, LogKind.PARTICIPANT_JOINED),
        (3, LogKind.PARTICIPANT_JOINED),
    ]
    before.apply(read[1:])
    fresh = State.load(room.session.pk)
    assert Session.objects.get(pk=room.session.pk).seq == 3
    steps = [show_snapshot(state, Audience.PHONE, NowDoc()) for state in (before, fresh)]
    assert steps[0] == steps[1]
