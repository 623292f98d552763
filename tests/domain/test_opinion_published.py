"""Opinions that were published stand: each item has its own people, so a second publication would tell of a few.

What an onlooker could subtract is in each case.
"""

from __future__ import annotations

import pytest

from sessions.ballots import ballot_of
from sessions.domain.commands import RevealStep, UndoStep
from sessions.domain.documents import ResultDoc, ResultItemDoc
from sessions.domain.publication import read_published
from sessions.models import Participant, Round

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")

AGREE, PASS, DISAGREE = 1, 0, -1
W, N = "onderwijs", "ondernemers"


class Scene:
    """Two O's of six; a round of two items on which everybody answers the first."""

    def __init__(self) -> None:
        self.room: SessionHarness = make_room(sectors=(W, N))
        self.a, self.b = self.room.join(W, n=6), self.room.join(N, n=6)
        self.round: Round
        self.round, self.items = self.room.open_vote(items=2, rules=ballot_of("opinion").Rules())
        self._tap = 0
        for person in self.a + self.b:
            self.say(person, 0, AGREE)

    def say(self, person: Participant, item: int, value: int | None) -> None:
        self._tap += 1
        self.room.vote(person, self.round, self.items[item], value, tap=self._tap)

    def reveal(self) -> tuple[ResultDoc, ResultItemDoc]:
        """Return the result that is shown, and what it says of the second item."""
        self.room.lead(RevealStep(step=self.round.step.public_id))
        result = read_published(self.room.session.pk).results[self.round.public_id]
        return result, next(found for found in result.items if found.item == self.items[1])


def _check_stands(scene: Scene, before: tuple[ResultDoc, ResultItemDoc], *, late: int) -> None:
    result, figures = scene.reveal()
    assert figures == before[1]
    assert result.groups == before[0].groups
    assert result.late == late


@pytest.mark.parametrize("value", [AGREE, DISAGREE])
def test_groups_that_show_later_do_not_tell_of_the_first_that_answered(value: int) -> None:
    """All at the first reveal, less the other O at the second, would be one person's answer."""
    scene = Scene()
    for number, person in enumerate(scene.b):
        scene.say(person, 1, AGREE if number < 3 else DISAGREE)
    scene.say(scene.a[0], 1, value)
    first = scene.reveal()
    assert first[1].group_of == [] and first[1].of == 7
    scene.room.lead(UndoStep())
    for person in scene.a[1:]:
        scene.say(person, 1, PASS)
    _check_stands(scene, first, late=5)


def test_groups_that_show_no_more_do_not_tell_of_the_last_that_answers() -> None:
    scene = Scene()
    for person in scene.a + scene.b:
        scene.say(person, 1, AGREE)
    first = scene.reveal()
    assert first[1].group_of == [6, 6]
    scene.room.lead(UndoStep())
    for person in scene.a[1:]:
        scene.say(person, 1, None)
    scene.say(scene.a[0], 1, DISAGREE)
    _check_stands(scene, first, late=6)


def test_five_new_ballots_of_which_one_answers_an_item_do_not_tell_its_answer() -> None:
    scene = Scene()
    for person in scene.a + scene.b:
        scene.say(person, 1, AGREE)
    first = scene.reveal()
    scene.room.lead(UndoStep())
    late = scene.room.join(W, n=5)
    for person in late:
        scene.say(person, 0, PASS)
    scene.say(late[2], 1, DISAGREE)
    _check_stands(scene, first, late=5)
