"""votes.csv: one row per person, item and criterion of every round that was opened, what was not chosen too.

A person who did nothing in a round has a row for each of its items all the same, with value 0 and took_part false:
what is missing from a file cannot be told from what was never asked. A paper ballot has rows of its own round only.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, F, Value, When

from ..ballots.graded import UNSURE
from ..domain.consent import Content
from ..domain.order import ItemOrder
from ..domain.voting import voting_of
from ..enums import ELSEWHERE
from ..models import Ballot, RoundItem, Vote
from . import columns
from .cells import quote_cells
from .moments import StoredMoment, tell_stored
from .scope import Scope
from .statements import SessionRows
from .table import CellType, Column, Reference, Table

COLUMNS = (
    columns.SESSION,
    columns.SESSION_CODE,
    columns.STEP,
    columns.ROUND,
    columns.ROUND_NUMBER,
    columns.ITEM,
    columns.CONTRIBUTION,
    columns.PARTICIPANT,
    Column(
        "sector",
        "sleutel van de O waarvoor de stem telt; wie niet meedeed: de eigen O",
        "key of the O the vote counts for; the person's own O when they took no part",
    ),
    Column(
        "source",
        "hoe de deelnemer meedeed: own, scribed, imported of interview",
        "how the participant took part: own, scribed, imported or interview",
    ),
    Column("participant_state", "active of retired (afgemeld)", "active or retired (signed off)"),
    Column(
        "took_part",
        "true als deze persoon in deze ronde ooit stemde, ook als alles is teruggenomen",
        "true when this person ever voted in this round, even if everything was taken back",
        type=CellType.YES_NO,
    ),
    Column(
        "counted",
        "true als de stem meetelt in de uitslag (niet van wie vóór de onthulling is afgemeld)",
        "true when the vote counts in the result (not of someone signed off before the reveal)",
        type=CellType.YES_NO,
    ),
    Column(
        "value",
        "wat deze persoon op dit punt antwoordde, zie ballot: aantal stippen of punten; 1 gekozen, 0 niet; de plaats in"
        " een rangorde; 1 mee eens, 0 overgeslagen, -1 niet mee eens; een getal,"
        f" {UNSURE} weet niet; bij pairwise tien keer het nummer van het tweetal, plus 2 gekozen boven het andere,"
        " 1 even belangrijk, 0 niet gekozen of 3 overgeslagen; leeg als het niet is beantwoord",
        "what this person answered on this item, see ballot: dots or points; 1 chosen, 0 not; the place in a ranking;"
        f" 1 agree, 0 pass, -1 disagree; a number, {UNSURE} don't know; of pairwise ten times the number of the pair,"
        " plus 2 chosen over the other, 1 equally important, 0 not chosen or 3 skipped; empty when it was not answered",
        type=CellType.WHOLE,
    ),
    Column(
        "position",
        "de plaats van dit punt in de volgorde die deze persoon zag, vanaf 1",
        "the place of this item in the order this person saw, from 1",
        type=CellType.WHOLE,
    ),
    Column("first_at", "eerste stem op dit punt", "first vote on this item", type=CellType.MOMENT),
    Column("last_at", "laatste stem op dit punt", "last vote on this item", type=CellType.MOMENT),
    columns.BALLOT,
    *columns.CRITERION,
)


class ExportedItem(NamedTuple):
    """An item in a round; `pk` is what votes point at."""

    pk: int
    item: str
    card: str | None


class MergeJoin:
    """Streaming merge join: rows sorted by (round, person) are consumed in step with an iteration in the same order."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._groups: Iterator[tuple[Any, Iterator[tuple[Any, ...]]]] = groupby(rows, key=itemgetter(0, 1))
        self._key: Any = None
        self._group: Iterator[tuple[Any, ...]] = iter(())
        self._step()

    def take(self, key: tuple[int, int]) -> list[tuple[Any, ...]]:
        """Return the rows of this key, if the next rows are its."""
        if self._key != key:
            return []
        rows = list(self._group)
        self._step()
        return rows

    def _step(self) -> None:
        self._key, self._group = next(self._groups, (None, iter(())))


