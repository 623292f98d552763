"""What a file of rows is: its name, its columns with their type and meaning, its keys, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from ..domain.consent import Content
from .cells import quote_cells, write_lines
from .scope import Scope
from .spreadsheet import write_for_spreadsheet


class CellType(Enum):
    """What a cell that is not empty holds, by the name that Table Schema has for it."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    YES_NO = "boolean"
    DAY = "date"
    MOMENT = "datetime"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is stable and English; the meaning is told in both languages in the README."""

    key: str
    nl: str
    en: str
    type: CellType = CellType.TEXT
    core_only: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """The cells of `column` name rows of another table, where they are not empty."""

    column: str
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """`needs`: what people of a session agreed may leave it, or the table has no rows of it. `unique`: the columns that
    name a row, together. `refers`: to tables whose rows are named by one column.
    """

    name: str
    nl: str
    en: str
    columns: tuple[Column, ...]
    lines: Callable[[Scope], Iterator[str]]
    """One per row, its cells quoted. Read through `read`."""
    needs: Content
    unique: tuple[str, ...]
    refers: tuple[Reference, ...] = ()

    @property
    def title(self) -> str:
        """The name without its ending."""
        return self.name.removesuffix(".csv")

    def columns_for(self, scope: Scope) -> list[Column]:
        """Return the columns that this role gets; `lines` has exactly these."""
        return [column for column in self.columns if scope.core or not column.core_only]

    def write(self, scope: Scope) -> Iterator[bytes]:
        """Yield the file, its header first."""
        return write_lines(self._lines(scope))

    def write_for_spreadsheet(self, scope: Scope) -> Iterator[bytes]:
        """Yield the file as a Dutch spreadsheet opens it by itself."""
        columns = self.columns_for(scope)
        decimals = {place for place, column in enumerate(columns) if column.type is CellType.NUMBER}
        return write_for_spreadsheet(self._lines(scope), decimals=decimals)

    def _lines(self, scope: Scope) -> Iterator[str]:
        yield quote_cells(*(column.key for column in self.columns_for(scope)))
        yield from self.read(scope)

    def read(self, scope: Scope) -> Iterator[str]:
        """Return the lines, of which there are none where people did not agree to it."""
        return self.lines(scope) if scope.may_hold(self.needs) else iter(())
