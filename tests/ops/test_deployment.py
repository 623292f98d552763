"""scripts/backup, scripts/restore and scripts/upgrade: on a real PostgreSQL, with a stand-in for Docker's engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from ..services import guarded_postgres
from .deployment import PREPARED, Deployment, _Looking, add_session, applied, epochs, take_back_newest_migration
from .test_restore import make_database

pytestmark = pytest.mark.servers


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
