"""Ballots for the tests: the examples of each, and marks drawn by chance from what simulated people do."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sessions.ballots import Ballot, all_ballots
from sessions.ballots.ballot import Act, Example, Mark, Mine, Person, Rules, read_mark

EXAMPLES = [
    (kind, example, f"{kind.key}-{number}") for kind in all_ballots() for number, example in enumerate(kind.examples)
]


class Own:
    """What one person has in a round, by the ballot's own rules."""

    def __init__(self, kind: Ballot, rules: Rules, prices: dict[str, int] | None = None) -> None:
        self.kind, self.rules, self.prices = kind, rules, prices or {}
        self.spent = 0
        self.marks: dict[str, Mark] = {}

    def cast(self, act: Act) -> None:
        """Let marks stand. Raises Refused, and then nothing has changed."""
        criteria = len(self.kind.criteria(self.rules))
        marks = {item: read_mark(value, criteria=criteria) for item, value in act.items()}
        mine = Mine(self.spent, {item: self.marks.get(item, ()) for item in marks})
        self.spent = self.kind.check(rules=self.rules, mine=mine, marks=marks, prices=self.prices)
        self.marks |= marks


def play(kind: Ballot, example: Example) -> Own:
    """Cast what comes before an example."""
    own = Own(kind, example.rules, dict(example.prices))
    for act in example.before:
        own.cast(act)
    return own


def act_by_chance(own: Own, items: Sequence[str], chance: Random) -> list[Act]:
    """Return what a simulated person casts now."""
    person = Person(marks=own.marks, weigh=lambda item: 1.0 + len(item) % 3, chance=chance)
    acts: list[Act] = own.kind.act(rules=own.rules, items=items, person=person)
    return acts
