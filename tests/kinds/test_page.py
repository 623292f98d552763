"""docs/adding-a-kind.md is right: what it says is done in a copy of the tree, and the suite runs over the new kinds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..server import ROOT

pytestmark = pytest.mark.slow

PAGE = ROOT / "docs" / "adding-a-kind.md"
_FILE = re.compile(r"<!-- file: (\S+) -->\n```python\n(.*?)```", flags=re.DOTALL)
REGISTRY = "sessions/kinds/__init__.py"
ADDED = {"music": "Music", "circles": "Circles"}
COPIED = (
    *("sessions", "cocreation", "scripts", "tests", "tools", "docs", "frontend/src/lib"),
    *("manage.py", "pyproject.toml", "locale"),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which the page was followed."""
    place = tmp_path_factory.mktemp("tree")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            # With what Python compiled of it: that holds as long as a file keeps its time and length.
            shutil.copytree(source, place / name)
        elif source.exists():
            shutil.copy(source, place / name)
    files = dict(_FILE.findall(PAGE.read_text(encoding="utf-8")))
    assert files, "the page has no files"
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    registry = place / REGISTRY
    text = registry.read_text(encoding="utf-8")
    imports = "".join(f"from .{module} import {name}\n" for module, name in ADDED.items())
    text = text.replace("from .reveal import Reveal\n", f"{imports}from .reveal import Reveal\n")
    text = text.replace("KINDS = (", f"KINDS = ({', '.join(f'{name}()' for name in ADDED.values())}, ")
    registry.write_text(text, encoding="utf-8")
    return place


def run(place: Path, *command: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(place), "DATA_DIR": str(place / "data"), "COVERAGE_OF_RUN": ""}
    done = subprocess.run(
        [sys.executable, *command], cwd=place, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_program_starts_and_its_types_know_the_kinds(copy: Path) -> None:
    run(copy, "manage.py", "types")
    types = (copy / "frontend" / "src" / "lib" / "wire.gen.ts").read_text(encoding="utf-8")
    assert "export interface MusicSettings {\n  volume: number;\n}" in types
    assert '"music"' in types
    assert '"circle.sit": SitDown;' in types
    told = (copy / "docs" / "protocol.md").read_text(encoding="utf-8")
    assert "| `music` | `volume` | whole number, 0 to 10 | 5 | How loud. |" in told
    run(copy, "manage.py", "makemigrations", "--check", "--dry-run", "--skip-checks")


def test_the_suite_runs_over_them_and_they_keep_it(copy: Path) -> None:
    suite, names = "tests/kinds/test_conformance.py", "tests/kinds/test_names.py"
    chosen = "test_names or (sqlite and (music or circles))"
    told = run(copy, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", suite, names, "-k", chosen)
    assert told.count(f"PASSED {suite}") == 10
    assert told.count(f"PASSED {names}") > 0
