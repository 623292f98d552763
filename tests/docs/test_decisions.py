"""The index of decisions names every page, by its number and its own heading, in order."""

from __future__ import annotations

import re

from .reading import ROOT, prose_of

FOLDER = ROOT / "docs" / "decisions"


def test_the_index_names_every_decision() -> None:
    pages = [path for path in sorted(FOLDER.glob("*.md")) if path.name != "README.md"]
    assert len(pages) > 30
    expected = []
    for path in pages:
        heading = re.match(r"# (\d+)\. (.+)\n", prose_of(path))
        assert heading and int(heading[1]) == int(path.name[:4]), path.name
        expected.append((heading[1], heading[2], path.name))
    rows = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", prose_of(FOLDER / "README.md"), flags=re.MULTILINE)
    assert rows == expected
