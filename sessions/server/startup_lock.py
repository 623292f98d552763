"""Startup checks: the port is free, and no other server starts with the same folder or database."""

from __future__ import annotations

import errno
import fcntl
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper

START_LOCK = 4_262_001
LOCK_ASKED_S = 0.1


def say_taken(port: int) -> str:
    return f"Port {port} is in use. Stop the other program, or choose another port: PORT={port + 1} make run."


def refuse_taken_port(host: str, port: int) -> None:
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
                sys.exit(say_taken(port))
            sys.exit(f"This machine has no address {host}.")


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


def _take_lock(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [START_LOCK])
    return bool(cursor.fetchone()[0])
