"""Live results and two tabs: what goes out beside the log."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from sessions.domain.commands import OpenStep, RevealStep, TickCard, UndoStep
from sessions.enums import Audience
from sessions.kinds import Keys as StepKind
from sessions.management.simulation.reducer import apply_now, apply_tally
from sessions.models import Round

from ..conversation import Talk, join
from ..factory import make_room
from ..server import RunningServer
from .client import Watch


@pytest.mark.usefixtures("database")
def test_a_live_tally_is_whole_from_the_threshold_on() -> None:
    """Votes of the first four are told with the fifth, whatever item that one is on; nobody's are told before."""
    room = make_room(threshold=5)
    people = room.join("onderwijs", n=6)
    round_, items = room.open_vote(items=4, live=True)
    watch = Watch(room, people=people)
    told: dict[str, dict[str, list[int]]] = {}

    def follow() -> None:
        watch.turns._tally_at = 0.0  # a quarter of a second has gone by
        watch.take_turn()
        told.clear()
        for text in watch.received.get(Audience.STAGE, []):
            frame = json.loads(text)
            if "now" in frame:
                apply_tally(told, frame["now"].get("tally", {}))

    for person in people[:4]:
        room.vote(person, round_, items[0], tap=1)
        room.vote(person, round_, items[1], tap=2)
        follow()
        assert not any(told.values())
    room.vote(people[4], round_, items[2], tap=1)
    follow()
    fresh = next(welcome for audience, _, welcome in watch.greet() if audience is Audience.STAGE)
    assert fresh["snapshot"]["now"]["tally"] == {
        round_.public_id: {items[0]: [4, 4], items[1]: [4, 4], items[2]: [1, 1], items[3]: [0, 0]}
    }
    assert told == fresh["snapshot"]["now"]["tally"]


@pytest.mark.usefixtures("database")
def test_no_tally_without_live_results() -> None:
    room = make_room(threshold=3)
    people = room.join("onderwijs", n=6)
    round_, items = room.open_vote(items=4, live=False)
    watch = Watch(room, people=people)
    for person in people:
        room.vote(person, round_, items[0], tap=1)
    watch.turns._tally_at = 0.0
    watch.take_turn()
    watch.greet()
    assert not any('"tally":{"' in text for texts in watch.received.values() for text in texts)


@pytest.mark.usefixtures("database")
def test_a_step_comes_with_its_own_counts() -> None:
    """What the last step had does not stand beside the words of the new one, not even until the next second."""
    room = make_room(threshold=3)
    people = room.join("onderwijs", n=6)
    round_, items = room.open_vote(items=4)
    watch = Watch(room, people=people)
    for person in people[:5]:
        room.vote(person, round_, items[0], tap=1)
    watch.hear()

    def answered() -> int:
        known = watch.snapshots[Audience.CONSOLE]["now"]["room"]
        return sum(counts[2] for counts in known["people"].values())

    assert answered() == 5
    room.lead(OpenStep(step=room.session.steps.get(position=1).public_id))
    watch.take_turn()
    assert answered() == 0


class Watched:
    """A live vote of five people, and everybody's latest values."""

    def __init__(self, *, voters: int = 5, threshold: int = 5) -> None:
        self.room = make_room(threshold=threshold)
        self.people = self.room.join("onderwijs", n=5)
        self.round, self.items = self.room.open_vote(items=3, live=True)
        self.watch = Watch(self.room, people=self.people)
        for person in self.people[:voters]:
            self.room.vote(person, self.round, self.items[0], tap=1)
        self.watch.check()

    @property
    def tallies(self) -> list[dict[str, Any]]:
        """What each audience, there from the beginning, shows of this round."""
        told = [snapshot["now"].get("tally", {}) for snapshot in self.watch.snapshots.values()]
        return [tally.get(self.round.public_id, {}) for tally in told]


ENDS = {
    "revealed": lambda on: RevealStep(step=on.round.step.public_id),
    "opening undone": lambda on: UndoStep(),
}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("how", ENDS)
def test_a_tally_that_may_no_longer_be_shown_is_taken_back(how: str) -> None:
    """A screen that was there shows what one that comes now is shown: `check` compares latest values too."""
    on = Watched()
    assert on.tallies == [{on.items[0]: [5, 5], on.items[1]: [0, 0], on.items[2]: [0, 0]}] * 3
    on.room.lead(ENDS[how](on))
    on.watch.check()
    assert on.tallies == [{}] * 3
    taken = [json.loads(text) for text in on.watch.received[Audience.STAGE] if '"tally":{"' in text]
    assert taken[-1]["now"]["tally"] == {on.round.public_id: None}


