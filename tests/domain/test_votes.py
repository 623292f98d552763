"""No order of commands, repeats or races lets anyone vote more, later or other than the rules say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.domain.actor import Actor
from sessions.domain.log import Kind
from sessions.domain.verbs import CastVote, CloseStep, OpenStep, RevealStep, TickCard, UndoStep
from sessions.domain.world import Ask, Outcome
from sessions.enums import StepKind
from sessions.errors import Code, Refused
from sessions.live.writer import Result
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
        self.open = True
        self.votes: dict[tuple[int, int], tuple[int, int]] = {}
        self.keys: dict[tuple[int, UUID], tuple[CastVote, int]] = {}

    def expect(self, person: int, item: int, key: UUID, verb: CastVote) -> Code | None:
        """Return the refusal that must come, having done what must be done."""
        if known := self.keys.get((person, key)):
            return None if known[0] == verb else Code.KEY_REUSED
        if not self.open:
            return Code.ROUND_CLOSED
        value, tap = self.votes.get((person, item), (0, -1))
        if verb.tap <= tap:
            return None
        if verb.value > MOST:
            return Code.VOTE_VALUE
        spent = sum(value for (who, _), (value, _) in self.votes.items() if who == person)
        if spent - value + verb.value > BUDGET:
            return Code.BUDGET_SPENT
        self.votes[person, item] = (verb.value, verb.tap)
        self.keys[person, key] = (verb, 0)
        return None


@given(batches=batches)
def test_any_order_repeat_or_race_keeps_the_rules(batches: Sequence[Sequence[object]]) -> None:
    room = make_room()
    people = room.join("onderwijs", n=PEOPLE)
    round_, items = room.open_vote(items=ITEMS, budget=BUDGET, max_per_item=MOST)
    step = round_.step.public_id
    keys = [uuid4() for _ in range(16)]
    model = Model()
    undo: bool | None = None
    for commands in batches:
        asks: list[Ask] = []
        expected: list[Code | None] = []
        for command in commands:
            if isinstance(command, tuple):
                person, item, value, tap, key = command
                verb = CastVote(round=round_.public_id, item=items[item], value=value, tap=tap)
                asks.append(Ask(people[person], verb, keys[key]))
                expected.append(model.expect(person, item, keys[key], verb))
            elif command == "undo":
                asks.append(Ask(room.facilitator, UndoStep(), uuid4()))
                expected.append(Code.UNDO_TOO_LATE if undo is None else None)
                model.open, undo = (undo, None) if undo is not None else (model.open, None)
            elif command == "reveal":
                asks.append(Ask(room.facilitator, RevealStep(step=step), uuid4()))
                expected.append(None)
                if model.open:
                    model.open, undo = False, True
            else:  # grace time: closing alone refuses nobody yet
                continue
        assert [result.code if isinstance(result, Refused) else None for result in room.batch(*asks)] == expected
        if undo is None and not model.open:
            break
    stored = Vote.objects.filter(round_item__round=round_)
    names = {item: number for number, item in enumerate(items)}
    numbers = {actor.id: number for number, actor in enumerate(people)}
    assert model.votes == {
        (numbers[person], names[item]): (value, tap)
        for person, item, value, tap in stored.values_list("participant", "round_item__item__public_id", "value", "tap")
    }
    check_stored(room)
