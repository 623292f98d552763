"""Figures that only a shell prints, of rounds small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sessions.ballots import AnyRules
from sessions.ballots.dots import DotsRules
from sessions.ballots.mark import Value
from sessions.ballots.opinion import OpinionRules
from sessions.ballots.pairwise import PairwiseRules
from sessions.domain.commands import CastVote, MarkGiven
from sessions.domain.publication import read_raw_figures
from sessions.models import Round
from sessions.synthesis.shortlist import COUNT, EACH_GROUP_EQUAL

from ..factory import make_room

pytestmark = pytest.mark.django_db(transaction=True)
Given = Mapping[int, Value]


def vote(rules: AnyRules, given: Mapping[str, list[Given]], *, items: int, **more: Any) -> tuple[Round, list[str]]:
    """Let the people of each O give their marks: number of the item → mark. Return the round and its items."""
    room = make_room()
    round_, names = room.open_vote(items=items, rules=rules, **more)
    for sector, people in given.items():
        for actor, marks in zip(room.join(sector, n=len(people)), people, strict=True):
            (item, value), *others = ((names[item], value) for item, value in marks.items())
            further = [MarkGiven(item=other, value=other_value) for other, other_value in others]
            room.ask(actor, CastVote(round=round_.public_id, item=item, value=value, tap=1, marks=further))
    return Round.objects.get(pk=round_.pk), names


def test_what_won_most_comparisons_is_strongest() -> None:
    """A over B by three, B over C by two and A equal to C by one."""
    won, lost, equal = 2, 0, 1
    first, second = {0: [10 + won, None], 1: [10 + lost, None]}, {1: [10 + won, None], 2: [10 + lost, None]}
    level = {0: [10 + equal, None], 2: [10 + equal, None]}
    given = {"onderwijs": [first] * 3, "onderzoek": [second] * 2, "overheden": [level]}
    round_, (a, b, c) = vote(PairwiseRules(pairs=3, each=2), given, items=3)
    strengths = {told["item"]: told["strength"] for told in read_raw_figures(round_=round_)["strengths"]}
    assert strengths[a] > strengths[b] > strengths[c]


def test_who_answer_alike_are_a_group_and_are_told_by_o() -> None:
    for_it, against = dict.fromkeys(range(4), 1), dict.fromkeys(range(4), -1)
    one = for_it | dict.fromkeys(range(4, 8), -1)
    other = against | dict.fromkeys(range(4, 8), 1)
    round_, _ = vote(OpinionRules(), {"onderwijs": [one] * 12, "overheden": [other] * 12}, items=8)
    told = read_raw_figures(round_=round_)
    groups = [(group["n"], {key: n for key, n in group["of"].items() if n}) for group in told["groups"]["groups"]]
    assert told["groups"]["found"]
    assert sorted(groups, key=str) == [(12, {"onderwijs": 12}), (12, {"overheden": 12})]
    assert told["strengths"] is None and told["shortlist"] is None, "nobody compared, and nobody asked for a list"


def test_a_shortlist_says_who_paid_and_what_plain_counting_would_have_chosen() -> None:
    """Four of onderwijs want A and B, two of overheden C: by count A and B, by equal shares one of them and C."""
    given = {"onderwijs": [{0: 1, 1: 1}] * 4, "overheden": [{2: 1}] * 2}
    round_, (a, b, c) = vote(DotsRules(budget=2, most=1), given, items=3, prices=(100, 100, 100))
    for asked in ({"k": 2}, {"budget": 200}):
        rules = read_raw_figures(round_=round_, **asked)["shortlist"]
        assert {found["item"] for found in rules[COUNT]["items"]} == {a, b}
        assert rules[COUNT]["people_without"] == 2
        equal = rules[EACH_GROUP_EQUAL]
        assert {found["item"] for found in equal["items"]} in ({a, c}, {b, c})
        assert {key for found in equal["items"] for key in found["paid"]} == {"onderwijs", "overheden"}
        assert equal["people_without"] == 0
