"""Empties the SQLite file after a test that commits: what it filled, in one transaction.

Django's own `flush` does so with every table and then makes the permissions anew, which takes longer than most tests.
"""

from __future__ import annotations

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""What migrating filled, and no test touches."""


def empty_after_tests() -> None:
    """Let every test with `transaction=True` end so, in this process."""
    flush = TransactionTestCase._fixture_teardown

    def end(case: TransactionTestCase) -> None:
        names = case._databases_names(include_mirrors=False)
        if all(connections[name].vendor == "sqlite" for name in names):
            for name in names:
                _empty(connections[name])
        else:
            flush(case)

    TransactionTestCase._fixture_teardown = end


def _empty(connection: BaseDatabaseWrapper) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in KEPT]
        asked = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in tables]  # noqa: S608
        filled = [name for (name,) in cursor.execute(" UNION ALL ".join(asked)).fetchall()]
        # A transaction that only writes waits for a thread of the program that still does; one that has read may not.
        # References are looked at when it ends.
        with transaction.atomic(using=connection.alias):
            for name in filled:
                cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608
