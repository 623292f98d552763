"""Whether something is revealed is asked of one function: nobody else looks at the moment of a reveal to know it."""

from __future__ import annotations

import ast

import pytest

from ..server import ROOT

ASKED = "sessions/domain/revealed.py"


def looks_itself(source: str) -> list[int]:
    """Return the lines that compare `revealed_at` with None."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Attribute)
        and node.left.attr == "revealed_at"
        and any(isinstance(other, ast.Constant) and other.value is None for other in node.comparators)
    ]


def test_nobody_else_looks() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "sessions").rglob("*.py")
        if (lines := looks_itself(path.read_text(encoding="utf-8")))
    }
    # An assertion for the type checker: the moment itself is used there.
    found.pop("sessions/domain/publication/adoption.py", None)
    assert set(found) == {ASKED}


@pytest.mark.parametrize("line", ["if step.revealed_at is None: pass", "shown = self.round.revealed_at is not None"])
def test_who_does_is_found(line: str) -> None:
    assert looks_itself(line) == [1]
