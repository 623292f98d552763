"""What simulated people do in a question of each mode, and what they put on paper, by every ballot."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from sessions.ballots import all_ballots
from sessions.domain.commands import AddBallot, MarkGiven
from sessions.kinds import Keys, voters
from sessions.models import Ballot, Contribution, Step

from ..factory import make_room
from ..live.client import Watch
from .test_people import Someone, in_step

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_answer_in_words_until_they_have_said_enough() -> None:
    _, step, watch = in_step(Keys.QUESTION, mode="words", most=2)
    person = Someone(watch, watch.people[0])
    person.acts(step, times=6)
    person.check()
    assert person.asked == ["card.write"] * 2
    assert Contribution.objects.filter(step=step).count() == 2


def test_people_ask_and_support_what_was_asked() -> None:
    _, step, watch = in_step(Keys.QUESTION, mode="qa", most=2)
    asker, supporter = (Someone(watch, actor, chance=Random(3)) for actor in watch.people)
    asker.acts(step)
    supporter.look()
    supporter.acts(step, times=8)
    for person in (asker, supporter):
        person.check()
    assert asker.asked == ["card.write"]
    assert supporter.asked.count("vote.cast") == 1 and supporter.ledger.standing()


@pytest.mark.parametrize("mode", ["choice", "scale"])
def test_people_vote_in_a_question_that_is_voted_on(mode: str) -> None:
    options = {"options": [{"nl": "Ja", "en": "Yes"}, {"nl": "Nee", "en": "No"}]} if mode == "choice" else {}
    _, step, watch = in_step(Keys.QUESTION, mode=mode, **options)
    person = Someone(watch, watch.people[0])
    person.acts(step, times=3)
    person.check()
    assert set(person.asked) == {"vote.cast"}


@pytest.mark.parametrize("rules", [kind.Rules() for kind in all_ballots()], ids=lambda rules: type(rules).__name__)
def test_a_paper_is_filled_in_as_the_ballot_allows(rules: Any) -> None:
    room = make_room(sectors=("onderwijs", "overheden"))
    people = room.join("onderwijs")
    round_, items = room.open_vote(items=5, rules=rules)
    seen = Someone(Watch(room, people=people), room.facilitator).client.room
    shown = seen.rounds[round_.public_id]
    for seed in range(3):
        given = voters.fill_paper(seen, shown, sector="onderwijs", chance=Random(seed))
        assert given and set(given) <= set(items)
        marks = [MarkGiven(item=item, value=value) for item, value in given.items()]
        sector = room.sectors["onderwijs"].public_id
        room.lead(AddBallot(round=round_.public_id, sector=sector, marks=marks))
    assert Ballot.objects.filter(round=round_, counted=True).count() == 3
    for nothing in (shown | {"items": []}, shown | {"open": False}):
        assert voters.fill_paper(seen, nothing, sector="onderwijs", chance=Random(1)) == {}
    assert Step.objects.get(pk=round_.step_id).state == "open"
