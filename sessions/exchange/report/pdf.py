"""The report as PDF/UA: tagged, by typst, which lays out what report.typ says. It reads nothing but the two."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from ..pictures.svg import draw_mark
from .document import Block, Bullets, Cell, Document, Grid, Heading, Paragraph, Picture
from .layout import share_columns

MEDIA = "application/pdf"
HERE = Path(__file__).resolve().parent
STANDARD = "ua-1"
_MADE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""Fixed, so that the same report is the same bytes; the report itself says of which day it is."""

_CONTROLS = {number: None for number in (*range(0x20), *range(0x7F, 0xA0)) if chr(number) not in "\n\t"}
_PLAIN = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)]))
"""Letters that the report's own face has, without asking."""


def write_pdf(document: Document) -> Iterator[bytes]:
    """Yield the file, in one piece: the compiler is not Python and lets other threads go on meanwhile."""
    inputs = {"report": _encode(document)}
    yield _as_list(_compile(_template(), inputs, format="pdf", pdf_standards=[STANDARD], timestamp=_MADE))[0]


def draw_pages(document: Document, *, ppi: float = 96) -> list[bytes]:
    """Return the pages as pictures (PNG), to look at."""
    return _as_list(_compile(_template(), {"report": _encode(document)}, format="png", ppi=ppi))


@lru_cache(maxsize=64)  # the marks: the same few on every row
def draw_dots(svg: str, *, width: float, ppi: float = 220) -> bytes:
    """Return a picture as PNG: for what shows no SVG. `width`: in points."""
    page = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#set text(font: "Archivo")\n#image(bytes(sys.inputs.svg), format: "svg", width: {width}pt)'
    )
    return _as_list(_compile(page.encode(), {"svg": _make_printable(svg)}, format="png", ppi=ppi))[0]


def _compile(source: bytes, inputs: dict[str, str], **how: Any) -> Any:
    # Packages are looked for in a folder that has none: nothing is ever fetched.
    return typst.compile(
        source, root=HERE, font_paths=_faces(), package_path=HERE, package_cache_path=HERE, sys_inputs=inputs, **how
    )


def _as_list(pages: Any) -> list[bytes]:
    return pages if isinstance(pages, list) else [pages]


@cache
def _template() -> bytes:
    return (HERE / "report.typ").read_bytes()


@cache
def _faces() -> typst.Fonts:
    """The report's own face and those in the compiler, not the machine's: everywhere the same file."""
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])


def _encode(document: Document) -> str:
    return _make_printable(json.dumps(_without_controls(_tell(document)), ensure_ascii=False))


def _without_controls(told: Any) -> Any:
    """JSON writes them as other signs, which would hide them from what comes after."""
    if isinstance(told, str):
        return told.translate(_CONTROLS)
    if isinstance(told, list):
        return [_without_controls(part) for part in told]
    return {name: _without_controls(part) for name, part in told.items()} if isinstance(told, dict) else told


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


# -- what no face has ------------------------------------------------------------------------------------------------


def _make_printable(text: str) -> str:
    """Return a text with what cannot be printed said by its name: PDF/UA takes no sign without a drawing.

    A letter of a script that no face here has becomes an empty box; the page and the DOCX have it.
    """
    missing = [sign for sign in set(text) - _PLAIN if sign not in "\n\r\t" and not _is_drawn(sign)]
    return text.translate({ord(sign): _name_sign(sign) for sign in missing}) if missing else text


@lru_cache(maxsize=20_000)
def _is_drawn(sign: str) -> bool:
    """Whether a face has it: asked of the compiler, which alone knows the faces that are in it."""
    page = b'#set document(title: "x")\n#set text(font: "Archivo")\n#sys.inputs.sign'
    try:
        _compile(page, {"sign": f"a{sign}"}, format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True


def _name_sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind.startswith("S"):
        return f"[{unicodedata.name(sign, 'sign').lower()}]"
    return "" if kind[0] in "CM" else "\u25a1"
