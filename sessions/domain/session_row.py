"""A session's row as every batch of commands reads it: without the query set that Django makes for a raw query.

With a thousand phones voting, that query set took as much time as counting the votes.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models.expressions import Col

from ..models import Session

_FIELDS = Session._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
_SELECT = f"SELECT {', '.join(str(field.column) for field in _FIELDS)} FROM {Session._meta.db_table} WHERE id = %s"  # noqa: S608


def read_session(session_id: int) -> Session | None:
    """Return the session, also one that is being deleted; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, [session_id])
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, column, converters in _converters(connection.vendor):
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return Session.from_db(connection.alias, _NAMES, values)


@functools.cache
def _converters(vendor: str) -> list[tuple[int, Col, list[Callable[..., Any]]]]:
    """Return what makes Python's values of a row's: by place, for the columns that need it."""
    found = []
    for place, field in enumerate(_FIELDS):
        column = field.get_col(Session._meta.db_table)
        converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        if converters:
            found.append((place, column, converters))
    return found
