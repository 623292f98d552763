"""Answers that are scoped to groups: each group is sent its own, and only when something in it changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

import pytest

from sessions.domain.commands import OpenStep, RedactCard, WithdrawCard
from sessions.domain.kind import Part, StepKind
from sessions.domain.viewer import Viewer
from sessions.enums import Audience
from sessions.errors import Code, Refused
from sessions.models import Group, Placement, Round, Seat, Step

from ..live.test_visibility import words_in
from .circles import Circles
from .conformance import CHECKS, check_hidden
from .scene import Scene, say
from .test_conformance import instead

pytestmark = pytest.mark.usefixtures("database")


class CirclesSession(Scene):
    """People 0, 2 and 4 sit in the first circle, 1, 3 and 5 in the second; the step is on."""

    def __init__(self, kind: Circles) -> None:
        super().__init__(kind)
        self.lead("step.open")
        self.watch.check()
        self.forget()

    def forget(self) -> None:
        self.watch.received.clear()

    def write(self, person: int, text: str) -> str:
        card = {"step": self.step.public_id, "text": text, "aspect": "both", "lang": "nl"}
        made = self.room.ask(self.people[person], say("card.write", card | {"pillar": self.room.pillars[0].public_id}))
        assert made.id is not None
        return made.id

    def sit(self, person: int, circle: Group | None) -> None:
        name = circle.public_id if circle else None
        self.room.ask(self.people[person], say("circle.sit", {"step": self.step.public_id, "circle": name}))

    def heard(self, person: int) -> set[str]:
        return words_in(self.watch.received.get(self.people[person].id, []))

    def part(self, person: int) -> dict[str, Any] | None:
        part: dict[str, Any] | None = self.watch.you[self.people[person].id]["group"]
        return part


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_the_kind_with_groups_keeps(circles: Circles, check: Callable[[StepKind[Any]], None]) -> None:
    check(circles)


def test_a_card_goes_to_its_group_alone(circles: Circles) -> None:
    evening = CirclesSession(circles)
    evening.write(0, "Van nul")
    evening.watch.take_turn()
    assert [number for number in range(6) if "Van nul" in evening.heard(number)] == [0, 2, 4]
    # Of an untouched group nobody was sent a thing of their own, and nobody is told whose card it is or of which O.
    assert not any(evening.watch.received.get(evening.people[number].id) for number in (1, 3, 5))
    assert "Van nul" not in words_in(evening.watch.received.get(Audience.PHONE, []))
    assert "Van nul" not in words_in(evening.watch.received.get(Audience.STAGE, []))
    told = [json.loads(text) for text in evening.watch.received[evening.people[2].id]]
    assert [sorted(event["card"]) for event in told] == [
        ["aspect", "id", "language", "pillar", "rank", "source", "text"]
    ]
    evening.watch.check()


def test_who_changes_group_gets_the_new_part_whole_and_drops_the_old(circles: Circles) -> None:
    evening = CirclesSession(circles)
    evening.write(0, "Van nul")
    evening.write(1, "Van een")
    evening.watch.check()
    evening.forget()
    evening.sit(0, evening.groups[1])
    evening.watch.check()
    part = evening.part(0)
    assert part is not None
    assert (part["number"], part["people"], [card["text"] for card in part["cards"]]) == (2, 4, ["Van een"])
    assert (evening.part(2) or {})["people"] == 2
    # The card stays where it lies.
    assert [card["text"] for card in (evening.part(2) or {})["cards"]] == ["Van nul"]
    evening.write(0, "Weer van nul")
    evening.watch.check()
    assert [number for number in range(6) if "Weer van nul" in evening.heard(number)] == [0, 1, 3, 5]
    evening.sit(0, None)
    evening.watch.check()
    assert evening.part(0) is None
    assert Placement.objects.filter(group=evening.groups[1]).count() == 2


def test_cards_that_are_taken_away_go_from_the_group_too(circles: Circles) -> None:
    evening = CirclesSession(circles)
    first, second = evening.write(0, "Van nul"), evening.write(2, "Van twee")
    evening.watch.check()
    evening.room.ask(evening.people[0], WithdrawCard(card=first))
    evening.room.lead(RedactCard(card=second, reason="rude"))
    evening.watch.check()
    assert [(evening.part(number) or {})["cards"] for number in (0, 2, 4)] == [[], [], []]


def test_another_step_takes_the_part_away_and_an_undo_gives_it_back(circles: Circles) -> None:
    evening = CirclesSession(circles)
    evening.write(0, "Van nul")
    evening.watch.check()
    other = evening.room.step("break")  # type: ignore[arg-type]
    evening.room.lead(OpenStep(step=other.public_id))
    evening.watch.check()
    assert evening.part(0) is None
    evening.room.lead(say("step.undo", {}))
    evening.watch.check()
    assert [card["text"] for card in (evening.part(0) or {})["cards"]] == ["Van nul"]


def test_who_sits_nowhere_writes_nothing(circles: Circles) -> None:
    evening = CirclesSession(circles)
    evening.sit(0, None)
    with pytest.raises(Refused) as refused:
        evening.write(0, "Van nul")
    assert refused.value.code is Code.GROUP_MISSING


def test_a_facilitator_forms_circles_and_seats_people_once_each(circles: Circles) -> None:
    evening = CirclesSession(circles)
    made = evening.room.lead(say("circle.form", {"step": evening.step.public_id})).id
    somebody = evening.room.person(evening.people[0]).public_id
    seat = {"step": evening.step.public_id, "participant": somebody, "circle": made}
    evening.room.lead(say("circle.seat", seat))
    before = evening.room.lead(say("circle.seat", seat))
    assert not before.noted
    evening.watch.check()
    assert (evening.part(0) or {})["id"] == made
    assert Seat.objects.filter(step=evening.step, participant=evening.people[0].id).count() == 1


class Loud(Circles):
    """Sends the cards of every circle to all phones."""

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        return (Part.CARDS,)


def test_a_kind_that_tells_other_groups_is_found(circles: Circles) -> None:
    with instead(Loud()) as loud, pytest.raises(AssertionError, match="was told"):
        check_hidden(loud)
