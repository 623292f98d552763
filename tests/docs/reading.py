"""The documents, taken apart: tables, links, and what is written as code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "docs").rglob("*.md")),
]

Row = dict[str, str]


def read_tables(path: Path, first: str) -> list[Row]:
    """Return the rows of all tables whose first column is called `first`, by column name."""
    rows: list[Row] = []
    heads: list[str] | None = None
    for line in prose_of(path).splitlines():
        if not line.startswith("|"):
            heads = None
            continue
        cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if heads is None:
            heads = cells
        elif heads[0] == first and not set(cells[0]) <= set("-: "):
            rows.append(dict(zip(heads, cells, strict=True)))
    return rows


def names_in(cell: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def prose_of(path: Path) -> str:
    """Return the text without fenced blocks."""
    return re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)


def code_of(path: Path) -> Iterator[str]:
    """Yield inline code and the lines of indented blocks."""
    text = prose_of(path)
    yield from names_in(text)
    yield from (line.strip() for line in text.splitlines() if line.startswith("    "))


def links_of(path: Path) -> list[str]:
    """Return the targets of links and pictures."""
    return re.findall(r"\]\(([^)\s]+)\)", prose_of(path))


def anchors_of(path: Path) -> set[str]:
    """Return the names by which headings can be linked to, as GitHub and GitLab make them."""
    headings = re.findall(r"^#+ (.+)$", prose_of(path), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def interfaces_in(path: Path) -> dict[str, set[str]]:
    """Return the interfaces of the TypeScript blocks: name → fields."""
    found: dict[str, set[str]] = {}
    for block in re.findall(r"^```ts\n(.*?)^```$", path.read_text(), flags=re.MULTILINE | re.DOTALL):
        code = re.sub(r"//.*", "", block)
        for name, body in re.findall(r"interface (\w+) \{(.*?)\}", code, flags=re.DOTALL):
            found[name] = set(re.findall(r"(\w+)\??:", body))
    return found
