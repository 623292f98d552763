"""XLSX: every table on a sheet, cells of their type, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sessions.enums import Role
from sessions.exchange import workbook
from sessions.exchange.cells import quote_cells, read_cell
from sessions.exchange.files import FILES, read_file, read_programme_workbook, tables_for
from sessions.exchange.scope import Scope
from sessions.exchange.spool import read_pieces
from sessions.exchange.table import CellType, Column
from sessions.models import Session

from .scene import Scene, make_evening

pytestmark = pytest.mark.django_db

HARM = "=cmd|'/C calc'!A0"
RICH = "<r><t>een & twee</r>"
"""What xlsxwriter takes for formatted text, and would write into the file as it is."""


@pytest.fixture
def evening() -> Scene:
    return make_evening()


def export(scene: Scene, name: str, role: Role) -> bytes:
    return b"".join(read_pieces(lambda: read_file(found=FILES[name], session_id=scene.session.pk, role=role)))


def read_sheets(content: bytes) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(io.BytesIO(content)).worksheets}


def expected(kind: CellType, cell: str) -> Any:
    """Return what a spreadsheet holds where the CSV file has this cell."""
    if cell == "":
        return None
    match kind:
        case CellType.TEXT:
            return read_cell(cell)
        case CellType.WHOLE:
            return int(cell)
        case CellType.NUMBER:
            return float(cell)
        case CellType.YES_NO:
            return cell == "true"
        case CellType.DAY | CellType.MOMENT:
            return dt.datetime.fromisoformat(cell).replace(tzinfo=None)


@pytest.mark.parametrize("role", list(Role))
def test_every_cell_is_what_the_csv_file_says_and_of_its_type(evening: Scene, role: Role) -> None:
    for text in (HARM, RICH):
        evening.write(evening.people["onderwijs"][0], text)
    sheets = read_sheets(export(evening, "session.xlsx", role))
    tables = tables_for(role)
    assert list(sheets) == [*(table.title for table in tables), "columns"]
    scope = Scope(session=evening.session, role=role)
    kinds = set()
    for table in tables:
        sheet, columns = sheets[table.title], table.columns_for(scope)
        assert sheet.freeze_panes == "A2"
        head, *lines = csv.reader(io.StringIO(export(evening, table.name, role).decode(), newline=""))
        assert [cell.value for cell in sheet[1]] == head
        found = [
            [cell.value for cell in row] + [None] * (len(columns) - len(row)) for row in sheet.iter_rows(min_row=2)
        ]
        wanted = [[expected(column.type, cell) for column, cell in zip(columns, line, strict=True)] for line in lines]
        assert found == wanted
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        kinds |= {column.type for column, *cells in zip(columns, *lines, strict=True) if any(cells)}
    if role is Role.CORE:
        assert kinds == set(CellType), "each type is tried"
        assert {HARM, RICH} <= {cell.value for row in sheets["contributions"].iter_rows() for cell in row}


def test_the_last_sheet_explains_every_column(evening: Scene) -> None:
    sheets = read_sheets(export(evening, "session.xlsx", Role.CORE))
    told = [tuple(cell.value for cell in row) for row in sheets["columns"].iter_rows(min_row=2)]
    scope = Scope(session=evening.session, role=Role.CORE)
    assert told == [
        (table.title, column.key, column.type.value, column.nl, column.en)
        for table in tables_for(Role.CORE)
        for column in table.columns_for(scope)
    ]


def test_the_same_state_gives_the_same_file(evening: Scene) -> None:
    assert export(evening, "session.xlsx", Role.CORE) == export(evening, "session.xlsx", Role.CORE)


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    column = Column("n", "getal", "number", CellType.WHOLE)
    sheet = workbook.Sheet("votes", [column], [quote_cells(number) for number in range(7)])
    sheets = read_sheets(b"".join(workbook.write_workbook([sheet])))
    rows = {title: [cell.value for cell in found["A"]] for title, found in sheets.items() if title != "columns"}
    assert rows == {"votes": ["n", 0, 1, 2], "votes 2": ["n", 3, 4, 5], "votes 3": ["n", 6]}


def test_a_programme_has_the_rows_of_all_its_sessions_and_of_no_rehearsal(evening: Scene) -> None:
    for code, rehearsal in (("AAAAAA", False), ("BBBBBB", True)):
        Session.objects.create(
            programme=evening.programme, code=code, title_nl="R", title_en="R", rehearsal=rehearsal, kind="workshop"
        )
    content = b"".join(
        read_pieces(lambda: read_programme_workbook(programme_id=evening.programme.pk, role=Role.STEERING))
    )
    sheets = read_sheets(content)
    assert list(sheets) == ["sessions", *(table.title for table in tables_for(Role.STEERING)), "columns"]
    assert [cell.value for cell in sheets["sessions"]["A"]] == ["session_code", "AAAAAA", "KP73MX"]
    codes = [cell.value for cell in sheets["results"]["B"]][1:]
    own = csv.DictReader(io.StringIO(export(evening, "results.csv", Role.STEERING).decode(), newline=""))
    assert codes == [line["session_code"] for line in own]
