"""What was on the projector, to be read: the wall and the results, and no more than the stage has."""

from __future__ import annotations

import pytest

from sessions.domain.commands import CastVote, CloseStep, RedactCard, RevealStep
from sessions.domain.reading_along import Shown, read_along
from sessions.kinds import Keys

from .evening import Evening

pytestmark = pytest.mark.django_db(transaction=True)


def shown(evening: Evening) -> Shown:
    return read_along(evening.room.session.pk)


def test_nothing_was_shown_before_anything_was() -> None:
    evening = Evening()
    found = shown(evening)
    assert found.steps == []
    assert set(found.pillars) == {pillar.public_id for pillar in evening.room.pillars}
    assert set(found.sectors) == {sector.public_id for sector in evening.room.sectors.values()}
    evening.write()
    assert shown(evening).steps == [], "people write in silence"


def test_the_wall_is_there_without_what_was_redacted() -> None:
    evening = Evening()
    evening.write()
    evening.does(RevealStep(step=evening.collect.public_id), RedactCard(card=evening.cards[0], reason="rude"))
    (wall,) = shown(evening).steps
    assert wall.step.kind == Keys.COLLECT
    assert {card.id for card in wall.cards} == set(evening.cards[1:]) and wall.hidden == {"rude": 1}
    assert (wall.rounds, wall.running) == ([], False)


@pytest.mark.parametrize("live", [False, True])
def test_a_vote_that_runs_has_no_figures_and_says_that_they_are_on_the_stage(live: bool) -> None:
    evening = Evening(live=live)
    evening.open_vote()
    item = evening.items[evening.cards[0]]
    for person in evening.people:
        evening.does(CastVote(round=evening.round.public_id, item=item, value=1, tap=1), by=person)
    found = {step.step.kind: step for step in shown(evening).steps}
    assert (Keys.VOTE in found) is live
    if live:
        assert found[Keys.VOTE].running is True and found[Keys.VOTE].rounds == []


def test_a_result_has_its_rows_in_order_without_what_was_redacted() -> None:
    evening = Evening()
    evening.open_vote()
    first, second, third = (evening.items[card] for card in evening.cards)
    for number, person in enumerate(evening.people):
        evening.does(CastVote(round=evening.round.public_id, item=second, value=1, tap=1), by=person)
        if number < 3:
            evening.does(CastVote(round=evening.round.public_id, item=first, value=1, tap=2), by=person)
    evening.does(CloseStep(step=evening.vote.public_id), RevealStep(step=evening.vote.public_id))
    _, vote = shown(evening).steps
    (result,) = vote.rounds
    assert (result.number, vote.running) == (1, False)
    assert [row.item.id for row in result.rows] == [second, first, third]
    assert [row.figures.place for row in result.rows] == [1, 2, 3]
    evening.does(RedactCard(card=evening.cards[1], reason="rude"))
    (result,) = shown(evening).steps[1].rounds
    assert [row.item.id for row in result.rows] == [first, third]
