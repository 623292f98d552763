"""The way back from a backup: looked at before anything is touched, brought up to date, checked; or nothing changes."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Count, Max

from ..models import Session, purge
from ..models.ids import new_id
from . import postgres_backup, sqlite_backup
from .erased_again import Before, erase_again, keep_agreed, read_list_of_before
from .failure import BackupFailed

APP = Session._meta.app_label


def restore_backup(source: Path, *, replace: bool) -> dict[str, int]:
    """Put the backup in the place of the database; return what `write_backup` returned.

    No server may be running on it. Raises BackupFailed, and leaves the database as it was then: without `replace` when
    there are sessions; when the backup is of another program or a newer version; when its log is not whole.
    """
    if not source.is_file():
        raise BackupFailed(f"There is no file {source}.")
    if not replace and _has_sessions():
        raise BackupFailed("There are sessions in this database. To put the backup in their place: --replace.")
    kind = sqlite_backup if connection.vendor == "sqlite" else postgres_backup
    _refuse_foreign(kind.applied(source))
    before = read_list_of_before()
    with kind.keeping_what_was():
        kind.load(source)
        return finish_restore(before=before)


def finish_restore(*, before: Before) -> dict[str, int]:
    """Bring what was put back, also by other means, up to date, check it, and give each session a new epoch.

    Screens that were open forget what they knew by that. What is in the list of the database of `before`
    is erased again, and what people agreed to there holds: a backup does not bring people back. Raises BackupFailed as
    `restore_backup` does.
    """
    _refuse_foreign(set(MigrationLoader(connection).applied_migrations))
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise BackupFailed(f"The backup could not be brought up to date: {error}") from error
    if broken := find_gaps():
        raise BackupFailed(f"The log is not whole in: {', '.join(broken)}.")
    with transaction.atomic():
        for pk in Session.every.values_list("pk", flat=True):
            Session.every.filter(pk=pk).update(epoch=new_id())
    keep_agreed(before.consents)
    if erase_again(before.erased):
        purge.clean_file()
        purge.rewrite()
    return dict(Session.every.order_by("code").values_list("code", "seq"))


def find_gaps() -> list[str]:
    """Return the codes of sessions whose log is not 1, 2, 3, … up to the session's number.

    Of one that was just being wiped it need not be: the server finishes that when it starts.
    """
    rows = Session.objects.filter(wiping_at=None).annotate(lines=Count("events"), newest=Max("events__seq"))
    return [
        code
        for code, seq, lines, newest in rows.order_by("code").values_list("code", "seq", "lines", "newest")
        if not seq == lines == (newest or 0)
    ]


def _has_sessions() -> bool:
    return Session._meta.db_table in connection.introspection.table_names() and Session.every.exists()


def _refuse_foreign(applied: set[tuple[str, str]]) -> None:
    """Refuse a database that this program did not make, or a version of it that knows more."""
    ours = {name for app, name in applied if app == APP}
    unknown = ours - {name for app, name in MigrationLoader(None).disk_migrations if app == APP}
    if unknown or not ours:
        told = ", ".join(sorted(unknown)) or "no migration"
        raise BackupFailed(f"The backup is not of this program, or of a newer version: {told} is not known here.")
