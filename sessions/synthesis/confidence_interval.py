"""How sure a share is, from the few people who were asked."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z_90 = 1.6448536269514722
"""The normal distribution has 5 % beyond it on either side."""


class Interval(NamedTuple):
    low: float
    high: float


def wilson(*, hits: int, n: int, z: float = Z_90) -> Interval:
    """Return the interval of Wilson (1927) for a share of `hits` in `n`, 90 % unless told otherwise.

    Nobody asked: anything is possible.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if n == 0:
        return Interval(0.0, 1.0)
    share = hits / n
    weight = z * z / n
    middle = (share + weight / 2) / (1 + weight)
    reach = z * sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    low = 0.0 if hits == 0 else middle - reach
    high = 1.0 if hits == n else middle + reach
    return Interval(low, high)
