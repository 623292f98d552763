"""What documents name is there: make targets, files, headings, environment variables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .reading import DOCUMENTS, ROOT, anchors_of, code_of, links_of, names_in, prose_of, read_tables

PLACES = (
    *(
        "cocreation/",
        "sessions/",
        "frontend/",
        "tests/",
        "tools/",
        "docs/",
        "scripts/",
        "locale/",
        "requirements/",
        ".ci/",
    ),
    ".github/",
)
MADE = (
    *("frontend/dist", "frontend/node_modules"),
    *("sessions/kinds/music.py", "sessions/kinds/circles/", "sessions/ballots/quadratic.py"),
)
"""Folders that are made, not kept."""
GUIDES = ROOT / "docs" / "guide"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in links_of(document):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_files_named_are_there(document: Path) -> None:
    named = {word for code in code_of(document) for word in re.findall(r"[\w./-]+", code) if word.startswith(PLACES)}
    missing = [word for word in named if not word.startswith(MADE) and not (ROOT / word.rstrip("./")).exists()]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_make_targets_named_are_there(document: Path) -> None:
    named = {word for code in code_of(document) for word in re.findall(r"\bmake ([a-z]+)\b", code)}
    assert named <= targets()


def test_the_way_of_a_vote_names_what_is_there() -> None:
    """Five files, in order; whether what it names is there, the next test says."""
    way = prose_of(ROOT / "docs" / "architecture.md").split("## The way of a vote")[1].split("\n## ")[0]
    assert len(re.findall(r"^### \d\. `", way, flags=re.MULTILINE)) == 5


def test_functions_and_classes_that_are_named_are_there() -> None:
    page = prose_of(ROOT / "docs" / "architecture.md")
    suffixes = {"sessions": (".py",), "frontend/src": (".ts", ".svelte"), "tests": (".py",), "tools": (".py",)}
    sources = [path for folder, ends in suffixes.items() for path in (ROOT / folder).rglob("*") if path.suffix in ends]
    words = {word for path in sources for word in re.findall(r"#?\w+", path.read_text())}
    named = {part for code in names_in(page) if re.fullmatch(r"#?\w+(\.#?\w+)*", code) for part in code.split(".")}
    assert named
    assert not named - words


def test_the_readme_tells_every_target_and_everything_of_ci() -> None:
    told = {word for code in code_of(ROOT / "README.md") for word in re.findall(r"\bmake ([a-z]+)\b", code)}
    assert told >= targets() - {"help", "faults"}
    ci = set(re.findall(r"^make ([a-z]+)", (ROOT / ".ci" / "run").read_text(), flags=re.MULTILINE))
    assert ci
    assert told >= ci


def test_every_environment_variable_is_told() -> None:
    """Those that the program reads, and the compose file."""
    read: set[str] = set()
    for folder in ("cocreation", "sessions"):
        for path in (ROOT / folder).rglob("*.py"):
            read |= set(
                re.findall(r"(?:os\.environ(?:\.get\(|\[)|\bread(?:_[a-z]+)?\(\s*)\"([A-Z_]+)\"", path.read_text())
            )
    read -= {"DJANGO_SETTINGS_MODULE"}
    read -= {"LC_ALL", "LC_MESSAGES", "LANG"}  # the shell's own
    read |= {"FACILITATOR_PASSWORD", "CORE_PASSWORD"}  # their names are put together in the demo
    operations = ROOT / "docs" / "operations.md"
    assert {names_in(row["variable"])[0] for row in read_tables(operations, "variable")} == read
    compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert compose <= set(names_in(prose_of(operations)))


def test_what_is_pasted_into_a_file_of_settings_holds_nothing_but_values() -> None:
    """A remark behind a value would become part of it."""
    remarked = [line for path in DOCUMENTS for line in code_of(path) if re.match(r"[A-Z_]+=\S*\s{2,}\S", line)]
    assert not remarked


def test_the_guides_have_the_same_parts() -> None:
    dutch, english = (prose_of(GUIDES / f"facilitator.{language}.md") for language in ("nl", "en"))
    shape = re.compile(r"^(#+|- |\d\. |\|)|(?<=\n\n)(\*\*)", flags=re.MULTILINE)
    assert shape.findall(dutch) == shape.findall(english)
