"""Letting people in: who asks is nobody of the session until then, and only those whom the facilitator saw come in."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.domain import commands, waiting_room
from sessions.domain.actor import Actor
from sessions.domain.documents import DoorDoc
from sessions.domain.sessions import set_archived
from sessions.domain.state import State
from sessions.domain.waiting_room import show_door
from sessions.domain.world import CommandRequest, CommandResult
from sessions.errors import Code, Refused
from sessions.models import Event, JoinRequest, Session
from sessions.models.ids import new_token, token_hash

from ..factory import SessionHarness, make_room
from .checks import check_log

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def room(database: str) -> SessionHarness:
    room = make_room()
    room.lead(commands.EditSession(approval=True))
    return room


def ask_in(room: SessionHarness, token: str, sector: str = "onderwijs") -> CommandResult:
    """Join by the form with this secret, as the page does each time it is asked."""
    command = commands.Join(sector=room.sectors[sector].public_id, token_hash=token_hash(token))
    return room.ask(Actor.system(), command)


def wait(room: SessionHarness, *, n: int = 1) -> list[str]:
    tokens = [new_token() for _ in range(n)]
    for token in tokens:
        assert ask_in(room, token).id is None
    return tokens


def told(room: SessionHarness) -> DoorDoc | None:
    return show_door(State.load(room.session.pk))


def door(room: SessionHarness) -> DoorDoc:
    found = told(room)
    assert found is not None
    return found


def people(room: SessionHarness) -> set[str | None]:
    return set(room.session.participants.values_list("token_hash", flat=True))


def test_who_asks_is_nobody_yet_and_comes_in_once_they_are_let_in(room: SessionHarness) -> None:
    lines = Event.objects.filter(session=room.session).count()
    (token,) = wait(room)
    assert people(room) == set()
    assert Event.objects.filter(session=room.session).count() == lines
    state = State.load(room.session.pk)
    assert (state.people, state.sector_counts.total()) == ({}, 0)
    assert ask_in(room, token).id is None, "asking again changes nothing"
    (asked,) = door(room).people
    assert asked.sector == room.sectors["onderwijs"].public_id
    room.lead(commands.AdmitRequest(request=asked.id))
    assert told(room) is None
    assert people(room) == set(), "they are there once their browser comes"
    made = ask_in(room, token)
    assert made.id is not None
    person = room.session.participants.get()
    assert (person.public_id, person.tag, person.token_hash) == (made.id, asked.tag, token_hash(token))
    assert not room.session.join_requests.exists()
    check_log(room)


def test_a_refused_person_may_ask_again(room: SessionHarness) -> None:
    first, second = wait(room, n=2)
    asked = {each.token_hash: each.public_id for each in room.session.join_requests.all()}
    room.lead(commands.RefuseRequest(request=asked[token_hash(first)]))
    assert door(room).waiting == 1
    assert ask_in(room, first).id is None
    assert door(room).waiting == 2
    room.lead(commands.AdmitRequest(request=asked[token_hash(first)]))
    assert ask_in(room, first).id is None, "the answer was to what they asked before"
    assert ask_in(room, second).id is None


def test_all_means_those_whom_the_facilitator_saw(room: SessionHarness) -> None:
    seen = wait(room, n=3)
    until = door(room).until
    JoinRequest.objects.create(
        session=room.session,
        token_hash="late",
        sector=room.sectors["overheden"],
        asked_at=room.session.join_requests.latest("asked_at").asked_at.replace(year=2100),
    )
    room.lead(commands.AdmitRequests(until=until))
    assert [each.tag for each in door(room).people] == [room.session.join_requests.get(token_hash="late").tag]
    assert all(ask_in(room, token).id for token in seen)
    room.lead(commands.RefuseRequests(until=until))
    assert door(room).waiting == 1


def test_a_closed_door_comes_first(room: SessionHarness) -> None:
    (token,) = wait(room)
    (asked,) = door(room).people
    room.lead(commands.AdmitRequest(request=asked.id))
    room.lead(commands.LockSession(on=True))
    with pytest.raises(Refused) as refused:
        ask_in(room, token)
    assert refused.value.code is Code.SESSION_LOCKED
    with pytest.raises(Refused):
        ask_in(room, new_token())
    room.lead(commands.LockSession(on=False))
    assert ask_in(room, token).id is not None


def test_nobody_is_told_while_the_door_is_closed_and_nobody_is_lost(room: SessionHarness) -> None:
    wait(room)
    room.lead(commands.LockSession(on=True))
    assert told(room) is None
    room.lead(commands.LockSession(on=False))
    assert door(room).waiting == 1


def test_when_people_come_in_at_once_again_who_waits_comes_in_too(room: SessionHarness) -> None:
    (token,) = wait(room)
    room.lead(commands.EditSession(approval=False))
    assert told(room) is None
    assert ask_in(room, token).id is not None
    assert not room.session.join_requests.exists()
    assert ask_in(room, new_token()).id is not None


def test_a_flood_fills_neither_the_table_nor_the_console(room: SessionHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sessions.domain.handlers.requests.MOST", 250)
    verb_of = [
        commands.Join(sector=room.sectors["onderwijs"].public_id, token_hash=token_hash(new_token()))
        for _ in range(260)
    ]
    results = room.batch(*[CommandRequest(Actor.system(), command, uuid4()) for command in verb_of])
    refused = [result for result in results if isinstance(result, Refused)]
    assert [each.code for each in refused] == [Code.JOIN_FULL] * 10
    full = door(room)
    assert (full.waiting, len(full.people)) == (250, waiting_room.LISTED)
    room.lead(commands.RefuseRequests(until=full.until))
    assert not room.session.join_requests.exists()
    wait(room)


def test_who_does_not_come_after_being_let_in_is_forgotten(room: SessionHarness) -> None:
    wait(room, n=2)
    first, second = room.session.join_requests.order_by("pk")
    room.lead(commands.AdmitRequest(request=first.public_id))
    room.session.join_requests.filter(pk=first.pk).update(asked_at=first.asked_at - waiting_room.KEPT * 2)
    first.refresh_from_db()
    assert first.admitted_at is not None
    room.session.join_requests.filter(pk=first.pk).update(admitted_at=first.admitted_at - waiting_room.KEPT * 2)
    room.lead(commands.AdmitRequest(request=second.public_id))
    assert [each.pk for each in room.session.join_requests.all()] == [second.pk]


def test_archiving_sends_who_waits_away(room: SessionHarness) -> None:
    wait(room)
    set_archived(room.session.pk, on=True)
    assert not room.session.join_requests.exists()


def test_another_session_has_its_own_door(room: SessionHarness) -> None:
    other = make_room()
    assert not Session.objects.get(pk=other.session.pk).approval
    (token,) = wait(room)
    (asked,) = door(room).people
    other.lead(commands.RefuseRequest(request=asked.id))
    other.lead(commands.RefuseRequests(until=door(room).until))
    other.lead(commands.AdmitRequests(until=door(room).until))
    assert ask_in(room, token).id is None
    assert len(other.join("onderwijs")) == 1


def test_a_room_that_joins_asks_once_who_waits() -> None:
    """Each statement per person is a thousand within seconds."""
    room = make_room()
    room.join("onderwijs")
    with CaptureQueriesContext(connection) as queries:
        room.join("onderzoek", n=10)
    assert len([query for query in queries if "workshop_joinrequest" in query["sql"]]) == 1
