"""A file that breaks off while it is sent ends there, and not when the browser's patience does."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from ..server import RunningServer


def test_a_file_that_breaks_off_is_cut_at_once_and_does_not_look_whole(tmp_path: Path) -> None:
    with RunningServer(data_dir=tmp_path, altered_by="tests.live.broken_file") as server:
        cookies = asyncio.run(server.sign_in("core"))
        began = time.monotonic()
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            httpx.get(f"{server.base}/s/{server.code}/export/results.csv", cookies=cookies, timeout=30)
        assert time.monotonic() - began < 15
        assert httpx.get(f"{server.base}/health/live").status_code == 200
