"""Every tool starts by itself: what it imports may need Django, which pytest has made ready and a shell has not."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from ..server import ROOT

TOOLS = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "tools").rglob("*.py")
    if 'if __name__ == "__main__":' in path.read_text()
)
FROM_A_SHELL = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def test_there_are_tools() -> None:
    assert {"tools.screens", "tools.markup", "tools.bench.__main__", "tools.faults.__main__"} <= set(TOOLS)


LOAD = """
import json, os, sys, traceback
from importlib import import_module
from scripts.standby import LIBRARIES

for library in LIBRARIES:
    import_module(library)
for tool in sys.argv[1:]:
    if not (child := os.fork()):
        try:
            import_module(tool)
        except BaseException:
            print(json.dumps([tool, traceback.format_exc()]), flush=True)
        else:
            print(json.dumps([tool, ""]), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Loads each tool in a process of its own, which has the libraries and nothing of the program: that is quicker than
starting a Python for each.
"""


@pytest.fixture(scope="module")
def trouble() -> dict[str, str]:
    """Tool → what went wrong as it was loaded."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, *TOOLS], cwd=ROOT, env=FROM_A_SHELL, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_can_be_loaded_from_a_shell(tool: str, trouble: dict[str, str]) -> None:
    assert trouble[tool] == ""


def test_one_that_needs_django_made_ready_is_found() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD, "tests.factory"],
        cwd=ROOT,
        env=FROM_A_SHELL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    ((_, told),) = (json.loads(line) for line in done.stdout.splitlines())
    assert "ImproperlyConfigured" in told or "AppRegistryNotReady" in told
