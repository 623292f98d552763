"""Who says that they are done: counted without names, taken back by a tap or a later answer, gone at the end."""

from __future__ import annotations

import pytest

from sessions.domain.commands import CloseStep, OpenStep, RevealStep, SayDone, UndoStep, WriteCard
from sessions.domain.documents import DoneDoc
from sessions.domain.snapshot import show_done
from sessions.domain.state import State
from sessions.enums import Aspect
from sessions.errors import Code, Refused
from sessions.kinds import Keys

from ..factory import SessionHarness, make_room
from ..live.client import Watch

pytestmark = pytest.mark.usefixtures("database")


class Desk:
    """Six people in a step of cards, and a vote after it."""

    def __init__(self) -> None:
        self.room: SessionHarness = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        self.step = self.room.step(Keys.COLLECT)
        self.room.lead(OpenStep(step=self.step.public_id))
        self.watch = Watch(self.room, people=self.people)

    def say(self, *people: int, on: bool = True) -> None:
        for person in people:
            self.room.ask(self.people[person], SayDone(step=self.step.public_id, on=on))
        self.watch.check()

    def write(self, person: int, text: str) -> None:
        pillar = self.room.pillars[0].public_id
        card = WriteCard(step=self.step.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        self.room.ask(self.people[person], card)

    def done(self) -> set[int]:
        """Return who is done: as it was kept current, and as it is read anew."""
        self.watch.check()
        return State.load(self.room.session.pk).done.people

    def counted(self) -> DoneDoc | None:
        state = State.load(self.room.session.pk)
        return show_done(state, state.step_now(), [person.id for person in self.people])


def test_it_is_counted_without_names_and_from_the_threshold_on() -> None:
    desk = Desk()
    desk.say(0, 1)
    told = desk.counted()
    assert told is not None and told.said is None
    desk.say(4)
    assert desk.counted() == DoneDoc(step=desk.step.public_id, n=None, of=6, said=3)
    assert desk.done() == {desk.people[number].id for number in (0, 1, 4)}


def test_a_further_tap_takes_it_back() -> None:
    desk = Desk()
    desk.say(0, 1)
    desk.say(1, on=False)
    assert desk.done() == {desk.people[0].id}


def test_a_later_answer_takes_it_back_and_an_earlier_one_does_not() -> None:
    desk = Desk()
    desk.write(0, "Een bank")
    desk.say(0, 1)
    desk.write(1, "Een boom")
    assert desk.done() == {desk.people[0].id}


def test_so_does_a_vote() -> None:
    desk = Desk()
    round_, (item, *_) = desk.room.open_vote()
    desk.watch.check()
    for person in desk.people[:2]:
        desk.room.ask(person, SayDone(step=round_.step.public_id, on=True))
    desk.watch.check()
    desk.room.vote(desk.people[1], round_, item, tap=1)
    assert desk.done() == {desk.people[0].id}


@pytest.mark.parametrize("end", [CloseStep, RevealStep])
def test_it_is_gone_when_the_step_ends_also_when_that_is_undone(end: type[CloseStep] | type[RevealStep]) -> None:
    desk = Desk()
    desk.say(0, 1, 2)
    desk.room.lead(end(step=desk.step.public_id))
    assert desk.done() == set()
    desk.room.lead(UndoStep())
    assert desk.done() == set()


def test_nobody_is_done_with_what_is_not_asked() -> None:
    desk = Desk()
    planned, welcome = desk.room.step(Keys.COLLECT), desk.room.step(Keys.WELCOME)
    desk.room.lead(CloseStep(step=desk.step.public_id))
    for step, code in (
        (desk.step, Code.STEP_CLOSED),
        (planned, Code.STEP_NOT_OPEN),
        (welcome, Code.STEP_WRONG_KIND),
    ):
        with pytest.raises(Refused) as refused:
            desk.room.ask(desk.people[0], SayDone(step=step.public_id, on=True))
        assert refused.value.code is code
