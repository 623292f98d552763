"""What an onlooker can compute from all that was shown over a history.

The onlooker knows the rules, who takes part under which O, and when somebody votes; not what they vote.

A ballot is exposed when every assignment that fits all facts gives it the same number in a figure, unless that follows
from shown groups (or differences of shown groups) of at least the threshold that stand at nobody or at all. The same
for an O that is not shown alone. And no figure is told of fewer people than the threshold who answered an item.

While a live vote goes on, its one count per item is taken as known: nothing more may follow. Afterwards each ballot
that was given then is taken as known: the others must still be hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from .algebra import Span
from .choices import ANSWERED, Marks
from .equations import Equation, Unknown, cast_live, equations_of, tallies_of, without
from .exhaustion import TooLarge, assign
from .history import Ballots, History

Knows = Callable[[str, frozenset[Unknown]], bool]
"""Whether what these ballots add to a figure can be computed."""
Way = Callable[[Sequence[Equation], Sequence[Unknown], History], Knows]


class Exposed(NamedTuple):
    what: str


def attack(history: History, *, by: Way | None = None) -> list[Exposed]:
    """Return everything that an onlooker can compute and may not. `by`: in which way; where not given, by exhaustion
    where that is possible, else by linear algebra.
    """
    exposed = _find_too_few(history)
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


def _find_too_few(history: History) -> list[Exposed]:
    """Return the figures of items that too few people answered."""
    told = {fact for seen in history.seen for fact in seen.facts if fact.key == ANSWERED and fact.round is not None}
    return [
        Exposed(f"{fact} is of too few")
        for fact in sorted(told, key=repr)
        if 0 < fact.value < history.thresholds[fact.round or ""]
    ]


Vector = tuple[int, ...]
"""What each choice adds to a figure, or to a difference of figures."""


def _restrict(equations: Sequence[Equation], *, threshold: int, choices: Sequence[Marks]) -> dict[Unknown, set[int]]:
    """Return ballot → the choices that are left to it, of those of which something may be known: in a block of enough
    people that stands at nobody or at all, and what follows from that for the others.
    """
    known: dict[Unknown, set[int]] = {}
    vectors = {equation.figure: tuple(choice.get(equation.figure, 0) for choice in choices) for equation in equations}
    sums = {(vectors[figure], ballots): value for figure, ballots, value in equations}
    while True:
        before = {name: len(left) for name, left in known.items()}
        decided = {name: min(left) for name, left in known.items() if len(left) == 1}
        rest: dict[tuple[Vector, frozenset[Unknown]], int] = {}
        for (vector, ballots), value in sums.items():
            taken = sum(vector[decided[name]] for name in ballots if name in decided)
            rest[vector, ballots.difference(decided)] = value - taken
        for (vector, ballots), value in [*rest.items(), *_differences(rest)]:
            if len(ballots) < threshold or value not in (0, max(vector) * len(ballots)) or min(vector) < 0:
                continue
            each = 0 if value == 0 else max(vector)
            for name in ballots:
                left = known.setdefault(name, set(range(len(choices))))
                left.intersection_update(choice for choice, number in enumerate(vector) if number == each)
        if {name: len(left) for name, left in known.items()} == before:
            return known


def _differences(
    sums: Mapping[tuple[Vector, frozenset[Unknown]], int],
) -> list[tuple[tuple[Vector, frozenset[Unknown]], int]]:
    """Return what one figure tells of two blocks of which one holds the other, and two figures of one block
    by their difference and their sum."""
    found = []
    by_vector: defaultdict[Vector, list[tuple[frozenset[Unknown], int]]] = defaultdict(list)
    by_block: defaultdict[frozenset[Unknown], list[tuple[Vector, int]]] = defaultdict(list)
    for (vector, ballots), value in sums.items():
        by_vector[vector].append((ballots, value))
        by_block[ballots].append((vector, value))
    for vector, blocks in by_vector.items():
        for (few, low), (many, high) in permutations(blocks, 2):
            if few < many:
                found.append(((vector, many - few), high - low))
    for ballots, figures in by_block.items():
        for (one, low), (two, high) in permutations(figures, 2):
            rest = tuple(large - small for small, large in zip(one, two, strict=True))
            if min(rest) >= 0:
                found.append(((rest, ballots), high - low))
            found.append(((tuple(map(sum, zip(one, two, strict=True))), ballots), high + low))
    return found


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
        knowing = [(by or exhaustion)(found, unknowns, history) for found in (equations, tally or [])]
    except TooLarge:
        if by is not None:
            raise
        knowing = [algebra(found, unknowns, history) for found in (equations, tally or [])]
    computes, may_compute = knowing
    right = equations if tally is None else tally
    known = _restrict(right, threshold=history.threshold, choices=history.choices)
    shown = {
        ballots: Span(_vary(found.figure, history) for found in right if found.ballots == ballots)
        for ballots in {equation.ballots for equation in right if len(equation.ballots) >= history.threshold}
    }

    def may_be_known(figure: str, names: frozenset[Unknown]) -> bool:
        """What the figures say that are shown of these ballots; also where a shown group stands at nobody or at all,
        and so gives away the parts of another shown one.
        """
        if names in shown:
            return bool(known) or shown[names].holds(_vary(figure, history))
        numbers = [{history.choices[choice].get(figure, 0) for choice in known.get(name, ())} for name in names]
        return all(len(found) == 1 for found in numbers)

    return [
        Exposed(f"{len(names)} ballot(s) {sorted(names)} on {figure}")
        for names in sorted(hidden, key=repr)
        if names <= set(unknowns)
        for figure in history.figures
        if not may_be_known(figure, names) and computes(figure, names) and not may_compute(figure, names)
    ]


def _vary(figure: str, history: History) -> dict[object, int]:
    """Return what each choice adds to a figure, where it adds anything."""
    return {choice: marks[figure] for choice, marks in enumerate(history.choices) if figure in marks}


def exhaustion(equations: Sequence[Equation], unknowns: Sequence[Unknown], history: History) -> Knows:
    """With integer bounds: by every assignment of ballots. Raises TooLarge."""
    if not equations:
        return lambda figure, names: False
    assignments = assign(equations, unknowns=unknowns, choices=history.choices, figures=history.figures)
    return lambda figure, names: len(set(assignments.spread(figure, names))) == 1


def algebra(equations: Sequence[Equation], unknowns: Sequence[Unknown], history: History) -> Knows:
    """By adding and subtracting, without bounds: how many of each ballot's choices are which, but for the first, which
    adds to no figure.
    """

    def row_of(figure: str, names: Collection[Unknown]) -> dict[object, int]:
        return {(name, choice): number for name in names for choice, number in _vary(figure, history).items()}

    span = Span(row_of(equation.figure, equation.ballots) for equation in equations)
    return lambda figure, names: span.holds(row_of(figure, names))
