"""Which O's cards may be marked with: an O of too few people, or one known by elimination, goes without.

Pure functions on counts. The rule is explained in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from .consent import Content, may_hold
from .results import pool_groups

AnonymitySets = Mapping[str, Collection[str]]
"""The anonymity set of an O without a sector mark: the O's that its cards may be of, to whoever saw every wall."""


def choose_sector_marks(
    *,
    people: Mapping[str, int],
    written: Collection[str],
    sectors: Sequence[str],
    threshold: int,
    company: AnonymitySets,
    consent: str,
) -> set[str]:
    """Return the O's whose mark may stand on a card. `written`: O's under which a card was ever written.

    None at all, where people agreed that nobody is told of which O a card is.

    At least the threshold of its people take part; and when one O alone would be left without a mark, the next smallest
    goes without too, or every card without a mark would be known to come from the one. O's that nobody is of do not
    count, unless they have a card: its writer left or changed O, or it was typed for somebody.

    Whoever saw the cards before sees them now: the cards that never had a mark must not become known to come from too
    few people because one O that went without got its mark, and another one lost it. So the `company` of an O under the
    threshold stays together where the O's that still go without are too few.
    """
    if not may_hold(consent, Content.SECTOR):
        return set()
    there = _find_there(people=people, written=written, sectors=sectors)
    if len(there) == 1:
        return {sector for sector in there if people.get(sector, 0) >= threshold}
    together: list[frozenset[str]] = []
    while True:
        groups = pool_groups(people=people, sectors=there, threshold=threshold, together=together)
        marked = {group.sectors[0] for group in groups if len(group.sectors) == 1}
        left = {
            sector: frozenset(there).intersection(company[sector])
            for sector in there
            if sector not in marked and sector in company
        }
        parted = [kept for kept in left.values() if _count_people(people, kept - marked) < threshold]
        if all(kept in together for kept in parted):
            return marked
        together += [kept for kept in dict.fromkeys(parted) if kept not in together]


def find_anonymity_sets(
    *,
    people: Mapping[str, int],
    written: Collection[str],
    sectors: Sequence[str],
    threshold: int,
    marked: Collection[str],
    company: AnonymitySets,
) -> dict[str, list[str]]:
    """Return the company of each O that has cards and no mark, now that these have one. `company`: until now.

    An O that everybody has left stays in it: one of its people may have written the card before.
    While those without a mark are too few altogether there is nothing to keep.
    """
    bare = [sector for sector in _find_there(people=people, written=written, sectors=sectors) if sector not in marked]
    enough = _count_people(people, bare) >= threshold
    return {
        sector: [other for other in sectors if other in company.get(sector, bare) and other not in marked]
        for sector in bare
        if sector in company or (sector in written and enough)
    }


def _find_there(*, people: Mapping[str, int], written: Collection[str], sectors: Iterable[str]) -> list[str]:
    return [sector for sector in sectors if people.get(sector, 0) > 0 or sector in written]


def _count_people(people: Mapping[str, int], sectors: Iterable[str]) -> int:
    return sum(people.get(sector, 0) for sector in sectors)
