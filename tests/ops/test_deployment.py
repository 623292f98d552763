"""scripts/backup, scripts/restore and scripts/upgrade: on a real PostgreSQL, with a stand-in for Docker's engine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql
from pytest_django import DjangoDbBlocker

from sessions.models import Session

from ..databases import postgres_settings, use_database
from ..server import ROOT
from ..services import guarded_postgres, postgres_programs
from .test_restore import make_database

pytestmark = pytest.mark.servers

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
        docker.write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "tests" / "ops" / "engine.py"} "$@"\n')
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


@pytest.fixture(scope="module")
def postgres(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A server with a database PREPARED that holds a session; copying it is quicker than migrating anew."""
    with guarded_postgres(user="cocreation", password="") as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {PREPARED}")
        with _Looking(server.url.removesuffix("postgres") + PREPARED, django_db_blocker):
            make_database()
        yield server.url


@pytest.fixture
def deployment(postgres: str, tmp_path: Path) -> Deployment:
    found = Deployment(tmp_path, postgres)
    with psycopg.connect(postgres, autocommit=True) as connection:
        for name in found.databases():
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        connection.execute(f"CREATE DATABASE cocreation TEMPLATE {PREPARED}")
    return found


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


def test_a_restore_can_be_done_again_and_taken_back(deployment: Deployment, django_db_blocker: DjangoDbBlocker):
    done = deployment.run("backup", "kept.dump")
    assert done.returncode == 0, done.stderr
    backup = deployment.folder / "kept.dump"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert deployment.run("backup", "kept.dump").returncode == 1
    before = epochs(deployment, django_db_blocker)
    add_session(deployment, django_db_blocker)
    both = epochs(deployment, django_db_blocker)
    assert len(both) == 2
    # One that broke off left its database there.
    with psycopg.connect(deployment.server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE restored")

    seen = [before]
    for time in (1, 2):
        deployment.said()
        done = deployment.run("restore", "kept.dump")
        assert done.returncode == 0, done.stderr
        found = epochs(deployment, django_db_blocker)
        assert list(found) == list(before)
        assert found not in seen, "screens that were open load anew"
        seen.append(found)
        assert len([name for name in deployment.databases() if name.startswith("replaced_")]) == time
        said = deployment.said()
        checked = next(index for index, line in enumerate(said) if "manage.py restore" in line)
        assert checked < said.index("compose stop app-1 app-2"), "people go on while it is checked"
        assert deployment.state["running"] == ["app-1", "app-2", "postgres", "proxy", "redis"]

    first = min(name for name in deployment.databases() if name.startswith("replaced_"))
    done = deployment.run("restore", "--back", first)
    assert done.returncode == 0, done.stderr
    assert list(epochs(deployment, django_db_blocker)) == list(both)
    assert first not in deployment.databases() and "restored" not in deployment.databases()


@pytest.mark.parametrize(
    ("broken", "says", "stops"),
    [
        ("pg_restore --username", "cannot be read to its end", False),
        ("manage.py restore", "cannot take the database's place", False),
        ("psql", "could not change places", True),
    ],
)
def test_a_restore_that_fails_leaves_all_as_it_was(
    deployment: Deployment, django_db_blocker: DjangoDbBlocker, broken: str, says: str, stops: bool
):
    assert deployment.run("backup", "kept.dump").returncode == 0
    before, running = epochs(deployment, django_db_blocker), deployment.state["running"]
    deployment.state["broken"] = [broken]
    deployment.said()
    done = deployment.run("restore", "kept.dump")
    assert done.returncode == 1
    assert says in done.stderr
    assert ("compose stop app-1 app-2" in deployment.said()) == stops
    assert deployment.state["running"] == running
    assert deployment.databases() == ["cocreation"]
    assert epochs(deployment, django_db_blocker) == before


def test_what_is_no_backup_is_refused(deployment: Deployment):
    (deployment.folder / "text").write_text("no backup")
    for words, says in {
        ("restore",): "say which backup",
        ("restore", "nothing"): "there is no file",
        ("restore", "text"): "is not a backup",
        ("restore", "--back", "replaced_1"): "There are: none",
        ("restore", "--back", "postgres"): "there is no database",
        ("upgrade", "now"): "takes nothing else",
        ("backup", "--all"): "takes one thing",
    }.items():
        done = deployment.run(*words)
        assert done.returncode == 1, words
        assert says in done.stderr
    assert not any("stop" in line or "up " in line for line in deployment.said())


def test_an_upgrade_replaces_one_process_after_the_other(deployment: Deployment):
    done = deployment.run("upgrade")
    assert done.returncode == 0, done.stderr
    said = deployment.said()
    order = [
        next(index for index, line in enumerate(said) if part in line)
        for part in ("pg_dump", "compose build", "caddy validate", "run --rm --no-deps -T migrate", " app-1", " app-2")
    ]
    assert order == sorted(order)
    assert said[-1].endswith(" proxy")
    assert deployment.state["at"] == dict.fromkeys(["app-1", "app-2", "postgres", "proxy", "redis"], "new")
    assert len(list((deployment.folder / "backups").iterdir())) == 1


@pytest.mark.parametrize(
    ("broken", "says", "replaced"),
    [
        ("pg_dump", "without a backup nothing is changed", []),
        ("compose build", "cannot be built", []),
        ("caddy validate", "does not take its settings", []),
        ("-T migrate", "could not be brought up to date", []),
        ("new", "the new app-1 does not get ready", ["app-1"]),
        ("--wait-timeout 120 app-2", "the new app-2 does not get ready", ["app-1", "app-2"]),
        ("--wait-timeout 120 proxy", "the new proxy does not get ready", ["app-1", "app-2", "proxy"]),
    ],
)
def test_an_upgrade_stops_at_the_first_error_and_goes_back(
    deployment: Deployment, broken: str, says: str, replaced: list[str]
):
    deployment.state["broken"] = [broken]
    done = deployment.run("upgrade")
    assert done.returncode == 1
    assert says in done.stderr
    assert deployment.state["at"] | {"postgres": "", "redis": ""} == {
        "app-1": "old",
        "app-2": "old",
        "proxy": "old",
        "postgres": "",
        "redis": "",
    }
    assert set(deployment.state["images"].values()) <= {"old"} or broken == "new"
    assert deployment.state["images"]["cocreation-app:latest"] == "old"
    touched = {line.rpartition(" ")[2] for line in deployment.said() if line.startswith("compose up")}
    assert touched - {"redis"} == set(replaced)


@pytest.mark.parametrize("broken", ["", "--wait-timeout 120 app-2"])
def test_an_upgrade_leaves_a_proxy_of_ones_own_alone(deployment: Deployment, broken: str):
    deployment.without_proxy()
    deployment.state["broken"] = [broken] if broken else []
    done = deployment.run("upgrade")
    assert done.returncode == (1 if broken else 0), done.stderr
    assert "the new app-2 does not get ready" in done.stderr if broken else "Upgraded" in done.stdout
    version = "old" if broken else "new"
    assert {deployment.state["at"][name] for name in ("app-1", "app-2")} == {version}
    assert "proxy" not in deployment.state["running"]
    assert not [line for line in deployment.said() if "proxy" in line]


def test_an_upgrade_replaces_a_proxy_that_starts_again_and_again(deployment: Deployment):
    deployment.state["running"].remove("proxy")
    deployment.state["restarting"] = ["proxy"]
    done = deployment.run("upgrade")
    assert done.returncode == 0, done.stderr
    assert deployment.state["at"]["proxy"] == "new"


def test_upgrades_bring_a_real_database_up_to_date(deployment: Deployment, django_db_blocker: DjangoDbBlocker):
    """From before the newest migration; and once more, when there is nothing to bring."""
    deployment.state["migrates"] = True
    before = epochs(deployment, django_db_blocker)
    newest = take_back_newest_migration(deployment, django_db_blocker)
    for version in ("new", "newer"):
        deployment.state["version"] = version
        done = deployment.run("upgrade")
        assert done.returncode == 0, done.stderr
        assert deployment.state["at"] == dict.fromkeys(["app-1", "app-2", "postgres", "proxy", "redis"], version)
        assert newest in applied(deployment, django_db_blocker)
        assert epochs(deployment, django_db_blocker) == before


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
