"""What a round says: heads, the O's each the same weight, and small groups that cannot be looked into.

Pure functions on counts; what a count is worth says its ballot. Shares are exact fractions: no rounding decides an
order. The rules are explained in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from ..ballots import Ballot
from ..ballots.ballot import Denominator
from ..ballots.counts import Count, Figure, Mean, ShownGroup
from .documents import ChanceDoc, GroupDoc, MeanDoc, ResultDoc, ResultItemDoc


def pool_groups(
    *,
    people: Mapping[str, int],
    sectors: Sequence[str],
    threshold: int,
    together: Iterable[frozenset[str]] = (),
) -> list[GroupDoc]:
    """Return the groups that may be shown, in the order of `sectors`; none when that leaves only one.

    A group under the threshold goes together with the next smallest until none is under it. With fewer than two
    groups left only heads can be shown: a single pool of everybody is no result per O. `together`: not to be parted.
    """
    place = {sector: index for index, sector in enumerate(sectors)}
    groups = [([sector], people.get(sector, 0)) for sector in sectors]
    for kept in together:
        whole = [group for group in groups if not kept.isdisjoint(group[0])]
        names = sorted((name for group in whole for name in group[0]), key=place.__getitem__)
        groups = [group for group in groups if group not in whole] + [(names, sum(n for _, n in whole))]
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


def tabulate(
    *,
    round_id: str,
    ballot: Ballot,
    rules: Any = None,
    prices: Mapping[str, int] = {},
    sectors: Sequence[str],
    voters: Mapping[str, int],
    counts: Mapping[str, Count],
    threshold: int,
    together: Iterable[frozenset[str]] = (),
    pool_absent: bool = False,
    divided: bool = True,
    scribed: int = 0,
) -> ResultDoc:
    """Return the result of a round.

    `ballot`, `rules`, `prices`: how people voted. `sectors`: all sector ids of the programme in order. `voters`: per
    sector how many people took part in the round (ever cast); those of no O, who count in heads only, under "".
    `counts`: item id → count; items nobody chose included. Items come in the order of their places; which of two items
    in one place comes first is by their random ids and means nothing. `together`: O's that are not to be parted.
    `pool_absent`: as was shown before there were publications, an O of which nobody took part is in a pool and has a
    weight. `divided`: else nothing is told per O, and nothing follows from what an O chose: what may be shown of a live
    vote before its reveal. `scribed`: how many of the people voted on paper.
    """
    n = sum(voters.values())
    there = [sector for sector in sectors if pool_absent or voters.get(sector, 0) > 0]
    absent = [sector for sector in sectors if sector not in there] if divided else []
    if n < threshold:
        return ResultDoc(round=round_id, n=None, told={}, groups=[], absent=[], items=[])
    # Who is of no O is what the groups leave of everyone: a cell as well.
    rest = n - sum(voters.get(sector, 0) for sector in there)
    divided = divided and is_cell(rest, threshold=threshold)
    groups = pool_groups(people=voters, sectors=there, threshold=threshold, together=together) if divided else []
    figures = ballot.figures(
        counts, rules=rules, prices=prices, groups=[ShownGroup(group.sectors, group.n) for group in groups], n=n
    )
    shown = {item: figure for item, figure in figures.items() if figure.all.of >= threshold}
    # Groups come from the round, but of an item that few of a group answered the group is not told.
    grouped = {
        item
        for item, figure in shown.items()
        if groups and (ballot.of is Denominator.ROUND or _are_cells(figure, threshold=threshold))
    }
    balanced = {item: _balance([share.mean for share in shown[item].groups], groups=groups) for item in grouped}
    heads_places = share_places({item: figure.all.mean for item, figure in shown.items()})
    # What has no balanced share comes after what has one.
    places = share_places({item: balanced.get(item, figure.all.mean - 2) for item, figure in shown.items()})
    items = [
        ResultItemDoc(
            item=item,
            place=places[item],
            heads_place=heads_places[item],
            heads=figure.all.heads,
            of=figure.all.of,
            share=float(figure.all.mean),
            balanced=float(balanced[item]) if item in grouped else None,
            group_heads=[share.heads for share in figure.groups] if item in grouped and ballot.is_yes_or_no else [],
            group_of=[share.of for share in figure.groups] if item in grouped else [],
            shares=[float(share.mean) for share in figure.groups] if item in grouped else [],
            spread=ballot.spread(rules, figure) if item in grouped else None,
            differs=None,
            told=dict(figure.told),
            means=[_tell_mean(mean, groups=groups if item in grouped else []) for mean in figure.means],
        )
        for item, figure in shown.items()
    ]
    items.sort(key=lambda told: (told.place, told.item))
    return ResultDoc(
        round=round_id,
        n=n,
        told=_sum_told(figures=shown.values(), ballot=ballot),
        groups=groups,
        absent=absent,
        items=items,
        few=sorted(figures.keys() - shown.keys()),
        scribed=tell_part(scribed, of=n, threshold=threshold),
    )


def _are_cells(figure: Figure, *, threshold: int) -> bool:
    """Whether enough of each group answered an item, and of those who are of no group enough or nobody."""
    of = [share.of for share in figure.groups]
    return min(of) >= threshold and is_cell(figure.all.of - sum(of), threshold=threshold)


def is_cell(people: int, *, threshold: int) -> bool:
    """Whether so many people may be told apart: they are nobody, or enough."""
    return people == 0 or people >= threshold


def tell_part(part: int, *, of: int, threshold: int) -> int | None:
    """Return how many of a number of people are in a part of them; None where it, or the rest, is a small number."""
    return part if all(is_cell(number, threshold=threshold) for number in (part, of - part)) else None


def _sum_told(*, figures: Iterable[Figure], ballot: Ballot) -> dict[str, int]:
    """Return the sums over what is shown of single items: they tell nothing more."""
    found = list(figures)
    return {told.key: sum(figure.told[told.key] for figure in found) for told in ballot.told}


def mark_differences(*, result: ResultDoc, chance: ChanceDoc | None) -> ResultDoc:
    """Return the result with each item marked: its spread lies above the line of chance, or not."""
    if chance is None or not result.groups:
        return result
    items = [
        msgspec.structs.replace(
            item, differs=None if item.spread is None else is_beyond(spread=item.spread, line=chance.line)
        )
        for item in result.items
    ]
    return msgspec.structs.replace(result, items=items, chance=chance)


def is_beyond(*, spread: float, line: float) -> bool:
    """Whether a spread lies above the line. Equal ones may differ by the rounding of their fractions."""
    return spread > line + 1e-9


def share_places(values: Mapping[str, int] | Mapping[str, Fraction]) -> dict[str, int]:
    """Return each key's place, 1 for the largest value; equal values share a place and the next ones are skipped."""
    place_of: dict[int | Fraction, int] = {}
    ordered: list[int | Fraction] = sorted(values.values(), reverse=True)
    for place, value in enumerate(ordered, start=1):
        place_of.setdefault(value, place)
    return {key: place_of[value] for key, value in values.items()}


def _tell_mean(mean: Mean, *, groups: Sequence[GroupDoc]) -> MeanDoc:
    parts = mean.groups if groups else ()
    return MeanDoc(
        mean=float(mean.all),
        balanced=float(_balance(parts, groups=groups)) if parts else None,
        groups=[float(part) for part in parts],
        histogram=list(mean.histogram),
    )


def _balance(means: Sequence[Fraction], *, groups: Sequence[GroupDoc]) -> Fraction:
    """Return the mean of the O's means, exactly. Each O keeps its weight: a pool's mean counts for each O in it."""
    total = sum((len(group.sectors) * mean for mean, group in zip(means, groups, strict=True)), Fraction(0))
    return total / sum(len(group.sectors) for group in groups)
