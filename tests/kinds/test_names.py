"""No line of the server names a step kind, outside the kinds themselves: the engine asks a declaration instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.kinds import KINDS

from ..server import ROOT

KEYS = {kind.key for kind in KINDS}
CLASSES = {type(kind).__name__ for kind in KINDS}
FREE = ("sessions/kinds/", "sessions/migrations/", "sessions/exchange/imports/", "sessions/domain/imported.py")
"""The kinds and their registry; what tables once were; and imports: what others call a vote becomes one here."""


def sources() -> Iterator[Path]:
    for path in sorted((ROOT / "sessions").rglob("*.py")):
        if not path.relative_to(ROOT).as_posix().startswith(FREE):
            yield path


def named_in(source: str) -> list[tuple[int, str]]:
    """Return (line, what) of every place that names a kind: its key, a member of `Keys`, or its class."""
    found: list[tuple[int, str]] = []
    tree = ast.parse(source)
    # `event["vote"]` is a field of an event on the wire.
    fields = {
        id(node.slice)
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "event"
    }
    for node in ast.walk(tree):
        if id(node) in fields:
            continue
        match node:
            case ast.Constant(value=str(text)) if text in KEYS:
                found.append((node.lineno, text))
            case ast.Attribute(value=ast.Name(id="Keys" | "StepKind"), attr=name) if name.isupper():
                found.append((node.lineno, name))
            case ast.ImportFrom(module=str(module), names=names) if "kinds" in module.split("."):
                is_deep = module.split(".")[-1] != "kinds"
                named = [alias.name for alias in names if is_deep or alias.name in CLASSES or alias.name in KEYS]
                found.extend((node.lineno, name) for name in named)
    return found


def test_no_line_outside_the_kinds_names_one() -> None:
    found = {path.relative_to(ROOT).as_posix(): named_in(path.read_text(encoding="utf-8")) for path in sources()}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        'if step.kind == "vote": pass',
        "if step.kind in (Keys.COLLECT,): pass",
        "if step.kind == StepKind.REVEAL: pass",
        'SHARES = {"break": 1}',
        "from ..kinds.vote import VoteSettings",
        "from ..kinds import Collect",
    ],
)
def test_a_line_that_does_is_found(line: str) -> None:
    assert named_in(line)


def test_templates_name_none_either() -> None:
    for path in (ROOT / "sessions" / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not [key for key in KEYS if f'kind == "{key}"' in text or f"kind == '{key}'" in text], path
