"""The database: whether it can be reached, is new enough, up to date and sound, and agrees about the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Event
from .findings import Finding, warning, well, wrong

OLDEST_POSTGRESQL = 140_000
PATIENCE_S = 5
APART = timedelta(seconds=5)
"""A deadline would be told to some by one clock and to others by the other."""
NETWORKED = ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs")


def examine_database() -> Iterator[Finding]:
    """Ask the database."""
    is_file = connection.vendor == "sqlite"
    path = Path(str(connection.settings_dict["NAME"]))
    if is_file and (kind := _file_system_of(path)) in NETWORKED:
        yield wrong(
            _("SQLite's file must be on a disk of this machine, and %(path)s is on a network (%(kind)s).")
            % {"path": path, "kind": kind}
        )
    if is_file and not path.exists():
        yield well(_("There is none yet; the first start makes it."))
        return
    try:
        if not is_file and (problem := _cannot_reach()):
            yield wrong(problem)
            return
        yield from _ask(is_file)
    except (DatabaseError, InterfaceError) as error:
        yield wrong(_("The database does not answer as it should: %(why)s") % {"why": str(error).strip()})


def _ask(is_file: bool) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield wrong(_("The database is not up to date. Run manage.py migrate, or manage.py serve, which does it."))
        return
    with connection.cursor() as cursor:
        if is_file:
            cursor.execute("PRAGMA quick_check(1)")
            (told,) = cursor.fetchone()
            if told != "ok":
                yield wrong(_("The database has a fault: %(what)s. Restore the newest backup.") % {"what": told})
                return
        else:
            cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
            version, encoding = cursor.fetchone()
            if version < OLDEST_POSTGRESQL or encoding != "UTF8":
                text = _("PostgreSQL has to be 14 or newer with UTF-8, and is %(version)s with %(encoding)s.")
                yield wrong(text % {"version": version // 10_000, "encoding": encoding})
    yield from _compare_clocks(is_file)
    yield well(_("Up to date, and it answers: %(kind)s.") % {"kind": "SQLite" if is_file else "PostgreSQL"})


def _compare_clocks(is_file: bool) -> Iterator[Finding]:
    """What was stored cannot be of tomorrow, and a database on another machine has a clock of its own."""
    now = timezone.now()
    newest: datetime | None = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest is not None and newest - now > APART:
        text = _("The clock of this machine is behind: it says %(now)s, and something was stored at %(then)s.")
        yield wrong(text % {"now": f"{now:%Y-%m-%d %H:%M:%S}", "then": f"{newest:%Y-%m-%d %H:%M:%S}"})
    if is_file:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    if abs(theirs - timezone.now()) > APART:
        text = _("The clocks of this machine and of the database are %(seconds)d seconds apart.")
        yield warning(text % {"seconds": abs((theirs - timezone.now()).total_seconds())})


def _cannot_reach() -> str:
    """Say why PostgreSQL cannot be reached. The pool would only say that it took too long."""
    wanted = connection.settings_dict
    options = {key: value for key, value in wanted.get("OPTIONS", {}).items() if key.startswith("ssl")}
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options |= {key: str(wanted[name]) for key, name in named.items() if wanted.get(name)}
    try:
        psycopg.connect(connect_timeout=PATIENCE_S, **options).close()
    except psycopg.Error as error:
        return _("PostgreSQL cannot be reached: %(why)s") % {"why": str(error).strip().splitlines()[0]}
    return ""


def _file_system_of(path: Path) -> str:
    """Return the kind of file system a file is or would be on; empty where the system does not tell."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return ""
    above = {str(folder) for folder in (settings.DATA_DIR, *path.resolve().parents)}
    return max(((at, kind) for at, kind in mounts if at in above), key=lambda found: len(found[0]), default=("", ""))[1]
