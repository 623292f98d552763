"""`manage.py serve` as a person starts it: a real process on a real port."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from cocreation import address
from tests.conversation import PLAIN
from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60


@contextmanager
def serving(folder: Path, port: int, *more: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Start the server, wait for its run.json, stop it in the end."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PUBLIC_URL", "DATABASE_URL")}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--data-dir", str(folder), *more]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        run_file = folder / "run.json"
        until = time.monotonic() + SECONDS
        while not run_file.exists():
            assert process.poll() is None, process.stdout.read() if process.stdout else ""
            assert time.monotonic() < until
            time.sleep(0.05)
        yield process, json.loads(run_file.read_text())
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)


@pytest.mark.slow
def test_it_serves_what_it_prints_and_keeps_it_over_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port, folder = free_port(), tmp_path / "not" / "there"
    # With a secret of its own it keeps none in the folder, and has to make that all the same.
    monkeypatch.setenv("SECRET_KEY", "of this test alone " * 3)
    with serving(folder, port) as (process, first):
        assert set(first) == {"code", "join", "console", "stage", "studio", "signin"}
        assert set(first["signin"]) == {"facilitator", "core"}
        assert (folder / "run.json").stat().st_mode & 0o077 == 0
        for page in (first["join"], first["stage"], *first["signin"].values()):
            assert httpx.get(page, follow_redirects=True, verify=PLAIN).status_code == 200
        api = f"http://127.0.0.1:{port}/api/v1/sessions/{first['code']}/participants"
        assert httpx.post(api, json={"sector": "onderwijs"}, verify=PLAIN).status_code == 201
        again = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(port), "--data-dir", str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert (again.returncode, (folder / "run.json").exists()) == (1, True)
        assert again.stderr.strip() == (
            f"Port {port} is in use. Stop the other program, or choose another port: PORT={port + 1} make run."
        )
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=SECONDS)
        assert (process.returncode, (folder / "run.json").exists()) == (0, False)
        for address_said in (first["join"], first["console"], first["stage"], first["studio"]):
            assert address_said in said
        assert "\nready\n" in said
        assert "127.0.0.1" not in said and "onderwijs" not in said
    database, ended = folder / "cocreation.sqlite3", "0123456789abcdefghijklmnopqrstuv"
    with closing(sqlite3.connect(database)) as file:
        file.execute("INSERT INTO django_session VALUES (?, 'x', '2020-01-01 00:00:00')", [ended])
        file.commit()
    with serving(folder, port) as (process, second):
        assert second["code"] == first["code"]
        assert second["signin"] != first["signin"]
        assert ended.encode() not in database.read_bytes(), "a sign-in that ended is gone with the next start"


@pytest.mark.slow
def test_a_second_server_on_one_sqlite_file_is_refused(tmp_path: Path) -> None:
    """Phones at the one would not be told what phones at the other do; and the links of the first still work."""
    with serving(tmp_path, free_port()) as (_, first):
        for language, says in (("C", "Another server uses"), ("nl_NL.UTF-8", "Een andere server gebruikt")):
            second = subprocess.run(
                [sys.executable, "manage.py", "serve", "--port", str(free_port()), "--data-dir", str(tmp_path)],
                cwd=ROOT,
                env=os.environ | {"LANG": language, "LC_ALL": ""},
                capture_output=True,
                text=True,
                timeout=SECONDS,
            )
            assert second.returncode == 1
            assert second.stderr.startswith(f"{says} {tmp_path / 'cocreation.sqlite3'}")
        assert json.loads((tmp_path / "run.json").read_text()) == first
    with serving(tmp_path, free_port()):
        pass


@pytest.mark.slow
def test_without_the_demo_a_link_makes_the_first_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tmp_path, free_port(), "--no-demo") as (process, first):
        assert set(first) == {"join", "studio", "first"}
        page = httpx.get(first["first"], verify=PLAIN, headers={"Accept-Language": "en"})
        assert (page.status_code, "The first account" in page.text) == (200, True)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=SECONDS)
        assert "Nobody has an account yet." in said and first["first"] in said
    monkeypatch.setenv("LOG_FORMAT", "json")
    with serving(tmp_path, free_port(), "--no-demo") as (process, second):
        assert set(second) == {"join", "studio"}
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=SECONDS)
        assert "manage.py first_account" in said and "/invitation/" not in said


def test_public_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "lan_address", lambda: "192.0.2.7")
    assert address.public_url(8000) == ("http://192.0.2.7:8000", True)
    monkeypatch.setattr(address, "lan_address", lambda: "fd00::7")
    assert address.public_url(8000) == ("http://[fd00::7]:8000", True)
    monkeypatch.setattr(address, "lan_address", lambda: None)
    assert address.public_url(8000) == ("http://localhost:8000", False)


def test_the_lan_address_is_never_this_machines_own_loop() -> None:
    found = address.lan_address()
    assert found is None or not found.startswith(("127.", "0.", "169.254."))
    with socket.socket() as probe:
        if found is not None and ":" not in found:
            probe.bind((found, 0))
