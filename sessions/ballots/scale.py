"""A scale: a number between two that the facilitator sets, such as 0 to 10. Usually of one question.

A share is the mean score, 0 to 1, of who answered with a number. Nothing is spent.
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

FEWEST, MOST = 2, 11
"""Answers: as many as buttons fit under a thumb."""


class ScaleRules(Rules, frozen=True, tag="scale"):
    """From `lowest` to `highest`, 2 to 11 numbers; the words of both ends; and whether "don't know" can be given."""

    lowest: Annotated[int, msgspec.Meta(ge=-10, le=20)] = 0
    highest: Annotated[int, msgspec.Meta(ge=-10, le=20)] = 10
    low: AnswerWords = AnswerWords("helemaal niet", "not at all")
    high: AnswerWords = AnswerWords("helemaal", "completely")
    unsure: bool = True

    def __post_init__(self) -> None:
        if not FEWEST <= self.highest - self.lowest + 1 <= MOST:
            raise ValueError(f"a scale has {FEWEST} to {MOST} numbers")


class Scale(GradedBallot[ScaleRules]):
    key = "scale"
    Rules = ScaleRules
    outcome = ngettext(
        "%(mean1)s on average, by %(n)s person who gave a number.",
        "%(mean1)s on average, by %(n)s people who gave a number.",
    )
    meaning = gettext_noop("The mean of the numbers, of those of the group who gave one.")
    examples = (
        Example(ScaleRules(), {"a": 0}),
        Example(ScaleRules(), {"a": 10}, before=[{"a": UNSURE}]),
        Example(ScaleRules(lowest=-5, highest=5), {"a": -5, "b": 5}),
        Example(ScaleRules(), {"a": None}, before=[{"a": 4}]),
        Example(ScaleRules(), {"a": 11}, refused=Code.BAD_MARK),
        Example(ScaleRules(lowest=1, highest=7), {"a": 0}, refused=Code.BAD_MARK),
        Example(ScaleRules(unsure=False), {"a": UNSURE}, refused=Code.BAD_MARK),
    )

    def clean(self, rules: ScaleRules, line: Callable[[str], str]) -> ScaleRules:
        words = {"low": clean_words(rules.low, line), "high": clean_words(rules.high, line)}
        return msgspec.structs.replace(rules, **words)

    def bounds(self, rules: ScaleRules) -> Bounds:
        return Bounds(rules.lowest, rules.highest)

    def may_be_unsure(self, rules: ScaleRules) -> bool:
        return rules.unsure

    def say(self, rules: ScaleRules, mark: Mark) -> Label:
        return say_value(mark[0], rules.highest)