@pytest.mark.usefixtures("database")
def test_a_tally_is_whole_when_it_may_be_shown_again() -> None:
    """Its opening is undone, and it is opened again. (Live results cannot be switched once people voted.)"""
    on = Watched()
    for command in (UndoStep(), OpenStep(step=on.round.step.public_id)):
        on.room.lead(command)
        on.watch.check()
    assert on.tallies == [{on.items[0]: [5, 5], on.items[1]: [0, 0], on.items[2]: [0, 0]}] * 3


@pytest.mark.usefixtures("database")
def test_an_item_that_leaves_takes_its_tally_along() -> None:
    on = Watched()
    card = on.room.scribe(on.room.session.steps.get(kind=StepKind.COLLECT), "overheden")[0]
    on.room.lead(TickCard(round=on.round.public_id, card=card, on=True))
    on.watch.check()
    assert [len(tally) for tally in on.tallies] == [4] * 3
    on.room.lead(UndoStep())
    on.watch.check()
    assert [set(tally) for tally in on.tallies] == [set(on.items)] * 3


@pytest.mark.usefixtures("database")
def test_a_count_that_is_no_more_is_taken_back() -> None:
    """The stage's count of who answered, when a step comes that asks nothing."""
    on = Watched()
    stage = on.watch.snapshots[Audience.STAGE]
    told = {"step": on.round.step.public_id, "n": 5, "of": 5, "said": None, "paper": None}
    assert stage["now"]["done"] == told
    pause = on.room.step(StepKind.BREAK)
    on.room.lead(OpenStep(step=pause.public_id))
    on.watch.check()
    assert stage["now"]["done"] is None


@pytest.mark.usefixtures("database")
def test_a_newcomer_hears_of_a_value_that_went_and_came_back() -> None:
    """What others know already is told again: between two frames the newcomer was shown another value."""
    on = Watched()
    stage = on.watch.snapshots[Audience.STAGE]
    known = stage["now"]["present"]
    here, on.watch.people = on.watch.people, []
    on.watch.turns._room_at = time.monotonic()  # the second is not over: nobody is told
    (welcome,) = [told for audience, _, told in on.watch.greet([], turns=on.watch.turns) if audience is Audience.STAGE]
    newcomer = welcome["snapshot"]["now"]
    assert newcomer["present"] != known
    on.watch.people = here
    on.watch.turns._tally_at = on.watch.turns._room_at = 0.0
    on.watch.take_turn()
    for text in on.watch.received[Audience.STAGE][-1:]:
        apply_now(newcomer, json.loads(text)["now"])
    assert newcomer["present"] == known


def test_the_other_tab_learns_of_a_newer_vote(server: RunningServer, django_db_blocker: Any) -> None:
    """One tab votes; the other sends an older tap in the same moment. Both must know what stands."""
    with django_db_blocker.unblock(), server.database():
        room = make_room()
        (person,) = room.join("onderwijs")
        round_, items = room.open_vote(items=20, budget=20)
        cookies = {f"p_{room.session.public_id}": room.tokens[person.id]}

    async def race() -> None:
        new, old = [
            await Talk(base=server.base, code=room.session.code, role="phone", cookies=cookies).connect()
            for _ in range(2)
        ]
        for item in items:
            vote = {"round": round_.public_id, "item": item}
            await asyncio.gather(
                new.call("vote.cast", vote | {"value": 1, "tap": 9}),
                old.call("vote.cast", vote | {"value": 0, "tap": 3}),
            )
        again = await Talk(base=server.base, code=room.session.code, role="phone", cookies=cookies).connect()
        await old.call("ping", {"waiting": 0}, key=False)
        told = {
            event["vote"]["item"]: event["vote"]["tap"]
            for frame in old.frames
            if isinstance(frame.get("you"), list)
            for event in frame["you"]
            if event["type"] == "you.vote"
        }
        stands = {vote["item"]: vote["tap"] for vote in again.you["votes"]}
        assert stands == dict.fromkeys(items, 9)
        assert told == stands
        for talk in (new, old, again):
            await talk.close()

    asyncio.run(race())


def test_a_phone_alone_knows_by_its_answers(server: RunningServer, django_db_blocker: Any) -> None:
    """A vote whose answer a socket got needs no second word, but the cursor moves on all the same."""
    with django_db_blocker.unblock(), server.database():
        room = make_room()
        collect = room.step(StepKind.COLLECT)
        room.lead(OpenStep(step=collect.public_id))
        round_, items = room.open_vote(items=3)
        assert Round.objects.filter(pk=round_.pk, opened_at__isnull=False).exists()

    async def vote() -> None:
        cookies = await join(server.base, room.session.code, "onderwijs")
        talk = await Talk(base=server.base, code=room.session.code, role="phone", cookies=cookies).connect()
        done = await talk.call("vote.cast", {"round": round_.public_id, "item": items[0], "value": 1, "tap": 1})
        await talk.until_seq(done["seq"])
        await talk.close()

    asyncio.run(vote())
