"""Ballots for the tests: every registered one and the one of docs/adding-a-kind.md; marks drawn from `act`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from random import Random
from types import ModuleType

import pytest

from sessions.ballots import Ballot, all_ballots, forget, register
from sessions.ballots.ballot import Act, Example, OwnMarks, Rules, SimulatedVoter
from sessions.ballots.mark import Mark, read_mark

from ..server import ROOT

DOCUMENT = ROOT / "docs" / "adding-a-kind.md"
PRICES = {f"i{number}": 10_000 * (number + 1) for number in range(6)}


def read_documented() -> Ballot:
    """Make the ballot that the document shows, from its own words."""
    text = DOCUMENT.read_text()
    (code,) = re.findall(r"<!-- sessions/ballots/quadratic.py -->\n```python\n(.*?)```", text, flags=re.DOTALL)
    module = ModuleType("sessions.ballots.quadratic")
    module.__package__ = "sessions.ballots"
    sys.modules[module.__name__] = module
    exec(compile(code, str(DOCUMENT), "exec"), module.__dict__)  # noqa: S102 - our own document
    kind: Ballot = module.Quadratic()
    return kind


DOCUMENTED = read_documented()
BALLOTS = (*all_ballots(), DOCUMENTED)
STORED_APART = ("dots", "budget", "ranking", "matrix")
"""Ballots of which something else is stored: a mark, a mark with a price, several marks at once, a row per criterion.
What the others store is like one of these, and what they decide is the same code on both engines.
"""
EXAMPLES = [(kind, example, f"{kind.key}-{number}") for kind in BALLOTS for number, example in enumerate(kind.examples)]


@pytest.fixture(autouse=True)
def documented() -> Iterator[Ballot]:
    """The ballot of docs/adding-a-kind.md is known while a test runs, and to no other folder's tests."""
    register(DOCUMENTED)
    yield DOCUMENTED
    forget(DOCUMENTED)


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
        mine = OwnMarks(self.spent, {item: self.marks.get(item, ()) for item in marks})
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
    person = SimulatedVoter(marks=own.marks, weigh=lambda item: 1.0, chance=chance, prices=own.prices)
    acts: list[Act] = own.kind.act(rules=own.rules, items=items, person=person)
    return acts
