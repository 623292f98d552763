"""No order of commands, repeats or races lets anyone vote more, later or other than the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.ballots.criteria import CriteriaRules
from sessions.ballots.dots import DotsRules
from sessions.ballots.mark import Value
from sessions.domain.commands import (
    CastVote,
    CloseStep,
    MarkGiven,
    OpenStep,
    RevealStep,
    UndoStep,
)
from sessions.domain.commands.votes import MARKS_PER_VOTE
from sessions.domain.world import CommandRequest
from sessions.errors import Code, Refused
from sessions.limits import MOST_ITEMS
from sessions.live.limits import BURST
from sessions.models import Ballot, Vote

from ..depth import shared
from ..factory import make_room
from .checks import check_stored, codes

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


class Model:
    """The rules of one round, said a second time and as simply as possible."""

    def __init__(self) -> None:
        self.phase = "open"
        self.before: str | None = "planned"
        self.votes: dict[tuple[int, int], tuple[int, int]] = {}
        self.keys: dict[tuple[int, UUID], CastVote] = {}

    def cast(self, person: int, item: int, key: UUID, command: CastVote) -> Code | None:
        """Return the refusal that must come, or do what must be done."""
        if known := self.keys.get((person, key)):
            return None if known == command else Code.KEY_REUSED
        if self.phase == "planned":
            return Code.ROUND_NOT_OPEN
        if self.phase == "revealed":
            return Code.ROUND_CLOSED
        value, tap = self.votes.get((person, item), (0, -1))
        if command.tap <= tap:
            return None
        if command.value > MOST:
            return Code.VOTE_VALUE
        spent = sum(stands for (who, _), (stands, _) in self.votes.items() if who == person)
        if spent - value + command.value > BUDGET:
            return Code.BUDGET_SPENT
        self.votes[person, item] = (command.value, command.tap)
        self.keys[person, key] = command
        return None

    def steer(self, command: str) -> Code | None:
        """The same for what a facilitator does. A closed round still takes votes, for the grace time; a revealed one is
        not opened again.
        """
        if command == "undo":
            if self.before is None:
                return Code.UNDO_TOO_LATE
            self.phase, self.before = self.before, None
            return None
        if self.phase == "planned" and command != "open":
            return Code.STEP_NOT_OPEN if command == "close" else Code.STEP_NOT_REVEALABLE
        if command == "open" and self.phase == "revealed":
            return Code.ROUND_REVEALED
        becomes = {"open": "open", "close": "closed", "reveal": "revealed"}[command]
        if self.phase != becomes and not (self.phase == "revealed" and becomes == "closed"):
            self.phase, self.before = becomes, self.phase
        return None


STEERING = {"open": OpenStep, "close": CloseStep, "reveal": RevealStep}


def test_any_order_repeat_or_race_keeps_the_rules(database: str) -> None:
    @shared(database)
    @given(batches=batches)
    def any_order(batches: Sequence[Sequence[Any]]) -> None:
        room = make_room()
        people = room.join("onderwijs", n=PEOPLE)
        round_, items = room.open_vote(items=ITEMS, rules=DotsRules(budget=BUDGET, most=MOST))
        step = round_.step.public_id
        keys = [uuid4() for _ in range(16)]
        model = Model()
        for commands in batches:
            asks: list[CommandRequest] = []
            expected: list[Code | None] = []
            for command in commands:
                if isinstance(command, tuple):
                    person, item, value, tap, key = command
                    command = CastVote(round=round_.public_id, item=items[item], value=value, tap=tap)
                    asks.append(CommandRequest(people[person], command, keys[key]))
                    expected.append(model.cast(person, item, keys[key], command))
                else:
                    steering = STEERING[command](step=step) if command != "undo" else UndoStep()
                    asks.append(CommandRequest(room.facilitator, steering, uuid4()))
                    expected.append(model.steer(command))
            assert codes(room.batch(*asks)) == expected
        names = {item: number for number, item in enumerate(items)}
        numbers = {actor.id: number for number, actor in enumerate(people)}
        stored = Vote.objects.filter(round_item__round=round_).values_list(
            "participant", "round_item__item__public_id", "value", "tap"
        )
        assert {(numbers[who], names[item]): (value, tap) for who, item, value, tap in stored} == model.votes
        check_stored(room)

    any_order()


def test_one_person_racing_with_themselves_keeps_the_budget(database: str) -> None:
    """2 to 50 taps of one person in one batch, on as many items: each sees what the ones before it left."""

    @shared(database)
    @given(values=st.lists(st.integers(0, MOST), min_size=2, max_size=50))
    def race(values: list[int]) -> None:
        room = make_room()
        (person,) = room.join("overheden")
        round_, items = room.open_vote(items=50, rules=DotsRules(budget=BUDGET, most=MOST))
        asks = [
            CommandRequest(
                person, CastVote(round=round_.public_id, item=items[number], value=value, tap=number), uuid4()
            )
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

    race()


def test_the_newest_tap_wins_in_whatever_order_they_arrive(database: str) -> None:
    @shared(database)
    @given(data=st.data())
    def taps_in_any_order(data: st.DataObject) -> None:
        room = make_room()
        (person,) = room.join("ondernemers")
        round_, (item, *_) = room.open_vote(items=3, rules=DotsRules(budget=50, most=50))
        values = data.draw(st.lists(st.integers(0, 50), min_size=2, max_size=12))
        order = data.draw(st.permutations(range(len(values))))
        cuts = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
        asks: list[CommandRequest] = []
        for tap, cut in zip(order, cuts, strict=True):
            command = CastVote(round=round_.public_id, item=item, value=values[tap], tap=tap)
            asks.append(CommandRequest(person, command, uuid4()))
            if cut:
                room.batch(*asks)
                asks = []
        room.batch(*asks)
        vote = Vote.objects.get(round_item__round=round_)
        assert (vote.value, vote.tap) == (values[-1], len(values) - 1)
        check_stored(room)

    taps_in_any_order()


def test_a_command_sets_and_costs_values_not_marks() -> None:
    """Five criteria are five rows: what a person can make the room wait for is bounded by rows."""
    room = make_room()
    (person,) = room.join("onderwijs")
    five = CriteriaRules(criteria=CriteriaRules().criteria[:1] * 5)
    round_, items = room.open_vote(items=MOST_ITEMS // 5 + 1, rules=five)

    def cast(items: list[str], value: Value) -> CastVote:
        marks = [MarkGiven(item=item, value=value) for item in items[1:]]
        return CastVote(round=round_.public_id, item=items[0], value=value, tap=1, marks=marks)

    for value in ([1] * 5, None):
        with pytest.raises(Refused) as refused:
            room.ask(person, cast(items, value))
        assert refused.value.code is Code.BAD_MARK
    longest = cast(items[:-1], [1] * 5)
    assert longest.weight() == cast(items[:1] * MOST_ITEMS, 1).weight() == cast(items, [1] * 5).weight() <= BURST
    assert (cast(items[:1], [1] * 5).weight(), cast(items[:1], 1).weight()) == (1 + 4 / MARKS_PER_VOTE, 1)
    room.ask(person, longest)
    assert Vote.objects.filter(round_item__round=round_).count() == MOST_ITEMS
