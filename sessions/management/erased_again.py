"""After a restore: what was erased in the database of before is erased again, and its list goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from ..domain.deletion import clear_slice, mark_deleting
from ..domain.erased import Erased, add_erased, read_erased
from ..domain.erasure import erase_person
from ..models import Erasure, Participant, Session
from ..models.ids import token_hash
from .failure import BackupFailed


def read_list_of_before() -> Erased:
    """Return the list of the database that is there; none where it is empty or of an earlier version."""
    return read_erased() if Erasure._meta.db_table in connection.introspection.table_names() else {}


def read_printed_list(lines: Iterable[str]) -> Erased:
    """Return the list that `manage.py erasures` printed. Raises BackupFailed for what is none."""
    try:
        pairs = [line.split() for line in lines if line.strip()]
        return {of: dt.datetime.fromisoformat(at) for of, at in pairs}
    except ValueError as error:
        raise BackupFailed("The list of what was erased is not one that manage.py erasures printed.") from error


def erase_again(erased: Erased) -> int:
    """Add the list to the one here, and erase what it names and is there. Returns how many people and sessions."""
    add_erased(erased)
    known = set(read_erased())
    sessions = _find(Session.every.values_list("pk", "public_id"), known)
    for pk in sessions:
        mark_deleting(pk)
        while clear_slice(pk):
            pass
    people = _find(Participant.objects.values_list("pk", "public_id"), known)
    for pk, session_id in Participant.objects.filter(pk__in=people).values_list("pk", "session_id"):
        erase_person(session_id=session_id, person_id=pk)
    return len(sessions) + len(people)


def _find(rows: Iterable[tuple[int, str]], known: set[str]) -> list[int]:
    return [pk for pk, public_id in rows if token_hash(public_id) in known]
