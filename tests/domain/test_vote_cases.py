"""Votes, case by case: keys, grace, undone steps, writers in parallel."""

from __future__ import annotations

import datetime as dt
import random
import threading
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F

from sessions.ballots.dots import DotsRules
from sessions.domain.commands import (
    CastVote,
    CloseStep,
    EditStep,
    MoveParticipant,
    OpenStep,
    RemoveStep,
    RetireParticipant,
    RevealStep,
    UndoStep,
)
from sessions.domain.world import CommandRequest, CommandResult
from sessions.errors import Code, Refused
from sessions.live.writer import Result, Writer
from sessions.models import Ballot, Round, Session, Vote

from ..factory import make_room
from .checks import check_stored, codes

pytestmark = pytest.mark.usefixtures("database")

BUDGET = 4


def test_a_repeated_key_is_answered_as_the_first_time_and_stored_once() -> None:
    room = make_room()
    (person,) = room.join("overheden")
    round_, (item, other, *_) = room.open_vote()
    key = uuid4()
    ask = CommandRequest(person, CastVote(round=round_.public_id, item=item, value=1, tap=1), key)
    first, *same = room.batch(ask, ask, ask)
    assert isinstance(first, CommandResult)
    assert same == [first, first]
    assert room.batch(ask) == [first]
    changed = CommandRequest(person, CastVote(round=round_.public_id, item=other, value=1, tap=1), key)
    assert codes(room.batch(changed)) == [Code.KEY_REUSED]
    (somebody_else,) = room.join("onderwijs")
    assert codes(room.batch(ask._replace(actor=somebody_else))) == [None]
    assert Vote.objects.filter(round_item__round=round_).count() == 2
    check_stored(room)


def test_grace_time_ends_with_the_reveal_or_after_thirty_seconds() -> None:
    room = make_room()
    (person,) = room.join("overheden")
    round_, (one, two, three, *_) = room.open_vote()
    room.lead(CloseStep(step=round_.step.public_id))
    room.vote(person, round_, one, tap=1)
    closed = Round.objects.get(pk=round_.pk).closed_at
    assert closed is not None
    grow_old(round_, seconds=29)
    room.vote(person, round_, two, tap=2)
    grow_old(round_, seconds=2)
    with pytest.raises(Refused) as late:
        room.vote(person, round_, three, tap=3)
    assert late.value.code is Code.ROUND_CLOSED
    check_stored(room)


def grow_old(round_: Round, *, seconds: float) -> None:
    """Let the round, and what writers remember of it, be closed this much longer ago."""
    row = Round.objects.get(pk=round_.pk)
    assert row.closed_at is not None
    Round.objects.filter(pk=round_.pk).update(closed_at=row.closed_at - dt.timedelta(seconds=seconds))
    Session.objects.filter(pk=round_.session_id).update(structure=F("structure") + 1)


@pytest.mark.parametrize("retired", [False, True])
def test_votes_survive_an_undone_opening_and_the_removal_of_the_step(retired: bool) -> None:
    """A step with answers can be superseded, not deleted."""
    room = make_room()
    (person,) = room.join("overheden")
    round_, (item, *_) = room.open_vote()
    room.vote(person, round_, item, tap=1)
    room.lead(UndoStep())
    if retired:
        room.lead(RetireParticipant(participant=room.person(person).public_id))
    room.lead(RemoveStep(step=round_.step.public_id))
    assert Vote.objects.filter(participant=person.id).count() == 1
    check_stored(room)


def test_dots_can_be_taken_back_after_an_undone_opening() -> None:
    """The numbers by which people spent their dots stay, or at least nobody is left with dots that cannot move."""
    room = make_room()
    (person,) = room.join("overheden")
    round_, items = room.open_vote(rules=DotsRules(budget=5))
    for tap, item in enumerate(items[:5]):
        room.vote(person, round_, item, tap=tap)
    room.lead(UndoStep())
    with suppress(Refused):
        room.lead(EditStep(step=round_.step.public_id, settings={"rules": {"ballot": "dots", "budget": 3}}))
    room.lead(OpenStep(step=round_.step.public_id))
    room.vote(person, round_, items[0], 0, tap=9)
    check_stored(room)


