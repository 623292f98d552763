"""Databases with today's schema and nothing in them.

Migrating takes seconds of processor, so each engine is migrated once in a process; further databases are copies.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from .databases import Settings, postgres_settings, sqlite_settings, use_database
from .services import create_database

MODEL = "migrated"
"""The database on PostgreSQL that others are copies of."""


class Migrated:
    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._file: bytes | None = None
        self._servers: set[str] = set()
        """Those that have the model."""

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
        """Make one with this name at the server; return its address."""
        if server not in self._servers:
            self._migrate(postgres_settings(create_database(server, MODEL)))
            self._servers.add(server)
        return create_database(server, name, like=MODEL)

    def _migrate(self, settings: Settings) -> None:
        with self._blocker.unblock(), use_database(settings):
            call_command("migrate", interactive=False, verbosity=0)
