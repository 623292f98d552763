"""Criteria: each item gets a number by each of two to five questions, which weigh as the facilitator sets.

A share is the mean of the weighted scores, 0 to 1, of who gave a number by every criterion. What stands behind it by
criterion is told of everyone only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import msgspec

from ..errors import Code
from .ballot import Example, Rules
from .criterion import CriterionWords, WeightedCriterion, clean_criterion, name_criterion
from .graded import UNSURE, Bounds, GradedBallot, say_values
from .mark import Mark
from .rating import Points
from .words import AnswerWords, Label, gettext_noop, ngettext

EFFECT = WeightedCriterion(
    CriterionWords("Verschil voor het gebied", "Difference for the area"),
    low=AnswerWords("klein", "small"),
    high=AnswerWords("groot", "large"),
)
FEASIBLE = WeightedCriterion(
    CriterionWords("Te doen binnen vijf jaar", "Can be done in five years"),
    low=AnswerWords("nee", "no"),
    high=AnswerWords("zeker", "certainly"),
)


class CriteriaRules(Rules, frozen=True, tag="criteria"):
    """The criteria, 2 to 5; numbers from 1 to `points`; and whether "don't know" can be given."""

    criteria: Annotated[tuple[WeightedCriterion, ...], msgspec.Meta(min_length=2, max_length=5)] = (EFFECT, FEASIBLE)
    points: Points = 5
    unsure: bool = True


TWO_TO_ONE = CriteriaRules(criteria=(msgspec.structs.replace(EFFECT, weight=2), FEASIBLE))


class Criteria(GradedBallot[CriteriaRules]):
    key = "criteria"
    Rules = CriteriaRules
    has_group_means = False
    outcome = ngettext(
        "%(n)s person gave every number: place %(place)s of %(of)s.",
        "%(n)s people gave every number: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop(
        "The weighted mean of the numbers, as a part of the scale, of those of the group who gave every one."
    )
    examples = (
        Example(CriteriaRules(), {"a": [5, 1]}),
        Example(TWO_TO_ONE, {"a": [4, None], "b": [1, UNSURE]}),
        Example(CriteriaRules(), {"a": None}, before=[{"a": [2, 2]}]),
        Example(CriteriaRules(), {"a": [5, 6]}, refused=Code.BAD_MARK),
        Example(CriteriaRules(), {"a": 5}, refused=Code.BAD_MARK),
        Example(CriteriaRules(unsure=False), {"a": [5, UNSURE]}, refused=Code.BAD_MARK),
    )

    def clean(self, rules: CriteriaRules, line: Callable[[str], str]) -> CriteriaRules:
        return msgspec.structs.replace(
            rules, criteria=tuple(clean_criterion(criterion, line) for criterion in rules.criteria)
        )

    def criteria(self, rules: CriteriaRules) -> Sequence[Label]:
        return [name_criterion(criterion) for criterion in rules.criteria]

    def weights(self, rules: CriteriaRules) -> Sequence[int]:
        return [criterion.weight for criterion in rules.criteria]

    def bounds(self, rules: CriteriaRules) -> Bounds:
        return Bounds(1, rules.points)

    def may_be_unsure(self, rules: CriteriaRules) -> bool:
        return rules.unsure

    def say(self, rules: CriteriaRules, mark: Mark) -> Label:
        return say_values(self.criteria(rules), mark, rules.points)
