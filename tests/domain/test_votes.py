"""No order of commands, repeats or races lets anyone vote more, later or other than the rules say."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import F, Sum
from hypothesis import given
from hypothesis import strategies as st

from sessions.domain.log import Kind
from sessions.domain.verbs import (
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
from sessions.domain.world import Ask, Outcome
from sessions.errors import Code, Refused
from sessions.live.writer import Result, Writer
from sessions.models import Ballot, Round, Session, Vote

from ..factory import Room, make_room

pytestmark = pytest.mark.usefixtures("database")

ITEMS, PEOPLE = 5, 3
BUDGET, MOST = 4, 3

taps = st.tuples(
    st.integers(0, PEOPLE - 1),
    st.integers(0, ITEMS - 1),
    st.integers(0, MOST + 1),  # one more than an item may have
    st.integers(0, 30),
    st.integers(0, 15),  # which key: few, so that they repeat
)
course = st.sampled_from(["open", "close", "reveal", "undo"])
batches = st.lists(st.lists(st.one_of(taps, course), min_size=1, max_size=50), min_size=1, max_size=4)


def check_stored(room: Room) -> None:
    """Hold what is stored against the limits, the ballots and the log."""
    for round_ in Round.objects.filter(session=room.session):
        votes = Vote.objects.filter(round_item__round=round_)
        spent = dict(votes.values_list("participant").annotate(Sum("value")))
        ballots = {ballot.participant_id: ballot for ballot in Ballot.objects.filter(round=round_)}
        assert spent == {pk: ballot.spent for pk, ballot in ballots.items()}
        for ballot in ballots.values():
            assert ballot.spent <= (round_.budget or 0)
        assert all(0 <= value <= round_.max_per_item for value in votes.values_list("value", flat=True))
    check_log(room)


def check_log(room: Room) -> None:
    """The numbers are contiguous, and the log alone gives the votes that are stored."""
    lines = list(room.session.events.order_by("seq"))
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert Session.objects.get(pk=room.session.pk).seq == len(lines)
    replayed: dict[tuple[str, str, int], tuple[int, int]] = {}
    for line in lines:
        if line.kind == Kind.VOTE_CAST:
            place = (line.data["round"], line.data["item"], line.actor_id)
            was, tap = replayed.get(place, (0, -1))
            assert (line.data["was"], tap < line.data["tap"]) == (was, True)
            replayed[place] = (line.data["value"], line.data["tap"])
    stored = Vote.objects.filter(round_item__round__session=room.session).values_list(
        "round_item__round__public_id", "round_item__item__public_id", "participant", "value", "tap"
    )
    assert replayed == {(round_, item, person): (value, tap) for round_, item, person, value, tap in stored}


class Model:
    """The rules of one round, said a second time and as simply as possible."""

    def __init__(self) -> None:
        self.phase = "open"
        self.before: str | None = "planned"
        self.votes: dict[tuple[int, int], tuple[int, int]] = {}
        self.keys: dict[tuple[int, UUID], CastVote] = {}

    def cast(self, person: int, item: int, key: UUID, verb: CastVote) -> Code | None:
        """Return the refusal that must come, or do what must be done."""
        if known := self.keys.get((person, key)):
            return None if known == verb else Code.KEY_REUSED
        if self.phase == "planned":
            return Code.ROUND_NOT_OPEN
        if self.phase == "revealed":
            return Code.ROUND_CLOSED
        value, tap = self.votes.get((person, item), (0, -1))
        if verb.tap <= tap:
            return None
        if verb.value > MOST:
            return Code.VOTE_VALUE
        spent = sum(stands for (who, _), (stands, _) in self.votes.items() if who == person)
        if spent - value + verb.value > BUDGET:
            return Code.BUDGET_SPENT
        self.votes[person, item] = (verb.value, verb.tap)
        self.keys[person, key] = verb
        return None

    def steer(self, command: str) -> Code | None:
        """The same for what a facilitator does. A closed round still takes votes, for the grace time."""
        if command == "undo":
            if self.before is None:
                return Code.UNDO_TOO_LATE
            self.phase, self.before = self.before, None
            return None
        if self.phase == "planned" and command != "open":
            return Code.STEP_NOT_OPEN if command == "close" else Code.STEP_NOT_REVEALABLE
        becomes = {"open": "open", "close": "closed", "reveal": "revealed"}[command]
        if self.phase != becomes and not (self.phase == "revealed" and becomes == "closed"):
            self.phase, self.before = becomes, self.phase
        return None


STEERING = {"open": OpenStep, "close": CloseStep, "reveal": RevealStep}


@given(batches=batches)
def test_any_order_repeat_or_race_keeps_the_rules(batches: Sequence[Sequence[Any]]) -> None:
    room = make_room()
    people = room.join("onderwijs", n=PEOPLE)
    round_, items = room.open_vote(items=ITEMS, budget=BUDGET, max_per_item=MOST)
    step = round_.step.public_id
    keys = [uuid4() for _ in range(16)]
    model = Model()
    for commands in batches:
        asks: list[Ask] = []
        expected: list[Code | None] = []
        for command in commands:
            if isinstance(command, tuple):
                person, item, value, tap, key = command
                verb = CastVote(round=round_.public_id, item=items[item], value=value, tap=tap)
                asks.append(Ask(people[person], verb, keys[key]))
                expected.append(model.cast(person, item, keys[key], verb))
            else:
                asks.append(
                    Ask(room.facilitator, STEERING[command](step=step) if command != "undo" else UndoStep(), uuid4())
                )
                expected.append(model.steer(command))
        assert codes(room.batch(*asks)) == expected
    names = {item: number for number, item in enumerate(items)}
    numbers = {actor.id: number for number, actor in enumerate(people)}
    stored = Vote.objects.filter(round_item__round=round_).values_list(
        "participant", "round_item__item__public_id", "value", "tap"
    )
    assert {(numbers[who], names[item]): (value, tap) for who, item, value, tap in stored} == model.votes
    check_stored(room)


def codes(results: Sequence[Result]) -> list[Code | None]:
    return [result.code if isinstance(result, Refused) else None for result in results]


@given(values=st.lists(st.integers(0, MOST), min_size=2, max_size=50))
def test_one_person_racing_with_themselves_keeps_the_budget(values: list[int]) -> None:
    """2 to 50 taps of one person in one batch, on as many items: each sees what the ones before it left."""
    room = make_room()
    (person,) = room.join("overheden")
    round_, items = room.open_vote(items=50, budget=BUDGET, max_per_item=MOST)
    asks = [
        Ask(person, CastVote(round=round_.public_id, item=items[number], value=value, tap=number), uuid4())
        for number, value in enumerate(values)
    ]
    spent, expected = 0, []
    for value in values:
        fits = spent + value <= BUDGET
        expected.append(None if fits else Code.BUDGET_SPENT)
        spent += value if fits else 0
    assert codes(room.batch(*asks)) == expected
    assert Ballot.objects.get(round=round_).spent == spent
    check_stored(room)


@given(data=st.data())
def test_the_newest_tap_wins_in_whatever_order_they_arrive(data: st.DataObject) -> None:
    room = make_room()
    (person,) = room.join("ondernemers")
    round_, (item, *_) = room.open_vote(items=3, budget=50, max_per_item=50)
    values = data.draw(st.lists(st.integers(0, 50), min_size=2, max_size=12))
    order = data.draw(st.permutations(range(len(values))))
    cuts = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    asks: list[Ask] = []
    for tap, cut in zip(order, cuts, strict=True):
        verb = CastVote(round=round_.public_id, item=item, value=values[tap], tap=tap)
        asks.append(Ask(person, verb, uuid4()))
        if cut:
            room.batch(*asks)
            asks = []
    room.batch(*asks)
    vote = Vote.objects.get(round_item__round=round_)
    assert (vote.value, vote.tap) == (values[-1], len(values) - 1)
    check_stored(room)


def test_a_repeated_key_is_answered_as_the_first_time_and_stored_once() -> None:
    room = make_room()
    (person,) = room.join("overheden")
    round_, (item, other, *_) = room.open_vote()
    key = uuid4()
    ask = Ask(person, CastVote(round=round_.public_id, item=item, value=1, tap=1), key)
    first, *same = room.batch(ask, ask, ask)
    assert isinstance(first, Outcome)
    assert same == [first, first]
    assert room.batch(ask) == [first]
    changed = Ask(person, CastVote(round=round_.public_id, item=other, value=1, tap=1), key)
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
    round_, items = room.open_vote(budget=5)
    for tap, item in enumerate(items[:5]):
        room.vote(person, round_, item, tap=tap)
    room.lead(UndoStep())
    with suppress(Refused):
        room.lead(EditStep(step=round_.step.public_id, budget=3))
    room.lead(OpenStep(step=round_.step.public_id))
    room.vote(person, round_, items[0], 0, tap=9)
    check_stored(room)


def test_a_ballot_follows_its_person_in_the_batch_that_opens_the_round_again() -> None:
    room = make_room()
    (person,) = room.join("overheden")
    round_, items = room.open_vote(budget=5)
    room.vote(person, round_, items[0], tap=1)
    room.lead(RevealStep(step=round_.step.public_id))
    moved = MoveParticipant(participant=room.person(person).public_id, sector=room.sectors["onderwijs"].public_id)
    room.lead(moved)
    vote = CastVote(round=round_.public_id, item=items[1], value=1, tap=2)
    assert codes(room.batch(Ask(room.facilitator, UndoStep(), uuid4()), Ask(person, vote, uuid4()))) == [None, None]
    assert Ballot.objects.get(participant=person.id).sector == room.sectors["onderwijs"]


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
    round_, items = room.open_vote(items=8, budget=BUDGET, max_per_item=2)
    keys = [uuid4() for _ in range(400)]
    rooms = [replace(room, writer=Writer()) for _ in range(writers)]
    start = threading.Barrier(writers)
    answers: list[list[Result]] = [[] for _ in range(writers)]

    def work(number: int) -> None:
        chance = random.Random(number)
        start.wait()
        for turn in range(12):
            asks = [
                Ask(
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
                asks.append(Ask(room.facilitator, CloseStep(step=round_.step.public_id), uuid4()))
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
    ask = Ask(person, CastVote(round=round_.public_id, item=item, value=1, tap=1), uuid4())
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
    assert isinstance(answers[0], Outcome)
    assert room.session.events.filter(key=ask.key).count() == 1
    check_stored(room)
