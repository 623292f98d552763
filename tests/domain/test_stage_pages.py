"""A page of the wall is named by a card on it, and stays where it is when that card is taken away or moved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from sessions.domain import moment
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    ClassifyCard,
    EditCard,
    OpenStep,
    RedactCard,
    RestoreCard,
    RevealStep,
    ShowStage,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.log import read_entries
from sessions.domain.session_shown import show_session
from sessions.domain.state import State
from sessions.domain.world import CommandResult
from sessions.enums import Aspect, Audience
from sessions.kinds import Keys as StepKind
from sessions.models import Event, Session

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


class Wall(NamedTuple):
    """`cards`: as they hang, all under one heading. `writer`: of all of them."""

    room: SessionHarness
    step: str
    cards: list[str]
    writer: Actor

    def lead(self, *commands: Any) -> None:
        """Let the facilitator give these in one batch."""
        self.room.lead_all(commands)

    def show(self, **where: Any) -> None:
        self.lead(ShowStage(step=self.step, **where))

    def give(self, command: Any) -> None:
        """Let the writer do something."""
        assert isinstance(self.room.ask(self.writer, command), CommandResult)

    @property
    def stage(self) -> dict[str, Any]:
        stage = Session.objects.get(pk=self.room.session.pk).stage
        assert stage is not None
        return stage


@pytest.fixture
def wall() -> Wall:
    """Six cards on a wall that is open while people write."""
    room = make_room()
    (writer,) = room.join("onderwijs")
    collect = room.step(StepKind.COLLECT, silent=False)
    room.lead(OpenStep(step=collect.public_id))
    pillar = room.pillars[0].public_id
    for number in range(6):
        text = f"Kaart {number}"
        command = WriteCard(step=collect.public_id, text=text, aspect=Aspect.SOFTWARE, lang="nl", pillar=pillar)
        room.ask(writer, command)
    hung = collect.contributions.order_by("rank", "public_id").values_list("public_id", flat=True)
    return Wall(room, collect.public_id, list(hung), writer)


@pytest.mark.parametrize("reason", ["name", "off_topic", "rude", "double"])
def test_the_next_card_names_the_page_when_its_own_is_hidden(wall: Wall, reason: Any) -> None:
    wall.show(first=wall.cards[2], held=True)
    was = wall.stage
    wall.lead(RedactCard(card=wall.cards[2], reason=reason))
    # Since when it is shown stays too: on a wall that turns by itself the turns go on.
    assert wall.stage == was | {"first": wall.cards[3]}


def test_cards_that_are_hidden_already_are_passed_over_also_within_a_batch(wall: Wall) -> None:
    wall.show(first=wall.cards[1])
    wall.lead(*[RedactCard(card=wall.cards[number], reason="rude") for number in (2, 1, 3)])
    assert wall.stage["first"] == wall.cards[4]


def test_the_card_before_names_the_last_page_and_none_the_empty_wall(wall: Wall) -> None:
    wall.show(first=wall.cards[5])
    for number in (5, 4, 3, 2, 1):
        wall.lead(RedactCard(card=wall.cards[number], reason="double"))
        assert wall.stage["first"] == wall.cards[number - 1]
    wall.lead(RedactCard(card=wall.cards[0], reason="double"))
    assert wall.stage["first"] is None


def test_a_card_that_is_given_back_takes_the_page_nowhere(wall: Wall) -> None:
    wall.show(first=wall.cards[2])
    wall.lead(RedactCard(card=wall.cards[2], reason="rude"), RestoreCard(card=wall.cards[2]))
    assert wall.stage["first"] == wall.cards[3]


def test_a_card_that_its_writer_takes_back_or_moves_leaves_its_page(wall: Wall) -> None:
    wall.show(first=wall.cards[1])
    wall.give(WithdrawCard(card=wall.cards[1]))
    assert wall.stage["first"] == wall.cards[2]
    wall.give(EditCard(card=wall.cards[2], text="Andere woorden"))
    assert wall.stage["first"] == wall.cards[2]
    wall.give(EditCard(card=wall.cards[2], aspect=Aspect.HARDWARE))
    assert wall.stage["first"] == wall.cards[3]


def test_a_card_that_is_put_under_another_heading_leaves_its_page(wall: Wall) -> None:
    other = wall.room.pillars[1].public_id
    wall.show(first=wall.cards[1])
    wall.lead(ClassifyCard(card=wall.cards[1], pillar=wall.room.pillars[0].public_id, aspect=Aspect.SOFTWARE))
    assert wall.stage["first"] == wall.cards[1]
    wall.lead(ClassifyCard(card=wall.cards[1], aspect=Aspect.HARDWARE))
    assert wall.stage["first"] == wall.cards[2]
    wall.lead(ClassifyCard(card=wall.cards[2], pillar=other))
    assert wall.stage["first"] == wall.cards[3]
    # It is under its own heading that a page goes on, not under that of the one that left.
    wall.show(first=wall.cards[2])
    wall.lead(RedactCard(card=wall.cards[2], reason="rude"))
    assert wall.stage["first"] is None


def test_the_line_of_a_command_comes_first_and_bears_its_key(wall: Wall) -> None:
    """What follows from it for the projectors is told after it."""
    wall.show(first=wall.cards[1])
    commands = [
        ClassifyCard(card=wall.cards[1], aspect=Aspect.HARDWARE),
        RedactCard(card=wall.cards[2], reason="rude"),
    ]
    for command, kind in zip(commands, ("card.classified", "card.redacted"), strict=True):
        seq = Session.objects.get(pk=wall.room.session.pk).seq
        wall.lead(command)
        lines = Event.objects.filter(session=wall.room.session, seq__gt=seq).order_by("seq").values_list("kind", "key")
        assert [(name, key is not None) for name, key in lines] == [(kind, True), ("stage.shown", False)]


def test_a_page_that_is_gone_back_to_stays_too(wall: Wall) -> None:
    for first in (wall.cards[3], wall.cards[0]):
        wall.show(first=first)
    wall.lead(RedactCard(card=wall.cards[3], reason="rude"), UndoStep())
    assert wall.stage["first"] == wall.cards[4]


def test_a_page_stays_when_a_reveal_is_undone(wall: Wall) -> None:
    wall.show(first=wall.cards[3])
    wall.lead(RevealStep(step=wall.step))
    assert wall.stage["first"] is None
    wall.lead(RedactCard(card=wall.cards[3], reason="rude"), UndoStep())
    assert wall.stage["first"] == wall.cards[4]


def test_a_press_may_name_a_card_that_was_taken_away_a_moment_before(wall: Wall) -> None:
    wall.lead(RedactCard(card=wall.cards[2], reason="rude"))
    wall.give(WithdrawCard(card=wall.cards[3]))
    for first in wall.cards[2:4]:
        wall.show(first=None)
        wall.show(first=first)
        assert wall.stage["first"] == wall.cards[4]


def test_a_card_of_another_step_names_no_page_of_this_one(wall: Wall) -> None:
    """Its page, and what is beside it, is another wall's."""
    other = wall.room.step(StepKind.COLLECT, silent=False)
    wall.show(first=wall.cards[1])
    wall.lead(OpenStep(step=other.public_id), ShowStage(step=other.public_id, first=wall.cards[1]))
    wall.lead(RedactCard(card=wall.cards[1], reason="rude"))
    assert wall.stage["first"] == wall.cards[1]
    wall.lead(UndoStep(), UndoStep())
    assert wall.stage["first"] == wall.cards[2]


