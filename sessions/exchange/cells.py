"""Cells of a CSV file: quoted, in UTF-8, harmless in a spreadsheet.

A cell that begins with = + - @, a tab or a return would be run as a formula; it gets an apostrophe before it. A
spreadsheet that expects semicolons takes a file with commas apart in the middle of a text, and the other way round; so
the same holds after each comma, semicolon, tab and line break of a text. So that the apostrophe can be taken away
again, a place that has apostrophes or quotation marks and then such a character gets one more.

Lines are put together from pieces that were quoted once: a session's votes are a hundred times as many cells as there
are different ones, and Python's csv writer looks at each cell anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

Cell = str | int | float | bool | None

CHUNK = 64 * 1024
# The wide forms of the same characters (U+FF1D and so on) are formulas to some spreadsheets as well.
_STARTERS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(f"^(?='*[{_STARTERS}\t\r\n])|(?<=[,;\t\r\n])(?=['\"]*[{_STARTERS}])")
_HARMLESS = re.compile(f"^'(?='*[{_STARTERS}\t\r\n])|(?<=[,;\t\r\n])'(?=['\"]*[{_STARTERS}])")
_CELL = re.compile('"((?:[^"]|"")*)"')


def _write_text(value: str) -> str:
    return _FORMULA.sub("'", value.replace("\x00", "")).replace('"', '""')


_write_short = lru_cache(maxsize=4096)(_write_text)
"""Ids and keys: most cells are one of a few hundred of these."""


def write_cell(value: Cell) -> str:
    """Return what stands between the cell's quotation marks."""
    if isinstance(value, str):
        return _write_short(value) if len(value) <= 40 else _write_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}"
    return str(value)


def quote_cells(*cells: Cell) -> str:
    """Return cells that stand beside each other: a line without its end, or a part of one."""
    return '"' + '","'.join([write_cell(value) for value in cells]) + '"'


def split_cells(line: str) -> list[str]:
    """Return the cells of a line as they stand in it, without their quotation marks."""
    return _CELL.findall(line)


def read_cell(cell: str) -> str:
    """Return the text that was written: the apostrophes that make it harmless are gone."""
    return _HARMLESS.sub("", cell.replace('""', '"'))


def write_lines(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the file in pieces of about 64 kB, whatever its length."""
    taken: list[str] = []
    size = 0
    for line in lines:
        taken.append(line)
        size += len(line)
        if size >= CHUNK:
            yield _join(taken)
            taken.clear()
            size = 0
    if taken:
        yield _join(taken)


def _join(lines: list[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", errors="replace")
