"""The files there are, and which role gets which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..domain.authorisation import RUNS_SESSIONS
from ..domain.consent import Content, may_hold
from ..enums import Role
from ..models import Programme, Session
from . import agenda, contributions, events, index, participants, results, votes, words
from .archive import Member, write_archive
from .datapackage import NAME as DATAPACKAGE
from .datapackage import write_datapackage
from .readme import write_readme
from .scope import Scope
from .table import Column, Table
from .workbook import MEDIA, Sheet, write_workbook

CORE = frozenset({Role.CORE})
ROOM = RUNS_SESSIONS
ALL = frozenset(Role)


class File(NamedTuple):
    """A download. `needs`: what people agreed may leave the session, or it is not made. `columns`: what the README
    tells of it.
    """

    name: str
    media: str
    roles: frozenset[Role]
    needs: Content
    nl: str
    en: str
    columns: Callable[[Scope], list[Column]]
    write: Callable[[Scope], Iterator[bytes]]
    for_spreadsheet: str = ""
    """The name of the same table for a spreadsheet; of what is no table there is none."""


_CSV = "text/csv; charset=utf-8"


def _tabular(table: Table, roles: frozenset[Role]) -> File:
    other = table.name.replace(".csv", "-spreadsheet.csv")
    return File(table.name, _CSV, roles, table.needs, table.nl, table.en, table.columns_for, table.write, other)


def _spreadsheet(table: Table, plain: File) -> File:
    return plain._replace(name=plain.for_spreadsheet, write=table.write_for_spreadsheet, for_spreadsheet="")


_TABLES = (
    (contributions.TABLE, ROOM),
    (results.TABLE, ALL),
    (words.TABLE, ALL),
    (votes.TABLE, CORE),
    (participants.TABLE, CORE),
)


PARTS = (
    *(_tabular(table, roles) for table, roles in _TABLES),
    File(
        events.NAME,
        "application/jsonl; charset=utf-8",
        CORE,
        Content.PERSON,
        events.NL,
        events.EN,
        lambda _: list(events.FIELDS),
        events.write,
    ),
    File(
        agenda.NAME,
        "application/json",
        ROOM,
        Content.FIGURES,
        agenda.NL,
        agenda.EN,
        lambda _: list(agenda.FIELDS),
        agenda.write,
    ),
)


def may_get(found: File, *, role: Role, consent: str) -> bool:
    """Whether this role gets the file of a session with this consent profile."""
    return role in found.roles and may_hold(consent, found.needs)


def parts_for(role: Role, *, consent: str) -> list[File]:
    """Return the files that go into this role's zip."""
    return [part for part in PARTS if may_get(part, role=role, consent=consent)]


def tables_for(role: Role) -> list[Table]:
    """Return the tables that this role gets, of sessions of whatever profile."""
    return [table for table, roles in _TABLES if role in roles]


def _tables_of(scope: Scope) -> list[Table]:
    return [table for table in tables_for(scope.role) if scope.may_hold(table.needs)]


def _read_members(scope: Scope) -> Iterator[Member]:
    """Yield what goes into this session's zip."""
    parts = parts_for(scope.role, consent=scope.session.consent)
    told = [(part.name, part.nl, part.en, part.columns(scope)) for part in parts]
    yield "README.txt", write_readme(scope, told)
    yield DATAPACKAGE, write_datapackage(scope, _tables_of(scope))
    for part in parts:
        yield part.name, part.write(scope)


def _write_zip(scope: Scope) -> Iterator[bytes]:
    return write_archive(_read_members(scope))


ARCHIVE = File(
    "session.zip",
    "application/zip",
    ALL,
    Content.FIGURES,
    "Alles hieronder in één bestand, met een uitleg van elke kolom.",
    "All of the below in one file, with every column explained.",
    lambda _: [],
    _write_zip,
)


def _write_workbook(scope: Scope) -> Iterator[bytes]:
    return write_workbook(
        [Sheet(table.title, table.columns_for(scope), table.read(scope)) for table in _tables_of(scope)]
    )


WORKBOOK = File(
    "session.xlsx",
    MEDIA,
    ALL,
    Content.FIGURES,
    "Alle tabellen in één werkmap voor een rekenblad, met een blad dat elke kolom uitlegt.",
    "All tables in one workbook for a spreadsheet, with a sheet that explains every column.",
    lambda _: [],
    _write_workbook,
)

_SPREADSHEETS = [_spreadsheet(table, plain) for (table, _), plain in zip(_TABLES, PARTS, strict=False)]

FILES = {found.name: found for found in (ARCHIVE, WORKBOOK, *PARTS, *_SPREADSHEETS)}


def files_for(role: Role, *, consent: str) -> list[File]:
    """Return what this role can download, the zip and the workbook first; of tables also the form for a spreadsheet."""
    return [ARCHIVE, WORKBOOK, *parts_for(role, consent=consent)]


def read_file(*, found: File, session_id: int, role: Role) -> Iterator[bytes]:
    """Yield a file. The session's row is read here, so that its number is of the same moment as everything else."""
    scope = Scope(session=_find_session(session_id), role=role)
    if scope.may_hold(found.needs):
        yield from found.write(scope)


def read_members(*, session_id: int, role: Role) -> Iterator[Member]:
    """Yield what lies in a session's zip."""
    yield from _read_members(Scope(session=_find_session(session_id), role=role))


def _find_session(session_id: int) -> Session:
    sessions = Session.objects.select_related("programme")
    return sessions.prefetch_related("programme__sectors", "programme__pillars").get(pk=session_id)


def read_programme(*, programme_id: int, role: Role) -> Iterator[bytes]:
    """Yield one zip of the files of all sessions: of each a folder, named by its code, with what its own zip holds, and
    before them an index of the sessions.
    """
    yield from write_archive(read_programme_members(programme=_find_programme(programme_id), role=role))


def read_programme_members(*, programme: Programme, role: Role) -> Iterator[Member]:
    """Yield what lies in that zip."""
    yield from index.read_members(_read_sessions(programme), programme=programme, role=role)
    for session in _read_sessions(programme):
        for name, pieces in _read_members(Scope(session=session, role=role)):
            yield f"{session.code}/{name}", pieces


def read_programme_workbook(*, programme_id: int, role: Role) -> Iterator[bytes]:
    """Yield one workbook: a sheet of the sessions, and the tables with the rows of all sessions."""
    programme = _find_programme(programme_id)

    def lines(table: Table) -> Iterator[str]:
        for session in _read_sessions(programme):
            yield from table.read(Scope(session=session, role=role))

    sessions = Sheet(index.TITLE, index.COLUMNS, index.read_lines(_read_sessions(programme), role=role))
    nobody = Scope(session=Session(), role=role)
    tables = [Sheet(table.title, table.columns_for(nobody), lines(table)) for table in tables_for(role)]
    yield from write_workbook([sessions, *tables])


def _find_programme(programme_id: int) -> Programme:
    return Programme.objects.prefetch_related("sectors", "pillars").get(pk=programme_id)


def _read_sessions(programme: Programme) -> Iterator[Session]:
    """Yield the sessions. Rehearsals are none: what was tried out is not mixed with what people said."""
    found = Session.objects.filter(programme=programme, rehearsal=False)
    for session in found.order_by("code").iterator(chunk_size=100):
        session.programme = programme  # with its O's and pillars, read once
        yield session
