"""The files there are, and which role gets which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..enums import Role
from ..models import Session
from . import agenda, contributions, events, participants, results, votes
from .archive import write_archive
from .readme import write_readme
from .table import Column, Scope, Table

CORE = frozenset({Role.CORE})
ROOM = frozenset({Role.CORE, Role.FACILITATOR})
ALL = frozenset(Role)


class File(NamedTuple):
    """A download. `columns`: what the README tells of it."""

    name: str
    media: str
    roles: frozenset[Role]
    nl: str
    en: str
    columns: Callable[[Scope], list[Column]]
    write: Callable[[Scope], Iterator[bytes]]


def _tabular(table: Table, roles: frozenset[Role]) -> File:
    return File(table.name, "text/csv; charset=utf-8", roles, table.nl, table.en, table.columns_for, table.write)


PARTS = (
    _tabular(contributions.TABLE, ROOM),
    _tabular(results.TABLE, ALL),
    _tabular(votes.TABLE, CORE),
    _tabular(participants.TABLE, CORE),
    File(
        events.NAME,
        "application/jsonl; charset=utf-8",
        CORE,
        events.NL,
        events.EN,
        lambda _: list(events.FIELDS),
        events.write,
    ),
    File(
        agenda.NAME,
        "application/json",
        ROOM,
        agenda.NL,
        agenda.EN,
        lambda _: list(agenda.FIELDS),
        agenda.write,
    ),
)


def parts_for(role: Role) -> list[File]:
    """Return the files that go into this role's zip."""
    return [part for part in PARTS if role in part.roles]


def _write_zip(scope: Scope) -> Iterator[bytes]:
    parts = parts_for(scope.role)
    told = [(part.name, part.nl, part.en, part.columns(scope)) for part in parts]
    members = [("README.txt", write_readme(scope, told)), *((part.name, part.write(scope)) for part in parts)]
    yield from write_archive(members)


ARCHIVE = File(
    "session.zip",
    "application/zip",
    ALL,
    "Alles hieronder in één bestand, met een uitleg van elke kolom.",
    "All of the below in one file, with every column explained.",
    lambda _: [],
    _write_zip,
)

FILES = {found.name: found for found in (ARCHIVE, *PARTS)}


def files_for(role: Role) -> list[File]:
    """Return what this role can download, the zip first."""
    return [ARCHIVE, *parts_for(role)]


def read_file(*, found: File, session_id: int, role: Role) -> Iterator[bytes]:
    """Yield a file. The session's row is read here, so that its number is of the same moment as everything else."""
    session = Session.objects.select_related("programme").get(pk=session_id)
    yield from found.write(Scope(session=session, role=role))
