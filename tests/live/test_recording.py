"""The evening that the shipped reducer is fed, and that it leaves nothing out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from sessions.domain import wire_events
from sessions.domain.log import BEFORE, GROUPED, LogKind
from sessions.live.wire_structs import OWN_EVENTS, SHARED_EVENTS, name_of
from sessions.models import Event

from .. import schema
from ..conversation import events_of
from ..depth import DEEP
from ..vitest import check_shipped
from .recorded_evening import record_evening
from .slow_server import serve_slowly

Recording = tuple[dict[str, Any], set[str]]


@pytest.fixture(
    scope="module", params=[*(["sqlite"] if DEEP else []), pytest.param("postgresql", marks=pytest.mark.servers)]
)
def recording(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Recording:
    """What was recorded, and the kinds of log lines it came from.

    On PostgreSQL those who watch do so over HTTP: in the usual run one evening tells of both ways, and of the engine
    that the tests in a browser do not use.
    """
    environment = {}
    over = "http" if request.param == "postgresql" else "socket"
    if request.param == "postgresql":
        new_database: Callable[[str], str] = request.getfixturevalue("new_database")
        environment["DATABASE_URL"] = new_database("recorded")
    folder = tmp_path_factory.mktemp("recorded")
    go = folder / "go"
    server = serve_slowly(folder=folder / "served", go=go, environment=environment)
    with server, django_db_blocker.unblock(), server.database():
        recorded = asyncio.run(record_evening(server, go=go, over=over))
        return recorded, set(Event.objects.values_list("kind", flat=True))


def test_every_kind_of_log_line_was_recorded(recording: Recording) -> None:
    # Destroyed with a card of another session: tests/domain/test_carried.py.
    assert recording[1] == {kind.value for kind in set(LogKind) - BEFORE - GROUPED - {LogKind.ITEM_DESTROYED}}


def test_every_kind_of_event_was_recorded(recording: Recording) -> None:
    told = {
        event["type"]
        for step in recording[0]["steps"]
        for heard in step["audiences"].values()
        for frame in heard["frames"]
        for event in frame.get("events", frame.get("you"))
    }
    known = {union.__struct_config__.tag for union in wire_events.SharedEvent.__args__}  # type: ignore[attr-defined]
    known |= {union.__struct_config__.tag for union in wire_events.OwnEvent.__args__}  # type: ignore[attr-defined]
    # No kind that is shipped has scope group; tests/kinds/ has one that has.
    assert told == known - {"you.group", "you.group_card", "you.group_card_gone"}


def test_the_shipped_reducer_converges(recording: Recording, tmp_path: Path) -> None:
    file = tmp_path / "recording.json"
    file.write_text(json.dumps(recording[0]))
    check_shipped("lib/convergence.test.ts", name="RECORDING", data=file)


def test_every_event_and_document_fits_the_schema(recording: Recording) -> None:
    names = {str(event.__struct_config__.tag): name_of(event) for event in (*SHARED_EVENTS, *OWN_EVENTS)}
    steps = recording[0]["steps"]
    checked = 0
    for step in steps:
        for heard in step["audiences"].values():
            for event in (event for frame in heard["frames"] for event in events_of(frame)):
                schema.check(names[event["type"]], event)
                checked += 1
    assert checked > 200
    for role, name in (("phone", "Person"), ("stage", "Stage"), ("console", "Member")):
        schema.check(name, steps[-1]["audiences"][role]["you"])
        schema.check("Snapshot", steps[-1]["audiences"][role]["snapshot"])
