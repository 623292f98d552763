"""participants.csv: one row per person, by pseudonym. No name, no address, no tag."""

from __future__ import annotations

from collections.abc import Iterator

from ..models import Participant
from . import columns
from .table import Column, Row, Scope, Table

COLUMNS = (
    columns.SESSION,
    columns.PARTICIPANT,
    Column("sector", "sleutel van de O van de deelnemer", "key of the participant's O"),
    Column(
        "source",
        "own (eigen telefoon), scribed (genoteerd, bijvoorbeeld van papier), imported of interview",
        "own (own phone), scribed (from paper, say), imported or interview",
    ),
    Column("joined_at", "wanneer de deelnemer binnenkwam", "when the participant joined"),
    Column(
        "retired_at",
        "wanneer vervangen (telefoon kwijt, opnieuw binnengekomen); leeg: doet mee",
        "when replaced (lost the phone, joined again); empty: takes part",
    ),
)


def read_rows(scope: Scope) -> Iterator[Row]:
    """Yield the rows in the order of the pseudonyms, which are random."""
    session = scope.session.public_id
    people = (
        Participant.objects.filter(session=scope.session)
        .order_by("public_id")
        .values_list("public_id", "sector__key", "source", "joined_at", "retired_at")
    )
    for row in people.iterator(chunk_size=2000):
        yield [session, *row]


TABLE = Table(
    name="participants.csv",
    nl="Eén rij per deelnemer, onder pseudoniem.",
    en="One row per participant, by pseudonym.",
    columns=COLUMNS,
    rows=read_rows,
)
