"""Every assignment of ballots that fits a set of equations: each ballot is one of the choices there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .choices import Marks
from .equations import Equation, Unknown

MOST = 400_000
"""Assignments that are kept at once; with more a room is too large for this."""


class TooLarge(Exception):
    """There are too many assignments to try them all."""


class Assignments:
    """All of them. `left`: one per column, a row per unknown, which holds the number of its choice."""

    def __init__(
        self, *, unknowns: Sequence[Unknown], numbers: Mapping[str, NDArray[np.int16]], left: NDArray[np.int8]
    ) -> None:
        self._column = {name: number for number, name in enumerate(unknowns)}
        self._numbers = numbers
        self._left = left
        assert left.shape[1], "the true ballots fit everything that was shown"

    def spread(self, figure: str, names: Collection[Unknown]) -> tuple[int, int]:
        """Return the least and the most that these ballots add up to in a figure."""
        sums = self._numbers[figure][self._left[[self._column[name] for name in names]]].sum(axis=0)
        return int(sums.min()), int(sums.max())


def assign(
    equations: Sequence[Equation],
    *,
    unknowns: Sequence[Unknown],
    choices: Sequence[Marks],
    figures: Collection[str],
    most: int = MOST,
) -> Assignments:
    """Try every choice of one ballot after the other, and keep what can still fit. Raises TooLarge."""
    numbers = {
        figure: np.array([choice.get(figure, 0) for choice in choices], dtype=np.int16)
        for figure in {*figures, *(equation.figure for equation in equations)}
    }
    values = np.array([equation.value for equation in equations], dtype=np.int16)[:, None]
    largest = np.array([numbers[equation.figure].max() for equation in equations], dtype=np.int16)[:, None]
    still = np.array([len(equation.ballots) for equation in equations], dtype=np.int16)[:, None] * largest
    left = np.zeros((0, 1), dtype=np.int8)
    sums = np.zeros((len(equations), 1), dtype=np.int16)
    for name in unknowns:
        is_in = np.array([name in equation.ballots for equation in equations], dtype=np.int16)[:, None]
        still = still - is_in * largest
        kept_left, kept_sums = [], []
        for choice in range(len(choices)):
            gives = np.array([numbers[equation.figure][choice] for equation in equations], dtype=np.int16)[:, None]
            after = sums + is_in * gives
            fits = ((after <= values) & (after + still >= values)).all(axis=0)
            chosen = np.full((1, int(fits.sum())), choice, dtype=np.int8)
            kept_left.append(np.concatenate([left[:, fits], chosen]))
            kept_sums.append(after[:, fits])
        left, sums = np.concatenate(kept_left, axis=1), np.concatenate(kept_sums, axis=1)
        if left.shape[1] > most:
            raise TooLarge
    return Assignments(unknowns=unknowns, numbers=numbers, left=left)
