"""What a round says: heads, the O's each the same weight, and small groups that cannot be looked into.

Pure functions on counts. METHODS.md sections 1 and 5 have the rules; the words are DESIGN.md's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .documents import GroupDoc, ResultDoc, ResultItemDoc


@dataclass(slots=True)
class Count:
    """Of one item: people with at least one dot on it, and dots; per sector id."""

    heads: dict[str, int] = field(default_factory=dict)
    dots: dict[str, int] = field(default_factory=dict)

    def add(self, *, sector: str, was: int, value: int) -> None:
        """A person of this sector had `was` dots on the item and now has `value`."""
        self.heads[sector] = self.heads.get(sector, 0) + (value > 0) - (was > 0)
        self.dots[sector] = self.dots.get(sector, 0) + value - was

    def total(self) -> list[int]:
        """Return [heads, dots] over everyone."""
        return [sum(self.heads.values()), sum(self.dots.values())]


def pool_groups(*, people: Mapping[str, int], sectors: Sequence[str], threshold: int) -> list[GroupDoc]:
    """Return the groups that may be shown, in the order of `sectors`; none when that leaves only one.

    A group under the threshold goes together with the next smallest until none is under it. With fewer than two
    groups left only heads can be shown: a single pool of everybody is no result per O.
    """
    place = {sector: index for index, sector in enumerate(sectors)}
    groups = [([sector], people.get(sector, 0)) for sector in sectors]
    while len(groups) > 1:
        groups.sort(key=lambda group: (group[1], place[group[0][0]]))
        if groups[0][1] >= threshold:
            break
        (few, n), (next_few, next_n) = groups[0], groups[1]
        groups[:2] = [(sorted(few + next_few, key=place.__getitem__), n + next_n)]
    if len(groups) < 2:
        return []
    groups.sort(key=lambda group: place[group[0][0]])
    return [GroupDoc(sectors=names, n=n) for names, n in groups]


def choose_marked(*, people: Mapping[str, int], sectors: Sequence[str], threshold: int) -> set[str]:
    """Return the O's whose mark may stand on a card.

    At least the threshold of its people take part; and when one O alone would be left without a mark, the next smallest
    goes without too, or every card without a mark would be known to come from the one. O's that nobody is of do not
    count.
    """
    there = [sector for sector in sectors if people.get(sector, 0) > 0]
    if len(there) == 1:
        return {sector for sector in there if people[sector] >= threshold}
    groups = pool_groups(people=people, sectors=there, threshold=threshold)
    return {group.sectors[0] for group in groups if len(group.sectors) == 1}


def tabulate(
    *,
    round_id: str,
    sectors: Sequence[str],
    voters: Mapping[str, int],
    counts: Mapping[str, Count],
    threshold: int,
) -> ResultDoc:
    """Return the result of a round.

    `sectors`: all sector ids of the programme in order. `voters`: per sector how many people took part in the round
    (ever cast). `counts`: item id → count; items nobody chose included. Items come ordered by the balanced share
    (by heads when no groups can be shown), then heads, then id.
    """
    n = sum(voters.values())
    if n < threshold:
        return ResultDoc(round=round_id, n=None, dots=None, groups=[], items=[])
    groups = pool_groups(people=voters, sectors=sectors, threshold=threshold)
    items = [_tell_item(item=item, count=count, n=n, groups=groups) for item, count in counts.items()]
    items.sort(key=lambda told: (-(told.share if told.balanced is None else told.balanced), -told.heads, told.item))
    return ResultDoc(round=round_id, n=n, dots=sum(item.dots for item in items), groups=groups, items=items)


def _tell_item(*, item: str, count: Count, n: int, groups: Sequence[GroupDoc]) -> ResultItemDoc:
    heads, dots = count.total()
    shares = [sum(count.heads.get(sector, 0) for sector in group.sectors) / group.n for group in groups]
    balanced = spread = None
    if groups:
        # Each O keeps its weight: a pool's share counts for as many O's as are in it.
        weights = [len(group.sectors) for group in groups]
        balanced = sum(share * weight for share, weight in zip(shares, weights, strict=True)) / sum(weights)
        spread = max(shares) - min(shares)
    return ResultItemDoc(
        item=item, heads=heads, dots=dots, share=heads / n, balanced=balanced, shares=shares, spread=spread
    )
