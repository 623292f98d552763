"""Cells of a CSV file: quoted, in UTF-8, harmless in a spreadsheet.

A cell that begins with = + - @, a tab or a return would be run as a formula; it gets an apostrophe before it. So that
the apostrophe can be taken away again, a text that begins with apostrophes and then such a character gets one more.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

Cell = str | int | float | bool | dt.datetime | None

CHUNK = 64 * 1024
# The wide forms of the same characters (U+FF1D and so on) are formulas to some spreadsheets as well.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@lru_cache(maxsize=4096)  # a person's whole row, and often a batch's, has one moment
def tell_time(moment: dt.datetime | None) -> str:
    """Return UTC ISO 8601 with Z, to the millisecond."""
    if moment is None:
        return ""
    if moment.tzinfo is not dt.UTC:
        moment = moment.astimezone(dt.UTC)
    return moment.isoformat(timespec="milliseconds")[:-6] + "Z"


def _write_text(value: str) -> str:
    text = value.replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) else text


_write_short = lru_cache(maxsize=4096)(_write_text)
"""Ids and keys: most cells are one of a few hundred of these."""


def write_cell(value: Cell) -> str:
    """Return the cell's text, before quoting."""
    if isinstance(value, str):
        return _write_short(value) if len(value) <= 40 else _write_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}"
    if isinstance(value, dt.datetime):
        return tell_time(value)
    return str(value)


def write_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield the file in pieces of about 64 kB, whatever its length."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([write_cell(value) for value in row])
        if buffer.tell() >= CHUNK:
            yield _take(buffer)
    if buffer.tell():
        yield _take(buffer)


def _take(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode("utf-8", errors="replace")
    buffer.seek(0)
    buffer.truncate()
    return piece
