"""What simulated people do in a step, each kind by itself: they give commands that the program takes.

Here nothing lies between them and the writer; `manage.py simulate` gives the same over a line.
"""

from __future__ import annotations

from collections.abc import Coroutine
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from sessions.ballots import all_ballots
from sessions.ballots.dots import DotsRules
from sessions.domain.actor import Actor
from sessions.domain.commands import OpenStep, RedactCard, RetireParticipant, RevealStep, TickCard
from sessions.domain.kind import kind_of
from sessions.enums import Audience
from sessions.errors import Refused
from sessions.kinds import Keys
from sessions.kinds.collect.people import TAKES_BACK, THINKS_AGAIN
from sessions.kinds.vote.people import MOST_ITEMS
from sessions.limits import CARD_LENGTH
from sessions.management.simulation.client_state import ClientState as Seen
from sessions.management.simulation.ledger import Ledger, compare_stored
from sessions.models import Contribution, RoundItem, Step

from ..factory import SessionHarness, make_room
from ..live.client import Watch
from .scene import say

pytestmark = pytest.mark.django_db(transaction=True)
Doc = dict[str, Any]


def drive(act: Coroutine[Any, Any, Any]) -> Any:
    """Run to its end what waits for nobody. There is no event loop: Django would refuse to ask the database in one."""
    try:
        act.send(None)
    except StopIteration as ended:
        return ended.value
    raise AssertionError("it waits for something")


class Someone:
    """Acts as a simulated person or facilitator does, one act after the other."""

    def __init__(self, watch: Watch, actor: Actor, *, sector: str = "onderwijs", chance: Random | None = None) -> None:
        self.watch, self.actor = watch, actor
        self.audience = Audience.CONSOLE if actor == watch.room.facilitator else Audience.PHONE
        self.client = SimpleNamespace(room=Seen(), you={"seed": 7})
        self.ledger = Ledger(sector)
        self.chance = chance or Random(1)
        self.written: dict[str, list[str]] = {}
        self.tap = 0
        self.asked: list[str] = []
        self.refused: list[str] = []
        self.look()

    def look(self) -> None:
        self.watch.take_turn()
        self.client.room.replace(self.watch.snapshots[self.audience])

    def begin(self, act: Coroutine[Any, Any, None]) -> None:
        drive(act)

    async def ask(self, do: str, content: Doc) -> Doc | None:
        self.asked.append(do)
        try:
            outcome = self.watch.room.ask(self.actor, say(do, content))
        except Refused as refused:
            self.refused.append(refused.code.value)
            return None
        return {"seq": outcome.seq, "id": outcome.id}

    def acts(self, step: Step, *, times: int = 1) -> None:
        for _ in range(times):
            kind_of(step).act(person=self, step=self.client.room.steps[step.public_id])
            self.look()

    def check(self) -> None:
        """What was acknowledged is what the server says of this person, and nothing was refused."""
        self.look()
        assert compare_stored(self.ledger, self.watch.you[self.actor.id]) == []
        assert self.refused == []


class Leader(Someone):
    async def ask(self, do: str, content: Doc) -> bool:  # type: ignore[override]
        return await super().ask(do, content) is not None


class ThinksAgain(Random):
    def random(self) -> float:
        return TAKES_BACK + THINKS_AGAIN / 2


def in_step(kind: Keys, **fields: Any) -> tuple[SessionHarness, Step, Watch]:
    """Return a session in which a step of this kind is on, with two people."""
    room = make_room(sectors=("onderwijs", "overheden"))
    people = room.join("onderwijs", n=2)
    step = room.step(kind, **fields)
    room.lead(OpenStep(step=step.public_id))
    return room, step, Watch(room, people=people)


@pytest.mark.parametrize("has_pillar", [False, True])
def test_in_a_step_for_cards_people_write_think_again_and_take_back(has_pillar: bool) -> None:
    room, step, watch = in_step(Keys.COLLECT, max_cards=3)
    if has_pillar:
        step.pillar = room.pillars[0]
        step.save(update_fields=["pillar"])
        room.step(Keys.WELCOME)  # the writer reads the agenda anew
        watch = Watch(room, people=watch.people)
    person = Someone(watch, watch.people[0])
    person.acts(step, times=60)
    person.check()
    assert set(person.asked) == {"card.write", "card.edit", "card.withdraw"}
    standing = Contribution.objects.filter(step=step, withdrawn_at=None)
    assert 0 < standing.count() <= 3
    if has_pillar:
        assert {card.pillar for card in standing} == {room.pillars[0]}


def test_whoever_has_all_their_cards_writes_none_and_a_card_never_grows_too_long() -> None:
    _, step, watch = in_step(Keys.COLLECT, max_cards=1)
    person = Someone(watch, watch.people[0], chance=ThinksAgain(1))
    person.acts(step, times=20)
    person.check()
    assert person.asked[0] == "card.write" and set(person.asked[1:]) == {"card.edit"}
    assert len(person.asked) < 20, "in the end nothing more can be put behind it"
    (text,) = person.ledger.cards.values()
    assert CARD_LENGTH / 2 < len(text) <= CARD_LENGTH


