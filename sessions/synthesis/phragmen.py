"""Sequential Phragmén: money comes in evenly, and an item is bought as soon as those who want it have its price.

Phragmén (1894); Brill, Freeman, Janson and Lackner (2017), "Phragmén's voting methods and justified representation".
METHODS.md section 3.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .equal_shares import Bought

_SLACK: Final = 1e-9


def buy_in_turn(
    *,
    wanted: NDArray[np.bool_],
    costs: NDArray[np.float64],
    rates: NDArray[np.float64],
    budget: float,
    money: NDArray[np.float64] | None = None,
    without: Collection[int] = (),
) -> list[Bought]:
    """Return what is bought, in order, as long as the budget lasts. `wanted`: people × items. `rates`: what comes in
    per person and moment. `money`: what each has already. `without`: items that were bought before.

    What no longer fits is left out. Equal ones: the one with more supporters, then the cheaper, then the first.
    """
    left = np.zeros(len(wanted)) if money is None else money.astype(np.float64).copy()
    wants = wanted.astype(np.float64)
    power, supporters = rates @ wants, wanted.sum(axis=0)
    open_ = power > 0
    open_[list(without)] = False
    bought: list[Bought] = []
    while True:
        open_ &= costs <= budget + _SLACK
        if not open_.any():
            return bought
        lacks = np.maximum(0.0, costs - left @ wants)
        waits = np.where(open_, lacks / np.where(power > 0, power, 1.0), np.inf)
        first = np.flatnonzero(waits <= waits.min() + _SLACK)
        item = min(first.tolist(), key=lambda place: (-int(supporters[place]), float(costs[place]), place))
        left = left + rates * waits[item]
        held = np.where(wanted[:, item], left, 0.0)
        # Who has had money before the item came may have more together than it costs: all pay the same part.
        paid = held * min(1.0, costs[item] / held.sum()) if held.sum() > 0 else held
        left = left - paid
        budget -= float(costs[item])
        open_[item] = False
        bought.append(Bought(item, paid))
