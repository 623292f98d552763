"""The Method of Equal Shares: everybody has the same money, and an item is bought by those who want it.

Peters and Skowron (2020), "Proportionality and the limits of welfarism"; Peters, Pierczyński and Skowron (2021),
"Proportional participatory budgeting with additive utilities". METHODS.md section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_SLACK: Final = 1e-9
"""Sums of payments are rounded: what differs by less is equal."""
MOST_STEPS: Final = 100_000


class Bought(NamedTuple):
    """An item by its place, and what each person paid for it."""

    item: int
    paid: NDArray[np.float64]


def share_equally(
    *, utilities: NDArray[np.float64], costs: NDArray[np.float64], money: NDArray[np.float64]
) -> list[Bought]:
    """Return what is bought, in order. `utilities`: people × items, 0 where somebody does not want it.

    Each time the item whose payers pay least for what they get of it: everybody pays in proportion to their utility,
    or all they have left. Equal ones: the one with more supporters, then the cheaper, then the first.
    """
    wanted = utilities > 0
    supporters = [np.flatnonzero(wanted[:, item]) for item in range(len(costs))]
    wants = [utilities[people, item] for item, people in enumerate(supporters)]
    left = money.astype(np.float64).copy()
    # What a unit costs an item's payers only rises while money is spent: an old price is a lower bound.
    bound = dict.fromkeys(range(len(costs)), 0.0)
    bought: list[Bought] = []
    while bound:
        best: tuple[float, int, float, int] | None = None
        for item in sorted(bound, key=bound.__getitem__):
            if best is not None and bound[item] > best[0] + _SLACK:
                break
            price = _find_price(left[supporters[item]], wants[item], float(costs[item]))
            if price is None:
                del bound[item]
                continue
            bound[item] = price
            rank = (price, -len(supporters[item]), float(costs[item]), item)
            if best is None or price < best[0] - _SLACK or (price <= best[0] + _SLACK and rank[1:] < best[1:]):
                best = rank
        if best is None:
            break
        price, item = best[0], best[3]
        paid = np.zeros_like(left)
        paid[supporters[item]] = np.minimum(left[supporters[item]], price * wants[item])
        left -= paid
        del bound[item]
        bought.append(Bought(item, paid))
    return bought


def _find_price(money: NDArray[np.float64], wants: NDArray[np.float64], cost: float) -> float | None:
    """Return the least price of a unit at which these people pay the cost; None: they cannot."""
    if len(money) == 0 or money.sum() < cost - _SLACK:
        return None
    order = np.argsort(money / wants, kind="stable")
    money, wants = money[order], wants[order]
    before = np.concatenate(([0.0], np.cumsum(money)[:-1]))
    behind = np.cumsum(wants[::-1])[::-1]
    prices = (cost - before) / behind
    pays = np.flatnonzero(prices * wants <= money + _SLACK)
    return float(prices[pays[0]]) if len(pays) else float(money[-1] / wants[-1])


def share_budget(*, utilities: NDArray[np.float64], costs: NDArray[np.float64], budget: float) -> list[Bought]:
    """Return what a budget buys, completed by adding 1 to everybody's money as long as it all stays within the budget.

    The last outcome within it stands (pabulib's "equalshares/add1"; Faliszewski et al., IJCAI 2023).
    """
    people = len(utilities)
    found: list[Bought] = []
    for step in range(MOST_STEPS):
        each = budget / people + step
        trial = share_equally(utilities=utilities, costs=costs, money=np.full(people, each))
        if _sum_costs(trial, costs) > budget + _SLACK:
            break
        found = trial
        if len(trial) == int(np.count_nonzero((utilities > 0).any(axis=0) & (costs <= budget))):
            break
    return found


def _sum_costs(bought: Sequence[Bought], costs: NDArray[np.float64]) -> float:
    return float(sum(costs[found.item] for found in bought))
