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
    *,
    scores: NDArray[np.float64],
    labels: NDArray[np.intp],
    groups: int,
    seed: int,
    answered: NDArray[np.bool_] | None = None,
    runs: int = RUNS,
) -> NDArray[np.float64]:
    """Return, for each shuffled round, the widest difference between two groups' shares over all items.

    `scores`: people × items, 0 to 1. `labels`: each person's group, 0 to `groups` - 1, each group with somebody in it.
    `answered`: people × items, where a share is of those who answered the item; None: of everyone.
    People are taken in the order of what they chose, so that the result does not depend on who chose it: whoever knows
    the seed and everybody's place in the table computes nothing about one person from it.
    """
    if scores.shape[1]:
        keys = scores if answered is None else np.hstack([scores, answered])
        order = np.lexsort(keys.T[::-1])
        scores = scores[order]
        answered = answered[order] if answered is not None else None
    labels = np.sort(labels)
    sizes = np.bincount(labels, minlength=groups).astype(np.float64)[None, :, None]
    votes = scores.astype(np.float32)  # counts up to 2^24 are exact
    seen = answered.astype(np.float32) if answered is not None else None
    random = np.random.default_rng(seed)
    found = np.empty(runs)
    for start in range(0, runs, _BATCH):
        some = min(_BATCH, runs - start)
        shuffled = random.permuted(np.tile(labels, (some, 1)), axis=1)
        members = (shuffled[:, None, :] == np.arange(groups)[None, :, None]).astype(np.float32)
        members = members.reshape(some * groups, -1)
        hits = (members @ votes).reshape(some, groups, -1).astype(np.float64)
        if seen is not None:
            sizes = (members @ seen).reshape(some, groups, -1).astype(np.float64)
        # A group of which nobody answered an item has no share of it, and takes no part in its spread.
        told = np.broadcast_to(sizes > 0, hits.shape)
        shares = np.divide(hits, sizes, out=np.zeros_like(hits), where=told)
        widest = shares.max(axis=1, where=told, initial=0.0) - shares.min(axis=1, where=told, initial=1.0)
        found[start : start + some] = widest.max(axis=1, initial=0.0)
    return found


def critical_spread(spreads: NDArray[np.float64], *, level: float = LEVEL) -> float:
    """Return the spread that shuffled rounds exceed in at most 1 - `level` of cases, rounded up to two digits.

    The real round counts as one of the shuffled ones, which makes the test exact; rounding up makes it stricter, never
    looser, and tells nothing about single ballots.
    """
    place = min(ceil(level * (len(spreads) + 1)), len(spreads))
    point = float(np.sort(spreads)[place - 1])
    return ceil(point * 100 - 1e-9) / 100
