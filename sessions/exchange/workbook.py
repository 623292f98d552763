"""The tables as one workbook (XLSX): a sheet per table with cells of their type and no formula, and one that explains
every column.

A text is written as text, so it needs no apostrophe before a character that would begin a formula. Rows are written to
a temporary file while they are read, so memory stays flat. The rows below the header go past the library's own writing
of cells, which took most of a minute for the votes of a programme of a year: most cells are one of a few hundred.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from .cells import CHUNK, read_cell, split_cells
from .table import CellType, Column

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
"""Of a sheet, its header among them; a longer table goes on in a further sheet."""
BREATH = 200
"""Rows between two pieces: whoever reads them can do something else then (spool.py)."""
_LONGEST = 32_767
"""Characters of a cell; of a longer text the rest is left out."""
EXPLAINED = "columns"
_MADE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Fixed, so that two exports of the same state are the same file."""
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zones; ours are UTC
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTHS = {CellType.TEXT: 24, CellType.MOMENT: 22, CellType.DAY: 12}
_WIDTH = 10
_EXPLANATION = (
    Column("table", "", ""),
    Column("column", "", ""),
    Column("type", "", ""),
    Column("nl", "", ""),
    Column("en", "", ""),
)


class Sheet(NamedTuple):
    """`lines`: quoted cells with commas between, one line per row, without a header."""

    title: str
    columns: Sequence[Column]
    lines: Iterable[str]


class _Formats(NamedTuple):
    head: Any
    day: Any
    moment: Any


def write_workbook(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """Yield the file; before its first byte many empty pieces, while it is being written."""
    with tempfile.TemporaryFile() as file:
        with Workbook(file, _OPTIONS) as book:
            book.set_properties({"created": _MADE})
            formats = _Formats(
                head=book.add_format({"bold": True, "bottom": 1}),
                day=book.add_format({"num_format": "yyyy-mm-dd"}),
                moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            )
            for sheet in sheets:
                yield from _write_sheet(book, formats, sheet)
            yield from _explain(book, formats, sheets)
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


def _write_sheet(book: Workbook, formats: _Formats, sheet: Sheet) -> Iterator[bytes]:
    number, row = 1, 0
    page, cells = _begin(book, formats, sheet)
    for line in sheet.lines:
        row += 1
        if row == MOST_ROWS:
            number, row = number + 1, 1
            page, cells = _begin(book, formats, sheet._replace(title=f"{sheet.title} {number}"))
        _write_row(page, row, line, cells)
        if row % BREATH == 0:
            yield b""


def _write_row(page: Worksheet, row: int, line: str, cells: Sequence[_Column]) -> None:
    page._write_single_row(row)  # the header, if the library still holds it
    page._check_dimensions(row, len(cells) - 1)
    there = row + 1
    written = [
        f'<c r="{name}{there}"{write(cell)}</c>'
        for (name, write), cell in zip(cells, split_cells(line), strict=True)
        if cell
    ]
    page.fh.write(f'<row r="{there}">{"".join(written)}</row>')


class _Column(NamedTuple):
    """Its letters, and what returns a cell behind its place: attributes, and what it holds."""

    name: str
    write: Callable[[str], str]


def _begin(book: Workbook, formats: _Formats, sheet: Sheet) -> tuple[Worksheet, list[_Column]]:
    page = book.add_worksheet(sheet.title)
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _WIDTHS.get(column.type, _WIDTH))
        page.write_string(0, place, column.key, formats.head)
    return page, [
        _Column(xl_col_to_name(place), _writer(column.type, formats)) for place, column in enumerate(sheet.columns)
    ]


def _writer(kind: CellType, formats: _Formats) -> Callable[[str], str]:
    match kind:
        case CellType.TEXT:
            return _write_text
        case CellType.WHOLE:
            return _write_whole
        case CellType.NUMBER:
            return _write_number
        case CellType.YES_NO:
            return {"true": ' t="b"><v>1</v>', "false": ' t="b"><v>0</v>'}.__getitem__
        case CellType.DAY:
            return partial(_write_moment, formats.day._get_xf_index())
        case CellType.MOMENT:
            return partial(_write_moment, formats.moment._get_xf_index())


# Most cells are one of a few hundred ids and keys, and the moments of one command are the same.
@lru_cache(maxsize=4096)
def _write_text(cell: str) -> str:
    text = read_cell(cell)[:_LONGEST]
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f' t="inlineStr"><is><t{keep}>{escape(Worksheet._escape_control_characters(text))}</t></is>'


@lru_cache(maxsize=4096)
def _write_whole(cell: str) -> str:
    return f"><v>{int(cell)}</v>"


@lru_cache(maxsize=4096)
def _write_number(cell: str) -> str:
    return f"><v>{float(cell)!r}</v>"


@lru_cache(maxsize=4096)
def _write_moment(look: int, cell: str) -> str:
    """Return the days since the first of a spreadsheet's calendar."""
    days = (dt.datetime.fromisoformat(cell).replace(tzinfo=None) - _FIRST_DAY) / dt.timedelta(days=1)
    return f' s="{look}"><v>{days!r}</v>'


def _explain(book: Workbook, formats: _Formats, sheets: Sequence[Sheet]) -> Iterator[bytes]:
    page, _ = _begin(book, formats, Sheet(EXPLAINED, _EXPLANATION, ()))
    page.set_column(3, 4, 80)
    told = [(sheet.title, column) for sheet in sheets for column in sheet.columns]
    for row, (title, column) in enumerate(told, start=1):
        for place, text in enumerate((title, column.key, column.type.value, column.nl, column.en)):
            page.write_string(row, place, text)
    yield b""
