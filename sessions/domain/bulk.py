"""Many rows in one statement, for what comes thousands a second: votes, ballots, the log, and looking them up.

Django's bulk_create costs about 15 µs a row in objects alone, and a list of 500 parameters is quoted, split and planned
anew in every batch. Here a column travels as one parameter: on PostgreSQL an array's text, on SQLite a JSON list, or
rows by a few statements that stay prepared. Names of tables and columns come from this program only, never from a
message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

Row = tuple[Any, ...]
MOST_ROWS = 64
_encode = msgspec.json.Encoder().encode


def write_rows(
    *,
    table: str,
    columns: dict[str, str],
    rows: Sequence[Sequence[Any]],
    conflict: str = "",
    update: Sequence[str] = (),
) -> None:
    """Insert `rows`; where `conflict` (a column list) exists already, set the columns in `update` to the new values.

    `columns`: name → PostgreSQL type.
    """
    if not rows:
        return
    names = ", ".join(columns)
    tail = ""
    if conflict:
        sets = ", ".join(f"{name} = excluded.{name}" for name in update)
        tail = f" ON CONFLICT ({conflict}) DO UPDATE SET {sets}"
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}){tail}",  # noqa: S608
                [array_text(column) for column in zip(*rows, strict=True)],
            )
    else:
        insert = f"INSERT INTO {table} ({names}) VALUES "  # noqa: S608
        _write_lite(insert, f"({', '.join('?' * len(columns))})", tail, rows)


def _write_lite(insert: str, marks: str, tail: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert 64 rows with a statement, then 32, 16 and so on: seven statements in all, which SQLite keeps prepared.

    Row by row Python would give its lock away as often, and wait each time until the sockets' thread gives it back.
    """
    connection.ensure_connection()
    at = 0
    with connection.wrap_database_errors:
        while at < len(rows):
            some = min(MOST_ROWS, 1 << (len(rows) - at).bit_length() - 1)
            values = [value for row in rows[at : at + some] for value in row]
            connection.connection.execute(insert + ", ".join([marks] * some) + tail, values)
            at += some


def read_rows(*, select: str, where: str = "", fixed: Sequence[Any] = (), **lists: Iterable[Any]) -> list[Row]:
    """Return the rows of `select … WHERE column is in its list AND …`.

    `where`: a further condition with its values in `fixed`. `lists`: column → values, `bigint` or UUID.
    """
    conditions, params = ([where] if where else []), list(fixed)
    for column, wanted in lists.items():
        condition, param = in_list(column, wanted)
        conditions.append(condition)
        params.append(param)
    with connection.cursor() as cursor:
        cursor.execute(f"{select} WHERE {' AND '.join(conditions)}", params)
        found: list[Row] = cursor.fetchall()
        return found


def read_pairs(
    *, select: str, columns: tuple[str, str], pairs: Iterable[tuple[int, int]], where: str = "TRUE"
) -> list[Row]:
    """Return the rows of `select … WHERE (column, column) is one of these pairs AND where`. All are `bigint`.

    Two lists in place of the pairs would fetch every combination: all that a batch's people have on all its items.
    """
    first, second = columns
    wanted = list(pairs)
    if not wanted:
        return []
    params: list[str]
    if connection.vendor == "postgresql":
        source = "SELECT * FROM unnest(%s::bigint[], %s::bigint[])"
        params = [array_text(column) for column in zip(*wanted, strict=True)]
    else:
        source = "SELECT value ->> 0, value ->> 1 FROM json_each(%s)"
        params = [_encode(wanted).decode()]
    with connection.cursor() as cursor:
        cursor.execute(f"{select} WHERE ({first}, {second}) IN ({source}) AND {where}", params)
        found: list[Row] = cursor.fetchall()
        return found


def in_list(column: str, wanted: Iterable[Any]) -> tuple[str, str]:
    """Return the condition that `column` is one of these numbers or UUIDs, and its one parameter."""
    values = list(wanted)
    is_uuid = bool(values) and isinstance(values[0], UUID)
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s::{'uuid' if is_uuid else 'bigint'}[])", array_text(values)
    told = [value.hex if is_uuid else value for value in values]
    return f"{column} IN (SELECT value FROM json_each(%s))", _encode(told).decode()  # noqa: S608 - a name of ours


def array_text(values: Iterable[Any]) -> str:
    """Return a PostgreSQL array as text: cheaper by far than letting the driver dump each value."""
    return "{" + ",".join([_element(value) for value in values]) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return "t" if value else "f"
    return f'"{value}"' if not isinstance(value, int) else str(value)
