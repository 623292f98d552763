"""What is counted of an item, and what is told of the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple


@dataclass(slots=True)
class Count:
    """What an item has so far. By sector id, or under "" where the count is undivided."""

    heads: dict[str, int] = field(default_factory=dict)
    """People with the full score on it."""
    of: dict[str, int] = field(default_factory=dict)
    """People who answered it."""
    score: dict[str, Fraction] = field(default_factory=dict)
    """Sum of scores; not kept where every score is 0 or 1, nor by ballots that keep `sums`."""
    told: dict[str, int] = field(default_factory=dict)
    sums: dict[tuple[str, int], int] = field(default_factory=dict)
    """Sums of values, by sector and criterion: what means are made of. Of pairs by sector and number of comparisons."""
    bins: dict[tuple[int, int], int] = field(default_factory=dict)
    """People over everyone, by criterion and value. Only of ballots that tell a histogram."""


Counts = Mapping[str, Count]
"""Item → count."""


class ShownGroup(NamedTuple):
    """O's that are shown as one, and how many of them took part in the round."""

    sectors: Sequence[str]
    n: int


class Share(NamedTuple):
    """`score`, of `of` people. `heads`: how many of them have the full score."""

    score: Fraction
    of: int
    heads: int

    @property
    def mean(self) -> Fraction:
        return self.score / self.of if self.of else Fraction(0)


class Mean(NamedTuple):
    """The mean of what the people of a share gave by one criterion, in its own unit: points, a place.

    Over everyone, and per group in their order; no groups where it is told of everyone only. `histogram`: people by
    value, from the lowest on, over everyone; empty where it is not told.
    """

    all: Fraction
    groups: Sequence[Fraction] = ()
    histogram: Sequence[int] = ()


class Figure(NamedTuple):
    """What is to be told of an item: over everyone, and per group in their order. `means`: by criterion."""

    all: Share
    groups: Sequence[Share]
    told: Mapping[str, int]
    means: Sequence[Mean] = ()
