"""How much of each group supports an item: smoothed share, and the interval that says how sure it is.

METHODS.md section 1: p = (agree + 1) / (seen + 2), 90 % interval of Wilson.
"""

from __future__ import annotations

from typing import NamedTuple

from .confidence_interval import wilson


class Support(NamedTuple):
    hits: int
    of: int
    share: float
    low: float
    high: float


def tell_support(*, hits: int, of: int) -> Support:
    """Return the support of one group for one item."""
    low, high = wilson(hits=hits, n=of)
    return Support(hits, of, (hits + 1) / (of + 2), low, high)
