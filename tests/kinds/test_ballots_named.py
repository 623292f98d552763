"""No line of the server names a ballot, outside its own file and the registry: what differs says the ballot."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sessions.ballots import all_ballots

from ..server import ROOT

KEYS = {kind.key for kind in all_ballots()}
MODULES = {type(kind).__module__ for kind in all_ballots()}
CLASSES = {name for kind in all_ballots() for name in (type(kind).__name__, kind.Rules.__name__)}
COMMON = {"approve", "budget", "Budget", "pairwise"}
"""Words of other things too: to let a question through, the most that a person can spend, a tool of Python. They name
the ballot where something is compared with them, and where they come from the ballots."""
FREE = ("sessions/ballots/", "sessions/migrations/", "sessions/kinds/question/", "sessions/exchange/imports/")
"""The ballots and their registry; what tables once were; a question, whose modes are some of the ballots; and imports,
which say by which ballot others voted."""


def named_in(source: str) -> list[tuple[int, str]]:
    """Return (line, what) of every place that names a ballot: its key, its class, its rules or its module."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(text)) if text in KEYS - COMMON:
                found.append((node.lineno, text))
            case ast.Compare(left=left, comparators=others):
                compared = [part.value for part in (left, *others) if isinstance(part, ast.Constant)]
                found.extend((node.lineno, str(text)) for text in compared if text in COMMON)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in CLASSES - COMMON:
                found.append((node.lineno, name))
            case ast.ImportFrom(module=str(module), names=names):
                deep = {known.removeprefix("sessions.") for known in MODULES}
                words = CLASSES | KEYS if module.endswith("ballots") else (CLASSES | KEYS) - COMMON
                named = [alias.name for alias in names if alias.name in words]
                found.extend((node.lineno, name) for name in named)
                if module.removeprefix("sessions.") in deep:
                    found.append((node.lineno, module))
    return found


def test_no_line_outside_the_ballots_names_one() -> None:
    sources = [path for path in sorted((ROOT / "sessions").rglob("*.py")) if not _is_free(path)]
    found = {path.relative_to(ROOT).as_posix(): named_in(path.read_text(encoding="utf-8")) for path in sources}
    assert {path: lines for path, lines in found.items() if lines} == {}


def _is_free(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix().startswith(FREE)


@pytest.mark.parametrize(
    "line",
    [
        'if round_.ballot == "dots": pass',
        "from ..ballots.dots import Dots",
        "from ..ballots import OpinionRules",
        'WORDS = {"opinion": 1}',
        "isinstance(rules, DotsRules)",
        'if round_.ballot == "budget": pass',
        "from ..ballots import Budget",
    ],
)
def test_a_line_that_does_is_found(line: str) -> None:
    assert named_in(line)