def test_a_page_that_turned_by_itself_is_turned_back_to(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The press says where to go, and that is where the session thinks it is: it went on from there by itself."""
    wall.show(first=wall.cards[1])
    begun = moment.now()
    for seconds, is_turned in ((11, False), (13, True)):
        was = wall.stage["at"]
        monkeypatch.setattr(moment, "now", lambda later=begun + timedelta(seconds=seconds): later)
        wall.show(first=wall.cards[1])
        assert (wall.stage["at"] > was) is is_turned
    wall.show(held=True)
    was = wall.stage["at"]
    monkeypatch.setattr(moment, "now", lambda: begun + timedelta(seconds=60))
    wall.show(first=wall.cards[1])
    assert wall.stage["at"] == was


def test_stages_old_and_new_are_told_the_same_page(wall: Wall) -> None:
    """One that was there by the line of the log, one that comes anew by what stands."""
    wall.show(first=wall.cards[2])
    old = State.load(wall.room.session.pk)
    seq = old.session.seq
    wall.lead(RedactCard(card=wall.cards[2], reason="rude"))
    old.apply(read_entries(session_id=wall.room.session.pk, after=seq, up_to=seq + 2))
    told = [show_session(state, Audience.STAGE).stage for state in (old, State.load(wall.room.session.pk))]
    assert told[0] == told[1]
    assert told[0] is not None
    assert told[0].first == wall.cards[3]


def test_no_projector_is_told_of_a_card_before_the_wall_is_shown(wall: Wall) -> None:
    """Not by its id either, in whichever way a page is named by a card that goes."""
    room = wall.room
    silent = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=silent.public_id))
    room.scribe(silent, *["onderwijs"] * 3)
    cards = list(silent.contributions.order_by("rank", "public_id").values_list("public_id", flat=True))
    wall.lead(ShowStage(step=silent.public_id, first=cards[0]), RedactCard(card=cards[0], reason="rude"))
    assert wall.stage["first"] is None
    wall.lead(ShowStage(step=silent.public_id, first=cards[0]))
    assert wall.stage["first"] is None