def test_a_ballot_keeps_the_o_it_was_shown_under_also_when_the_reveal_is_undone() -> None:
    room = make_room()
    (person,) = room.join("overheden")
    round_, items = room.open_vote(rules=DotsRules(budget=5))
    room.vote(person, round_, items[0], tap=1)
    room.lead(RevealStep(step=round_.step.public_id))
    moved = MoveParticipant(participant=room.person(person).public_id, sector=room.sectors["onderwijs"].public_id)
    room.lead(moved)
    vote = CastVote(round=round_.public_id, item=items[1], value=1, tap=2)
    assert codes(
        room.batch(CommandRequest(room.facilitator, UndoStep(), uuid4()), CommandRequest(person, vote, uuid4()))
    ) == [None, None]
    assert Ballot.objects.get(participant=person.id).sector == room.sectors["overheden"]


@pytest.mark.parametrize("step", ["planned", "superseded"])
def test_nobody_votes_where_nobody_may(step: str) -> None:
    room = make_room()
    (person,) = room.join("overheden")
    round_, items = room.open_vote()
    if step == "planned":
        room.lead(UndoStep())
    else:
        room.lead(RevealStep(step=round_.step.public_id))
        room.lead(RemoveStep(step=round_.step.public_id))
    with pytest.raises(Refused) as refused:
        room.vote(person, round_, items[0], tap=1)
    assert refused.value.code is (Code.ROUND_NOT_OPEN if step == "planned" else Code.ROUND_CLOSED)
    assert not Vote.objects.filter(participant=person.id).exists()


@pytest.mark.servers
@pytest.mark.parametrize("writers", [2, 4])
def test_writers_in_parallel_share_one_order(database: str, writers: int) -> None:
    """As two server processes do: each with a memory of its own, on the same database."""
    room = make_room()
    people = room.join("onderwijs", n=4)
    round_, items = room.open_vote(items=8, rules=DotsRules(budget=BUDGET, most=2))
    keys = [uuid4() for _ in range(400)]
    rooms = [replace(room, writer=Writer()) for _ in range(writers)]
    start = threading.Barrier(writers)
    answers: list[list[Result]] = [[] for _ in range(writers)]

    def work(number: int) -> None:
        chance = random.Random(number)
        start.wait()
        for turn in range(12):
            asks = [
                CommandRequest(
                    chance.choice(people),
                    CastVote(
                        round=round_.public_id,
                        item=chance.choice(items),
                        value=chance.randint(0, 2),
                        tap=chance.randint(0, 500),
                    ),
                    chance.choice(keys),
                )
                for _ in range(chance.randint(1, 20))
            ]
            if turn == 6 and number == 0:
                asks.append(CommandRequest(room.facilitator, CloseStep(step=round_.step.public_id), uuid4()))
            answers[number] += rooms[number].batch(*asks)
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    given_codes = {code for results in answers for code in codes(results)}
    assert given_codes <= {None, Code.BUDGET_SPENT, Code.KEY_REUSED}
    assert None in given_codes
    check_stored(room)
    used = [(line.key, line.actor_id) for line in room.session.events.exclude(key=None)]
    assert len(used) == len(set(used)), "a key was stored twice"


@pytest.mark.servers
def test_the_same_key_from_twenty_threads_is_one_vote(database: str) -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    round_, (item, *_) = room.open_vote()
    ask = CommandRequest(person, CastVote(round=round_.public_id, item=item, value=1, tap=1), uuid4())
    answers: list[Result] = []
    start = threading.Barrier(20)

    def send() -> None:
        mine = replace(room, writer=Writer())
        start.wait()
        answers.extend(mine.batch(ask))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert isinstance(answers[0], CommandResult)
    assert room.session.events.filter(key=ask.key).count() == 1
    check_stored(room)
