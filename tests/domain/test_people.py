"""People who are retired, come back, or are put under another O: also in the very batch in which they vote."""

from __future__ import annotations

from uuid import uuid4

import pytest

from sessions.domain.actor import Actor
from sessions.domain.command import Command
from sessions.domain.commands import (
    CastVote,
    ChangeSector,
    LockSession,
    MoveParticipant,
    RestoreParticipant,
    RestoreSilent,
    RetireParticipant,
    RetireSilent,
)
from sessions.domain.moment import to_ms
from sessions.domain.world import CommandRequest, CommandResult
from sessions.errors import Code, Refused
from sessions.models import Ballot, Event, Participant, Session

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.django_db(transaction=True)


def lines(room: SessionHarness, kind: str) -> int:
    return Event.objects.filter(session=room.session, kind=kind).count()


def at_once(room: SessionHarness, *asks: tuple[Actor, Command]) -> None:
    results = room.batch(*[CommandRequest(actor, command, uuid4()) for actor, command in asks])
    assert all(isinstance(result, CommandResult) for result in results), results


def test_who_is_retired_or_restored_twice_is_so_once() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    name = room.person(person).public_id
    for _ in range(2):
        room.lead(RetireParticipant(participant=name))
    assert room.person(person).retired_at is not None and lines(room, "participant.retired") == 1
    for _ in range(2):
        room.lead(RestoreParticipant(participant=name))
    assert room.person(person).retired_at is None and lines(room, "participant.restored") == 1


@pytest.mark.parametrize("live", [False, True], ids=["hidden", "live"])
def test_a_ballot_of_the_same_batch_follows_its_person_until_a_figure_was_shown(live: bool) -> None:
    """In a live round who counts, and under which O, is fixed from its opening on."""
    room = make_room()
    people = room.join("onderwijs", n=2)
    round_, items = room.open_vote(live=live)
    vote = CastVote(round=round_.public_id, item=items[0], value=1, tap=1)
    other = room.sectors["overheden"]
    moved, ghost = people
    at_once(
        room,
        (moved, vote),
        (ghost, vote),
        (room.facilitator, MoveParticipant(participant=room.person(moved).public_id, sector=other.public_id)),
        (room.facilitator, RetireParticipant(participant=room.person(ghost).public_id)),
    )
    ballots = {ballot.participant_id: ballot for ballot in Ballot.objects.filter(round=round_)}
    assert ballots[moved.id].sector_id == (room.sectors["onderwijs"] if live else other).pk
    assert ballots[ghost.id].counted is live
    assert room.person(moved).sector == other, "the person is moved in any case"


def test_who_was_retired_is_moved_without_being_counted() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    name = room.person(person).public_id
    other = room.sectors["overheden"]
    room.lead(RetireParticipant(participant=name))
    room.lead(MoveParticipant(participant=name, sector=other.public_id))
    assert room.person(person).sector == other
    room.lead(MoveParticipant(participant=name, sector=other.public_id))
    assert lines(room, "participant.moved") == 1, "there already"


def test_an_o_is_chosen_until_the_first_vote_also_when_both_come_at_once() -> None:
    room = make_room()
    voter, other = room.join("onderwijs", n=2)
    round_, items = room.open_vote()
    change = ChangeSector(sector=room.sectors["overheden"].public_id)
    room.ask(other, change)
    assert room.person(other).sector == room.sectors["overheden"]
    cast = CastVote(round=round_.public_id, item=items[0], value=1, tap=1)
    _, refused = room.batch(CommandRequest(voter, cast, uuid4()), CommandRequest(voter, change, uuid4()))
    assert isinstance(refused, Refused) and refused.code is Code.SECTOR_FIXED
    assert room.person(voter).sector == room.sectors["onderwijs"]


def test_a_door_that_is_locked_stays_so_and_is_told_once() -> None:
    room = make_room()
    for _ in range(2):
        room.lead(LockSession(on=True))
    assert Session.objects.get(pk=room.session.pk).locked and lines(room, "session.locked") == 1


def test_silent_people_are_retired_and_restored_together_also_those_the_batch_knows() -> None:
    room = make_room()
    ghosts = room.join("onderwijs", n=3)
    Participant.objects.filter(pk__in=[ghost.id for ghost in ghosts]).update(joined_at="2026-01-01T10:00:00Z")
    since = to_ms(room.person(ghosts[0]).joined_at)
    name = room.person(ghosts[0]).public_id
    at_once(
        room,
        (room.facilitator, RestoreParticipant(participant=name)),
        (room.facilitator, RetireSilent(since=since)),
    )
    gone = Participant.objects.filter(session=room.session, retired_at__isnull=False)
    assert gone.count() == 3 and lines(room, "participant.retired") == 3
    at = to_ms(room.person(ghosts[0]).retired_at)
    assert at is not None
    at_once(room, (room.facilitator, RestoreSilent(at=at)), (room.facilitator, RestoreParticipant(participant=name)))
    assert gone.count() == 0 and lines(room, "participant.restored") == 3
