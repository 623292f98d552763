"""Raw votes are read where they are counted, written or handed to their own person, and nowhere else.

With the import contract in pyproject.toml this keeps counts per O inside domain/publication: every other reader gets
figures from there, with small groups pooled and published ones as they were.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..server import ROOT

MAY_READ = {
    "domain/publication": "counts them",
    "domain/world.py": "writes them",
    "domain/batch_rows.py": "whether a round has any, before one is added",
    "domain/handlers/practice.py": "throws away those of practice",
    "domain/voting.py": "its rows, as the core team's file has them",
    "domain/handlers/paper_ballots.py": "whether a paper ballot is there, to correct it or take it back",
    "domain/handlers/people.py": "whether somebody voted, and whether that counts",
    "domain/handlers/frozen.py": "in which rounds somebody gave a ballot",
    "domain/flood.py": "who was never heard of",
    "domain/receipt.py": "a person's own",
    "domain/own_data.py": "a person's own",
    "domain/erasure.py": "takes away those of a person",
    "domain/imported.py": "writes those of a file",
    "reading/round_arrays.py": "for figures as they were given, which only a shell prints",
    "live/welcome.py": "a person's own",
    "views/studio_end.py": "whether a deletion takes votes along: yes or no",
    "exchange/votes.py": "the core team's row file",
}


def readers() -> Iterator[str]:
    """Yield the modules that import the tables of votes or ballots."""
    folder = ROOT / "sessions"
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(("models/", "migrations/")):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            if {"Ballot", "Vote"} & set(names) and "models" in str(node.module):  # type: ignore[attr-defined]
                yield name
                break


def test_only_these_read_votes() -> None:
    strangers = [name for name in readers() if not any(name.startswith(known) for known in MAY_READ)]
    assert strangers == []


def test_no_exception_is_left_over() -> None:
    found = list(readers())
    assert [known for known in MAY_READ if not any(name.startswith(known) for name in found)] == []
