"""One round as arrays: who counts in it, under which O, and what everybody answered on each item."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from ..ballots import ballot_of, read_rules
from ..ballots.mark import Mark, put_value
from ..enums import Source
from ..models import Round, RoundItem, Sector
from ..models.vote import Ballot, Vote

NOBODY: Final = -1
"""In place of an O of somebody who is of none."""


class ReadItem(NamedTuple):
    item: str
    source_id: str
    price: int | None
    hidden: bool


class ReadPerson(NamedTuple):
    """`seed`: of the order in which they saw the items. `is_here`: they voted in this program, by phone."""

    name: str
    seed: int
    is_here: bool


class RoundArrays(NamedTuple):
    """People in the order of their pseudonyms, items in that of their rank, O's in that of the programme.

    `labels`: each person's O by place, or `NOBODY`. `values`: people × items, what was answered by the first criterion,
    NaN where nothing was. `marks`: whole marks, of ballots with several criteria; by person and item.
    """

    people: Sequence[ReadPerson]
    items: Sequence[ReadItem]
    sectors: Sequence[Sector]
    labels: NDArray[np.intp]
    values: NDArray[np.float64]
    marks: dict[tuple[int, int], Mark] | None

    def tally(self) -> Iterator[tuple[int, int, Mark, int]]:
        """Yield item, O, mark and how many people of the O gave the item this mark."""
        if self.marks is not None:
            counted = Counter((item, int(self.labels[person]), mark) for (person, item), mark in self.marks.items())
            for (item, label, mark), n in sorted(counted.items(), key=repr):
                yield item, label, mark, n
            return
        for value in np.unique(self.values[~np.isnan(self.values)]).tolist():
            given = self.values == value
            for label in range(NOBODY, len(self.sectors)):
                counts = given[self.labels == label].sum(axis=0)
                for item in np.flatnonzero(counts).tolist():
                    yield item, label, (int(value),), int(counts[item])

    def score(self, round_: Round) -> NDArray[np.float64]:
        """Return people × items: what answers score, 0 to 1; NaN where there is no score."""
        kind, rules = ballot_of(round_.ballot), read_rules(round_.ballot, round_.rules)
        scores = np.full(self.values.shape, np.nan)
        if self.marks is not None:
            for place, mark in self.marks.items():
                if kind.says(mark) and kind.is_scored(mark):
                    scores[place] = float(kind.score(rules, mark))
            return scores
        for value in np.unique(self.values[~np.isnan(self.values)]).tolist():
            mark = (int(value),)
            if kind.says(mark) and kind.is_scored(mark):
                scores[self.values == value] = float(kind.score(rules, mark))
        return scores


def read_round(round_: Round, *, sectors: Sequence[Sector]) -> RoundArrays:
    """Return the ballots of a round that count. `sectors`: the session's, in order. Three queries."""
    place_of = {sector.pk: place for place, sector in enumerate(sectors)}
    rows = Ballot.objects.filter(round=round_, counted=True).order_by("participant__public_id")
    ballots = list(
        rows.values_list(
            "participant_id",
            "participant__public_id",
            "participant__order_seed",
            "participant__source",
            "sector_id",
            "participant__in_sector",
        )
    )
    people = {pk: place for place, (pk, *_) in enumerate(ballots)}
    labels = np.array([place_of[row[4]] if row[5] else NOBODY for row in ballots], dtype=np.intp)
    placed = list(_place_items(round_).values_list("pk", *_ABOUT_ITEM))
    items = {pk: place for place, (pk, *_) in enumerate(placed)}
    criteria = len(ballot_of(round_.ballot).criteria(read_rules(round_.ballot, round_.rules)))
    values, marks = _read_votes(round_, people, items, criteria)
    return RoundArrays(
        people=[ReadPerson(name, seed, source == Source.OWN) for _, name, seed, source, *_ in ballots],
        items=[_tell_item(*about) for _, *about in placed],
        sectors=list(sectors),
        labels=labels,
        values=values,
        marks=marks if criteria > 1 else None,
    )


def read_items(round_: Round) -> list[ReadItem]:
    """Return what stands in a round, in the order of its rank. One query."""
    return [_tell_item(*about) for about in _place_items(round_).values_list(*_ABOUT_ITEM)]


_ABOUT_ITEM: Final = ("item__public_id", "item__source_id", "price", "item__hidden_at")


def _place_items(round_: Round) -> QuerySet[RoundItem]:
    return RoundItem.objects.filter(round=round_).order_by("rank", "item__public_id")


def _tell_item(item: str, source: str, price: int | None, hidden_at: dt.datetime | None) -> ReadItem:
    return ReadItem(item, source, price, hidden_at is not None)


def _read_votes(
    round_: Round, people: dict[int, int], items: dict[int, int], criteria: int
) -> tuple[NDArray[np.float64], dict[tuple[int, int], Mark]]:
    values = np.full((len(people), len(items)), np.nan)
    marks: dict[tuple[int, int], Mark] = {}
    votes = Vote.objects.filter(round_item__in=list(items), value__isnull=False).order_by()
    found = list(votes.values_list("participant_id", "round_item_id", "criterion", "value"))
    for person, item, criterion, value in found if criteria > 1 else ():
        if person in people:
            place = people[person], items[item]
            marks[place] = put_value(marks.get(place, (None,) * criteria), criterion, value)
    if found:
        told = [
            (people[person], items[item], value)
            for person, item, criterion, value in found
            if person in people and not criterion
        ]
        rows = np.array(told, dtype=np.int64).reshape(-1, 3)
        values[rows[:, 0], rows[:, 1]] = rows[:, 2]
    return values, marks
