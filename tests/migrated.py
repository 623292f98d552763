"""Databases with today's schema and nothing in them.

Migrating takes seconds of processor, so SQLite is migrated once in a process and PostgreSQL once in a run; further
databases are copies.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
from django.core.management import call_command
from psycopg import sql
from pytest_django import DjangoDbBlocker

from .databases import Settings, postgres_settings, sqlite_settings, use_database
from .services import create_database

MODEL = f"migrated_{os.environ.get('PYTEST_XDIST_TESTRUNUID', f'{os.getpid()}')[:12]}"
"""The database on PostgreSQL that others are copies of: one for all processes of a run."""
MIGRATING = 4_262_900
"""An advisory lock: one process makes it, the others wait."""


class Migrated:
    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._file: bytes | None = None

    def on_sqlite(self, path: Path) -> Settings:
        """Make one in this file; return how to reach it."""
        settings = sqlite_settings(path)
        if self._file is None:
            self._migrate(settings)
            with closing(sqlite3.connect(path)) as made:
                self._file = made.serialize()
        else:
            path.write_bytes(self._file)
        return settings

    def on_postgres(self, server: str, name: str) -> str:
        """Make one at the server whose name begins so; return its address."""
        with psycopg.connect(server, autocommit=True) as connection:
            while not _lock(connection):
                time.sleep(0.1)
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [MODEL]).fetchone() is None:
                begun = f"{MODEL}_begun"
                self._migrate(postgres_settings(create_database(server, begun)))
                renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                connection.execute(renamed.format(sql.Identifier(begun), sql.Identifier(MODEL)))
        return create_database(server, f"{name}_{secrets.token_hex(4)}", like=MODEL)

    def _migrate(self, settings: Settings) -> None:
        with self._blocker.unblock(), use_database(settings):
            call_command("migrate", interactive=False, verbosity=0)


def _lock(connection: psycopg.Connection) -> bool:
    """Poll for the lock: a statement that waits holds a snapshot, and the migration would wait for that."""
    found = connection.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATING]).fetchone()
    return bool(found and found[0])