def test_what_is_refused_is_in_no_ledger() -> None:
    room, step, watch = in_step(Keys.COLLECT)
    writer, thinker = (Someone(watch, person) for person in watch.people)
    thinker.chance = ThinksAgain(1)
    thinker.acts(step)
    taker = Someone(watch, thinker.actor)
    taker.chance.random = lambda: 0.0  # type: ignore[method-assign]
    taker.ledger, taker.written = thinker.ledger, thinker.written
    held = dict(thinker.ledger.cards)
    for actor in watch.people:
        room.lead(RetireParticipant(participant=room.person(actor).public_id))
    for person in (writer, thinker, taker):
        person.acts(step)
    assert [person.asked[-1] for person in (writer, thinker, taker)] == ["card.write", "card.edit", "card.withdraw"]
    assert writer.refused == thinker.refused == taker.refused == ["auth.retired"]
    assert writer.ledger.cards == {} and thinker.ledger.cards == held


@pytest.mark.parametrize("rules", [DotsRules(budget=3, most=2), *(kind.Rules() for kind in all_ballots())], ids=str)
def test_in_a_vote_people_do_what_its_ballot_says(rules: Any) -> None:
    room = make_room(sectors=("onderwijs", "overheden"))
    people = room.join("onderwijs", n=2)
    round_, items = room.open_vote(items=5, rules=rules)
    watch = Watch(room, people=people)
    step = Step.objects.get(pk=round_.step_id)
    for seed, actor in enumerate(people):
        person = Someone(watch, actor, chance=Random(seed))
        person.acts(step, times=12)
        person.check()
        assert set(person.asked) == {"vote.cast"} and person.tap == len(person.asked)
        assert {item for _, item in person.ledger.standing()} <= set(items)
        assert person.ledger.standing()
    late = Someone(watch, people[0], chance=Random(9))
    room.lead(RevealStep(step=step.public_id))
    while not late.asked:  # its phone does not know yet
        kind_of(step).act(person=late, step=late.client.room.steps[step.public_id])
    assert set(late.refused) == {"round.closed"} and late.ledger.votes == {}
    late.look()
    asked = len(late.asked)
    late.acts(step, times=5)
    assert len(late.asked) == asked, "a closed vote is left alone"


def test_a_vote_of_which_every_item_is_redacted_is_left_alone() -> None:
    room = make_room()
    people = room.join("onderwijs")
    round_, _ = room.open_vote(items=1)
    room.lead(RedactCard(card=Contribution.objects.get(session=room.session).public_id, reason="rude"))
    person = Someone(Watch(room, people=people), people[0])
    person.acts(round_.step, times=5)
    assert person.asked == []


def test_a_facilitator_puts_cards_of_everybody_to_the_vote_and_leaves_alone_what_is_there() -> None:
    room, collect, watch = in_step(Keys.COLLECT)
    for sector in ("onderwijs", "overheden"):
        room.join(sector, n=5)  # from there on a card says whose it is
    vote = room.step(Keys.VOTE)
    watch = Watch(room, people=watch.people)
    leader = Leader(watch, room.facilitator)
    shown = leader.client.room.steps[vote.public_id]
    assert drive(kind_of(vote).prepare(facilitator=leader, step=shown)) is False, "there is nothing to vote on"
    cards = [*room.scribe(collect, *["onderwijs"] * 20), *room.scribe(collect, "overheden", "overheden")]
    round_ = vote.rounds.get()
    room.lead(TickCard(round=round_.public_id, card=cards[0], on=True))
    room.lead(RedactCard(card=cards[1], reason="rude"))
    leader.look()
    assert drive(kind_of(vote).prepare(facilitator=leader, step=shown)) is True
    assert leader.asked == ["card.tick"] * (MOST_ITEMS - 1) and leader.refused == []
    ticked = set(RoundItem.objects.filter(round=round_).values_list("item__contribution__public_id", flat=True))
    assert len(ticked) == MOST_ITEMS and cards[0] in ticked and cards[1] not in ticked
    assert set(cards[-2:]) <= ticked, "of each O some"
    leader.look()
    assert drive(kind_of(vote).prepare(facilitator=leader, step=shown)) is True
    assert len(leader.asked) == MOST_ITEMS - 1, "there were enough"


@pytest.mark.parametrize("kind", [Keys.WELCOME, Keys.BREAK, Keys.REVEAL], ids=str)
def test_where_nothing_is_asked_nobody_does_anything(kind: Keys) -> None:
    room = make_room()
    people = room.join("onderwijs")
    fields = {"subject": room.step(Keys.COLLECT)} if kind_of(kind).shows_subject else {}
    step = room.step(kind, **fields)
    person = Someone(Watch(room, people=people), people[0])
    kind_of(kind).act(person=person, step={"id": step.public_id})
    assert person.asked == []
    assert drive(kind_of(kind).prepare(facilitator=person, step={"id": step.public_id})) is True
