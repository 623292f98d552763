"""A backup in `pg_dump`'s custom format: made and put back by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from .failure import BackupFailed

ASIDE = "before_restore"
"""The schema that holds what was there while a backup is put in its place."""
MIGRATIONS = "django_migrations"


def copy(target: Path) -> None:
    """Write the database as the transaction sees it that this is called in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")


def applied(source: Path) -> set[tuple[str, str]]:
    """Return the app and the name of each migration that was carried out in a backup; none in a foreign database."""
    told = _run("pg_restore", "--data-only", f"--table={MIGRATIONS}", "--file=-", str(source))
    return {(app, name) for app, name in _read_copy(told, "app", "name")}


def load(source: Path) -> None:
    """Put a backup into a database whose tables were set aside."""
    connection.close()
    options = ("--no-owner", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source))


@contextmanager
def keeping_what_was() -> Iterator[None]:
    """Set all tables aside, and put them back when the block fails.

    `pg_restore --clean` would do less: it knows only what is in the backup, and an older one knows nothing of the
    tables that came since.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE])
        if cursor.fetchone():
            raise BackupFailed(
                f"An earlier restore broke off: the schema {ASIDE} holds the tables as they were before. "
                "Move them away, or drop it, then try again."
            )
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(ASIDE)))
        moved = connection.introspection.table_names(cursor)
        _each(cursor, "ALTER TABLE {} SET SCHEMA {}", moved, ASIDE)
    try:
        yield
    except BaseException:
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            (home,) = cursor.fetchone()
            _each(cursor, "DROP TABLE {} CASCADE", connection.introspection.table_names(cursor))
            _each(cursor, "ALTER TABLE {}.{} SET SCHEMA {}", moved, home, within=ASIDE)
            cursor.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(ASIDE)))
        raise
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(ASIDE)))


def _each(cursor: Any, statement: str, tables: list[str], *names: str, within: str = "") -> None:
    for table in tables:
        words = [*([within] if within else []), table, *names]
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, words)))


def _read_copy(text: str, *columns: str) -> set[tuple[str, ...]]:
    """Return these columns of the rows in a COPY statement, as `pg_restore` writes one."""
    found: set[tuple[str, ...]] = set()
    places: list[int] = []
    for line in text.splitlines():
        if line.startswith("COPY "):
            named = line[line.index("(") + 1 : line.index(")")].replace('"', "").split(", ")
            places = [named.index(column) for column in columns]
        elif line == "\\.":
            places = []
        elif places:
            cells = line.split("\t")
            found.add(tuple(cells[place] for place in places))
    return found


def _run(program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs on this database; return what it writes."""
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
    return done.stdout
