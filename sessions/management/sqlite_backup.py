"""A backup as a SQLite file: made and put back by SQLite's online backup."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from .failure import BackupFailed


def copy(target: Path) -> None:
    """Write the database into an empty file."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as kept:
        connection.connection.backup(kept)
        kept.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        _must_be_sound(kept, "The database")


def applied(source: Path) -> set[tuple[str, str]]:
    """Return the app and the name of each migration that was carried out in a backup; none in a foreign database."""
    try:
        with closing(_open(source)) as kept:
            _must_be_sound(kept, "The backup")
            if not kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone():
                return set()
            return set(kept.execute("SELECT app, name FROM django_migrations").fetchall())
    except sqlite3.Error as error:
        raise BackupFailed(f"The backup could not be read: {error}") from error


def load(source: Path) -> None:
    """Put a backup in the place of the database."""
    try:
        with closing(_open(source)) as kept:
            connection.ensure_connection()
            kept.backup(connection.connection)
            connection.close()
    except sqlite3.Error as error:
        raise BackupFailed(f"The backup could not be put back: {error}") from error


@contextmanager
def keeping_what_was() -> Iterator[None]:
    """Put the database back as it was when the block fails."""
    kept = Path(f"{connection.settings_dict['NAME']}.before_restore")
    try:
        os.close(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BackupFailed(
            f"An earlier restore broke off: {kept} is the database as it was before. Move it away, then try again."
        ) from None
    try:
        copy(kept)
    except (sqlite3.Error, BackupFailed) as error:
        kept.unlink()
        raise BackupFailed(f"What is there could not be kept while the backup is put back: {error}") from error
    try:
        yield
    except BaseException:
        load(kept)
        kept.unlink()  # not when that failed: it is all there is then
        raise
    kept.unlink()


def _open(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)


def _must_be_sound(database: sqlite3.Connection, what: str) -> None:
    (told,) = database.execute("PRAGMA integrity_check").fetchone()
    if told != "ok":
        raise BackupFailed(f"{what} has a fault: {told}")
