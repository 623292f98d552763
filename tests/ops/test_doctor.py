"""The doctor finds each thing that keeps a session from being held, and says it in both languages."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from django.core.management import call_command
from django.utils import timezone, translation
from pytest_django import Settings

from cocreation.redis_address import parse_redis
from sessions.management import running
from sessions.management.doctor import State, examine, examine_start
from sessions.management.doctor.address import examine_address, examine_name
from sessions.management.doctor.certificate import examine_certificate
from sessions.management.doctor.configuration import examine_redis
from sessions.management.doctor.database import examine_database
from sessions.management.doctor.findings import Finding
from sessions.management.doctor.machine import examine_disk
from sessions.management.running import own_address
from sessions.models import Event

from ..server import ROOT
from ..services import free_port
from .places import Places
from .test_restore import make_result

Room = namedtuple("Room", "total used free")


def states(found: Iterator[Finding]) -> list[State]:
    return [finding.state for finding in found]


@pytest.fixture
def at(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An installation that was given an address, which is well."""
    monkeypatch.setenv("PUBLIC_URL", "as the settings say")
    settings.DATA_DIR, settings.HTTPS, settings.PROXY_HEADERS = tmp_path, True, True
    settings.PUBLIC_URL, settings.PORT = "https://workshops.example.org", 8000
    with translation.override("en"):
        yield settings


@pytest.mark.parametrize(
    ("url", "is_proxied", "states_", "says"),
    [
        ("https://workshops.example.org", True, [State.WELL], "People use https://workshops.example.org"),
        ("https://workshops.example.org", False, [State.WELL, State.WARNING], "PROXY_HEADERS is not 1"),
        ("http://localhost:8000", False, [State.WARNING], "phones cannot"),
        ("http://203.0.113.9:8000", False, [State.WARNING], "this machine has not that address"),
        ("http://203.0.113.9:8000", True, [State.WELL], "People use"),
        ("http://workshop.lan", False, [State.WARNING], "listens on port 8000"),
    ],
)
def test_the_address(at: Settings, url: str, is_proxied: bool, states_: list[State], says: str):
    at.PUBLIC_URL, at.HTTPS, at.PROXY_HEADERS = url, url.startswith("https"), is_proxied
    found = list(examine_address())
    assert [one.state for one in found] == states_
    assert says in found[-1].text


def test_without_an_address_the_running_server_is_asked_for_its_own(at: Settings, monkeypatch: pytest.MonkeyPatch):
    """Another shell knows neither its port nor its address."""
    monkeypatch.delenv("PUBLIC_URL")
    at.PROXY_HEADERS = False
    monkeypatch.setattr(running, "public_url", lambda port: (f"http://localhost:{port}", False))
    assert own_address() == "http://localhost:8000"
    (at.DATA_DIR / "run.json").write_text('{"join": "http://127.0.0.1:9999/join/ABCDEF/"}')
    (found,) = examine_address()
    assert "http://127.0.0.1:9999;" in found.text


def test_a_name_that_nobody_knows(at: Settings):
    at.PUBLIC_URL = "https://nowhere.invalid"
    assert states(examine_name()) == [State.WARNING]
    at.PUBLIC_URL = "https://localhost"
    assert states(examine_name()) == []


