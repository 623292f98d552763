"""What one person can choose in a round, by the ballot's own `act`, and the numbers that a ballot adds to each figure.

A figure is named by its item, for the people with the full score on it; by item and key for what else is told of it
("of": who answered it, and each key of `told`); and by the key alone for a sum over all items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from sessions.ballots import Ballot
from sessions.ballots.ballot import Denominator, Rules
from sessions.ballots.mark import Mark, read_mark

from ..kinds.ballots import Own, act_by_chance

Marks = Mapping[str, int]
"""Figure → what one ballot adds to it. What is not in it: 0."""
Choice = Mapping[str, Mark]
"""Item → mark, of everything that one person has in a round."""

ANSWERED = "of"
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


def add_up(kind: Ballot, rules: Rules, choice: Choice) -> Marks:
    """Return what a ballot adds to every figure."""
    found: dict[str, int] = {}
    for item, mark in choice.items():
        if not kind.says(mark):
            continue
        if kind.score(rules, mark) == 1:
            found[item] = 1
        if kind.of is Denominator.ITEM:
            found[name_figure(item, ANSWERED)] = 1
        for key, number in kind.tell(rules, mark).items():
            found[name_figure(item, key)] = number
            found[name_figure(None, key)] = found.get(name_figure(None, key), 0) + number
    told = {told.key: found.get(name_figure(None, told.key), 0) for told in kind.told}
    found[VOTES] = kind.votes(told)
    return {figure: number for figure, number in found.items() if number}


def draw_choices(kind: Ballot, rules: Rules, items: Sequence[str]) -> list[Choice]:
    """Return what people choose who do what simulated people do, each once; the first: nothing at all."""
    chance = Random(1)
    found: dict[str, Choice] = {repr({}): {}}
    for _ in range(PEOPLE):
        own = Own(kind, rules)
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
