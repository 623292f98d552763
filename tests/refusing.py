"""Where the program refuses, read from its source; and a case that raises such a refusal.

A refusal is named by its code. So whoever names one, other than to compare it or to say what an example is refused
with, may raise it: that is a place.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sessions import errors
from sessions.errors import Code, Refused

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
ROOT = Path(errors.__file__).parent.parent


class Place(NamedTuple):
    """Where in the source a code is refused with."""

    module: str
    function: str
    code: Code

    def __str__(self) -> str:
        return f"{self.module}.{self.function} with {self.code.name}"


class Case(NamedTuple):
    """Something that is refused."""

    place: Callable[..., object]
    """The function that refuses."""
    code: Code
    act: Callable[[], object]
    raised_by: Callable[..., object] | None = None
    """Who raises what that function only returns."""

    def __str__(self) -> str:
        return f"{self.place.__qualname__}-{self.code.value}"

    def where(self) -> Place:
        return Place(self.place.__module__, self.place.__qualname__, self.code)


def check_case(case: Case) -> None:
    """It is refused, with this code, by this very function."""
    with pytest.raises(Refused) as caught:
        case.act()
    assert caught.value.code is case.code
    frames = [entry.frame.code.raw for entry in caught.traceback]
    raised = [code.co_qualname for code in frames if code.co_name not in ("require", "<lambda>")][-1]
    assert raised == (case.raised_by or case.place).__qualname__
    # The sentence takes the fields that were given.
    assert "%(" not in caught.value.sentence()


def find_places(*folders: str) -> set[Place]:
    """Return where these folders of the app refuse."""
    files = [path for folder in folders for path in sorted((ROOT / "sessions" / folder).rglob("*.py"))]
    return {place for path in files for place in _places_in(path)}


def _places_in(path: Path) -> Iterator[Place]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function, name in _walk(tree, ()):
        yield Place(module, function, Code[name])


def _walk(node: ast.AST, inside: tuple[Named, ...]) -> Iterator[tuple[str, str]]:
    """Yield the functions that name a code, and the code. What is compared or looked up is not refused."""
    if isinstance(node, ast.Compare | ast.Subscript) or (isinstance(node, ast.keyword) and node.arg == "refused"):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        for child in node.body:
            yield from _walk(child, (*inside, node))
        return
    named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code"
    if named and inside and not isinstance(inside[-1], ast.ClassDef):
        yield ".".join(each.name for each in inside), node.attr
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, inside)
