"""A flood of joins: when it is told, whom the act against it takes out, and that it can be taken back."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db.models import F

from sessions.domain import commands, flood
from sessions.domain.actor import Actor
from sessions.domain.documents import FloodDoc
from sessions.domain.moment import now, to_ms
from sessions.domain.state import State
from sessions.domain.world import CommandRequest
from sessions.enums import Aspect
from sessions.errors import Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Event, Participant

from ..factory import SessionHarness, make_room
from .checks import check_log

pytestmark = pytest.mark.usefixtures("database")


def grow_old(room: SessionHarness, *, seconds: float) -> None:
    room.session.participants.update(joined_at=F("joined_at") - dt.timedelta(seconds=seconds))


def told(room: SessionHarness) -> FloodDoc | None:
    return flood.find_flood(State.load(room.session.pk), now=to_ms(now()))


def see(room: SessionHarness, *people: Actor) -> None:
    (result,) = room.batch(
        CommandRequest(Actor.system(), commands.NoteSeen(people=tuple(person.id for person in people)))
    )
    assert not isinstance(result, Refused)


def retired(room: SessionHarness) -> set[int]:
    return set(room.session.participants.filter(retired_at__isnull=False).values_list("pk", flat=True))


def test_few_silent_people_are_no_flood_and_many_are() -> None:
    room = make_room()
    room.join("onderwijs", n=flood.LEAST - 1)
    grow_old(room, seconds=20)
    assert told(room) is None
    room.join("overheden")
    assert told(room) is None, "who joined just now may still be loading the page"
    grow_old(room, seconds=20)
    found = told(room)
    assert found is not None
    assert (found.joined, found.silent, found.retired) == (flood.LEAST, flood.LEAST, 0)


def test_a_room_that_comes_in_is_no_flood() -> None:
    room = make_room()
    see(room, *room.join("onderwijs", n=200))
    grow_old(room, seconds=20)
    assert told(room) is None


def test_people_who_come_now_and_then_and_stay_silent_are_no_flood() -> None:
    room = make_room()
    for _ in range(flood.LEAST + 5):
        grow_old(room, seconds=flood.GAP_MS / 1000 + 1)
        room.join("onderwijs")
    grow_old(room, seconds=20)
    assert told(room) is None


def test_the_act_takes_out_only_who_was_never_heard_of() -> None:
    room = make_room()
    step = room.step(StepKind.COLLECT)
    early = room.join("onderzoek", n=3)
    grow_old(room, seconds=600)
    see(room, *early[:2])
    (seen,) = room.join("onderwijs")
    (writer,) = room.join("onderwijs")
    ghosts = room.join("overheden", n=40)
    grow_old(room, seconds=20)
    (fresh,) = room.join("ondernemers")
    see(room, seen)
    room.lead(commands.OpenStep(step=step.public_id))
    room.ask(
        writer,
        commands.WriteCard(
            step=step.public_id, text="Een kaart", aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id
        ),
    )
    found = told(room)
    assert found is not None and found.since is not None
    assert found.silent == 40
    key = uuid4()
    command = commands.RetireSilent(since=found.since)
    first = room.ask(room.facilitator, command, key=key)
    assert retired(room) == {ghost.id for ghost in ghosts}
    assert fresh.id not in retired(room), "who joined just now may still be loading the page"
    room.session.refresh_from_db()
    assert room.session.locked
    assert room.ask(room.facilitator, command, key=key) == first, "a repeat is answered as before"
    check_log(room)

    after = told(room)
    assert after is not None and after.retired_at is not None
    assert (after.since, after.silent, after.retired) == (None, 0, 40)
    with pytest.raises(Refused):
        room.ask(ghosts[0], commands.ChangeSector(sector=room.sectors["onderwijs"].public_id))
    room.lead(commands.RestoreSilent(at=after.retired_at))
    assert retired(room) == set()
    again = told(room)
    assert again is not None and again.silent == 40
    check_log(room)


def test_one_who_was_retired_by_hand_is_not_brought_back() -> None:
    room = make_room()
    ghosts = room.join("onderwijs", n=40)
    grow_old(room, seconds=20)
    one = Participant.objects.get(pk=ghosts[0].id)
    room.lead(commands.RetireParticipant(participant=one.public_id))
    found = told(room)
    assert found is not None and found.since is not None
    room.lead(commands.RetireSilent(since=found.since))
    after = told(room)
    assert after is not None and after.retired_at is not None and after.retired == 39
    room.lead(commands.RestoreSilent(at=after.retired_at))
    assert retired(room) == {one.pk}


def test_a_first_phone_is_written_down_once_and_in_no_log() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    lines = Event.objects.filter(session=room.session).count()
    see(room, person)
    first = Participant.objects.get(pk=person.id).seen_at
    see(room, person)
    assert first is not None
    assert Participant.objects.get(pk=person.id).seen_at == first
    assert Event.objects.filter(session=room.session).count() == lines
