"""May figures of a round be published after earlier ones? Pure.

Two publications of one round can be subtracted. What remains must be nothing, or at least the threshold of ballots, in
every block of people that both show (METHODS.md section 5, "Published stays published").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..documents import ResultDoc

Partition = frozenset[frozenset[str]]


def partition_of(*, result: ResultDoc, sectors: Sequence[str]) -> Partition | None:
    """Return the blocks of O's that a result shows apart; an absent O is a block of its own. None: it shows nothing.

    `sectors`: all sector ids of the programme.
    """
    if result.n is None:
        return None
    if not result.groups:
        return frozenset({frozenset(sectors)})
    shown = {frozenset(group.sectors) for group in result.groups}
    return frozenset(shown | {frozenset({sector}) for sector in result.absent})


def is_refinement(*, fine: Partition, coarse: Partition) -> bool:
    """Whether every block of `fine` lies within one block of `coarse`."""
    return all(any(block <= whole for whole in coarse) for block in fine)


def may_follow(
    *, earlier: Partition | None, later: Partition | None, changed: Mapping[str, int], threshold: int
) -> bool:
    """Whether a result with these blocks may be shown beside an earlier one.

    `changed`: sector id → ballots that are new, changed or erased since the earlier one.
    """
    if earlier is None or later is None:
        return True
    if is_refinement(fine=later, coarse=earlier):
        coarse = earlier
    elif is_refinement(fine=earlier, coarse=later):
        coarse = later
    else:
        return False
    moved = [sum(changed.get(sector, 0) for sector in block) for block in coarse]
    return all(n == 0 or n >= threshold for n in moved)