@contextmanager
def answering(certificate: trustme.LeafCert) -> Iterator[int]:
    """A server that shows this certificate to whoever comes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def show() -> None:
            line, _ = door.accept()
            with line, suppress(OSError):  # who does not trust it hangs up
                context.wrap_socket(line, server_side=True).close()

        shower = threading.Thread(target=show)
        shower.start()
        yield door.getsockname()[1]
        shower.join(10)


def test_the_certificate(at: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    authority = trustme.CA()
    with answering(authority.issue_cert("localhost")) as port:
        at.PUBLIC_URL = f"https://localhost:{port}"
        (stranger,) = examine_certificate()
    assert stranger.state is State.WRONG
    assert "will not trust" in stranger.text

    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with answering(authority.issue_cert("localhost")) as port:
        at.PUBLIC_URL = f"https://localhost:{port}"
        assert states(examine_certificate()) == [State.WELL]
    soon = timezone.now() + timedelta(days=5)
    with answering(authority.issue_cert("localhost", not_after=soon)) as port:
        at.PUBLIC_URL = f"https://localhost:{port}"
        (ending,) = examine_certificate()
    assert ending.state is State.WARNING
    assert "4 more days" in ending.text
    at.PUBLIC_URL = f"https://localhost:{free_port()}"
    assert states(examine_certificate()) == [State.WARNING]
    at.PUBLIC_URL = "http://localhost:8000"
    assert states(examine_certificate()) == [State.WELL]


def test_the_database(places: Places, at: Settings):
    with places.looking_into(places.empty):
        pending = list(examine_database())
        assert [one.state for one in pending] in ([State.WRONG], [State.WELL])
        assert "not up to date" in pending[0].text or "There is none yet" in pending[0].text
        call_command("migrate", interactive=False, verbosity=0)
        assert states(examine_database()) == [State.WELL]


@pytest.mark.servers
def test_a_database_that_cannot_be_reached_says_why(postgres_url: str, at: Settings, tmp_path: Path):
    away = postgres_url.rpartition(":")[0] + f":{free_port()}/postgres"
    done = doctor({"DATABASE_URL": away, "DATA_DIR": str(tmp_path)})
    assert done.returncode == 1
    assert "PostgreSQL cannot be reached" in done.stdout
    assert "refused" in done.stdout.lower()


def test_a_clock_that_is_behind_what_was_stored(places: Places, at: Settings):
    with places.looking_into(places.served):
        make_result()
        assert states(examine_database()) == [State.WELL]
        newest = Event.objects.order_by("pk").last()
        assert newest is not None
        Event.objects.filter(pk=newest.pk).update(at=timezone.now() + timedelta(hours=1))
        (behind, _) = examine_database()
    assert behind.state is State.WRONG
    assert "is behind" in behind.text


def test_redis_that_is_away_is_no_reason_to_stop(at: Settings):
    at.REDIS = parse_redis(f"redis://127.0.0.1:{free_port()}")
    assert states(examine_redis()) == [State.WARNING]
    at.REDIS = None
    assert states(examine_redis()) == [State.WELL]


@pytest.mark.parametrize(
    ("free", "state"), [(50_000_000, State.WRONG), (500_000_000, State.WARNING), (5_000_000_000, State.WELL)]
)
def test_room_on_the_disk(at: Settings, monkeypatch: pytest.MonkeyPatch, free: int, state: State):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Room(9 * free, 8 * free, free))
    assert states(examine_disk()) == [state]


def test_a_start_tells_only_what_is_not_well(at: Settings):
    assert examine_start() == []
    at.PUBLIC_URL, at.HTTPS = "http://localhost:8000", False
    (said,) = examine_start()
    assert "phones cannot" in said


def doctor(environment: dict[str, str], *more: str, files: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with a limit of open files."""
    command: list[Any] = [sys.executable, "manage.py", "doctor", *more]
    if files is not None:
        command = ["sh", "-c", f'ulimit -n {files} && exec "$@"', "sh", *command]
    own = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=60)


def test_the_command_speaks_the_language_of_the_shell(tmp_path: Path):
    own = {"DATA_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost:8000"}
    dutch = doctor(own | {"LANG": "nl_NL.UTF-8"}, files=128)
    assert dutch.returncode == 0, dutch.stderr
    assert "telefoons niet" in dutch.stdout
    assert "verbindingen, want elke is een open bestand" in dutch.stdout
    assert "Kijk eerst naar 2 punten" in dutch.stdout
    english = doctor(own, "--lang", "en")
    assert "A session can be held. Look at 1 thing first." in english.stdout
    for subject in SUBJECTS:
        assert f"  {subject} " in english.stdout


SUBJECTS = {"settings", "address", "certificate", "database", "Redis", "disk", "clock", "open files"}


@pytest.mark.django_db
def test_every_subject_says_something(at: Settings):
    at.PUBLIC_URL, at.HTTPS = "http://localhost:8000", False
    with translation.override("en"):
        assert {subject for subject, _ in examine()} == SUBJECTS
