"""What is typical of a group: said by it surely, and surely more than by the others.

Polis' representative statements (METHODS.md section 1; `conv-repness` in its server's `math/repness.clj`).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from .proportion_tests import Z_ONE_SIDED_90, Counts, Flags, Values, smoothed_share, z_of_half, z_of_two

MOST: Final = 5


class Typical(NamedTuple):
    """An item by its place, and whether the group agrees with it. `hits` of `seen` of the group do so."""

    item: int
    agrees: bool
    hits: int
    seen: int
    ratio: float
    """How many times as large as the others' share."""


class _Side(NamedTuple):
    """One answer of a group, over all items."""

    hits: Counts
    share: Values
    z: Values
    ratio: Values
    z_ratio: Values

    @property
    def strength(self) -> Values:
        return self.ratio * self.z_ratio * self.share * self.z

    @property
    def is_sure(self) -> Flags:
        return (self.z > Z_ONE_SIDED_90) & (self.z_ratio > Z_ONE_SIDED_90)


def find_typical(
    *, agreed: Counts, disagreed: Counts, seen: Counts, told: Flags | None = None, most: int = MOST
) -> list[list[Typical]]:
    """Return what is typical of each group, what it agrees with first. Counts: groups × items.

    At least one item of a group that answered any: what it agrees with most, else what sets it apart most.
    `told`: items of which it may be told who disagrees; of the others only agreeing is looked at. None: of all.
    """
    told = np.ones(seen.shape[1], dtype=np.bool_) if told is None else told
    return [_of_group(group, agreed, np.where(told, disagreed, 0), seen, told, most) for group in range(len(seen))]


def _of_group(group: int, agreed: Counts, disagreed: Counts, seen: Counts, told: Flags, most: int) -> list[Typical]:
    rest = np.arange(len(seen)) != group
    agree, disagree = (_compare(hits, seen, group, rest) for hits in (agreed, disagreed))
    disagree = disagree._replace(z_ratio=np.where(told, disagree.z_ratio, -np.inf))
    prefers_agree = agree.z_ratio > disagree.z_ratio
    with np.errstate(invalid="ignore"):
        strength = np.where(prefers_agree, agree.strength, disagree.strength)
    answered = (agree.hits + disagree.hits) > 0
    # Of what nobody of the group answered nothing is typical.
    sure = np.flatnonzero(answered & (agree.is_sure | disagree.is_sure)).tolist()
    sure.sort(key=lambda item: (-float(strength[item]), item))
    best = _find_best_agreed(agree, answered)
    if best is not None:
        sure = [best, *(item for item in sure if item != best)]
    elif not sure and answered.any():
        apart = np.where(answered, np.maximum(agree.z_ratio, disagree.z_ratio), -np.inf)
        sure = [int(np.argmax(apart))]
    found = []
    for item in sure[:most]:
        side = agree if prefers_agree[item] else disagree
        hits, of = int(side.hits[item]), int(seen[group, item])
        found.append(Typical(item, bool(prefers_agree[item]), hits, of, float(side.ratio[item])))
    return sorted(found, key=lambda typical: not typical.agrees)


def _compare(hits: Counts, seen: Counts, group: int, rest: Flags) -> _Side:
    others, seen_by_others = hits[rest].sum(axis=0), seen[rest].sum(axis=0)
    share = smoothed_share(hits=hits[group], seen=seen[group])
    return _Side(
        hits=hits[group],
        share=share,
        z=z_of_half(hits=hits[group], seen=seen[group]),
        ratio=share / smoothed_share(hits=others, seen=seen_by_others),
        z_ratio=z_of_two(hits=hits[group], seen=seen[group], other_hits=others, other_seen=seen_by_others),
    )


def _find_best_agreed(agree: _Side, answered: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int | None:
    """Return what a group agrees with most, in the order of the items: one that sets it apart stands until another one
    is stronger, one that does not until another one has more agreement.
    """
    best: int | None = None
    agreement = agree.share * agree.z
    for item in np.flatnonzero(answered).tolist():
        if best is None:
            is_good = agree.z[item] > Z_ONE_SIDED_90 or (agree.ratio[item] > 1 and agree.share[item] > 0.5)
            best = item if is_good else None
        elif agree.ratio[best] > 1:
            best = item if agree.strength[item] > agree.strength[best] else best
        else:
            best = item if agreement[item] > agreement[best] else best
    return best