_ORDER = ("step__position", "step__public_id", "number", "public_id")


def read_lines(scope: Scope) -> Iterator[str]:
    """Yield the lines by round, person and item, in the order of their random ids.

    Three queries, besides what its scope holds.
    """
    items = _read_items(scope)
    votes, ballots = MergeJoin(_VOTES.read(scope.session)), MergeJoin(_BALLOTS.read(scope.session))
    for found in scope.rounds:
        if found.opened_at is None or found.step.public_id in scope.practice:
            continue
        about = (scope.session.public_id, scope.session.code, found.step.public_id, found.public_id, found.number)
        placed = items.get(found.pk, [])
        voting = voting_of(found)
        names = voting.name_criteria()
        numbers = [None] if len(names) == 1 else range(1, len(names) + 1)
        tails = [
            quote_cells(voting.kind.key, number, name.nl, name.en) for number, name in zip(numbers, names, strict=True)
        ]
        none = quote_cells(voting.kind.none if not isinstance(voting.kind.none, list) else None)
        starts = [(pk, quote_cells(*about, item, card)) for pk, item, card in placed]
        order = ItemOrder([item for _, item, _ in placed])
        for person in scope.people:
            key = (found.pk, person.pk)
            sector, counted, took_part = person.sector, False, False
            if ballot := ballots.take(key):
                (_, _, sector, counted), took_part = ballot[0], True
            elif person.source in ELSEWHERE:
                continue  # a paper, or who was imported, is of one round: nothing was asked of them in another
            choices = {row[2:4]: row[4:] for row in votes.take(key)}
            state = "active" if person.retired_at is None else "retired"
            body = quote_cells(person.name, sector, person.source, state, took_part, counted)
            for (pk, start), place in zip(starts, order.places(seed=person.seed), strict=True):
                for criterion, tail in enumerate(tails):
                    if choice := choices.get((pk, criterion)):
                        value, first_at, last_at = choice
                        cell = none if value is None else f'"{value}"'
                        times = f'"{tell_stored(first_at)}","{tell_stored(last_at)}"'
                        yield f'{start},{body},{cell},"{place}",{times},{tail}'
                    else:
                        yield f'{start},{body},{none},"{place}","","",{tail}'


_ITEMS = SessionRows(
    lambda session: (
        RoundItem.objects.filter(round__session=session, round__opened_at__isnull=False)
        .order_by("item__public_id")
        .values_list("round_id", "pk", "item__public_id", "item__contribution__public_id")
    )
)

_VOTES = SessionRows(
    lambda session: (
        Vote.objects.filter(round_item__round__session=session, round_item__round__opened_at__isnull=False)
        .order_by(*(f"round_item__round__{name}" for name in _ORDER), "participant__public_id")
        .values_list(
            "round_item__round_id",
            "participant_id",
            "round_item_id",
            "criterion",
            "value",
            StoredMoment("first_at"),
            StoredMoment("last_at"),
        )
    )
)

_BALLOTS = SessionRows(
    lambda session: (
        Ballot.objects.filter(round__session=session, round__opened_at__isnull=False)
        .order_by(*(f"round__{name}" for name in _ORDER), "participant__public_id")
        .values_list(
            "round_id",
            "participant_id",
            Case(When(participant__in_sector=True, then=F("sector__key")), default=Value("")),
            "counted",
        )
    )
)


def _read_items(scope: Scope) -> dict[int, list[ExportedItem]]:
    """Return round → its items in the order of their ids."""
    items: dict[int, list[ExportedItem]] = {}
    for round_pk, pk, item, card in _ITEMS.read(scope.session):
        items.setdefault(round_pk, []).append(ExportedItem(pk, item, card))
    return items


TABLE = Table(
    name="votes.csv",
    nl="Eén rij per deelnemer, punt en vraag daarover, van elke geopende ronde, ook als er niets is gekozen.",
    en="One row per participant, item and question about it, of every round that was opened, also when nothing was"
    " chosen.",
    columns=COLUMNS,
    lines=read_lines,
    needs=Content.PERSON,
    unique=("round", "item", "participant", "criterion"),
    refers=(Reference("participant", "participants"),),
)
