"""What an onlooker can compute from all that was shown over a history.

The onlooker knows the rules, who takes part under which O, and when somebody votes; not what they vote.

A ballot is exposed when every assignment that fits all facts gives it the same mark on an item, unless it stands in a
shown group (or a difference of shown groups) of at least the threshold that stands at nobody or at all. The same for
an O that is not shown alone.

While a live vote goes on, its one count per item is taken as known: nothing more may follow. Afterwards each ballot
that was given then is taken as known: the others must still be hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from typing import NamedTuple

from .algebra import Span
from .equations import TOTAL, Equation, Unknown, cast_live, equations_of, tallies_of, without
from .exhaustion import TooLarge, assign
from .history import Ballots, History

Knows = Callable[[str, frozenset[Unknown]], bool]
"""Whether the sum of the marks of these ballots on an item can be computed."""
Way = Callable[[Sequence[Equation], Sequence[Unknown], Sequence[str]], Knows]


class Exposed(NamedTuple):
    what: str


def attack(history: History, *, by: Way | None = None) -> list[Exposed]:
    """Return everything that an onlooker can compute and may not. `by`: in which way; where not given, by exhaustion
    where that is possible, else by linear algebra.
    """
    exposed: list[Exposed] = []
    for round_ in sorted({round_ for seen in history.seen for round_ in seen.live}):
        equations, strange = equations_of(history, live=round_)
        exposed += [Exposed(f"{fact} counts nothing that is shown live") for fact in strange]
        if not strange:
            tally = tallies_of(history, round_)
            exposed += _judge(history, equations, _hidden_live(history, round_), by, tally=tally)
    equations, strange = equations_of(history)
    if strange:
        return [*exposed, *(Exposed(f"{fact} counts nothing that was published") for fact in strange)]
    known = cast_live(history)
    hidden = {names.difference(known) for names in _hidden(history)} - {frozenset()}
    return [*exposed, *_judge(history, without(equations, known), hidden, by)]


# -- what is hidden ----------------------------------------------------------------------------------------------


def _hidden(history: History) -> set[frozenset[Unknown]]:
    """Return the ballots of every O at every reveal, whether it was shown alone or not, and every single ballot."""
    found: set[frozenset[Unknown]] = set()
    for round_, moments in history.published.items():
        for ballots in moments:
            found |= _per_sector(round_, ballots)
            found |= {frozenset({(round_, *key)}) for key in ballots}
    for seen in history.seen:
        for round_, ballots in seen.ballots.items():
            found |= {frozenset({(round_, *key)}) for key in ballots}
    return found


def _hidden_live(history: History, round_: str) -> set[frozenset[Unknown]]:
    """Return the ballots of every O at every moment while the round's tally was shown, and every single ballot."""
    found: set[frozenset[Unknown]] = set()
    for seen in history.seen:
        ballots = seen.live.get(round_, {})
        found |= _per_sector(round_, ballots)
        found |= {frozenset({(round_, *key)}) for key in ballots}
    return found


def _per_sector(round_: str, ballots: Ballots) -> set[frozenset[Unknown]]:
    sectors = {sector for sector, _ in ballots.values()}
    return {frozenset((round_, *key) for key, (of, _) in ballots.items() if of == sector) for sector in sectors}


def _allowed(equations: Sequence[Equation], *, threshold: int, items: Sequence[str]) -> dict[str, set[Unknown]]:
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


# -- what can be computed ------------------------------------------------------------------------------------------


def _judge(
    history: History,
    equations: Sequence[Equation],
    hidden: Collection[frozenset[Unknown]],
    by: Way | None,
    *,
    tally: Sequence[Equation] | None = None,
) -> list[Exposed]:
    """Return the hidden sums that can be computed from the equations. `tally`: and not from these, which are all that
    may be shown.
    """
    unknowns = sorted({name for equation in equations for name in equation.ballots})
    try:
        knowing = [(by or exhaustion)(found, unknowns, history.items) for found in (equations, tally or [])]
    except TooLarge:
        if by is not None:
            raise
        knowing = [algebra(found, unknowns, history.items) for found in (equations, tally or [])]
    computes, may_compute = knowing
    right = equations if tally is None else tally
    may_be_known = _allowed(right, threshold=history.threshold, items=history.items)
    shown = {(equation.item, equation.ballots) for equation in right if len(equation.ballots) >= history.threshold}
    return [
        Exposed(f"{len(names)} ballot(s) {sorted(names)} on {item}")
        for names in sorted(hidden, key=repr)
        if names <= set(unknowns)
        for item in [*history.items, TOTAL]
        if (item, names) not in shown and not names <= may_be_known[item]
        if computes(item, names) and not may_compute(item, names)
    ]


def exhaustion(equations: Sequence[Equation], unknowns: Sequence[Unknown], items: Sequence[str]) -> Knows:
    """With integer bounds: by every assignment of ballots. Raises TooLarge."""
    if not equations:
        return lambda item, names: False
    assignments = assign(equations, unknowns=unknowns, items=items)
    return lambda item, names: len(set(assignments.spread(item, names))) == 1


def algebra(equations: Sequence[Equation], unknowns: Sequence[Unknown], items: Sequence[str]) -> Knows:
    """By adding and subtracting, without bounds."""
    spans = {
        item: Span([equation.ballots for equation in equations if equation.item == item]) for item in (*items, TOTAL)
    }
    return lambda item, names: spans[item].holds(names)
