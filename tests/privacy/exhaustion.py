"""Every assignment of ballots that fits a set of equations: a ballot has no dot, or one on any item."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from .equations import TOTAL, Equation, Unknown

MOST = 400_000
"""Assignments that are kept at once; with more a room is too large for this."""


class TooLarge(Exception):
    """There are too many assignments to try them all."""


class Assignments:
    """All of them. `left`: one per column, a row per unknown."""

    def __init__(self, *, unknowns: Sequence[Unknown], items: Sequence[str], left: NDArray[np.int8]) -> None:
        self._column = {name: number for number, name in enumerate(unknowns)}
        self._marks = _marks(items)
        self._left = left
        assert left.shape[1], "the true ballots fit everything that was shown"

    def spread(self, item: str, names: Collection[Unknown]) -> tuple[int, int]:
        """Return the least and the most that the marks of these ballots on an item add up to."""
        sums = self._marks[item][self._left[[self._column[name] for name in names]]].sum(axis=0)
        return int(sums.min()), int(sums.max())


def _marks(items: Sequence[str]) -> dict[str, NDArray[np.int16]]:
    """Return item → per choice whether it gives that item a dot."""
    choices = [frozenset[str](), *(frozenset({item}) for item in items)]
    return {item: np.array([item in choice for choice in choices], dtype=np.int16) for item in items} | {
        TOTAL: np.array([len(choice) for choice in choices], dtype=np.int16)
    }


def assign(
    equations: Sequence[Equation], *, unknowns: Sequence[Unknown], items: Sequence[str], most: int = MOST
) -> Assignments:
    """Try every choice of one ballot after the other, and keep what can still fit. Raises TooLarge."""
    items = sorted(items)
    marks = _marks(items)
    values = np.array([equation.value for equation in equations], dtype=np.int16)[:, None]
    still = np.array([len(equation.ballots) for equation in equations], dtype=np.int16)[:, None]
    left = np.zeros((0, 1), dtype=np.int8)
    sums = np.zeros((len(equations), 1), dtype=np.int16)
    for name in unknowns:
        is_in = np.array([name in equation.ballots for equation in equations], dtype=np.int16)[:, None]
        still = still - is_in
        kept_left, kept_sums = [], []
        for choice in range(len(items) + 1):
            gives = np.array([marks[equation.item][choice] for equation in equations], dtype=np.int16)[:, None]
            after = sums + is_in * gives
            fits = ((after <= values) & (after + still >= values)).all(axis=0)
            chosen = np.full((1, int(fits.sum())), choice, dtype=np.int8)
            kept_left.append(np.concatenate([left[:, fits], chosen]))
            kept_sums.append(after[:, fits])
        left, sums = np.concatenate(kept_left, axis=1), np.concatenate(kept_sums, axis=1)
        if left.shape[1] > most:
            raise TooLarge
    return Assignments(unknowns=unknowns, items=items, left=left)
