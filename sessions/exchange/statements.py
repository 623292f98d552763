"""Prepared queries for the rows of one session: Django writes the SQL once.

For the rows of one session Django takes about as long to write a query as the database to answer it, and the zip of a
programme asks the same few of every session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ..models import Session

BATCH = 2000

_HERE = -(2**62)
"""Stands for the session's key while the SQL is being written. No row has it."""


class SessionRows:
    """A query by `values_list`, the session's key its only value that changes. Moments are asked for as `Stored`."""

    def __init__(self, make: Callable[[int], QuerySet[Any, Any]]) -> None:
        """`make`: from the session's key to the query."""
        self._make = make
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def read(self, session: Session) -> Iterator[tuple[Any, ...]]:
        """Yield the rows as the database gives them, a batch in memory at a time."""
        sql, values = self._write()
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, [session.pk if value == _HERE else value for value in values])
            while rows := cursor.fetchmany(BATCH):
                yield from rows

    def _write(self) -> tuple[str, tuple[Any, ...]]:
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._make(_HERE).query.sql_with_params()
        return written
