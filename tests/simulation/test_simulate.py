"""`manage.py simulate` as somebody types it, against a real server; also one that is killed in the middle."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.server import ROOT, RunningServer

PATIENCE_S = 120


def begin(server: RunningServer, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "simulate", server.code, "--url", server.base, "--seed", "7", *options]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"DATA_DIR": str(server.data_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until_somebody_votes(server: RunningServer, running: subprocess.Popen[str]) -> None:
    """Then all are there, and much is still to come."""
    deadline = time.monotonic() + PATIENCE_S
    with closing(sqlite3.connect(f"file:{server.database_file}?mode=ro", uri=True, timeout=20)) as looking:
        while not looking.execute("SELECT count(*) FROM workshop_vote").fetchone()[0]:
            assert running.poll() is None and time.monotonic() < deadline, "nobody voted"
            time.sleep(0.1)


@pytest.mark.slow
def test_a_session_from_welcome_to_result_through_a_crash(tmp_path: Path):
    with RunningServer(data_dir=tmp_path) as server:
        running = begin(server, "--people", "12", "--minutes", "0.25", "--lead")
        until_somebody_votes(server, running)
        server.kill()
        time.sleep(0.5)
        server.start()
        told, _ = running.communicate(timeout=120)
    assert running.returncode == 0, told
    assert "Acknowledged = stored = exported." in told
    assert "vote.cast" in told
    papers = next(line.split() for line in told.splitlines() if line.startswith("paper ballots"))
    assert papers[2] == papers[3] == papers[4] and int(papers[2]) > 0
    assert "12 people joined, 12 are in participants.csv." in told
    assert "came back 0 times" not in told


def test_without_rights_it_says_what_to_do(tmp_path: Path):
    environment = os.environ | {"DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "simulate", "ABC234", "--url", "http://127.0.0.1:9"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "--link" in done.stderr
    assert "Traceback" not in done.stderr
