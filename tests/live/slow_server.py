"""A server whose comparison with chance takes as long as a test wants (slow_chance.py is what alters it)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..server import RunningServer


def serve_slowly(*, folder: Path, go: Path, environment: Mapping[str, str] | None = None) -> RunningServer:
    """Return a server, not started, whose comparison with chance goes on until `go` is there."""
    more = {**(environment or {}), "GO": str(go)}
    return RunningServer(data_dir=folder, altered_by="tests.live.slow_chance", environment=more)
