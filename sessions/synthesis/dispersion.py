"""How far answers lie apart, over everyone and between the groups' means: the normalised standard deviation.

Scores lie between 0 and 1, where a standard deviation is ½ at most; twice it is 0 where all say the same and 1 where
one half stands against the other (METHODS.md section 1, "Spread").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def measure_dispersion(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the normalised standard deviation of each column; NaN is no answer, and a column without any has NaN."""
    there = ~np.isnan(values)
    n = there.sum(axis=0)
    filled = np.where(there, values, 0.0)
    known = np.maximum(n, 1)
    mean = filled.sum(axis=0) / known
    squares = np.where(there, (filled - mean) ** 2, 0.0).sum(axis=0) / known
    return np.where(n > 0, 2 * np.sqrt(squares), np.nan)
