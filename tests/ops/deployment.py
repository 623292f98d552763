"""A deployment by docker compose without docker: what the scripts call is played, the database is real."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoDbBlocker

from sessions.models import Session

from ..databases import postgres_settings, use_database
from ..server import ROOT
from ..services import postgres_programs
from .test_restore import make_database

PREPARED = "prepared"


class Deployment:
    """A checkout whose compose stack has a real database and processes that only have a name."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server = folder, server
        (folder / "scripts").mkdir()
        for name in ("backup", "restore", "upgrade", "deployment.sh"):
            shutil.copy(ROOT / "scripts" / name, folder / "scripts" / name)
        docker = folder / "bin" / "docker"
        docker.parent.mkdir()
        docker.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {ROOT / "tests" / "ops" / "engine.py"} "$@"\n')
        docker.chmod(0o755)
        images = {f"cocreation-{name}:latest": "old" for name in ("app", "proxy")}
        running = ["app-1", "app-2", "postgres", "proxy", "redis"]
        self.state = {
            "said": [],
            "broken": [],
            "version": "new",
            "migrates": False,
            "images": images,
            "running": running,
            "restarting": [],
            "at": dict.fromkeys(running, "old"),
        }

    def without_proxy(self) -> None:
        """A proxy of one's own: the bundled one was never built, and its ports are taken."""
        del self.state["images"]["cocreation-proxy:latest"]
        self.state["running"].remove("proxy")
        del self.state["at"]["proxy"]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        engine = self.folder / "engine"
        engine.write_text(json.dumps(self.state))
        parts = psycopg.conninfo.conninfo_to_dict(self.server)
        environment = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "ENGINE": str(engine),
            "PROGRAMS": str(postgres_programs()),
            "SERVER": self.server.removesuffix("postgres"),
            "PGHOST": str(parts["host"]),
            "PGPORT": str(parts["port"]),
            "DATA_DIR": str(self.folder / "data"),
        }
        command = [str(self.folder / "scripts" / words[0]), *words[1:]]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120)
        self.state = json.loads(engine.read_text())
        return done

    def said(self) -> list[str]:
        """Return what docker was told since the last time."""
        found: list[str] = self.state["said"]
        self.state["said"] = []
        return found

    def databases(self) -> list[str]:
        with psycopg.connect(self.server) as connection:
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE datname !~ '^(template|postgres|prepared)'"
            )
            return sorted(name for (name,) in found.fetchall())


def looking(deployment: Deployment, blocker: DjangoDbBlocker) -> Any:
    """Look into the database that the program uses."""
    return _Looking(deployment.server.removesuffix("postgres") + "cocreation", blocker)


class _Looking:
    def __init__(self, address: str, blocker: DjangoDbBlocker) -> None:
        self._block, self._use = blocker.unblock(), use_database(postgres_settings(address))

    def __enter__(self) -> None:
        self._block.__enter__()
        self._use.__enter__()

    def __exit__(self, *raised: Any) -> None:
        self._use.__exit__(*raised)
        self._block.__exit__(*raised)


def epochs(deployment: Deployment, blocker: DjangoDbBlocker) -> dict[str, str]:
    with looking(deployment, blocker):
        return dict(Session.objects.values_list("code", "epoch"))


def add_session(deployment: Deployment, blocker: DjangoDbBlocker) -> None:
    with looking(deployment, blocker):
        make_database()


def take_back_newest_migration(deployment: Deployment, blocker: DjangoDbBlocker) -> str:
    """Leave the database as the code of before knew it; return the migration's name."""
    before, newest = applied(deployment, blocker)[-2:]
    with looking(deployment, blocker):
        call_command("migrate", "workshop", before, interactive=False, verbosity=0)
    assert newest not in applied(deployment, blocker)
    return newest


def applied(deployment: Deployment, blocker: DjangoDbBlocker) -> list[str]:
    with looking(deployment, blocker):
        return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "workshop")
