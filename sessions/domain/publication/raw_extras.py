"""Figures that are made of whole ballots, not of counts: opinion groups, shortlists, strengths, the effect of position.

Who stands in which group and who paid what is told by group of O's, never by person. Of the shell's raw figures each O
is a group of its own; what is published has the groups of the result (`whole_ballots.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...ballots.ballot import BallotKind
from ...reading.round_arrays import NOBODY, RoundArrays
from ...synthesis import shortlist
from ...synthesis.bradley_terry import estimate_strengths
from ...synthesis.opinion_groups import find_groups
from ...synthesis.position_effect import measure_position
from ..order import ItemOrder

Told = dict[str, Any]


class Grouping(NamedTuple):
    """`labels`: each person's group by its place, or `NOBODY`. `names`: of each group the keys of its O's, joined by +.
    `weights`: how many O's each stands for.
    """

    labels: NDArray[np.intp]
    names: Sequence[str]
    weights: NDArray[np.float64]


def group_by_sector(arrays: RoundArrays) -> Grouping:
    """Return each O as a group of its own."""
    return Grouping(arrays.labels, [sector.key for sector in arrays.sectors], np.ones(len(arrays.sectors)))


def tell_groups(arrays: RoundArrays, *, grouping: Grouping, ballot: BallotKind[Any], seed: int) -> Told | None:
    """Return the opinion groups: found or not, how far apart, and how many of each O are in each. None: no opinions."""
    shown = [place for place, item in enumerate(arrays.items) if not item.hidden]
    if not ballot.has_opinions or not shown:
        return None
    found = find_groups(votes=arrays.values[:, shown], seed=seed)
    told: Told = {
        "found": found.labels is not None,
        "silhouette": found.silhouette,
        "reached_by_chance": found.reached,
        "runs": found.runs,
        "stability": found.stability,
        "seed": seed,
        "groups": [],
    }
    if found.labels is not None:
        for group in range(int(found.labels.max()) + 1):
            inside = grouping.labels[found.labels == group]
            of = {name: int((inside == place).sum()) for place, name in enumerate(grouping.names)}
            told["groups"].append({"n": len(inside), "of": of})
    return told


def tell_shortlists(
    arrays: RoundArrays,
    *,
    grouping: Grouping,
    ballot: BallotKind[Any],
    k: int | None,
    budget: int | None,
    items: Collection[str] | None = None,
) -> Told | None:
    """Return the choice of every rule, who paid for it by O, and what plain counting would have chosen instead.

    Each O equal only where somebody is of one. None: nobody asked for it, or the ballot gives nothing to items. Items
    without a price are in no list by budget. `items`: of these only.
    """
    if not ballot.is_choice or (k is None and budget is None):
        return None
    open_ = [
        place
        for place, item in enumerate(arrays.items)
        if not item.hidden
        and (items is None or item.item in items)
        and (budget is None or (item.price is not None and item.price > 0))
    ]
    given = np.where(np.isnan(arrays.values), 0.0, np.maximum(arrays.values, 0.0))[:, open_]
    costs = np.array([1 if budget is None else arrays.items[place].price for place in open_], dtype=np.float64)
    wishes = shortlist.Wishes(given, costs, grouping.labels, grouping.weights)
    most = float(budget if budget is not None else k or 0)
    counted = shortlist.choose_by_count(wishes, budget=most)
    rules = {
        shortlist.EQUAL_SHARES: shortlist.choose_by_shares(wishes, budget=most, has_prices=budget is not None),
        shortlist.PHRAGMEN: shortlist.choose_by_phragmen(wishes, budget=most),
    }
    if (grouping.labels != NOBODY).any():
        rules[shortlist.EACH_GROUP_EQUAL] = shortlist.choose_each_group_equal(wishes, budget=most)

    def name(place: int) -> Told:
        item = arrays.items[open_[place]]
        return {"item": item.item, "source_id": item.source_id}

    told: Told = {
        shortlist.COUNT: {
            "items": [name(place) for place in counted],
            "people_without": shortlist.count_unserved(counted, wishes=wishes),
        }
    }
    for rule, bought in rules.items():
        chosen = [found.item for found in bought]
        paid = shortlist.sum_payments(bought, wishes=wishes)
        keys = [*grouping.names, ""]
        told[rule] = {
            "items": [
                name(place) | {"paid": {key: part for key, part in zip(keys, parts, strict=True) if part > 0}}
                for place, parts in zip(chosen, paid, strict=True)
            ],
            "instead_of": [name(place) for place in counted if place not in chosen],
            "people_without": shortlist.count_unserved(chosen, wishes=wishes),
        }
    return told


def tell_strengths(arrays: RoundArrays, *, ballot: BallotKind[Any]) -> list[Told] | None:
    """Return each item's strength against the others by Bradley and Terry; None: nobody compared two items."""
    wins = np.zeros((len(arrays.items), len(arrays.items)))
    pairs: dict[tuple[int, int], list[tuple[int, Fraction]]] = {}
    for (person, item), mark in (arrays.marks or {}).items():
        for pair, outcome in ballot.comparisons(mark):
            pairs.setdefault((person, pair), []).append((item, outcome))
    if not pairs:
        return None
    for sides in pairs.values():
        if len(sides) == 2:
            (one, outcome), (other, _) = sides
            wins[one, other] += float(outcome)
            wins[other, one] += float(1 - outcome)
    strengths = estimate_strengths(wins)
    return [
        {"item": item.item, "source_id": item.source_id, "strength": float(strengths[place])}
        for place, item in enumerate(arrays.items)
    ]


def tell_position(arrays: RoundArrays, *, scores: NDArray[np.float64], seed: int) -> Told | None:
    """Return the effect of an item's place in the order of who saw it; None: nobody saw it in this program."""
    here = [place for place, person in enumerate(arrays.people) if person.is_here]
    if not here or len(arrays.items) < 2:
        return None
    order = ItemOrder([item.item for item in arrays.items])
    last = len(arrays.items) - 1
    places = np.array([order.places(seed=arrays.people[place].seed) for place in here], dtype=np.float64)
    found = measure_position(scores=scores[here], places=(places - 1) / last, seed=seed)
    return None if found is None else found._asdict() | {"seed": seed}
