"""The files there are, and which role gets which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..domain.standing import RUNS_SESSIONS
from ..enums import Role
from ..models import Programme, Session
from . import agenda, contributions, events, participants, results, votes
from .archive import Member, write_archive
from .readme import write_readme
from .scope import Scope
from .table import Column, Table

CORE = frozenset({Role.CORE})
ROOM = RUNS_SESSIONS
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


def _read_members(scope: Scope) -> Iterator[Member]:
    """Yield what goes into this session's zip."""
    parts = parts_for(scope.role)
    told = [(part.name, part.nl, part.en, part.columns(scope)) for part in parts]
    yield "README.txt", write_readme(scope, told)
    for part in parts:
        yield part.name, part.write(scope)


def _write_zip(scope: Scope) -> Iterator[bytes]:
    return write_archive(_read_members(scope))


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
    sessions = Session.objects.select_related("programme")
    session = sessions.prefetch_related("programme__sectors", "programme__pillars").get(pk=session_id)
    yield from found.write(Scope(session=session, role=role))


def read_programme(*, programme_id: int, role: Role) -> Iterator[bytes]:
    """Yield one zip of the files of all sessions: of each a folder, named by its code, with what its own zip holds.

    Rehearsals are none: what was tried out is not mixed with what people said.
    """
    programme = Programme.objects.prefetch_related("sectors", "pillars").get(pk=programme_id)

    def members() -> Iterator[Member]:
        found = Session.objects.filter(programme=programme, rehearsal=False)
        for session in found.order_by("code").iterator(chunk_size=100):
            session.programme = programme  # with its O's and pillars, read once
            for name, pieces in _read_members(Scope(session=session, role=role)):
                yield f"{session.code}/{name}", pieces

    yield from write_archive(members())
