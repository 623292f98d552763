"""A restore looks before it touches anything, brings what is older up to date, and changes nothing when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F

from sessions.domain.commands import RevealStep
from sessions.domain.deletion import mark_deleting
from sessions.domain.erasure import erase_person
from sessions.management import postgres_backup, sqlite_backup
from sessions.management.backup import write_backup
from sessions.management.failure import BackupFailed
from sessions.management.restore import restore_backup
from sessions.models import Participant, Publication, Session

from ..factory import make_room
from .places import Places, export

APP = "workshop"
LATER = "9999_from_a_later_version"


def make_database() -> Session:
    """Bring the database up to date and put a session in it, with lines in its log."""
    call_command("migrate", interactive=False, verbosity=0)
    return make_room().session


def state(code: str) -> tuple[str, bytes]:
    return Session.objects.get(code=code).epoch, export(code)


def copy_as_it_is(target: Path) -> Path:
    """Copy a database that need not be the program's."""
    target.touch()
    with transaction.atomic():
        (sqlite_backup if connection.vendor == "sqlite" else postgres_backup).copy(target)
    return target


def make_foreign(folder: Path) -> dict[Path, str]:
    """Return copies of what is not the program's, and what is said of each; the database is empty again after it."""
    no_backup = folder / "text"
    no_backup.write_text("no backup")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE stock (item varchar(9))")
        without = copy_as_it_is(folder / "without")
        cursor.execute("CREATE TABLE django_migrations (applied varchar(9), app varchar(9), name varchar(99))")
        cursor.execute("INSERT INTO django_migrations VALUES ('today', 'shop', '0001_initial')")
        foreign = copy_as_it_is(folder / "foreign")
        cursor.execute("DROP TABLE stock")
        cursor.execute("DROP TABLE django_migrations")
    return {
        folder / "nothing": "There is no file",
        no_backup: "not a database|valid archive",
        without: "not of this program.* no migration",
        foreign: "not of this program.* no migration",
    }


def test_what_is_refused_leaves_all_as_it_was(places: Places, tmp_path: Path) -> None:
    newer, gap, whole = tmp_path / "newer", tmp_path / "gap", tmp_path / "whole"
    with places.looking_into(places.empty):
        refused = make_foreign(tmp_path)
        other = make_database()
        write_backup(whole)
        MigrationRecorder(connection).record_applied(APP, LATER)
        write_backup(newer)
        MigrationRecorder(connection).record_unapplied(APP, LATER)
        Session.objects.update(seq=F("seq") + 1)  # a line is missing now; found out when it stands in its place
        write_backup(gap)
    refused |= {newer: LATER, gap: f"not whole in: {other.code}"}

    with places.looking_into(places.served):
        session = make_database()
        before = state(session.code)
        for backup, says in refused.items():
            with pytest.raises(BackupFailed, match=says):
                restore_backup(backup, replace=True)
            assert list(Session.objects.all()) == [session], backup
            assert state(session.code) == before, backup
        # And the next one finds nothing in its way.
        assert restore_backup(whole, replace=True) == {other.code: other.seq}
        assert [found.code for found in Session.objects.all()] == [other.code]


def make_result() -> Session:
    """Bring the database up to date and put a session with a revealed vote in it."""
    call_command("migrate", interactive=False, verbosity=0)
    room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
    round_, (item, *_) = room.open_vote()
    for tap, person in enumerate((*room.join("onderwijs", n=3), *room.join("overheden", n=4))):
        room.vote(person, round_, item, tap=tap)
    room.lead(RevealStep(step=round_.step.public_id))
    return Session.objects.get(pk=room.session.pk)


def test_an_older_one_is_brought_up_to_date(places: Places, tmp_path: Path) -> None:
    """Also one that had no publications: what was revealed becomes one, once, and the files say the same."""
    with places.looking_into(places.served):
        session = make_result()
        published = Publication.objects.get().figures
        before = state(session.code)
        executor = MigrationExecutor(connection)
        first = min(name for app, name in executor.loader.disk_migrations if app == APP)
        executor.migrate([(APP, first)])
        write_backup(tmp_path / "older")
        call_command("migrate", interactive=False, verbosity=0)

        assert restore_backup(tmp_path / "older", replace=True) == {session.code: session.seq}
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
        assert Publication.objects.get().figures == published
        assert Publication.objects.get().ballots.count() == 7
        epoch, files = state(session.code)
        assert epoch != before[0]
        assert files == before[1]


def test_who_was_erased_since_the_backup_stays_erased(places: Places, tmp_path: Path) -> None:
    with places.looking_into(places.served):
        session = make_result()
        person = Participant.objects.filter(session=session).first()
        assert person is not None
        deleted = make_room().session
        write_backup(tmp_path / "before")
        erase_person(session_id=session.pk, person_id=person.pk)
        mark_deleting(deleted.pk)
        assert list(restore_backup(tmp_path / "before", replace=True)) == [session.code]
        assert not Participant.objects.filter(public_id=person.public_id).exists()
        assert Participant.objects.filter(session__code=session.code).count() == 6
        assert Session.objects.get(code=session.code).erased == 1
