"""Opinion groups, found and not declared, and only where they are real (METHODS.md section 2).

People are projected on two axes and clustered. Votes shuffled within each item make such clusters too: groups are told
only when the real ones are further apart than in 95 of 100 shuffled rounds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .k_means import Labels, cluster, measure_silhouette
from .principal_components import project

MOST_GROUPS: Final = 5
FEWEST_VOTES: Final = 7
"""Who answered fewer has no place on the axes, as in Polis; or all items where there are fewer."""
FEWEST_PEOPLE: Final = 10
RUNS: Final = 39
"""Shuffled rounds. With the real one 40: two of them may be as far apart, one in twenty."""
RESAMPLES: Final = 10
PART: Final = 0.8


class OpinionGroups(NamedTuple):
    """`labels`: each person's group, -1 for who answered too little; None: no groups, votes by chance reach as much.

    `silhouette`: of the real votes; `reached`: what shuffled votes reach at their 95 % point, of so many `runs`.
    `stability`: how far four fifths of the people fall into the same groups, 1 for always; None where there are none.
    """

    labels: Labels | None
    silhouette: float
    reached: float
    runs: int
    stability: float | None


def find_groups(*, votes: NDArray[np.float64], seed: int, runs: int = RUNS) -> OpinionGroups:
    """Return the opinion groups. `votes`: people × items in -1, 0, 1, NaN where somebody did not answer."""
    random = np.random.default_rng(seed)
    seen = ~np.isnan(votes)
    told = seen.sum(axis=1) >= min(FEWEST_VOTES, votes.shape[1])
    there = votes[told][:, seen[told].any(axis=0)]
    if len(there) < FEWEST_PEOPLE or there.shape[1] < 2:
        return OpinionGroups(None, 0.0, 0.0, 0, None)
    labels, silhouette = _cluster_best(project(there), random)
    reached: list[float] = []
    most_as_far = int((runs + 1) * 0.05) - 1
    # It is settled as soon as too many shuffled rounds are as far apart.
    while len(reached) < runs and sum(found >= silhouette for found in reached) <= most_as_far:
        reached.append(_cluster_best(project(_shuffle(there, random)), random)[1])
    is_real = sum(found >= silhouette for found in reached) <= most_as_far
    line = float(np.quantile(reached, 0.95))
    if not is_real:
        return OpinionGroups(None, silhouette, line, len(reached), None)
    whole = np.full(len(votes), -1, dtype=np.intp)
    whole[told] = labels
    stability = _measure_stability(there, labels, random)
    return OpinionGroups(whole, silhouette, line, len(reached), stability)


def _cluster_best(points: NDArray[np.float64], random: np.random.Generator) -> tuple[Labels, float]:
    """Return the clusters with the best silhouette, of 2 to 5."""
    best, widest = np.zeros(len(points), dtype=np.intp), -1.0
    for k in range(2, min(MOST_GROUPS, len(points) - 1) + 1):
        labels = cluster(points, k=k, random=random)
        silhouette = measure_silhouette(points, labels, random=random)
        if silhouette > widest:
            best, widest = labels, silhouette
    return best, widest


def _shuffle(votes: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """Return the votes with each item's given to those who answered it, anew: who answered what stays."""
    shuffled = votes.copy()
    for item in range(votes.shape[1]):
        people = np.flatnonzero(~np.isnan(votes[:, item]))
        shuffled[people, item] = random.permutation(votes[people, item])
    return shuffled


def _measure_stability(votes: NDArray[np.float64], labels: Labels, random: np.random.Generator) -> float:
    """Return the mean adjusted Rand index between these groups and those of four fifths of the people."""
    k = int(labels.max()) + 1
    found = []
    for _ in range(RESAMPLES):
        some = random.choice(len(votes), max(k + 1, int(PART * len(votes))), replace=False)
        again = cluster(project(votes[some]), k=k, random=random)
        found.append(compare_partitions(labels[some], again))
    return float(np.mean(found))


def compare_partitions(one: Labels, two: Labels) -> float:
    """Return the adjusted Rand index (Hubert and Arabie, 1985): 1 for the same groups, 0 for what chance gives."""
    table = np.zeros((int(one.max()) + 1, int(two.max()) + 1))
    np.add.at(table, (one, two), 1)

    def pairs(counts: NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, first, second = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = first * second / max(1.0, len(one) * (len(one) - 1) / 2)
    most = (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
