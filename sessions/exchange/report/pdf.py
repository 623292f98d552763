"""The report as PDF/UA: tagged, by typst, which lays out what report.typ says. It reads nothing but the two."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from ..pictures.svg import draw_mark
from .document import Block, Bullets, Cell, Document, Grid, Heading, Paragraph, Picture
from .layout import share_columns
from .printable import make_printable, print_labels
from .typesetting import HERE, STANDARD, compile_typst

MEDIA = "application/pdf"
_MADE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""Fixed, so that the same report is the same bytes; the report itself says of which day it is."""


def write_pdf(document: Document) -> Iterator[bytes]:
    """Yield the file, in one piece: the compiler is not Python and lets other threads go on meanwhile."""
    inputs = {"report": _encode(document)}
    yield compile_typst(_template(), inputs, format="pdf", pdf_standards=[STANDARD], timestamp=_MADE)[0]


def draw_pages(document: Document, *, ppi: float = 96) -> list[bytes]:
    """Return the pages as pictures (PNG), to look at."""
    return compile_typst(_template(), {"report": _encode(document)}, format="png", ppi=ppi)


def draw_dots(svg: str, *, width: float, ppi: float = 220) -> bytes:
    """Return a picture as PNG, for what shows no SVG. `width`: in points. It holds people's words: it is not kept."""
    page = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#set text(font: "Archivo")\n#image(bytes(sys.inputs.svg), format: "svg", width: {width}pt)'
    )
    return compile_typst(page.encode(), {"svg": print_labels(svg)}, format="png", ppi=ppi)[0]


@lru_cache(maxsize=64)  # the same few on every row
def draw_mark_dots(shape: str, letter: str) -> bytes:
    """Return the mark of an O as PNG."""
    return draw_dots(draw_mark(shape, letter), width=12)


@cache
def _template() -> bytes:
    return (HERE / "report.typ").read_bytes()


def _encode(document: Document) -> str:
    return json.dumps(make_printable(_tell(document)), ensure_ascii=False)


def _tell(document: Document) -> dict[str, Any]:
    """Return what report.typ reads."""
    with translation.override(document.language):
        running = _("report")
    return {
        "language": document.language,
        "programme": document.programme,
        "label": document.label,
        "running": running,
        "title": document.title,
        "lead": document.lead,
        "people": None if document.people is None else _tell_block(document.people),
        "blocks": [
            _tell_block(block) | {"leads": isinstance(then, Picture | Grid)}
            for block, then in zip_longest(document.blocks, document.blocks[1:])
        ],
    }


def _tell_block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"is": "heading", "level": level, "text": text}
        case Paragraph(text, is_note):
            return {"is": "note" if is_note else "paragraph", "text": text}
        case Bullets(lines):
            return {"is": "bullets", "lines": list(lines)}
        case Grid():
            return _tell_grid(block)
        case Picture():
            alt = f"{block.title}. {block.description}"
            return {
                "is": "picture",
                "title": block.title,
                "alt": alt,
                "svg": block.svg,
                "table": _tell_grid(block.table),
            }


def _tell_grid(grid: Grid) -> dict[str, Any]:
    return {
        "is": "table",
        "caption": grid.caption,
        "head": list(grid.head),
        "rows": [[_tell_cell(cell) for cell in row] for row in grid.rows],
        "numbers": sorted(grid.numbers),
        "widths": share_columns(grid),
    }


def _tell_cell(cell: Cell) -> Any:
    if isinstance(cell, str):
        return cell
    return {"svg": draw_mark(cell.shape, cell.letter), "name": cell.name}
