"""A figure: what it is, what it shows in words, itself as SVG, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class MarkCell:
    """A cell that holds the mark of an O, and its name for whoever does not see it."""

    shape: str
    letter: str
    name: str


Cell = str | MarkCell


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `names`: the column whose cells name their rows. `numbers`: columns that are set to the right."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    names: int = 0
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """The file says itself what it is: it has the title, the description and, at its foot, how many people it is of,
    how it was made and of when it is. So it can be passed on alone.
    """

    title: str
    description: str
    svg: str
    width: float
    height: float
    table: Grid


def say_drawn(n: int, *, of: int) -> list[str]:
    """Return what stands at the foot where a picture has no room for all: alone it would be taken for the whole."""
    return [_("Drawn: %(n)s of %(of)s. The table has all of them.") % {"n": n, "of": of}] if n < of else []
