"""Figures of whole ballots as they may be published: by the groups of a result, no small cells, in two digits. Pure.

Each is made of how many people of each shown group gave which ballot, and of nothing else. So people of one group may
be exchanged and nothing changes: of the O's in a pool it tells no more than the pool's ballots do. For this the money
of the O's in a pool is the pool's together, and people are taken in the order of what they chose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...ballots.ballot import BallotKind
from ...reading.round_arrays import NOBODY, RoundArrays
from ...synthesis.shortlist import COUNT
from ..documents import ResultDoc
from ..results import is_cell
from .left_out import LeftOut
from .raw_extras import Grouping, Told, tell_groups, tell_position, tell_shortlists, tell_strengths

DISAGREEING, GROUPS, SHORTLIST, STRENGTHS, POSITION = (
    "disagreeing",
    "groups",
    "shortlist",
    "strengths",
    "position_effect",
)
DIGITS: Final = 2


class Counted(NamedTuple):
    """The ballots that a result counts, and the result. `scores`: people × items. `threshold`: of the result."""

    arrays: RoundArrays
    scores: NDArray[np.float64]
    result: ResultDoc
    ballot: BallotKind[Any]
    threshold: int
    seed: int

    @property
    def grouping(self) -> Grouping:
        """Return the groups that the result shows; none where it shows heads only."""
        names = [sector.public_id for sector in self.arrays.sectors]
        keys = {sector.public_id: sector.key for sector in self.arrays.sectors}
        group_of = {name: place for place, group in enumerate(self.result.groups) for name in group.sectors}
        places = np.array([*(group_of.get(name, NOBODY) for name in names), NOBODY], dtype=np.intp)
        return Grouping(
            labels=places[self.arrays.labels],
            names=["+".join(keys[name] for name in group.sectors) for group in self.result.groups],
            weights=np.array([len(group.sectors) for group in self.result.groups], dtype=np.float64),
        )

    @property
    def told(self) -> set[str]:
        """Return the items that are told per group; where there are no groups, those that are told at all."""
        return {item.item for item in self.result.items if item.shares or not self.result.groups}


class Size(NamedTuple):
    """How long a shortlist is to be: so many items, or what a sum buys."""

    k: int | None = None
    budget: int | None = None


Made = Told | LeftOut


def tell_whole(name: str, counted: Counted, *, size: Size) -> Made:
    """Return a figure of whole ballots, or why there is none."""
    if counted.result.n is None:
        return LeftOut.TOO_FEW
    made = _FIGURES[name](_sort_by_choice(counted), size)
    return made if isinstance(made, LeftOut) else round_figures(made)


def round_figures(told: Any) -> Any:
    """Return figures with two digits."""
    if isinstance(told, float):
        return round(told, DIGITS)
    if isinstance(told, Mapping):
        return {name: round_figures(part) for name, part in told.items()}
    return [round_figures(part) for part in told] if isinstance(told, list) else told


def _sort_by_choice(counted: Counted) -> Counted:
    """Return the ballots in an order that does not say whose they are."""
    arrays = counted.arrays
    keys = np.vstack([counted.grouping.labels[None], np.nan_to_num(arrays.values, nan=-1e9).T[::-1]])
    order = np.lexsort(keys)
    place = {int(person): row for row, person in enumerate(order)}
    marks = arrays.marks and {(place[person], item): mark for (person, item), mark in arrays.marks.items()}
    sorted_ = arrays._replace(
        people=[arrays.people[person] for person in order],
        labels=arrays.labels[order],
        values=arrays.values[order],
        marks=marks,
    )
    return counted._replace(arrays=sorted_, scores=counted.scores[order])


def _count_disagreeing(counted: Counted, size: Size) -> Made:
    """Return item → how many of each group disagree, where every answer of every group, and what is left of it, is a
    cell. Agreeing is told already, so nothing follows for a single answer.
    """
    if not counted.ballot.has_opinions:
        return LeftOut.NOT_OF_THIS_BALLOT
    grouping = counted.grouping
    if not grouping.names:
        return LeftOut.NO_GROUPS
    told = {}
    for place, item in enumerate(counted.arrays.items):
        if item.item not in counted.told:
            continue
        values = counted.arrays.values[:, place]
        parts = [values[grouping.labels == group] for group in (NOBODY, *range(len(grouping.names)))]
        bins = [[int((part == answer).sum()) for answer in (1, 0, -1)] for part in parts]
        if all(_are_cells(counts, counted.threshold) for counts in bins):
            told[item.item] = [disagree for _, _, disagree in bins[1:]]
    return {"items": told}


def _find_opinions(counted: Counted, size: Size) -> Made:
    """Return the opinion groups; without their sizes, or without the O's in them, where a number is small."""
    told = tell_groups(counted.arrays, grouping=counted.grouping, ballot=counted.ballot, seed=counted.seed)
    if told is None:
        return LeftOut.NOT_OF_THIS_BALLOT
    sizes = [group["n"] for group in told["groups"]]
    if not _are_cells([*sizes, len(counted.arrays.people) - sum(sizes)] if sizes else [], counted.threshold):
        return told | {"groups": None, "left_out": {"groups": LeftOut.SMALL_CELLS.value}}
    grouping = counted.grouping
    there = {name: int((grouping.labels == place).sum()) for place, name in enumerate(grouping.names)}
    rows = [[group["of"][name] for group in told["groups"]] for name in there]
    rows = [[*row, n - sum(row)] for row, n in zip(rows, there.values(), strict=True)]
    without = [n - sum(group["of"].values()) for n, group in zip(sizes, told["groups"], strict=True)]
    if sizes and not (
        all(_are_cells(row, counted.threshold) for row in rows) and _are_cells(without, counted.threshold)
    ):
        groups = [{"n": n, "of": None} for n in sizes]
        return told | {"groups": groups, "left_out": {"of": LeftOut.SMALL_CELLS.value}}
    return told


