"""The index of a programme's zip: which session lies in which folder, for a program and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..enums import Role
from ..models import Programme, Session
from . import columns
from .archive import Member
from .cells import quote_cells, write_lines
from .moments import tell_day, tell_time
from .readme import write_about
from .scope import number_for
from .spreadsheet import write_for_spreadsheet
from .table import CellType, Column

TITLE = "sessions"
NAME = f"{TITLE}.csv"
FOR_SPREADSHEET = "sessions-spreadsheet.csv"
NL = "Eén rij per sessie. Van elke sessie is er een map die haar code als naam heeft."
EN = "One row per session. Of each session there is a folder that has its code as its name."

COLUMNS = (
    columns.SESSION_CODE,
    columns.SESSION,
    Column(
        "kind",
        "workshop, expert (expertsessie), interview, event (evenement) of open (open ronde)",
        "workshop, expert (expert session), interview, event or open (round)",
    ),
    columns.SESSION_TITLE_NL,
    columns.SESSION_TITLE_EN,
    columns.SESSION_DATE,
    Column("planned_at", "wanneer gepland", "when planned", type=CellType.MOMENT),
    Column("archived_at", "wanneer gearchiveerd; leeg: niet", "when archived; empty: it is not", type=CellType.MOMENT),
    Column(
        "seq",
        "nummer van de laatste gebeurtenis; leeg voor de stuurgroep",
        "number of the last event; empty for the steering group",
        type=CellType.WHOLE,
    ),
)


def read_members(sessions: Iterable[Session], *, programme: Programme, role: Role) -> Iterator[Member]:
    """Yield the files that lie beside the folders."""
    lines = [quote_cells(*(column.key for column in COLUMNS)), *read_lines(sessions, role=role)]
    yield "README.txt", write_about(programme, NAME, NL, EN, COLUMNS)
    yield NAME, write_lines(lines)
    yield FOR_SPREADSHEET, write_for_spreadsheet(lines)


def read_lines(sessions: Iterable[Session], *, role: Role) -> Iterator[str]:
    """Yield a line per session."""
    return (_tell(session, role) for session in sessions)


def _tell(session: Session, role: Role) -> str:
    return quote_cells(
        session.code,
        session.public_id,
        session.kind,
        session.title_nl,
        session.title_en,
        tell_day(session.planned_at, zone=session.programme.time_zone),
        tell_time(session.planned_at),
        tell_time(session.archived_at),
        number_for(role, session),
    )
