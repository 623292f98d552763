"""Cards in and out of a vote: nobody learns what is hidden by asking, and what was added can be taken back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest

from sessions.ballots import AnyRules
from sessions.ballots.pairwise import PairwiseRules
from sessions.ballots.points import PointsRules
from sessions.domain import moment, rules
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    CastVote,
    EditCard,
    MarkGiven,
    OpenStep,
    TickCard,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.world import CommandRequest
from sessions.enums import Aspect, Audience
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Ballot, Round, Vote

from ..factory import SessionHarness, make_room
from ..live.client import Watch
from .checks import check_stored, codes

pytestmark = pytest.mark.usefixtures("database")


class Voting:
    """Six people wrote a card each; the first three cards are in a vote that is open. Nobody sees the counts."""

    def __init__(self, *, live: bool = False) -> None:
        self.room: SessionHarness = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        collect = self.room.step(StepKind.COLLECT)
        self.step = self.room.step(StepKind.VOTE, live=live, budget=2)
        self.room.lead(OpenStep(step=collect.public_id))
        self.cards = [self._write(person, collect.public_id) for person in self.people]
        self.round: Round = self.step.rounds.get()
        for card in self.cards[:3]:
            self.tick(card)
        self.room.lead(OpenStep(step=self.step.public_id))

    def _write(self, person: Actor, step: str) -> str:
        pillar = self.room.pillars[0].public_id
        command = WriteCard(step=step, text=f"kaart {person.id}", aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        made = self.room.ask(person, command).id
        assert made is not None
        return made

    def tick(self, card: str, *, on: bool = True) -> None:
        self.room.lead(TickCard(round=self.round.public_id, card=card, on=on))

    def item(self, card: str) -> str:
        return str(self.round.round_items.get(item__contribution__public_id=card).item.public_id)

    def dot(self, person: Actor, card: str, *, tap: int, value: int = 1) -> CastVote:
        return CastVote(round=self.round.public_id, item=self.item(card), value=value, tap=tap)

    def answers(self, *asks: tuple[Actor, Any]) -> list[Code | None]:
        """Ask each of these by itself."""
        return [codes(self.room.batch(CommandRequest(actor, command, uuid4())))[0] for actor, command in asks]

    def unticks(self) -> list[Code | None]:
        round_ = self.round.public_id
        asks = [(self.room.facilitator, TickCard(round=round_, card=card, on=False)) for card in self.cards[:3]]
        return self.answers(*asks)


@pytest.mark.parametrize("undone", [False, True])
def test_a_refusal_does_not_tell_which_cards_have_dots(undone: bool) -> None:
    """While people vote, and also when the opening was undone after somebody had voted."""
    voting = Voting()
    voting.room.ask(voting.people[0], voting.dot(voting.people[0], voting.cards[0], tap=1))
    if undone:
        voting.room.lead(UndoStep())
    assert voting.unticks() == [Code.ROUND_STARTED] * 3
    asks = [
        (who, EditCard(card=card, aspect=Aspect.SOFTWARE))
        for who, card in zip(voting.people, voting.cards, strict=True)
    ][:3]
    asks += [(who, WithdrawCard(card=card)) for who, card in zip(voting.people, voting.cards, strict=True)][:3]
    assert set(voting.answers(*asks)) <= {Code.CARD_IN_VOTE, Code.STEP_CLOSED}
    assert len(set(voting.answers(*asks))) == 1


def test_a_card_leaves_while_voting_has_not_begun() -> None:
    voting = Voting()
    assert voting.unticks() == [Code.ROUND_STARTED] * 3
    voting.room.lead(UndoStep())
    assert voting.unticks() == [None] * 3


def test_what_was_added_while_people_vote_goes_with_its_dots() -> None:
    voting = Voting(live=True)
    room, people = voting.room, voting.people
    watch = Watch(room, people=people)
    for person in people:
        room.ask(person, voting.dot(person, voting.cards[0], tap=1))
    watch.check()
    voting.tick(voting.cards[3])
    added = voting.item(voting.cards[3])
    assert watch.take_turn()
    undo = watch.snapshots[Audience.CONSOLE]["session"]["undo"]
    assert (undo["do"], undo["step"]) == ("card.tick", voting.step.public_id)
    room.ask(people[0], voting.dot(people[0], voting.cards[3], tap=2))
    room.ask(people[1], voting.dot(people[1], voting.cards[3], tap=2))
    room.ask(people[1], voting.dot(people[1], voting.cards[3], tap=3, value=0))
    watch.check()
    room.lead(UndoStep())
    watch.check()
    check_stored(room)
    assert watch.snapshots[Audience.CONSOLE]["session"]["undo"] is None
    # Both had a vote on it, one of them a dot: it is free again. They took part, and keep their O.
    told = {pk: [text for text in watch.received.get(pk, []) if '"you.vote_gone"' in text] for pk in watch.you}
    assert {pk for pk, texts in told.items() if texts} == {people[0].id, people[1].id}
    assert json.loads(told[people[0].id][0]) | {"seq": 0} == {
        "type": "you.vote_gone",
        "seq": 0,
        "round": voting.round.public_id,
        "item": added,
    }
    assert watch.you[people[0].id]["sector_fixed"]
    assert dict(Ballot.objects.filter(round=voting.round).values_list("participant", "spent")) == {
        person.id: 1 for person in people
    }
    again = room.ask(people[0], voting.dot(people[0], voting.cards[1], tap=2))
    assert again.noted
    # It comes back in: nobody's dots are on it, also not for a screen that was there.
    voting.tick(voting.cards[3])
    watch.check()
    assert watch.snapshots[Audience.STAGE]["now"]["tally"][voting.round.public_id][added] == [0, 0]


def test_who_only_voted_on_it_took_part() -> None:
    voting = Voting()
    person = voting.people[0]
    watch = Watch(voting.room, people=voting.people)
    voting.tick(voting.cards[3])
    voting.room.ask(person, voting.dot(person, voting.cards[3], tap=5))
    voting.room.lead(UndoStep())
    watch.check()
    assert Ballot.objects.get(round=voting.round).spent == 0
    assert not Vote.objects.filter(round_item__round=voting.round).exists()
    assert watch.you[person.id] | {"cards": []} == watch.you[person.id] | {
        "cards": [],
        "votes": [],
        "tap": 0,
        "sector_fixed": True,
    }
    check_stored(voting.room)


def test_votes_before_and_after_the_undo_in_one_commit() -> None:
    """Also votes that were not written yet when the card goes out, and a card that comes back at once."""
    voting = Voting()
    one, two = voting.people[:2]
    voting.room.ask(two, voting.dot(two, voting.cards[0], tap=1))
    watch = Watch(voting.room, people=voting.people)
    voting.tick(voting.cards[3])
    lead, round_ = voting.room.facilitator, voting.round.public_id
    added = voting.dot(one, voting.cards[3], tap=1)
    asks = [
        (one, added),
        (two, CastVote(round=round_, item=added.item, value=1, tap=2)),
        (two, voting.dot(two, voting.cards[1], tap=3)),  # a third dot
        (lead, UndoStep()),
        (one, CastVote(round=round_, item=added.item, value=1, tap=4)),  # it is not there
        (two, voting.dot(two, voting.cards[1], tap=5)),
        (lead, TickCard(round=round_, card=voting.cards[3], on=True)),
        (one, CastVote(round=round_, item=added.item, value=1, tap=6)),
    ]
    results = voting.room.batch(*[CommandRequest(actor, command, uuid4()) for actor, command in asks])
    assert codes(results) == [None, None, Code.BUDGET_SPENT, None, Code.ITEM_UNKNOWN, None, None, None]
    watch.check()
    check_stored(voting.room)
    assert set(Ballot.objects.filter(round=voting.round).values_list("participant", "spent")) == {
        (one.id, 1),
        (two.id, 2),
    }


@pytest.mark.parametrize("live", [False, True])
def test_a_console_is_told_the_same_whether_anybody_voted_on_it(live: bool) -> None:
    """Answer, frames, numbers of the log: all of it, but for the ids."""

    def play(*, votes: bool) -> list[Any]:
        voting = Voting(live=live)
        watch = Watch(voting.room, people=voting.people)
        voting.tick(voting.cards[3])
        watch.take_turn()
        if votes:
            for person in voting.people[:2]:
                voting.room.ask(person, voting.dot(person, voting.cards[3], tap=1))
            watch.take_turn()
        seen = len(watch.received.get(Audience.CONSOLE, []))
        at = watch.seq
        done = voting.room.lead(UndoStep())
        watch.take_turn()
        frames = [json.loads(text) for text in watch.received[Audience.CONSOLE][seen:]]
        shared = [frame for frame in frames if "events" in frame]
        events = [event["type"] for frame in shared for event in frame["events"]]
        return [done.seq - at, done.id, events, [frame["to"] - at for frame in shared]]

    assert play(votes=True) == play(votes=False) == [1, None, ["item.gone", "session.put"], [1]]


def test_after_ten_seconds_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    voting = Voting()
    voting.tick(voting.cards[3])
    late = moment.now() + rules.UNDO + dt.timedelta(seconds=1)
    monkeypatch.setattr(moment, "now", lambda: late)
    with pytest.raises(Refused) as refused:
        voting.room.lead(UndoStep())
    assert refused.value.code is Code.UNDO_TOO_LATE


def test_ticking_before_the_vote_leaves_the_undo_of_a_step_alone() -> None:
    voting = Voting()
    voting.room.lead(UndoStep())  # the opening
    voting.tick(voting.cards[4])
    with pytest.raises(Refused) as refused:
        voting.room.lead(UndoStep())
    assert refused.value.code is Code.UNDO_TOO_LATE


@pytest.mark.parametrize(
    "asked", [PairwiseRules(pairs=3), PointsRules(total=10, whole=True)], ids=["pairwise", "points"]
)
@pytest.mark.parametrize("undone", [False, True])
def test_no_card_comes_into_an_open_vote_whose_answers_hold_together(asked: AnyRules, undone: bool) -> None:
    """Taken out again, it would leave half a comparison, or neither all points nor none."""
    room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
    (person,) = room.join("onderwijs")
    round_, (one, other, *_) = room.open_vote(items=3, rules=asked)
    (card,) = room.scribe(room.session.steps.get(kind=StepKind.COLLECT), "overheden")
    whole = isinstance(asked, PointsRules)
    given = ((one, 10), (other, 0)) if whole else ((one, [12, None]), (other, [10, None]))
    marks = [MarkGiven(item=item, value=value) for item, value in given[1:]]
    room.ask(person, CastVote(round=round_.public_id, item=one, value=given[0][1], tap=1, marks=marks))
    if undone:
        room.lead(UndoStep())
    with pytest.raises(Refused) as refused:
        room.lead(TickCard(round=round_.public_id, card=card, on=True))
    assert refused.value.code is Code.ROUND_STARTED
