"""After a restore: what was erased in the database of before is erased again, and its list goes on; and what people
agreed to is no looser than it was there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db import connection

from ..domain.consent import is_looser
from ..domain.erased import Erased, add_erased, read_erased
from ..domain.erasure import erase_person
from ..enums import Consent
from ..live.deletion_job import delete_here
from ..live.erasure_job import destroy_due, give_here
from ..models import Erasure, Participant, Session
from ..models.ids import token_hash
from .failure import BackupFailed


class Before(NamedTuple):
    """What holds of the database of before, and no backup takes back."""

    erased: Erased
    consents: Mapping[str, Consent]
    """Hash of a session's public id → what people agreed to."""


def read_list_of_before() -> Before:
    """Return the list of the database that is there; none where it is empty or of an earlier version."""
    tables = connection.introspection.table_names()
    erased = read_erased() if Erasure._meta.db_table in tables else {}
    return Before(erased, read_consents() if _has_consents(tables) else {})


def read_consents() -> dict[str, Consent]:
    rows = Session.every.values_list("public_id", "consent")
    return {token_hash(public_id): Consent(consent) for public_id, consent in rows}


def _has_consents(tables: Collection[str]) -> bool:
    if Session._meta.db_table not in tables:
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, Session._meta.db_table)
    return any(column.name == "consent" for column in columns)


def read_printed_list(lines: Iterable[str]) -> Before:
    """Return the list that `manage.py erasures` printed. Raises BackupFailed for what is none."""
    try:
        pairs = [(of, told) for of, told in (line.split() for line in lines if line.strip())]
        consents = {of: Consent(told) for of, told in pairs if told in Consent.values}
        return Before({of: dt.datetime.fromisoformat(told) for of, told in pairs if of not in consents}, consents)
    except ValueError as error:
        raise BackupFailed("The list of what was erased is not one that manage.py erasures printed.") from error


def keep_agreed(consents: Mapping[str, Consent]) -> None:
    """Give each session the stricter consent profile that it had before the restore: it held for all that was said."""
    for pk, public_id, consent in Session.every.values_list("pk", "public_id", "consent"):
        agreed = consents.get(token_hash(public_id))
        if agreed is not None and is_looser(consent, than=agreed):
            Session.every.filter(pk=pk).update(consent=agreed)


def erase_again(erased: Erased) -> int:
    """Add the list to the one here, and erase what it names and is there. Returns how many people and sessions.

    People first, and what was carried of their words to other sessions: once their session is gone, nothing leads to
    it.
    """
    add_erased(erased)
    known = set(read_erased())
    people = _find(Participant.objects.values_list("pk", "public_id"), known)
    there = Participant.objects.filter(pk__in=people, session__deleting_at=None)
    for pk, session_id in there.values_list("pk", "session_id"):
        erase_person(session_id=session_id, person_id=pk)
    if people:
        destroy_due(give_here)
    sessions = _find(Session.every.values_list("pk", "public_id"), known)
    for pk in sessions:
        delete_here(pk)
    return len(sessions) + len(people)


def _find(rows: Iterable[tuple[int, str]], known: set[str]) -> list[int]:
    return [pk for pk, public_id in rows if token_hash(public_id) in known]
