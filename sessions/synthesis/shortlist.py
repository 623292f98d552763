"""A shortlist of k items, or of what a budget buys, by four rules beside each other: none of them is the right one.

Plain count; Equal Shares; sequential Phragmén; Equal Shares with the same budget for each group. METHODS.md section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .equal_shares import Bought, share_budget, share_equally
from .phragmen import buy_in_turn

COUNT, EQUAL_SHARES, PHRAGMEN, EACH_GROUP_EQUAL = "count", "equal_shares", "phragmen", "each_o_equal"
NOBODY: Final = -1
"""The label of somebody who is of no group."""


class Wishes(NamedTuple):
    """`given`: people × items, what somebody gave an item. `costs`: 1 each where k items are chosen. `labels`: each
    person's group. `weights`: how many O's each group stands for.
    """

    given: NDArray[np.float64]
    costs: NDArray[np.float64]
    labels: NDArray[np.intp]
    weights: NDArray[np.float64]


def choose_by_count(wishes: Wishes, *, budget: float) -> list[int]:
    """Return what was given most, as long as it fits. Equal ones: the cheaper, then the first."""
    sums = wishes.given.sum(axis=0)
    chosen: list[int] = []
    for item in sorted(range(len(sums)), key=lambda place: (-float(sums[place]), float(wishes.costs[place]), place)):
        if sums[item] > 0 and wishes.costs[item] <= budget:
            budget -= float(wishes.costs[item])
            chosen.append(item)
    return chosen


def choose_by_shares(wishes: Wishes, *, budget: float, has_prices: bool) -> list[Bought]:
    """Return the choice of Equal Shares. With prices: utility is what was given times the price, completed by adding 1.

    Without: one price for all, completed by Phragmén from the money that is left, so that exactly k are chosen.
    """
    if has_prices:
        return share_budget(utilities=wishes.given * wishes.costs, costs=wishes.costs, budget=budget)
    people = len(wishes.given)
    return _complete(wishes, money=np.full(people, budget / max(1, people)), budget=budget)


def choose_by_phragmen(wishes: Wishes, *, budget: float) -> list[Bought]:
    rates = np.full(len(wishes.given), 1 / max(1, len(wishes.given)))
    return buy_in_turn(wanted=wishes.given > 0, costs=wishes.costs, rates=rates, budget=budget)


def choose_each_group_equal(wishes: Wishes, *, budget: float) -> list[Bought]:
    """Return the choice of Equal Shares where each O has the same money, completed by Phragmén with the same rates.

    Several O's that are one group have it together, divided over their people. Who is of no group has none.
    """
    sizes = np.bincount(wishes.labels[wishes.labels != NOBODY], minlength=len(wishes.weights))
    weights = np.where(sizes > 0, wishes.weights, 0.0)
    each = budget * weights / (max(1.0, weights.sum()) * np.maximum(1, sizes))
    money = np.where(wishes.labels == NOBODY, 0.0, each[np.maximum(0, wishes.labels)])
    return _complete(wishes, money=money, budget=budget)


def _complete(wishes: Wishes, *, money: NDArray[np.float64], budget: float) -> list[Bought]:
    first = share_equally(utilities=wishes.given * wishes.costs, costs=wishes.costs, money=money)
    spent = float(sum(wishes.costs[found.item] for found in first))
    left = money - sum((found.paid for found in first), np.zeros(len(money)))
    then = buy_in_turn(
        wanted=wishes.given > 0,
        costs=wishes.costs,
        rates=money / max(money.sum(), 1e-12),
        money=left,
        budget=budget - spent,
        without=[found.item for found in first],
    )
    return first + then


def sum_payments(bought: Sequence[Bought], *, wishes: Wishes) -> list[list[float]]:
    """Return what each group paid for each item, as a part of its price, and last who is of no group."""
    told = []
    for found in bought:
        whole = float(found.paid.sum()) or 1.0
        parts = [
            float(found.paid[wishes.labels == group].sum()) / whole for group in [*range(len(wishes.weights)), NOBODY]
        ]
        told.append(parts)
    return told


def count_unserved(chosen: Sequence[int], *, wishes: Wishes) -> int:
    """Return how many people who gave anything have nothing that they gave to in the choice."""
    wanted = wishes.given > 0
    return int(np.count_nonzero(wanted.any(axis=1) & ~wanted[:, list(chosen)].any(axis=1)))
