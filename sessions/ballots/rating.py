"""A rating: each item gets a number from 1 up, or "don't know". The words at the ends say what is asked.

A share is the mean score, 0 to 1, of who gave a number. Nothing is spent, and an item may be passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import msgspec

from ..errors import Code
from .ballot import Example, Rules
from .graded import UNSURE, Bounds, GradedBallot, clean_words, say_value
from .mark import Mark
from .words import AnswerWords, Label, gettext_noop, ngettext

Points = Annotated[int, msgspec.Meta(ge=2, le=10)]


class RatingRules(Rules, frozen=True, tag="rating"):
    """From 1 to `points`; the words of both ends; and whether "don't know" can be given."""

    points: Points = 5
    low: AnswerWords = AnswerWords("kan wachten", "can wait")
    high: AnswerWords = AnswerWords("moet er komen", "must happen")
    unsure: bool = True


class Rating(GradedBallot[RatingRules]):
    key = "rating"
    Rules = RatingRules
    outcome = ngettext(
        "%(mean1)s on average, by %(n)s person who gave a number: place %(place)s of %(of)s.",
        "%(mean1)s on average, by %(n)s people who gave a number: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop("The mean of the numbers, of those of the group who gave one.")
    examples = (
        Example(RatingRules(), {"a": 5}),
        Example(RatingRules(), {"a": 1, "b": UNSURE}, before=[{"a": 4}]),
        Example(RatingRules(), {"a": None}, before=[{"a": 4}]),
        Example(RatingRules(points=10), {"a": 10}),
        Example(RatingRules(), {"a": 0}, refused=Code.BAD_MARK),
        Example(RatingRules(), {"a": 3, "b": 6}, refused=Code.BAD_MARK),
        Example(RatingRules(unsure=False), {"a": UNSURE}, refused=Code.BAD_MARK),
        Example(RatingRules(), {"a": [3, 3]}, refused=Code.BAD_MARK),
    )

    def clean(self, rules: RatingRules, line: Callable[[str], str]) -> RatingRules:
        words = {"low": clean_words(rules.low, line), "high": clean_words(rules.high, line)}
        return msgspec.structs.replace(rules, **words)

    def bounds(self, rules: RatingRules) -> Bounds:
        return Bounds(1, rules.points)

    def may_be_unsure(self, rules: RatingRules) -> bool:
        return rules.unsure

    def say(self, rules: RatingRules, mark: Mark) -> Label:
        return say_value(mark[0], rules.points)
