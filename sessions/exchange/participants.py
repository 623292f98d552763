"""participants.csv: one row per person, by pseudonym. No name, no address, no tag."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.consent import Content
from . import columns
from .cells import quote_cells
from .moments import tell_stored
from .scope import Scope
from .table import CellType, Column, Table

COLUMNS = (
    columns.SESSION,
    columns.SESSION_CODE,
    columns.PARTICIPANT,
    Column("sector", "sleutel van de O van de deelnemer", "key of the participant's O"),
    Column("sector_nl", "naam van die O, Nederlands", "name of that O, Dutch"),
    Column("sector_en", "naam van die O, Engels", "name of that O, English"),
    Column(
        "source",
        "own (eigen telefoon), scribed (genoteerd, bijvoorbeeld van papier), imported of interview",
        "own (own phone), scribed (from paper, say), imported or interview",
    ),
    Column("joined_at", "wanneer de deelnemer binnenkwam", "when the participant joined", type=CellType.MOMENT),
    Column(
        "retired_at",
        "wanneer afgemeld (telefoon kwijt, opnieuw binnengekomen); leeg: doet mee",
        "when signed off (lost the phone, joined again); empty: takes part",
        type=CellType.MOMENT,
    ),
)


def read_lines(scope: Scope) -> Iterator[str]:
    """Yield the lines in the order of the pseudonyms, which are random."""
    which = (scope.session.public_id, scope.session.code)
    names = {found.key: (found.name_nl, found.name_en) for found in scope.sectors}
    for _, name, sector, source, _, joined_at, retired_at in scope.people:
        yield quote_cells(
            *which, name, sector, *names.get(sector, ("", "")), source, tell_stored(joined_at), tell_stored(retired_at)
        )


TABLE = Table(
    name="participants.csv",
    nl="Eén rij per deelnemer, onder pseudoniem.",
    en="One row per participant, by pseudonym.",
    columns=COLUMNS,
    lines=read_lines,
    needs=Content.PERSON,
    unique=("participant",),
)
