"""What a report consists of, whatever it is written as: headings, paragraphs, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Shapes = tuple[str, ...]
"""The shapes of an O's mark; of several O's taken together, of each."""


@dataclass(frozen=True, slots=True)
class MarkCell:
    """A cell that holds the mark of an O, and its name for whoever does not see it."""

    shape: str
    letter: str
    name: str


Cell = str | MarkCell


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    """1: a chapter, 2: a part of it, 3: a part of that."""
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    is_note: bool = False
    """It says how a figure is to be read: smaller, under it."""


@dataclass(frozen=True, slots=True)
class Bullets:
    lines: Sequence[str]


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
    """A figure: what it is, what it shows in words, itself as SVG, and its numbers as a table."""

    title: str
    description: str
    svg: str
    width: float
    height: float
    table: Grid


Block = Heading | Paragraph | Bullets | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """`label` says what it is and of when; `lead` is the sentence under the title."""

    language: str
    programme: str
    label: str
    title: str
    lead: str
    people: Picture | None
    """Who took part, on the cover; none where too few did."""
    blocks: Sequence[Block]
