"""The glossary names what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [line.split("|") for line in (ROOT / "docs/glossary.md").read_text().splitlines() if line.startswith("| ")]
NAMES = sorted({name for row in ROWS if len(row) >= 6 for name in re.findall(r"`([^`]+)`", row[4])})
SOURCES = [
    path.read_text()
    for folder in ("sessions", "frontend/src")
    for path in sorted((ROOT / folder).rglob("*.*"))
    if path.suffix in (".py", ".ts", ".svelte")
]


@pytest.mark.parametrize("name", NAMES)
def test_the_place_in_the_code_exists(name: str) -> None:
    if "/" in name:
        assert (ROOT / name).exists()
        return
    for part in name.split("."):
        word = re.compile(rf"(?:class|def) {part}\b|^\s*{part}(?:: .*)? = |^\s*{part}: ", re.MULTILINE)
        assert any(word.search(source) for source in SOURCES), part
