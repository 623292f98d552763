"""What an onlooker can compute from all that was shown over a history.

The onlooker knows the rules, who takes part under which O, and when somebody votes; not what they vote. Each ballot
that ever stood is an unknown: a person's, until they vote again. Each fact is an equation over the ballots it counts.

A ballot is exposed when every assignment that fits all facts gives it the same mark on an item, unless it stands in a
shown group (or a difference of shown groups) of at least the threshold that stands at nobody or at all. The same for an
O that is not shown alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

import numpy as np

from .history import Ballots, History, Seen
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


class Exposed(NamedTuple):
    what: str


def equations_of(history: History) -> tuple[list[Equation], list[Exposed]]:
    """Return the equations; and what is no count of published or present ballots, which is a leak by itself."""
    found: set[Equation] = set()
    strange: list[Exposed] = []
    known: set[tuple[Fact, str]] = set()
    for seen in history.seen:
        standing = str(sorted(seen.ballots.items(), key=repr))
        for fact in sorted(seen.facts, key=repr):
            key = (fact, standing)
            # Nobody votes on a card that was added later: of it only zeros are shown.
            if key in known or (fact.item is not None and fact.item not in history.items):
                continue
            known.add(key)
            equation = _read(history, seen, fact)
            if equation is None:
                strange.append(Exposed(f"{fact} counts nothing that was published"))
            elif equation.ballots:
                found.add(equation)
    # What a group gave each item adds up to what it gave in all.
    for ballots in {equation.ballots for equation in found}:
        heads = {equation.item: equation.value for equation in found if equation.ballots == ballots}
        if all(item in heads for item in history.items):
            found.add(Equation(TOTAL, ballots, sum(heads[item] for item in history.items)))
    return sorted(found, key=repr), strange


def _read(history: History, seen: Seen, fact: Fact) -> Equation | None:
    """Return what a fact says, of the newest ballots of which it is true. A balanced value that its groups give says
    nothing beyond them: the equation is empty.
    """
    if fact.round is None:
        return _read_total(history, seen, fact)
    moments = [*reversed(history.published.get(fact.round, [])), seen.ballots[fact.round]]
    for ballots in moments:
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


# -- what is hidden ----------------------------------------------------------------------------------------------


def hidden_sums(history: History) -> set[frozenset[Unknown]]:
    """Return the ballots of every O at every reveal, whether it was shown alone or not, and every single ballot."""
    found: set[frozenset[Unknown]] = set()
    for round_, moments in history.published.items():
        for ballots in moments:
            for sector in {sector for sector, _ in ballots.values()}:
                found.add(frozenset((round_, *key) for key, (of, _) in ballots.items() if of == sector))
            found |= {frozenset({(round_, *key)}) for key in ballots}
    for seen in history.seen:
        for round_, ballots in seen.ballots.items():
            found |= {frozenset({(round_, *key)}) for key in ballots}
    return found


def allowed(equations: Sequence[Equation], *, threshold: int, items: Sequence[str]) -> dict[str, set[Unknown]]:
    """Return item → ballots that may be known: in a block of enough people that stands at nobody or at all, and what
    follows from that for somebody who has one dot.
    """
    known: dict[Unknown, dict[str, int]] = {}

    def learn(item: str, ballots: frozenset[Unknown], value: int) -> None:
        if len(ballots) >= threshold and value in (0, len(ballots)):
            for ballot in ballots:
                known.setdefault(ballot, {})[item] = int(value > 0)

    for equation in equations:
        learn(*equation)
    for one, two in combinations(equations, 2):
        small, large = sorted((one, two), key=lambda equation: len(equation.ballots))
        if one.item == two.item and small.ballots < large.ballots:
            learn(one.item, large.ballots - small.ballots, large.value - small.value)
    found: dict[str, set[Unknown]] = {item: set() for item in (*items, TOTAL)}
    for ballot, marks in known.items():
        for item in _completed(marks, items):
            found[item].add(ballot)
    return found


def _completed(marks: dict[str, int], items: Sequence[str]) -> set[str]:
    """Return the items of which a ballot with at most one dot is known, when these marks are."""
    everything = {*items, TOTAL}
    unknown = [item for item in items if item not in marks]
    given = any(marks.get(item) == 1 for item in items)
    nothing_given = marks.get(TOTAL) == 0
    one_place_left = TOTAL in marks and len(unknown) <= 1
    return everything if given or nothing_given or one_place_left or not unknown else set(marks)


# -- by exhaustion -----------------------------------------------------------------------------------------------


def exhaust(history: History, equations: Sequence[Equation], *, most: int = 600_000) -> list[Exposed] | None:
    """Try every assignment of ballots: no dot, or one on any item. None when there are too many."""
    unknowns = sorted({name for equation in equations for name in equation.ballots})
    choices = [frozenset[str](), *(frozenset({item}) for item in sorted(history.items))]
    if len(choices) ** len(unknowns) > most:
        return None
    column = {name: number for number, name in enumerate(unknowns)}
    every = np.indices((len(choices),) * len(unknowns), dtype=np.int8).reshape(len(unknowns), -1)
    marks = {item: np.array([item in choice for choice in choices], dtype=np.int8) for item in history.items}
    marks[TOTAL] = np.array([len(choice) for choice in choices], dtype=np.int8)
    fits = np.ones(every.shape[1], dtype=np.bool_)
    for equation in equations:
        rows = [column[name] for name in equation.ballots]
        fits &= marks[equation.item][every[rows]].sum(axis=0) == equation.value
    left = every[:, fits]
    assert left.shape[1], "the true ballots fit everything that was shown"

    def spread(item: str, names: frozenset[Unknown]) -> tuple[int, int]:
        sums = marks[item][left[[column[name] for name in names]]].sum(axis=0)
        return int(sums.min()), int(sums.max())

    return _judge(history, equations, [*history.items, TOTAL], set(unknowns), spread)


def _judge(
    history: History,
    equations: Sequence[Equation],
    items: Sequence[str],
    unknowns: set[Unknown],
    spread: Callable[[str, frozenset[Unknown]], tuple[int, int]],
) -> list[Exposed]:
    may_be_known = allowed(equations, threshold=history.threshold, items=history.items)
    shown = {(equation.item, equation.ballots) for equation in equations if len(equation.ballots) >= history.threshold}
    exposed = []
    for names in sorted(hidden_sums(history), key=repr):
        if not names <= unknowns:
            continue
        for item in items:
            if (item, names) in shown or names <= may_be_known[item]:
                continue
            low, high = spread(item, names)
            if low == high:
                exposed.append(Exposed(f"{len(names)} ballot(s) {sorted(names)} on {item}: {low}"))
    return exposed


# -- by linear algebra -------------------------------------------------------------------------------------------


def eliminate(history: History, equations: Sequence[Equation]) -> list[Exposed]:
    """Return the hidden sums that follow from the equations by adding and subtracting them, without bounds."""
    exposed = []
    may_be_known = allowed(equations, threshold=history.threshold, items=history.items)
    hidden = sorted(hidden_sums(history), key=repr)
    for item in [*history.items, TOTAL]:
        own = [equation for equation in equations if equation.item == item]
        unknowns = sorted({name for equation in own for name in equation.ballots})
        if not unknowns:
            continue
        column = {name: number for number, name in enumerate(unknowns)}
        basis = _basis([[column[name] for name in equation.ballots] for equation in own])
        shown = {equation.ballots for equation in own if len(equation.ballots) >= history.threshold}
        for names in hidden:
            if names in shown or not names <= column.keys() or names <= may_be_known[item]:
                continue
            if _spans(basis, [column[name] for name in names]):
                exposed.append(Exposed(f"{len(names)} ballot(s) {sorted(names)} on {item}"))
    return exposed


Row = dict[int, Fraction]


def _basis(rows: Sequence[Sequence[int]]) -> dict[int, Row]:
    basis: dict[int, Row] = {}
    for places in rows:
        rest = _reduce(basis, {place: Fraction(1) for place in places})
        if rest:
            pivot = min(rest)
            basis[pivot] = {place: value / rest[pivot] for place, value in rest.items()}
    return basis


def _spans(basis: dict[int, Row], places: Sequence[int]) -> bool:
    return not _reduce(basis, {place: Fraction(1) for place in places})


def _reduce(basis: dict[int, Row], row: Row) -> Row:
    rest = dict(row)
    while places := [place for place in rest if place in basis]:
        pivot = min(places)
        factor = rest[pivot]
        for place, value in basis[pivot].items():
            left = rest.get(place, Fraction(0)) - factor * value
            if left:
                rest[place] = left
            else:
                rest.pop(place, None)
    return rest


def attack(history: History) -> list[Exposed]:
    """Return everything that an onlooker can compute and may not: by exhaustion where that is possible."""
    equations, strange = equations_of(history)
    if strange:
        return strange
    found = exhaust(history, equations)
    return eliminate(history, equations) if found is None else found
