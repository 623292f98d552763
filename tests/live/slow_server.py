"""A server whose comparison with chance takes as long as a test wants (slow_chance.py is what it runs)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from ..server import RunningServer
from ..services import free_port


def serve_slowly(*, folder: Path, go: Path, environment: Mapping[str, str] | None = None) -> RunningServer:
    """Return a server, not started, whose comparison with chance goes on until `go` is there."""
    port = free_port()
    place = ["--host", "127.0.0.1", "--port", str(port), "--data-dir", str(folder)]
    command = [sys.executable, "-m", "tests.live.slow_chance", "serve", *place]
    more = {**(environment or {}), "GO": str(go)}
    return RunningServer(data_dir=folder, port=port, command=command, environment=more)
