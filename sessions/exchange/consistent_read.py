"""A consistent read: everything inside sees one snapshot of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_consistently() -> Iterator[None]:
    """Open a transaction that sees one state throughout and never waits for a writer or makes one wait.

    SQLite's deferred BEGIN is that by itself (WAL); PostgreSQL is asked for it. Inside another transaction that one
    rules.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
