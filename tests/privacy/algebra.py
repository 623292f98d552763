"""What follows from equations by adding and subtracting them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

Row = dict[object, Fraction]


class Span:
    """Everything that is a sum of these rows, with any factors. A row: unknown → its factor."""

    def __init__(self, rows: Iterable[Mapping[object, int]]) -> None:
        self._basis: dict[object, Row] = {}
        for row in rows:
            rest = self._reduce(row)
            if rest:
                pivot = min(rest)  # type: ignore[type-var]
                self._basis[pivot] = {name: value / rest[pivot] for name, value in rest.items()}

    def holds(self, row: Mapping[object, int]) -> bool:
        """Whether this is in it."""
        return not self._reduce(row)

    def _reduce(self, row: Mapping[object, int]) -> Row:
        rest = {name: Fraction(factor) for name, factor in row.items()}
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
