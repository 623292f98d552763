"""People who are retired, come back, or are put under another O: also in the very batch in which they vote."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from sessions.domain.actor import Actor
from sessions.domain.command import Command
from sessions.domain.commands import (
    CastVote,
    ChangeSector,
    CloseStep,
    LockSession,
    MoveParticipant,
    OpenStep,
    RestoreParticipant,
    RestoreSilent,
    RetireParticipant,
    RetireSilent,
    TickCard,
)
from sessions.domain.moment import to_ms
from sessions.domain.world import CommandRequest, CommandResult
from sessions.enums import Audience
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.models import Ballot, Event, Participant, Session

from ..factory import SessionHarness, make_room
from ..live.client import Watch

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


@pytest.mark.parametrize(("live", "others", "is_shown"), [(False, 6, False), (True, 2, False), (True, 3, True)])
def test_a_ballot_of_the_same_batch_follows_its_person_until_a_figure_was_shown(
    live: bool, others: int, is_shown: bool
) -> None:
    """A live round shows its first figure, and fixes who counts and under which O, with the fifth who votes."""
    room = make_room()
    people = room.join("onderwijs", n=2)
    round_, items = room.open_vote(live=live)
    vote = CastVote(round=round_.public_id, item=items[0], value=1, tap=1)
    other = room.sectors["overheden"]
    moved, ghost = people
    at_once(
        room,
        *((person, vote) for person in room.join("overheden", n=others)),
        (moved, vote),
        (ghost, vote),
        (room.facilitator, MoveParticipant(participant=room.person(moved).public_id, sector=other.public_id)),
        (room.facilitator, RetireParticipant(participant=room.person(ghost).public_id)),
    )
    ballots = {ballot.participant_id: ballot for ballot in Ballot.objects.filter(round=round_)}
    assert ballots[moved.id].sector_id == (room.sectors["onderwijs"] if is_shown else other).pk
    assert ballots[ghost.id].counted is is_shown
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


@pytest.mark.parametrize(
    ("kind", "settings", "fixes"),
    [
        (Keys.VOTE, {}, True),
        (Keys.VOTE, {"practice": True}, False),
        (Keys.QUESTION, {"mode": "qa"}, False),
    ],
    ids=["a vote", "practice", "support"],
)
def test_only_a_vote_that_counts_fixes_the_o(kind: str, settings: dict[str, Any], fixes: bool) -> None:
    """Stored, refused and told alike: to the phone that voted, to one that comes back, and to one that was there."""
    room = make_room()
    people = room.join("onderwijs", n=3)
    collect = room.step(Keys.COLLECT)
    room.lead(OpenStep(step=collect.public_id))
    (card,) = room.scribe(collect, "onderwijs")
    step = room.step(kind, **settings)
    round_ = step.rounds.get()
    room.lead_all([TickCard(round=round_.public_id, card=card, on=True), OpenStep(step=step.public_id)])
    watch = Watch(room, people=people)
    item = round_.round_items.get().item.public_id
    room.ask(people[0], CastVote(round=round_.public_id, item=item, value=1, tap=1))
    watch.check()
    (told,) = watch.snapshots[Audience.PHONE]["rounds"]
    assert told["fixes_sector"] is fixes
    assert watch.you[people[0].id]["sector_fixed"] is fixes
    change = CommandRequest(people[0], ChangeSector(sector=room.sectors["overheden"].public_id), uuid4())
    (answer,) = room.batch(change)
    assert (answer.code if isinstance(answer, Refused) else None) is (Code.SECTOR_FIXED if fixes else None)
    room.lead(CloseStep(step=step.public_id))
    watch.check()
    assert watch.you[people[0].id]["sector_fixed"] is fixes


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
