"""A copy of the whole database as it is at one moment, and the way back. The room goes on meanwhile.

SQLite: its online backup. PostgreSQL: `pg_dump` and `pg_restore`, which belong to it. Called inside a transaction,
`write_backup` copies what that transaction sees.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Count, Max

from ..exchange.reading import read_consistently
from ..models import Session
from ..models.ids import new_id


class BackupFailed(Exception):
    """The message is for whoever runs the command."""


def write_backup(target: Path) -> dict[str, int]:
    """Write the backup, readable by its owner only; return each session's code and the number of its newest line.

    Raises BackupFailed, and leaves no half file then.
    """
    new = target.with_name(target.name + ".new")
    with suppress(FileNotFoundError):
        new.unlink()
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with read_consistently():
            told = dict(Session.objects.order_by("code").values_list("code", "seq"))
            if connection.vendor == "sqlite":
                _copy_sqlite(new)
            else:
                _dump_postgres(new)
        new.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup could not be written: {error}") from error
    finally:
        new.unlink(missing_ok=True)
    return told


def restore_backup(source: Path, *, replace: bool) -> dict[str, int]:
    """Put the backup in the place of the database; return what `write_backup` returned.

    No server may be running on it. Each session gets a new epoch, so that screens that were open forget what they
    knew. Raises BackupFailed: without `replace` when there are sessions; when the backup is of a newer version, or its
    log is not whole.
    """
    if not source.is_file():
        raise BackupFailed(f"There is no file {source}.")
    if not replace and _has_sessions():
        raise BackupFailed("There are sessions in this database. To put the backup in their place: --replace.")
    if connection.vendor == "sqlite":
        _load_sqlite(source)
    else:
        _load_postgres(source)
    return settle_restored()


def settle_restored() -> dict[str, int]:
    """Check what was put back, also by other means, and give each session a new epoch. Raises BackupFailed."""
    applied = MigrationLoader(connection).applied_migrations
    _refuse_newer({name for app, name in applied if app == Session._meta.app_label})
    if broken := find_gaps():
        raise BackupFailed(f"The log is not whole in: {', '.join(broken)}.")
    with transaction.atomic():
        for pk in Session.objects.values_list("pk", flat=True):
            Session.objects.filter(pk=pk).update(epoch=new_id())
    return dict(Session.objects.order_by("code").values_list("code", "seq"))


def find_gaps() -> list[str]:
    """Return the codes of sessions whose log is not 1, 2, 3, … up to the session's number."""
    rows = Session.objects.annotate(lines=Count("events"), newest=Max("events__seq"))
    return [
        code
        for code, seq, lines, newest in rows.order_by("code").values_list("code", "seq", "lines", "newest")
        if not seq == lines == (newest or 0)
    ]


def _has_sessions() -> bool:
    return Session._meta.db_table in connection.introspection.table_names() and Session.objects.exists()


def _refuse_newer(applied: set[str]) -> None:
    disk = MigrationLoader(None).disk_migrations
    unknown = applied - {name for app, name in disk if app == Session._meta.app_label}
    if unknown or not applied:
        told = ", ".join(sorted(unknown)) or "no migration"
        raise BackupFailed(f"The backup is not of this program, or of a newer version: {told} is not known here.")


# -- SQLite ------------------------------------------------------------------------------------------------------


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
    if sound != "ok":
        raise BackupFailed(f"The database has a fault: {sound}")


def _load_sqlite(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as kept:
            (sound,) = kept.execute("PRAGMA integrity_check").fetchone()
            if sound != "ok":
                raise BackupFailed(f"The backup has a fault: {sound}")
            applied = kept.execute(
                "SELECT name FROM django_migrations WHERE app = ?", [Session._meta.app_label]
            ).fetchall()
            # Before anything is touched.
            _refuse_newer({name for (name,) in applied})
            connection.ensure_connection()
            kept.backup(connection.connection)
            connection.close()
    except sqlite3.Error as error:
        raise BackupFailed(f"The backup could not be read: {error}") from error


# -- PostgreSQL --------------------------------------------------------------------------------------------------


def _dump_postgres(target: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")


def _load_postgres(source: Path) -> None:
    connection.close()
    # All or nothing: one that breaks off leaves what was there.
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source))


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise BackupFailed(f"{program} is not on the PATH; it comes with PostgreSQL's client programs.")
    options: dict[str, Any] = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {name: str(options[key]) for name, key in named.items() if options.get(key)}
    tls = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    environment |= {tls[key]: str(value) for key, value in options.get("OPTIONS", {}).items() if key in tls}
    done = subprocess.run(  # noqa: S603 - names and options of ours, no shell
        [program, *arguments], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupFailed(f"{program}: {done.stderr.strip()[-2000:]}")
