"""Which groups stand alone: against what passes overall, or for what the others do not want (METHODS.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .support import Support

HALF = 0.5


class Alone(NamedTuple):
    """Groups by their place."""

    vetoes: list[int]
    """Whose interval lies below one half, while more than half of everyone is for it."""
    minority: int | None
    """The one group whose interval lies above one half while those of all others lie below."""


def find_alone(*, everyone: float, groups: Sequence[Support]) -> Alone:
    """Return who stands alone on one item. `everyone`: the share over all people."""
    below = [place for place, group in enumerate(groups) if group.high < HALF]
    above = [place for place, group in enumerate(groups) if group.low > HALF]
    is_minority = len(groups) > 1 and len(above) == 1 and len(below) == len(groups) - 1
    return Alone(vetoes=below if everyone > HALF else [], minority=above[0] if is_minority else None)
