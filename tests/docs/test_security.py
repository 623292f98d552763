"""Each promise of docs/security.md names tests that hold it, and each of them is there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from .reading import ROOT, Row, names_in, prose_of, read_tables

SECURITY = ROOT / "docs" / "security.md"
NAMED = re.compile(r"(tests/[\w/]+\.py)::(\w+)")


def promises() -> list[Row]:
    return read_tables(SECURITY, "promise")


@cache
def names_of_tests(path: str) -> set[str]:
    """Return the tests of a file. What is marked to be skipped, or is not collected by its name, holds nothing."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    found = [node for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, functions)]
    skipped = {node.name for node in found if any("skip" in ast.unparse(mark) for mark in node.decorator_list)}
    return {node.name for node in found if node.name.startswith("test_")} - skipped


@pytest.mark.parametrize("row", promises(), ids=lambda row: row["promise"][:60])
def test_a_promise_names_tests_that_are_there(row: Row) -> None:
    named = names_in(row["held by"])
    assert named, "nothing holds it"
    for name in named:
        match = NAMED.fullmatch(name)
        assert match, name
        path, test = match.groups()
        assert (ROOT / path).exists(), path
        assert test in names_of_tests(path), name


def test_every_part_has_promises() -> None:
    parts = prose_of(SECURITY).split("\n## ")[1:]
    against = [part for part in parts if part.startswith("Against ")]
    assert len(against) == 7
    assert all("| promise | held by |" in part for part in against)
    assert parts[-1].startswith("What is not promised")
