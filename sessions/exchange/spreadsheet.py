"""The form of a CSV file that a spreadsheet set to Dutch opens by a double click.

It begins with a byte order mark, which says that it is UTF-8; semicolons stand between its cells; a fraction has a
comma. The cells are those of the file itself, formulas made harmless (cells.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from .cells import split_cells, write_lines

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_for_spreadsheet(lines: Iterable[str], *, decimals: Collection[int] = ()) -> Iterator[bytes]:
    """Yield the file. `lines`: quoted cells with commas between. `decimals`: places of columns with fractions."""
    yield BYTE_ORDER_MARK
    yield from write_lines(_turn_line(line, decimals) for line in lines)


def _turn_line(line: str, decimals: Collection[int]) -> str:
    cells = split_cells(line)
    for place in decimals:
        cells[place] = cells[place].replace(".", ",")
    return '"' + '";"'.join(cells) + '"'
