"""Statistical disclosure control against differencing: may figures of a round be published after earlier ones, and
under which groups? Pure.

Publications of one round can be added to and subtracted from each other, block by block, as many as there are. What is
left must be ballots of nobody, or of at least the threshold of people (METHODS.md section 5, "Published stays
published"). So each later block, beside each earlier publication,
- holds at least the threshold of ballots that are new or changed: no earlier figure takes them away; or
- is made of whole earlier blocks of which no ballot is new, changed or erased: it repeats earlier figures.
That this is enough for any number of publications is shown in decision 26.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..documents import GroupDoc, ResultDoc
from ..results import pool_groups

Block = frozenset[str]
Partition = tuple[Block, ...]
"""Blocks that share no O, in the order of the programme's O's."""


class BallotChanges(NamedTuple):
    """Ballots of one O since an earlier publication: how many were in it, how many count now, how many of these are new
    or changed (`fresh`), and how many are erased (`gone`).
    """

    was: int = 0
    now: int = 0
    fresh: int = 0
    gone: int = 0


class Earlier(NamedTuple):
    """An earlier publication. `blocks`: what it showed apart, without O's of which nobody was in it. `changes`: by
    sector id.
    """

    blocks: Partition
    changes: Mapping[str, BallotChanges]

    def known(self) -> Block:
        """Return the O's of which somebody was in it."""
        return frozenset(sector for sector, change in self.changes.items() if change.was)

    def change_of(self, block: Block) -> BallotChanges:
        """Return the sum over the O's of a block."""
        found = [self.changes[sector] for sector in block if sector in self.changes]
        return BallotChanges(*map(sum, zip(*found, strict=True))) if found else BallotChanges()

    def partial_overlaps(self, block: Block) -> list[Block]:
        """Return the earlier blocks that this one overlaps without holding them whole."""
        return [shown for shown in self.blocks if shown & block and not shown <= block]


def earlier_of(*, result: ResultDoc, changes: Mapping[str, BallotChanges]) -> Earlier | None:
    """Return what a publication binds later ones to. None: it showed nothing."""
    if result.n is None:
        return None
    known = Earlier((), changes).known()
    shown = [frozenset(group.sectors) & known for group in result.groups] or [known]
    return Earlier(tuple(block for block in shown if block), changes)


def blocks_of(groups: Iterable[GroupDoc], *, sectors: Iterable[str]) -> Partition:
    """Return the blocks of a result with these groups. `sectors`: the O's of which somebody takes part."""
    return tuple(frozenset(group.sectors) for group in groups) or (frozenset(sectors),)


def is_refinement(*, fine: Iterable[Block], coarse: Collection[Block]) -> bool:
    """Whether every block of `fine` lies within one block of `coarse`."""
    return all(any(block <= whole for whole in coarse) for block in fine)


def may_follow(*, earlier: Earlier, later: Partition, threshold: int) -> bool:
    """Whether a result with these blocks may be shown beside an earlier one."""
    return _is_nested(earlier, later) and all(_is_safe(block, earlier=earlier, threshold=threshold) for block in later)


def _is_nested(earlier: Earlier, later: Partition) -> bool:
    return _refines(earlier, later) or not any(earlier.partial_overlaps(block) for block in later)


def _refines(earlier: Earlier, later: Iterable[Block]) -> bool:
    known = earlier.known()
    return is_refinement(fine=[block & known for block in later if block & known], coarse=earlier.blocks)


def _is_safe(block: Block, *, earlier: Earlier, threshold: int) -> bool:
    change = earlier.change_of(block)
    if change.now == 0 or change.fresh >= threshold:
        return True
    return not change.fresh and not change.gone and not earlier.partial_overlaps(block)


def count_missing(*, earlier: Iterable[Earlier], later: Partition, threshold: int) -> dict[Block, int]:
    """Return the blocks that are not safe beside these publications, and how many more ballots each needs, at least."""
    missing: dict[Block, int] = {}
    for past in earlier:
        for block in later:
            if not _is_safe(block, earlier=past, threshold=threshold):
                lacks = threshold - past.change_of(block).fresh
                missing[block] = max(lacks, missing.get(block, 0))
    return missing


def keep_together(
    *, people: Mapping[str, int], sectors: Sequence[str], earlier: Sequence[Earlier], threshold: int
) -> list[Block]:
    """Return the O's that may not be parted, beside what their own sizes say (`pool_groups`).

    `people`, `sectors`: who takes part now. A part of an earlier block in which too few ballots are new or changed goes
    together with the smallest other part of it; an earlier block that the new groups would overlap stays whole.
    """
    together: list[Block] = []
    while True:
        groups = pool_groups(people=people, sectors=sectors, threshold=threshold, together=together)
        # What is found spans two of the groups at least: the next time they are fewer.
        found = next((kept for past in earlier for kept in _find_parted(past, groups, threshold)), None)
        if found is None:
            return together
        together.append(found)


def _find_parted(earlier: Earlier, groups: Sequence[GroupDoc], threshold: int) -> Iterator[Block]:
    """Yield what must be kept together for this earlier publication, if it is to be followed at all."""
    sizes = {frozenset(group.sectors): group.n for group in groups}
    refines = _refines(earlier, sizes)
    there = frozenset[str]().union(*sizes)
    for block in sizes:
        for shown in earlier.partial_overlaps(block):
            if refines and _is_safe(block, earlier=earlier, threshold=threshold):
                continue
            others = [other for other in sizes if other != block and other & shown]
            if others:
                smallest: Block = min(others, key=sizes.__getitem__)
                yield block | smallest if refines else shown & there
