"""Which database Django's default connection means: a file of SQLite, PostgreSQL, or the one of a running server.

The program reads its settings once. A test process speaks to several databases, so here the default connection can be
pointed elsewhere and back. Threads open connections of their own and see whatever is current when they do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connections

Settings = dict[str, Any]


def sqlite_settings(path: Path) -> Settings:
    """Return the program's settings for a SQLite file, but for the waiting for the disk: no test cuts the power."""
    return _complete(f"sqlite:///{path}") | {
        "OPTIONS": {
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
            ),
        }
    }


def postgres_settings(url: str) -> Settings:
    """Return settings for PostgreSQL, without a pool: tests come and go by the thread."""
    return _complete(url)


def _complete(url: str) -> Settings:
    """Return an entry with every key that Django fills in at its start."""
    defaults = deepcopy(connections.settings["default"])
    cleared = dict.fromkeys(("USER", "PASSWORD", "HOST", "PORT"), "")
    return defaults | cleared | {"OPTIONS": {}} | dict(dj_database_url.parse(url, conn_max_age=0))


@contextmanager
def use_database(settings: Settings) -> Iterator[None]:
    """Let the default connection mean this database for as long as the block lasts, in this and in new threads."""
    before, was = connections.settings["default"], connections["default"]
    connections.settings["default"] = deepcopy(settings)
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = was
