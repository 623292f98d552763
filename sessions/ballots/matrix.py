"""A matrix: each item gets a place in a plane of two criteria, such as effect and feasibility; both at once.

There is no score: what is told is the mean place of who placed the item, of everyone and per group, and how many put it
in which quarter. Items differ by where their groups lie furthest apart, along one criterion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Annotated

import msgspec

from ..errors import Code, Refused
from .ballot import SEEN, Axis, Example, OwnMarks, Plane, Rules, Statistic
from .counts import Figure
from .criterion import Criterion, CriterionWords, clean_criterion, name_criterion
from .graded import Bounds, GradedBallot, say_values
from .mark import Mark
from .words import AnswerWords, Label, gettext_noop, ngettext

ACROSS = Criterion(
    CriterionWords("Hoe haalbaar is het?", "How feasible is it?"),
    low=AnswerWords("lastig", "difficult"),
    high=AnswerWords("goed haalbaar", "feasible"),
)
UP = Criterion(
    CriterionWords("Hoeveel effect heeft het?", "How much effect has it?"),
    low=AnswerWords("weinig effect", "little effect"),
    high=AnswerWords("veel effect", "much effect"),
)
QUARTERS = {
    (True, True): Statistic("high_high", "mensen: beide vragen hoog", "people: high on both questions"),
    (True, False): Statistic("high_low", "mensen: eerste vraag hoog, tweede laag", "people: first high, second low"),
    (False, True): Statistic("low_high", "mensen: eerste vraag laag, tweede hoog", "people: first low, second high"),
    (False, False): Statistic("low_low", "mensen: beide vragen laag", "people: low on both questions"),
}
"""By whether the first and the second question got more than the middle."""


class MatrixRules(Rules, frozen=True, tag="matrix"):
    """What lies `across` and what lies `up`, each from 1 to `points`: as many as cells fit a phone."""

    across: Criterion = ACROSS
    up: Criterion = UP
    points: Annotated[int, msgspec.Meta(ge=2, le=6)] = 5


class Matrix(GradedBallot[MatrixRules]):
    key = "matrix"
    Rules = MatrixRules
    told = (SEEN, *QUARTERS.values())
    has_histogram = False
    is_ranked = False
    outcome = ngettext(
        "%(n)s person placed it: %(mean1)s on the first question and %(mean2)s on the second, on average.",
        "%(n)s people placed it: %(mean1)s on the first question and %(mean2)s on the second, on average.",
    )
    meaning = gettext_noop("The mean place, of those of the group who placed it.")
    examples = (
        Example(MatrixRules(), {"a": [4, 1]}),
        Example(MatrixRules(), {"a": [2, 2], "b": [5, 5]}, before=[{"a": [1, 1]}]),
        Example(MatrixRules(), {"a": None}, before=[{"a": [1, 1]}]),
        Example(MatrixRules(), {"a": [4, None]}, refused=Code.BAD_MARK),
        Example(MatrixRules(), {"a": [0, 3]}, refused=Code.BAD_MARK),
        Example(MatrixRules(points=3), {"a": [1, 4]}, refused=Code.BAD_MARK),
        Example(MatrixRules(), {"a": 3}, refused=Code.BAD_MARK),
    )

    def clean(self, rules: MatrixRules, line: Callable[[str], str]) -> MatrixRules:
        return msgspec.structs.replace(
            rules, across=clean_criterion(rules.across, line), up=clean_criterion(rules.up, line)
        )

    def criteria(self, rules: MatrixRules) -> Sequence[Label]:
        return [name_criterion(rules.across), name_criterion(rules.up)]

    def plane(self, rules: MatrixRules) -> Plane:
        across, up = (
            Axis(name_criterion(side), Label(side.low.nl, side.low.en), Label(side.high.nl, side.high.en))
            for side in (rules.across, rules.up)
        )
        return Plane(across, up, rules.points)

    def check(self, *, rules: MatrixRules, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]) -> int:
        """A place is both or none."""
        if any((across is None) != (up is None) for across, up in marks.values()):
            raise Refused(Code.BAD_MARK)
        return super().check(rules=rules, mine=mine, marks=marks, prices=prices)

    def bounds(self, rules: MatrixRules) -> Bounds:
        return Bounds(1, rules.points)

    def may_be_unsure(self, rules: MatrixRules) -> bool:
        return False

    def tell(self, rules: MatrixRules, mark: Mark) -> Mapping[str, int]:
        """Who is in the middle of an odd number is in no quarter."""
        across, up = [2 * (value or 0) - rules.points - 1 for value in mark]
        if not across or not up:
            return super().tell(rules, mark)
        return {SEEN.key: 1, QUARTERS[across > 0, up > 0].key: 1}

    def spread(self, rules: MatrixRules, figure: Figure) -> float:
        return max(float(max(mean.groups) - min(mean.groups)) for mean in figure.means) / (rules.points - 1)

    def scores(self, rules: MatrixRules, marks: Mapping[str, Mark]) -> Mapping[tuple[str, int], Fraction | int]:
        return {
            (item, criterion): Fraction((value or 0) - 1, rules.points - 1)
            for item, mark in marks.items()
            for criterion, value in enumerate(mark)
        }

    def compared(self, rules: MatrixRules) -> int:
        return 2

    def say(self, rules: MatrixRules, mark: Mark) -> Label:
        return say_values(self.criteria(rules), mark, rules.points)
