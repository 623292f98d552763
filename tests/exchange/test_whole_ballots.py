"""What `results --json` tells of whole ballots beside the figures of single items."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from sessions.ballots import Rules
from sessions.ballots.approve import ApproveRules
from sessions.ballots.pairwise import PairwiseRules
from sessions.domain.commands import CastVote, CloseStep, MarkGiven, RevealStep
from sessions.domain.voting import voting_of
from sessions.enums import Source
from sessions.models import Participant

from ..factory import make_room
from ..kinds.ballots import Own, act_by_chance
from .test_imports import results

ACTS = 3
"""How often each person does something."""


def tell_round(rules: Rules, sizes: Mapping[str, int], *, on_paper: int = 0, more: tuple[str, ...] = ()) -> Any:
    """Return what is told of a round in which so many people of each O answered; `on_paper`: of the first O."""
    room = make_room()
    people = [actor for key, n in sizes.items() for actor in room.join(key, n=n)]
    written = [room.person(actor).pk for actor in people[:on_paper]]
    Participant.objects.filter(pk__in=written).update(source=Source.SCRIBED)
    round_, items = room.open_vote(items=6, rules=rules)
    voting, chance, tap = voting_of(round_), Random(1), 0
    for actor in people:
        own = Own(voting.kind, voting.rules, {})
        for _ in range(ACTS):
            for act in act_by_chance(own, chance.sample(items, len(items)), chance):
                own.cast(act)
                tap += 1
                (item, value), *others = act.items()
                marks = [MarkGiven(item=other, value=given) for other, given in others]
                room.ask(actor, CastVote(round=round_.public_id, item=item, value=value, tap=tap, marks=marks))
    room.lead_all([CloseStep(step=round_.step.public_id), RevealStep(step=round_.step.public_id)])
    (told,) = results(room.session, *more)["rounds"]
    return told


@pytest.mark.usefixtures("db")
def test_pairs_have_strengths_of_the_items_that_are_told() -> None:
    told = tell_round(PairwiseRules(pairs=4), {"onderwijs": 8, "ondernemers": 8})
    strengths = {line["item"]: line["strength"] for line in told["strengths"]["items"]}
    assert set(strengths) == {item["item"] for item in told["items"] if item["share"] is not None}
    assert all(0 <= strength <= 1 and round(strength, 2) == strength for strength in strengths.values())
    assert told["shortlist"] is None and told["left_out"]["shortlist"]["reason"] == "not_of_this_ballot"


@pytest.mark.usefixtures("db")
def test_a_shortlist_without_groups_says_of_nobody_what_they_paid() -> None:
    told = tell_round(ApproveRules(), {"onderwijs": 4, "ondernemers": 4}, more=("--k", "2"))
    assert told["groups_shown"] == []
    for rule in ("equal_shares", "phragmen"):
        chosen = told["shortlist"][rule]["items"]
        assert len(chosen) == 2 and [line["paid"] for line in chosen] == [None, None]
    assert all("paid" not in line for line in told["shortlist"]["count"]["items"])


@pytest.mark.usefixtures("db")
def test_the_effect_of_a_place_is_of_enough_people_with_phones_or_not_told() -> None:
    every_phone = tell_round(ApproveRules(), {"onderwijs": 8, "ondernemers": 8})
    assert -1 <= every_phone["position_effect"]["slope"] <= 1
    two_on_paper = tell_round(ApproveRules(), {"onderwijs": 8, "ondernemers": 8}, on_paper=2)
    assert two_on_paper["position_effect"] is None
    assert two_on_paper["left_out"]["position_effect"]["reason"] == "small_cells"
