"""Startup checks: the port is free, no other server starts with the same folder or database at the same moment, and
none has the same SQLite file.
"""

from __future__ import annotations

import errno
import fcntl
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

START_LOCK = 4_262_001
LOCK_ASKED_S = 0.1
GOING_S = 5.0
"""A server that is told to stop may still be saying goodbye, no longer at its port."""


def say_taken(port: int) -> str:
    sentence = _("Port %(port)d is in use. Stop the other program, or choose another port: PORT=%(next)d make run.")
    return sentence % {"port": port, "next": port + 1}


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is made or migrated."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            sentence = _("Port %(port)d may only be used by root. Choose one from 1024 on: PORT=8000 make run.")
            sys.exit(sentence % {"port": port})
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(say_taken(port))
            sys.exit(_("This machine has no address %(host)s.") % {"host": host})


def make_folder(folder: Path) -> None:
    """Make the folder of the data: with SECRET_KEY in the environment nothing has made it before."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = _("DATA_DIR is %(folder)s, which cannot be used: %(why)s.")
        sys.exit(sentence % {"folder": folder, "why": error.strerror})


def take_sqlite() -> IO[str] | None:
    """Keep SQLite's file for this server: what one process stores, the phones at another would not be told.

    Returns what has to stay open for as long as the server runs; the system closes it however that ends.
    """
    if connection.vendor != "sqlite":
        return None
    # A file beside it: SQLite's own locks on the database would be gone when something else closes that file.
    database = Path(str(connection.settings_dict["NAME"]))
    lock = database.with_name(f"{database.name}.lock").open("a")
    until = time.monotonic() + GOING_S
    while not _take_file(lock):
        if time.monotonic() < until:
            time.sleep(LOCK_ASKED_S)
            continue
        sentence = _(
            "Another server uses %(file)s. SQLite is for one process: stop that server, give this one a folder of its "
            "own (DATA_DIR), or let both use PostgreSQL (DATABASE_URL)."
        )
        sys.exit(sentence % {"file": database})
    return lock


@contextmanager
def hold_startup_lock(path: Path) -> Iterator[None]:
    """Hold a lock during startup, so that two servers migrate one after the other."""
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


def _take_file(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take_lock(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [START_LOCK])
    return bool(cursor.fetchone()[0])
