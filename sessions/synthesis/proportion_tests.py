"""Is a share more than half, and more than another one? One added to every count, as Polis does (METHODS.md section 1).

Small, Bjorkegren, Erkkilä, Shaw and Megill (2021), "Polis: Scaling deliberation by mapping high dimensional opinion
spaces", and its server's `math/src/polismath/math/stats.clj`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Z_ONE_SIDED_90: Final = 1.2816
"""Above this, one of ten such shares would lie by chance."""
Counts = NDArray[np.int64]
Values = NDArray[np.float64]
Flags = NDArray[np.bool_]


def smoothed_share(*, hits: Counts, seen: Counts) -> Values:
    """Return (hits + 1) / (seen + 2): Laplace's rule, 1/2 where nobody has seen it."""
    return np.asarray((hits + 1) / (seen + 2), dtype=np.float64)


def z_of_half(*, hits: Counts, seen: Counts) -> Values:
    """Return z of a share against one half: 2 √(S + 1) · ((A + 1) / (S + 1) − ½)."""
    return np.asarray(2 * np.sqrt(seen + 1) * ((hits + 1) / (seen + 1) - 0.5), dtype=np.float64)


def z_of_two(*, hits: Counts, seen: Counts, other_hits: Counts, other_seen: Counts) -> Values:
    """Return z of a share against the share of the others; 0 where both are whole."""
    one, n = hits + 1, seen + 1
    two, m = other_hits + 1, other_seen + 1
    pooled = (one + two) / (n + m)
    # A count may exceed what was seen by the one that is added to each: then both are whole.
    variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    differs = variance > 0
    return np.where(differs, (one / n - two / m) / np.sqrt(np.where(differs, variance, 1.0)), 0.0)
