"""What goes into the image: .dockerignore leaves nothing out that the program reads, and takes no tests along."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import pytest
from django.conf import settings

from sessions.views.guide import DOCUMENTS, LANGUAGES

from ..server import ROOT

NEEDED = ("cocreation", "sessions", "frontend/src", "locale", "docs/guide", "requirements", "scripts", "manage.py")
LEFT_OUT = ("tests", "tools", ".git", "data", "docs/decisions", "docs/protocol.md", ".env", "frontend/node_modules")


def read_patterns() -> list[tuple[re.Pattern[str], bool]]:
    """Return the lines of .dockerignore: what they match, and whether that is left out."""
    lines = (line.strip() for line in (ROOT / ".dockerignore").read_text().splitlines())
    return [(translate(line.lstrip("!")), not line.startswith("!")) for line in lines if line and line[0] != "#"]


def translate(pattern: str) -> re.Pattern[str]:
    """As Docker reads it: `*` within a name, `**` over folders, and what is in a folder goes with it."""
    spelled = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(spelled.get(part, re.escape(part)) for part in parts) + "(?:/.*)?")


def is_taken(path: str, patterns: list[tuple[re.Pattern[str], bool]]) -> bool:
    """The last line that matches decides."""
    left_out = False
    for pattern, leaves_out in patterns:
        if pattern.fullmatch(path):
            left_out = leaves_out
    return not left_out


def files_below(place: str) -> Iterator[str]:
    found = ROOT / place
    for path in [found] if found.is_file() else found.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".mo", ".pyc"):
            yield path.relative_to(ROOT).as_posix()


def needed() -> Iterable[str]:
    return (path for place in NEEDED for path in files_below(place) if not is_made(path))


def is_made(path: str) -> bool:
    """Whether the image makes it anew."""
    return PurePosixPath(path).match("frontend/src/messages/*.nl.json")


def test_nothing_that_is_needed_is_left_out() -> None:
    patterns, paths = read_patterns(), list(needed())
    assert {f"docs/guide/{name}.{language}.md" for name in DOCUMENTS for language in LANGUAGES} | {"manage.py"} <= set(
        paths
    )
    assert [path for path in paths if not is_taken(path, patterns)] == []


@pytest.mark.parametrize("place", LEFT_OUT)
def test_what_is_not_needed_stays_out(place: str) -> None:
    patterns = read_patterns()
    assert not is_taken(place, patterns)
    assert not is_taken(f"{place}/anything.md", patterns)


def test_the_program_starts_from_what_the_image_holds(tmp_path: Path) -> None:
    """And says what is missing when it does not."""
    patterns = read_patterns()
    for path in needed():
        if is_taken(path, patterns):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, tmp_path / path)
    environment = os.environ | {"FRONTEND_DIST": str(settings.FRONTEND_DIST), "DATA_DIR": str(tmp_path / "data")}
    environment.pop("PYTHONPATH", None)

    def check() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", "check"]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert (found := check()).returncode == 0, found.stderr
    shutil.rmtree(tmp_path / "docs")
    assert "workshop.E002" in check().stderr
