"""A column as one parameter: the text of a PostgreSQL array, and lists that nothing is in."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection

from sessions.domain.bulk import array_text, read_pairs

KEY = UUID(int=5)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([], "{}"),
        ([1, None, -3], "{1,NULL,-3}"),
        ([True, False], "{t,f}"),
        (['a"b', "c\\d", "e,{f}", ""], '{"a\\"b","c\\\\d","e,{f}",""}'),
        ([KEY], f'{{"{KEY}"}}'),
        ([1.5], '{"1.5"}'),
    ],
    ids=str,
)
def test_values_are_written_as_postgresql_reads_them(values: list[object], text: str) -> None:
    assert array_text(values) == text


def test_of_no_pairs_nothing_is_asked() -> None:
    """There is no database in this test: a query would fail."""
    assert read_pairs(select="SELECT 1 FROM nowhere", columns=("a", "b"), pairs=[]) == []


@pytest.mark.servers
def test_what_was_written_is_what_postgresql_reads(postgresql: str) -> None:
    told = ['a"b', "c\\d", "e,{f}", "", None, "NULL"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array_text(told)])
        assert cursor.fetchone()[0] == told
