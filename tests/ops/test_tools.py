"""Every tool starts by itself: what it imports may need Django, which pytest has made ready and a shell has not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ..server import ROOT

TOOLS = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "tools").rglob("*.py")
    if 'if __name__ == "__main__":' in path.read_text()
)


def test_there_are_tools() -> None:
    assert {"tools.screens", "tools.markup", "tools.bench.__main__", "tools.faults.__main__"} <= set(TOOLS)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_can_be_loaded_from_a_shell(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {tool}"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
