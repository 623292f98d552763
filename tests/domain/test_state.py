"""What a hub reads of the votes when something else happened: a stranger's taps must not make it read them all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.domain import commands
from sessions.domain.actor import Actor
from sessions.domain.log import read_entries
from sessions.domain.state import State
from sessions.models import Ballot, Session, Vote

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")

Act = Callable[[SessionHarness, Actor], object]


def move(room: SessionHarness, person: Actor) -> None:
    room.lead(
        commands.MoveParticipant(participant=room.person(person).public_id, sector=room.sectors["overheden"].public_id)
    )


def move_oneself(room: SessionHarness, person: Actor) -> None:
    room.ask(person, commands.ChangeSector(sector=room.sectors["overheden"].public_id))


def retire(room: SessionHarness, person: Actor) -> None:
    room.lead(commands.RetireParticipant(participant=room.person(person).public_id))


def restore(room: SessionHarness, person: Actor) -> None:
    retire(room, person)
    room.lead(commands.RestoreParticipant(participant=room.person(person).public_id))


def vote_and_go(room: SessionHarness, person: Actor) -> None:
    round_ = room.session.steps.get(kind="vote").rounds.get()
    place = round_.round_items.select_related("item").first()
    assert place is not None
    room.vote(person, round_, place.item.public_id, tap=1)
    retire(room, person)


def reads_votes(room: SessionHarness, state: State, act: Act, person: Actor) -> bool:
    """Do it, let the state follow, hold it against one that was read anew; return whether it read votes for it."""
    before = Session.objects.get(pk=room.session.pk).seq
    act(room, person)
    entries = read_entries(session_id=room.session.pk, after=before, up_to=Session.objects.get(pk=room.session.pk).seq)
    assert entries
    with CaptureQueriesContext(connection) as asked:
        state.apply(entries)
    fresh = State.load(room.session.pk)
    assert (state.tallies, state.voters, state.voted) == (fresh.tallies, fresh.voters, fresh.voted)
    tables = (Ballot._meta.db_table, Vote._meta.db_table)
    return any(f'"{table}"' in query["sql"] for query in asked.captured_queries for table in tables)


@pytest.mark.parametrize(
    ("act", "has_voted", "reads"),
    [
        (move_oneself, False, False),
        (move, False, False),
        (move, True, False),
        (retire, False, False),
        (restore, False, False),
        (retire, True, True),
        (restore, True, True),
        (vote_and_go, False, True),
    ],
)
def test_votes_are_read_again_only_when_somebody_who_voted_comes_or_goes(
    act: Act, has_voted: bool, reads: bool
) -> None:
    room = make_room()
    people = room.join("onderwijs", n=3)
    round_, (item, *_) = room.open_vote()
    for number, person in enumerate(people[0 if has_voted else 1 :]):
        room.vote(person, round_, item, tap=number + 1)
    assert reads_votes(room, State.load(room.session.pk), act, people[0]) is reads
