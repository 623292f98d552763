"""Which tests are pure: they ask for no database, no server and no browser, and none of them is slow.

They are marked by what they ask for, so that nobody has to remember it. `make quick` runs those that mirror rules,
audience, ballots and kinds. A test that is pure cannot reach a database: pytest-django lets none through.
"""

from __future__ import annotations

import pytest

NEEDS = frozenset({"database", "postgresql", "postgres_url", "new_database", "server", "migrated", "db"})
"""Fixtures that bring a database or a server."""
MARKS = ("django_db", "servers", "e2e", "slow")


def mark_pure(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if NEEDS.isdisjoint(fixtures) and not any(item.get_closest_marker(mark) for mark in MARKS):
            item.add_marker(pytest.mark.pure)
