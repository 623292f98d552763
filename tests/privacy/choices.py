"""What one person can choose in a round, by the ballot's own `act`, and the numbers that a ballot adds to each figure.

A figure is named by its item, for the people with the full score on it; by item and key for what else is told of it
("of": who answered it, each key of `told`, and what shares, means and histograms are made of); and by the key alone for
a sum over all items. Scores between 0 and 1 are counted in whole parts, what lacks to the full score as well: that a
group stands at nothing or at all can be read from either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm
from random import Random
from typing import NamedTuple

from sessions.ballots import Ballot
from sessions.ballots.ballot import Denominator, Rules
from sessions.ballots.budget import BOUGHT
from sessions.ballots.graded import GradedBallot
from sessions.ballots.mark import Mark, read_mark
from sessions.ballots.ranking import Ranking

from ..kinds.ballots import Own, act_by_chance

Marks = Mapping[str, int]
"""Figure → what one ballot adds to it. What is not in it: 0."""
Choice = Mapping[str, Mark]
"""Item → mark, of everything that one person has in a round."""

ANSWERED = "of"
SCORE, LACKS = "score", "lacks"
VOTES = "votes"
"""In place of an item: how many votes a ballot holds, as lists of sessions count them."""
PEOPLE, ACTS = 60, 12
"""So many simulated people act so often: with one or two items that is everything that can be chosen."""


def name_figure(item: str | None, key: str = "") -> str:
    if key == VOTES:
        return VOTES
    return f"{item or ''}/{key}" if key else str(item)


def item_of(figure: str) -> str:
    return figure.partition("/")[0]


class Played(NamedTuple):
    """How people vote in a history. `parts`: of a whole score, so that every score is a whole number of them."""

    kind: Ballot
    rules: Rules
    parts: int

    @property
    def has_parts(self) -> bool:
        """Whether shares say more than heads."""
        return not self.kind.is_yes_or_no

    @property
    def has_means(self) -> bool:
        return isinstance(self.kind, GradedBallot | Ranking)

    @property
    def mean_of(self) -> str:
        """Return the figure that says how many people a mean is of."""
        return "ranked" if isinstance(self.kind, Ranking) else ANSWERED

    @property
    def told(self) -> list[str]:
        """Return what is counted besides. What a budget buys follows from places and prices that are shown."""
        return [told.key for told in self.kind.told if told != BOUGHT]


def name_sum(criterion: int) -> str:
    """The values that people gave: what a mean is made of."""
    return f"sum{criterion}"


def name_bar(criterion: int, bar: int) -> str:
    return f"bar{criterion}.{bar}"


def set_up(kind: Ballot, rules: Rules, choices: Sequence[Choice]) -> Played:
    scores = [
        kind.score(rules, mark)
        for choice in choices
        for mark in choice.values()
        if kind.says(mark) and kind.is_scored(mark)
    ]
    return Played(kind, rules, lcm(*(score.denominator for score in scores)))


def add_up(played: Played, choice: Choice) -> Marks:
    """Return what a ballot adds to every figure."""
    kind, rules, _ = played
    found: dict[str, int] = {}
    for item, mark in choice.items():
        if not kind.says(mark):
            continue
        if kind.is_scored(mark):
            found |= {name_figure(item, key): number for key, number in _add_score(played, mark).items()}
        for key, number in kind.tell(rules, mark).items():
            found[name_figure(item, key)] = number
            found[name_figure(None, key)] = found.get(name_figure(None, key), 0) + number
    told = {told.key: found.get(name_figure(None, told.key), 0) for told in kind.told}
    found[VOTES] = kind.votes(told)
    return {figure: number for figure, number in found.items() if number}


def _add_score(played: Played, mark: Mark) -> dict[str, int]:
    kind, rules, parts = played
    score = kind.score(rules, mark)
    found = {"": int(score == 1)}
    if kind.of is Denominator.ITEM:
        found[ANSWERED] = 1
    if played.has_parts:
        found[SCORE] = int(score * parts)
    if played.has_parts and kind.of is Denominator.ITEM:
        found[LACKS] = parts - int(score * parts)
    if isinstance(kind, Ranking):
        found[name_sum(0)] = mark[0] or 0
    if isinstance(kind, GradedBallot):
        low = kind.bounds(rules).low
        for criterion, value in enumerate(mark):
            assert value is not None
            found[name_sum(criterion)] = value
            if kind.has_histogram:
                found[name_bar(criterion, value - low)] = 1
    return found


def draw_choices(kind: Ballot, rules: Rules, items: Sequence[str], prices: Mapping[str, int]) -> list[Choice]:
    """Return what people choose who do what simulated people do, each once; the first: nothing at all."""
    chance = Random(1)
    found: dict[str, Choice] = {repr({}): {}}
    for _ in range(PEOPLE):
        own = Own(kind, rules, dict(prices))
        for _ in range(ACTS):
            for act in act_by_chance(own, items, chance):
                own.cast(act)
            given = {item: mark for item, mark in sorted(own.marks.items()) if kind.says(mark)}
            found.setdefault(repr(given), given)
    return list(found.values())


def cast_of(kind: Ballot, choice: Choice, items: Sequence[str]) -> list[tuple[str, Mark]]:
    """Return the marks that make a ballot this choice, whatever it was before."""
    nothing = read_mark(kind.none, criteria=1)
    return [(item, choice.get(item, nothing)) for item in items]
