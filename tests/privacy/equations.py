"""What was shown over a history, as equations over ballots.

Each ballot that ever stood is an unknown: a person's, until they vote again. Each fact is a sum over the ballots that
it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from .history import Ballots, History, Marks, Seen
from .outlets import Fact

Unknown = tuple[str, int, int]
"""(round, person, how often they had voted)."""
TOTAL = "dots"
"""In place of an item: how many dots somebody gave in all."""


class Equation(NamedTuple):
    """The sum over these ballots of a mark on the item (or of all their dots) is `value`."""

    item: str
    ballots: frozenset[Unknown]
    value: int


def equations_of(history: History, *, live: str | None = None) -> tuple[list[Equation], list[Fact]]:
    """Return the equations; and the facts that count no published or present ballots, which is a leak by itself.

    `live`: of this round only, while its tally was shown.
    """
    found: set[Equation] = set()
    strange: list[Fact] = []
    known: set[tuple[Fact, int]] = set()
    for seen in history.seen:
        if live is not None and live not in seen.live:
            continue
        for fact in sorted(seen.facts, key=repr):
            key = (fact, hash(str(sorted(seen.ballots.items(), key=repr))))
            if key in known or (live is not None and fact.round != live):
                continue
            # Nobody votes on a card that was added later: of it only zeros are shown.
            if fact.item is not None and fact.item not in history.items:
                continue
            known.add(key)
            moments = [seen.ballots[fact.round]] if live is not None and fact.round is not None else None
            equation = _read(history, seen, fact, moments)
            if equation is None:
                strange.append(fact)
            elif equation.ballots:
                found.add(equation)
    return _with_totals(found, history.items), strange


def tallies_of(history: History, round_: str) -> list[Equation]:
    """Return what a live vote may tell while it goes on: one count per item, of everybody who voted, once they are
    enough.
    """
    found: set[Equation] = set()
    for seen in history.seen:
        ballots = seen.live.get(round_, {})
        if len(ballots) >= history.thresholds[round_]:
            names = frozenset((round_, *key) for key in ballots)
            for item in history.items:
                found.add(Equation(item, names, sum(item in marks for _, marks in ballots.values())))
    return _with_totals(found, history.items)


def cast_live(history: History) -> dict[Unknown, Marks]:
    """Return the ballots that were given while a tally was shown: no secret, and the phone says so."""
    return {
        (round_, *key): marks
        for seen in history.seen
        for round_, ballots in seen.live.items()
        for key, (_, marks) in ballots.items()
    }


def without(equations: Collection[Equation], known: Mapping[Unknown, Marks]) -> list[Equation]:
    """Return the equations with the ballots that are known taken out."""
    found = set()
    for item, ballots, value in equations:
        told = [known[name] for name in ballots if name in known]
        rest = value - sum(len(marks) if item == TOTAL else item in marks for marks in told)
        found.add(Equation(item, ballots.difference(known), rest))
    return sorted((equation for equation in found if equation.ballots), key=repr)


def _with_totals(found: set[Equation], items: Collection[str]) -> list[Equation]:
    """What a group gave each item adds up to what it gave in all."""
    totals = set()
    for ballots in {equation.ballots for equation in found}:
        heads = {equation.item: equation.value for equation in found if equation.ballots == ballots}
        if all(item in heads for item in items):
            totals.add(Equation(TOTAL, ballots, sum(heads[item] for item in items)))
    return sorted(found | totals, key=repr)


def _read(history: History, seen: Seen, fact: Fact, moments: Sequence[Ballots] | None = None) -> Equation | None:
    """Return what a fact says, of the newest ballots of which it is true. `moments`: of these; where not given, of
    those that were published or stand now. A balanced value that its groups give says nothing beyond them: the equation
    is empty.
    """
    if fact.round is None:
        return _read_total(history, seen, fact)
    for ballots in moments or [*reversed(history.published.get(fact.round, [])), seen.ballots[fact.round]]:
        if fact.balanced:
            if abs(_balance(ballots, fact) - Fraction(fact.value).limit_denominator(10**6)) < Fraction(1, 10**8):
                return Equation(fact.item or TOTAL, frozenset(), 0)
            continue
        members = {
            (fact.round, person, version): marks
            for (person, version), (sector, marks) in ballots.items()
            if fact.group is None or sector in fact.group
        }
        value = sum(len(marks) if fact.item is None else fact.item in marks for marks in members.values())
        if value == fact.value:
            return Equation(fact.item or TOTAL, frozenset(members), value)
    return None


def _read_total(history: History, seen: Seen, fact: Fact) -> Equation | None:
    """The dots of a session: the sum over what its rounds show."""
    choices = [[*reversed(history.published.get(round_, [])), now, {}] for round_, now in seen.ballots.items()]
    names = list(seen.ballots)
    for picked in _product(choices):
        if sum(len(marks) for ballots in picked for _, marks in ballots.values()) == fact.value:
            ballots = frozenset((name, *key) for name, found in zip(names, picked, strict=True) for key in found)
            return Equation(TOTAL, ballots, int(fact.value))
    return None


def _product(choices: list[list[Ballots]]) -> Iterator[list[Ballots]]:
    if not choices:
        yield []
        return
    for first in choices[0]:
        for rest in _product(choices[1:]):
            yield [first, *rest]


def _balance(ballots: Ballots, fact: Fact) -> Fraction:
    total, weights = Fraction(0), 0
    for group in fact.balanced:
        members = [marks for sector, marks in ballots.values() if sector in group]
        if not members:
            return Fraction(-1)
        total += Fraction(len(group) * sum(fact.item in marks for marks in members), len(members))
        weights += len(group)
    return total / weights if weights else Fraction(-1)