def _choose(counted: Counted, size: Size) -> Made:
    """Return a shortlist by every rule. Items that are not told per group are in none."""
    if not counted.ballot.is_choice:
        return LeftOut.NOT_OF_THIS_BALLOT
    grouping = counted.grouping
    told = tell_shortlists(
        counted.arrays,
        grouping=grouping,
        ballot=counted.ballot,
        k=size.k,
        budget=size.budget,
        items=counted.told,
    )
    if told is None:
        return LeftOut.NOT_ASKED
    if not grouping.names:
        for rule, list_ in told.items():
            for item in list_["items"] if rule != COUNT else ():
                item["paid"] = None
    return told


def _find_strengths(counted: Counted, size: Size) -> Made:
    told = tell_strengths(counted.arrays, ballot=counted.ballot)
    if told is None:
        return LeftOut.NOT_OF_THIS_BALLOT
    answered = {item.item for item in counted.result.items}
    return {"items": [line for line in told if line["item"] in answered]}


def _measure_position(counted: Counted, size: Size) -> Made:
    """Return the effect of an item's place; of people who voted by phone, who are enough, and so are the others."""
    here = sum(person.is_here for person in counted.arrays.people)
    if not _are_cells([here, len(counted.arrays.people) - here], counted.threshold):
        return LeftOut.SMALL_CELLS
    told = tell_position(counted.arrays, scores=counted.scores, seed=counted.seed)
    return LeftOut.NOT_OF_THIS_BALLOT if told is None else told


def _are_cells(counts: list[int], threshold: int) -> bool:
    """Whether no count and no complement of one is a small cell: each is 0, or at least the threshold."""
    whole = sum(counts)
    return all(is_cell(n, threshold=threshold) and is_cell(whole - n, threshold=threshold) for n in counts)


_FIGURES: Mapping[str, Callable[[Counted, Size], Made]] = {
    DISAGREEING: _count_disagreeing,
    GROUPS: _find_opinions,
    SHORTLIST: _choose,
    STRENGTHS: _find_strengths,
    POSITION: _measure_position,
}
