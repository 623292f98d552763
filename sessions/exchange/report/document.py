"""What a report consists of, whatever it is written as: headings, paragraphs, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..pictures.picture import Cell, Grid, MarkCell, Picture

__all__ = ["Block", "Bullets", "Cell", "Document", "Grid", "Heading", "MarkCell", "Paragraph", "Picture"]


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
