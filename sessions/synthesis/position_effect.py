"""Whether items got more because they stood further up: each person sees them in an order of their own.

The slope of the score, less the item's mean, on the place from 0 (first) to 1 (last), and how often shuffled places
give one as steep (a permutation test).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

RUNS: Final = 199


class PositionEffect(NamedTuple):
    """`slope`: from the first place to the last. `p`: how often places by chance give one as steep."""

    slope: float
    p: float


def measure_position(
    *, scores: NDArray[np.float64], places: NDArray[np.float64], seed: int, runs: int = RUNS
) -> PositionEffect | None:
    """Return the effect; None where there is nothing to compare. Both: people × items; NaN is no answer."""
    seen = ~np.isnan(scores)
    if places.shape[1] < 2 or not seen.any():
        return None
    n = np.maximum(1, seen.sum(axis=0))
    filled = np.where(seen, scores, 0.0)
    left = np.where(seen, filled - filled.sum(axis=0) / n, 0.0)
    random = np.random.default_rng(seed)
    real = _find_slope(left, places, seen)
    as_steep = sum(
        abs(_find_slope(left, random.permuted(places, axis=1), seen)) >= abs(real) - 1e-12 for _ in range(runs)
    )
    return PositionEffect(real, (as_steep + 1) / (runs + 1))


def _find_slope(left: NDArray[np.float64], places: NDArray[np.float64], seen: NDArray[np.bool_]) -> float:
    centred = np.where(seen, places - places[seen].mean(), 0.0)
    squares = float((centred**2).sum())
    return float((centred * left).sum()) / squares if squares else 0.0
