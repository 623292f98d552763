"""What follows from equations by adding and subtracting them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

Row = dict[object, Fraction]


class Span:
    """Everything that is a sum of these rows, with any factors. A row: the unknowns that it adds up."""

    def __init__(self, rows: Iterable[Collection[object]]) -> None:
        self._basis: dict[object, Row] = {}
        for names in rows:
            rest = self._reduce(dict.fromkeys(names, Fraction(1)))
            if rest:
                pivot = min(rest)  # type: ignore[type-var]
                self._basis[pivot] = {name: value / rest[pivot] for name, value in rest.items()}

    def holds(self, names: Collection[object]) -> bool:
        """Whether the sum of these is in it."""
        return not self._reduce(dict.fromkeys(names, Fraction(1)))

    def _reduce(self, row: Row) -> Row:
        rest = dict(row)
        while places := [place for place in rest if place in self._basis]:
            pivot = min(places)  # type: ignore[type-var]
            factor = rest[pivot]
            for place, value in self._basis[pivot].items():
                left = rest.get(place, Fraction(0)) - factor * value
                if left:
                    rest[place] = left
                else:
                    rest.pop(place, None)
        return rest
