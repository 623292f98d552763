"""Points in k clusters, and how well they are apart: Lloyd (1982) from k-means++ starts, and Rousseeuw's silhouette."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

STARTS: Final = 3
TURNS: Final = 30
MOST_MEASURED: Final = 250
"""People of whom the silhouette is taken: it compares each with each."""
Coordinates = NDArray[np.float64]
Labels = NDArray[np.intp]


def cluster(points: Coordinates, *, k: int, random: np.random.Generator) -> Labels:
    """Return each point's cluster: of several starts the one with the least squares within clusters."""
    best, least = np.zeros(len(points), dtype=np.intp), np.inf
    for _ in range(STARTS):
        centres = _start(points, k, random)
        labels = best
        for _ in range(TURNS):
            # The square of a point itself is the same for each centre.
            distances = (centres**2).sum(axis=1) - 2 * points @ centres.T
            labels = distances.argmin(axis=1)
            sizes = np.bincount(labels, minlength=k)
            sums = np.stack([np.bincount(labels, weights=axis, minlength=k) for axis in points.T], axis=1)
            moved = np.where(sizes[:, None] > 0, sums / np.maximum(1, sizes)[:, None], centres)
            if np.abs(moved - centres).max() < 1e-6:
                break
            centres = moved
        within = float(((points - centres[labels]) ** 2).sum())
        if within < least:
            best, least = labels, within
    return best


def _start(points: Coordinates, k: int, random: np.random.Generator) -> Coordinates:
    """Return k of the points, each far from those before it (Arthur and Vassilvitskii, 2007)."""
    centres = [points[random.integers(len(points))]]
    while len(centres) < k:
        far = np.min([((points - centre) ** 2).sum(axis=1) for centre in centres], axis=0)
        total = far.sum()
        place = random.choice(len(points), p=far / total) if total > 0 else random.integers(len(points))
        centres.append(points[place])
    return np.array(centres)


def measure_silhouette(points: Coordinates, labels: Labels, *, random: np.random.Generator) -> float:
    """Return the mean silhouette: 1 where clusters are far apart, 0 where they touch; of some where there are many."""
    if len(points) > MOST_MEASURED:
        some = random.choice(len(points), MOST_MEASURED, replace=False)
        points, labels = points[some], labels[some]
    names = np.unique(labels)
    if len(names) < 2:
        return 0.0
    distances = np.sqrt(((points[:, None, :] - points[None]) ** 2).sum(axis=2))
    member = labels[:, None] == names[None]
    sizes = member.sum(axis=0)
    sums = distances @ member
    own = sums[member] / np.maximum(1, (sizes[None] * member).sum(axis=1) - 1)
    other = np.where(member, np.inf, sums / sizes).min(axis=1)
    alone = (sizes[None] * member).sum(axis=1) == 1
    width = np.where(alone, 0.0, (other - own) / np.maximum(np.maximum(own, other), 1e-12))
    return float(width.mean())
