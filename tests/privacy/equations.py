"""What was shown over a history, as equations over ballots.

Each ballot that ever stood is an unknown: a person's, until they vote again. Each fact is a sum over the ballots that
it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sessions.ballots.ballot import Denominator

from .choices import ANSWERED, VOTES, Marks, item_of, name_figure
from .facts import Fact
from .history import Ballots, History, Seen

Unknown = tuple[str, int, int]
"""(round, person, how often they had voted)."""


class Equation(NamedTuple):
    """What these ballots add to the figure is `value` in all."""

    figure: str
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
    return sorted(found, key=repr), strange


def tallies_of(history: History, round_: str) -> list[Equation]:
    """Return what a live vote may tell while it goes on: one count per item, of everybody who voted, once they are
    enough.
    """
    found: set[Equation] = set()
    for seen in history.seen:
        ballots = seen.live.get(round_, {})
        names = frozenset((round_, *key) for key in ballots)
        for item in history.items:
            answered = sum(marks.get(name_figure(item, ANSWERED), 0) for _, marks in ballots.values())
            enough = len(ballots) if history.kind.of is Denominator.ROUND else answered
            if enough < history.thresholds[round_]:
                continue
            for figure in history.figures:
                if item_of(figure) == item:
                    found.add(Equation(figure, names, sum(marks.get(figure, 0) for _, marks in ballots.values())))
    return sorted(found, key=repr)


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
    for figure, ballots, value in equations:
        rest = value - sum(known[name].get(figure, 0) for name in ballots if name in known)
        found.add(Equation(figure, ballots.difference(known), rest))
    return sorted((equation for equation in found if equation.ballots), key=repr)


def _read(history: History, seen: Seen, fact: Fact, moments: Sequence[Ballots] | None = None) -> Equation | None:
    """Return what a fact says, of the newest ballots of which it is true. `moments`: of these; where not given, of
    those that were published or stand now. A balanced value that its groups give says nothing beyond them: the equation
    is empty.
    """
    if fact.round is None:
        return _read_total(history, seen, fact)
    for ballots in moments or [*reversed(history.published.get(fact.round, [])), seen.ballots[fact.round]]:
        if fact.balanced:
            if abs(_balance(history, ballots, fact) - Fraction(fact.value).limit_denominator(10**6)) < fact.within:
                return Equation(fact.figure, frozenset(), 0)
            continue
        members = {
            (fact.round, person, version): marks
            for (person, version), (sector, marks) in ballots.items()
            if fact.group is None or sector in fact.group
        }
        value = sum(marks.get(fact.figure, 0) for marks in members.values())
        if value == fact.value:
            return Equation(fact.figure, frozenset(members), value)
    return None


def _read_total(history: History, seen: Seen, fact: Fact) -> Equation | None:
    """The votes of a session: the sum over what its rounds show."""
    choices = [[*reversed(history.published.get(round_, [])), now, {}] for round_, now in seen.ballots.items()]
    names = list(seen.ballots)
    for picked in _product(choices):
        if sum(marks.get(VOTES, 0) for ballots in picked for _, marks in ballots.values()) == fact.value:
            ballots = frozenset((name, *key) for name, found in zip(names, picked, strict=True) for key in found)
            return Equation(VOTES, ballots, int(fact.value))
    return None


def _product(choices: list[list[Ballots]]) -> Iterator[list[Ballots]]:
    if not choices:
        yield []
        return
    for first in choices[0]:
        for rest in _product(choices[1:]):
            yield [first, *rest]


def _balance(history: History, ballots: Ballots, fact: Fact) -> Fraction:
    total, weights = Fraction(0), 0
    for group in fact.balanced:
        members = [marks for sector, marks in ballots.values() if sector in group]
        answered = sum(marks.get(name_figure(fact.item, ANSWERED), 0) for marks in members)
        of = len(members) if history.kind.of is Denominator.ROUND else answered
        if not of:
            return Fraction(-1)
        total += Fraction(len(group) * sum(marks.get(fact.figure, 0) for marks in members), of)
        weights += len(group)
    return total / weights if weights else Fraction(-1)
