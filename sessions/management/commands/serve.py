"""`manage.py serve`: migrates, makes the demo, prints the addresses and serves until stopped."""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.urls import reverse
from django.utils import translation

from cocreation.start import ALL, add_place

from ...domain.publication import adopt
from ...models.logins import SessionStore
from ...models.purge import rewrite
from ...views.checks import check_bundle
from ...views.health import schema
from ...views.signin import drop_old_links, new_sign_in_link
from ...views.stagelinks import new_stage_link
from ..demo import SLUG, make_demo
from ..doctor import examine_start
from ..doctor.speech import language_of_shell
from ..running import RUN_FILE

Addresses = dict[str, Any]
LOCAL = ("localhost", "127.0.0.1", "::1")


class Command(BaseCommand):
    help = "Serve the program, with the demo programme, until stopped."
    requires_system_checks: list[str] = []  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_place(parser)
        parser.add_argument("--no-demo", dest="demo", action="store_false", help="make no demo programme")
        parser.add_argument(
            "--no-migrate", dest="migrate", action="store_false", help="the database is brought up to date elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"] or settings.PORT
        folder = Path(options["data_dir"] or settings.DATA_DIR).resolve()
        _refuse_taken_port(host, port)
        run_file = folder / RUN_FILE
        # Its links are of the last start. Whoever waits for the file must not find that one.
        run_file.unlink(missing_ok=True)
        if problems := check_bundle():
            sys.exit(problems[0].msg)
        with _alone(folder / "serve.lock"):
            if schema.is_whole():
                # As a migrate would that finds nothing to do; finding that out by itself takes it half a second.
                adopt()
            elif options["migrate"]:
                call_command("migrate", interactive=False, verbosity=0)
                schema.forget()
            else:
                sys.exit("The database is not up to date: run manage.py migrate first, or leave out --no-migrate.")
            SessionStore.clear_expired()
            rewrite()
            title, addresses = _prepare() if options["demo"] and settings.DEMO else _plain()
        with translation.override(language_of_shell()):
            troubles = examine_start()
        connections.close_all()

        def announce() -> None:
            _write_whole(run_file, json.dumps(addresses, indent=2) + "\n")
            if settings.LOG_FORMAT == "json":
                _log(troubles)
            else:
                self._print(title, addresses, host, troubles)

        from ..server import run

        if not run(host=host, port=port, when_listening=announce):
            sys.exit(_taken(port))
        run_file.unlink(missing_ok=True)
        self.stdout.write("Stopped. Everything is kept.")

    def _print(self, title: str, addresses: Addresses, host: str, troubles: list[str]) -> None:
        public = settings.PUBLIC_URL
        lines = ["", title, ""] if title else [""]
        local = _locally(host)
        alone = urlsplit(public).hostname in LOCAL
        if local and local != public and not alone:
            lines += ["On this machine"]
            lines += _rows({name: _on(local, addresses[name]) for name in _PAGES if name in addresses})
            lines += ["", "For phones on the same network"]
        else:
            lines += ["Addresses"]
        lines += _rows({name: addresses[name] for name in _PAGES if name in addresses})
        if addresses.get("signin"):
            lines += ["", "Sign in with one of these; each works once, within 24 hours"]
            lines += _rows(addresses["signin"])
        if troubles:
            lines += ["", "To look at (manage.py doctor says more):", *(f"  {trouble}" for trouble in troubles)]
        self.stdout.write("\n".join([*lines, "", "ready"]))
        self.stdout.flush()


log = logging.getLogger(__name__)

START_LOCK = 4_262_001
LOCK_ASKED_S = 0.1
_PAGES = ("join", "console", "stage", "studio")


def _prepare() -> tuple[str, Addresses]:
    """Make the demo and fresh links, and return what it is called and the addresses of everything."""
    session, members = make_demo()
    drop_old_links()
    console = reverse("console", kwargs={"code": session.code})
    studio = reverse("programme", kwargs={"slug": SLUG})
    ways = {"facilitator": console, "core": studio}
    addresses = {
        "code": session.code,
        "join": settings.PUBLIC_URL + reverse("join", kwargs={"code": session.code}),
        "console": settings.PUBLIC_URL + console,
        # With its own right, so that the projector's computer signs in to nothing.
        "stage": new_stage_link(session),
        "studio": settings.PUBLIC_URL + studio,
        "signin": {name: new_sign_in_link(members[name], next_path=path) for name, path in ways.items()},
    }
    return f"{session.programme.name_en} · {session.title_en} · code {session.code}", addresses


def _plain() -> tuple[str, Addresses]:
    return "", {"join": f"{settings.PUBLIC_URL}/", "studio": settings.PUBLIC_URL + settings.LOGIN_REDIRECT_URL}


def _log(troubles: list[str]) -> None:
    """Without addresses and links: such logs are collected, and read by others than who may sign in."""
    log.info("Ready on port %d", settings.PORT)
    for trouble in troubles:
        log.warning("%s", trouble)


def _rows(addresses: dict[str, str]) -> list[str]:
    width = max(len(name) for name in addresses)
    return [f"  {name:<{width}}  {address}" for name, address in addresses.items()]


def _locally(host: str) -> str | None:
    """Return how this machine reaches itself, if it listens there."""
    return f"http://localhost:{settings.PORT}" if host in (*ALL, *LOCAL) else None


def _on(base: str, address: str) -> str:
    return base + address.removeprefix(settings.PUBLIC_URL)


def _taken(port: int) -> str:
    return f"Port {port} is in use. Stop the other program, or choose another port: PORT={port + 1} make run."


def _refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is made or migrated."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            sys.exit(f"Port {port} may only be used by root. Choose one from 1024 on: PORT=8000 make run.")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(_taken(port))
            sys.exit(f"This machine has no address {host}.")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let two servers that start at the same moment migrate one after the other."""
    with path.open("w") as lock, connection.cursor() as cursor:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            # The other one may have another folder. The lock ends with this connection. It is asked for again and
            # again, because a statement that waits holds a snapshot: CREATE INDEX CONCURRENTLY of the one that
            # migrates waits for every older snapshot, and both would wait for each other.
            while not _take_lock(cursor):
                time.sleep(LOCK_ASKED_S)
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_unlock(%s)", [START_LOCK])


def _take_lock(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [START_LOCK])
    return bool(cursor.fetchone()[0])


def _write_whole(path: Path, text: str) -> None:
    """Write so that a reader sees the whole file or none; it holds sign-in links, so only the owner may read."""
    new = path.with_suffix(".new")
    with suppress(FileNotFoundError):
        new.unlink()
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)
