"""A test file of the frontend, run on data that a test of ours made: what is shipped, held against what was served."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .server import ROOT

PATIENCE_S = 300


def find_node() -> str:
    """The one from a wheel, where the system's own is too old, or the system's."""
    found = shutil.which("node", path=os.pathsep.join((str(ROOT / ".venv" / "node"), os.environ["PATH"])))
    assert found is not None, "there is no Node: run `make test`"
    return found


def check_shipped(test: str, *, name: str, data: Path) -> None:
    """Run one file of `frontend/src` with the environment variable `name` naming the data. Fails as it fails."""
    ran = subprocess.run(
        [find_node(), "node_modules/vitest/vitest.mjs", "run", f"src/{test}"],
        cwd=ROOT / "frontend",
        env=os.environ | {name: str(data), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-6000:]
    assert "skipped" not in ran.stdout
