"""The attack on join codes, on a server of its own: guesses would keep other tests' visitors waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.attacks.guesses import run

from ..server import RunningServer


@pytest.mark.slow
def test_guessing_by_every_door_reaches_no_more_than_promised(tmp_path: Path) -> None:
    """Short, and without a word on speed: other tests run beside it. `python -m tools.attacks.guesses` does both."""
    with RunningServer(data_dir=tmp_path) as server:
        figures = run(server.base, server.code, guesses=900, seconds=30, p99_ms=None)
        assert "Traceback" not in server.log
    assert figures["answered_as_wrong"] >= 120
    assert figures["refused"] > 0
