"""Rows that are written many at a time are the rows that were given, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection

from sessions.domain.bulk import MOST_ROWS, write_rows

pytestmark = pytest.mark.usefixtures("database")

COLUMNS = {"place": "bigint", "person": "bigint", "value": "smallint", "told": "text", "counted": "boolean"}


@pytest.fixture
def table(database: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bulk_rows (place bigint, person bigint, value smallint, told text, counted boolean,"
            " UNIQUE (place, person))"
        )
    yield "bulk_rows"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bulk_rows")


def stored() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, person, value, told, counted FROM bulk_rows ORDER BY place, person")
        return [(*row[:4], bool(row[4])) for row in cursor.fetchall()]


@pytest.mark.parametrize("count", [0, 1, 2, 3, MOST_ROWS - 1, MOST_ROWS, MOST_ROWS + 1, 3 * MOST_ROWS + 7])
def test_every_row_is_written_once_and_then_changed(table: str, count: int) -> None:
    rows = [(n % 3, n, n % 5, f'"{{é}}, {n}\\' if n % 2 else None, n % 2 == 0) for n in range(count)]
    write_rows(table=table, columns=COLUMNS, rows=rows)
    assert stored() == sorted(rows)
    # What exists gets the columns that are named, and no others; what is new is added.
    again = [(place, person, 9, "new", not counted) for place, person, _, _, counted in rows] + [(7, 7, 7, "7", True)]
    write_rows(table=table, columns=COLUMNS, rows=again, conflict="place, person", update=("value", "told"))
    assert stored() == sorted([(*row[:2], 9, "new", row[4]) for row in rows] + [(7, 7, 7, "7", True)])


def test_a_row_that_is_there_already_is_an_error_of_django(table: str) -> None:
    write_rows(table=table, columns=COLUMNS, rows=[(1, 1, 1, None, True)])
    with pytest.raises(IntegrityError):
        write_rows(table=table, columns=COLUMNS, rows=[(2, 2, 2, None, True), (1, 1, 1, None, True)])
