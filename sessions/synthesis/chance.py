"""Whether groups differ more than chance: labels are shuffled over the people, and the largest difference is noted.

A permutation test with the largest statistic over all items (Westfall and Young, 1993), so that a round of many items
is marked by chance as rarely as one of few. Pure functions on arrays.
"""

from __future__ import annotations

from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

RUNS: Final = 1000
LEVEL: Final = 0.95
_BATCH = 100
"""Shuffled rounds at a time: 100 × 4 groups × 1,000 people are 1.6 MB."""


def largest_spreads(
    *, chosen: NDArray[np.bool_], labels: NDArray[np.intp], groups: int, seed: int, runs: int = RUNS
) -> NDArray[np.float64]:
    """Return, for each shuffled round, the widest difference between two groups' shares over all items.

    `chosen`: people × items. `labels`: each person's group, 0 to `groups` - 1, each group with somebody in it.
    People are taken in the order of what they chose, so that the result does not depend on who chose it: whoever knows
    the seed and everybody's place in the table computes nothing about one person from it.
    """
    if chosen.shape[1]:
        chosen = chosen[np.lexsort(chosen.T[::-1])]
    labels = np.sort(labels)
    sizes = np.bincount(labels, minlength=groups).astype(np.float64)
    votes = chosen.astype(np.float32)  # counts up to 2^24 are exact
    random = np.random.default_rng(seed)
    found = np.empty(runs)
    for start in range(0, runs, _BATCH):
        some = min(_BATCH, runs - start)
        shuffled = random.permuted(np.tile(labels, (some, 1)), axis=1)
        members = (shuffled[:, None, :] == np.arange(groups)[None, :, None]).astype(np.float32)
        hits = (members.reshape(some * groups, -1) @ votes).reshape(some, groups, -1)
        shares = hits.astype(np.float64) / sizes[None, :, None]
        found[start : start + some] = (shares.max(axis=1) - shares.min(axis=1)).max(axis=1, initial=0.0)
    return found


def line_of_chance(spreads: NDArray[np.float64], *, level: float = LEVEL) -> float:
    """Return the spread that shuffled rounds exceed in at most 1 - `level` of cases, rounded up to two digits.

    The real round counts as one of the shuffled ones, which makes the test exact; rounding up makes it stricter, never
    looser, and tells nothing about single ballots.
    """
    place = min(ceil(level * (len(spreads) + 1)), len(spreads))
    point = float(np.sort(spreads)[place - 1])
    return ceil(point * 100 - 1e-9) / 100
