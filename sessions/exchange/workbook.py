"""The tables as one workbook (XLSX): a sheet per table with cells of their type and no formula, and one that explains
every column.

A text is written as text, so it needs no apostrophe before a character that would begin a formula. Rows are written to
a temporary file while they are read, so memory stays flat.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .cells import CHUNK, read_cell, split_cells
from .table import CellType, Column

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
"""Of a sheet, its header among them; a longer table goes on in a further sheet."""
BREATH = 200
"""Rows between two pieces: whoever reads them can do something else then (spool.py)."""
EXPLAINED = "columns"
_MADE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Fixed, so that two exports of the same state are the same file."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
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
    page = _begin(book, formats, sheet.title, sheet.columns)
    for line in sheet.lines:
        row += 1
        if row == MOST_ROWS:
            number, row = number + 1, 1
            page = _begin(book, formats, f"{sheet.title} {number}", sheet.columns)
        for place, (column, cell) in enumerate(zip(sheet.columns, split_cells(line), strict=True)):
            if cell:
                _write_cell(page, formats, (row, place), column.type, cell)
        if row % BREATH == 0:
            yield b""


def _begin(book: Workbook, formats: _Formats, title: str, columns: Sequence[Column]) -> Worksheet:
    page = book.add_worksheet(title)
    page.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        page.set_column(place, place, _WIDTHS.get(column.type, _WIDTH))
        page.write_string(0, place, column.key, formats.head)
    return page


def _write_cell(page: Worksheet, formats: _Formats, at: tuple[int, int], kind: CellType, cell: str) -> None:
    match kind:
        case CellType.TEXT:
            page.write_string(*at, read_cell(cell))
        case CellType.WHOLE | CellType.NUMBER:
            page.write_number(*at, float(cell) if kind is CellType.NUMBER else int(cell))
        case CellType.YES_NO:
            page.write_boolean(*at, cell == "true")
        case CellType.DAY:
            page.write_datetime(*at, dt.datetime.fromisoformat(cell), formats.day)
        case CellType.MOMENT:
            page.write_datetime(*at, dt.datetime.fromisoformat(cell), formats.moment)


def _explain(book: Workbook, formats: _Formats, sheets: Sequence[Sheet]) -> Iterator[bytes]:
    page = _begin(book, formats, EXPLAINED, _EXPLANATION)
    page.set_column(3, 4, 80)
    told = [(sheet.title, column) for sheet in sheets for column in sheet.columns]
    for row, (title, column) in enumerate(told, start=1):
        for place, text in enumerate((title, column.key, column.type.value, column.nl, column.en)):
            page.write_string(row, place, text)
    yield b""
