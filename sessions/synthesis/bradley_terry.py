"""How strong items are against each other, from comparisons of two: Bradley and Terry (1952), by Hunter's (2004) MM.

An equal counts half a win for each. Each item has one more equal against an item of strength 1, so that one that won
everything has a finite strength.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

TURNS: Final = 500
PRIOR: Final = 0.5


def estimate_strengths(wins: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each item's strength as the probability to be chosen over an item of middling strength.

    `wins`: items × items, how often the row was chosen over the column.
    """
    won = wins.sum(axis=1) + PRIOR
    met = wins + wins.T
    strength = np.ones(len(wins))
    for _ in range(TURNS):
        shared = (met / (strength[:, None] + strength[None])).sum(axis=1) + 2 * PRIOR / (strength + 1)
        moved = won / shared
        if np.abs(moved - strength).max(initial=0.0) < 1e-10:
            break
        strength = moved
    return np.asarray(strength / (strength + 1), dtype=np.float64)
