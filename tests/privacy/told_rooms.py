"""Rooms as arrays, and what `results --json` tells of them, without a database: every way to vote can be tried."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np

from sessions.ballots import ballot_of
from sessions.ballots.ballot import Denominator, Rules
from sessions.ballots.counts import Count
from sessions.ballots.mark import NO_MARK, Mark
from sessions.domain.publication import told as told_of_rounds
from sessions.domain.publication import whole_ballots
from sessions.domain.publication.ballot_figures import NAMES
from sessions.domain.publication.whole_ballots import Counted, Size
from sessions.domain.results import tabulate
from sessions.models import Round, Sector
from sessions.reading.round_arrays import ReadItem, ReadPerson, RoundArrays

Choice = Mapping[str, int]
"""Item → what was given to it."""


@dataclass(frozen=True)
class Room:
    """`sizes`: O → how many people of it take part. `items`: their names."""

    rules: Rules
    sizes: Mapping[str, int]
    items: Sequence[str]
    threshold: int
    k: int = 1

    @property
    def people(self) -> list[str]:
        """Return each person's O."""
        return [name for name, n in self.sizes.items() for _ in range(n)]

    @property
    def pooled(self) -> list[str]:
        """Return the O's that are too small to be shown."""
        return [name for name, n in self.sizes.items() if n < self.threshold]


def every_vote(room: Room, choices: Sequence[Choice]) -> Iterator[list[Choice]]:
    """Yield every way in which the people of a room may have voted; people of one O are alike."""
    parts = [list(combinations_with_replacement(choices, n)) for n in room.sizes.values()]
    for found in product(*parts):
        yield [choice for part in found for choice in part]


def tell(room: Room, votes: Sequence[Choice]) -> str:
    """Return what is printed of a round in which the people of the room voted so."""
    kind = ballot_of(str(room.rules.__struct_config__.tag))
    counts = {item: Count() for item in room.items}
    for sector, choice in zip(room.people, votes, strict=True):
        for item, value in choice.items():
            mark: Mark = (value,)
            kind.add(counts, rules=room.rules, item=item, sector=sector, before=NO_MARK, after=mark)
    result = tabulate(
        round_id="round",
        ballot=kind,
        rules=room.rules,
        sectors=list(room.sizes),
        voters=Counter(room.people),
        counts=counts,
        threshold=room.threshold,
    )
    arrays = _as_arrays(room, votes)
    scores = arrays.score(Round(ballot=kind.key, rules=None))
    if kind.of is Denominator.ROUND:
        scores = np.where(np.isnan(scores), 0.0, scores)
    counted = Counted(arrays, scores, result, kind, room.threshold, seed=1)
    made = {name: whole_ballots.tell_whole(name, counted, size=Size(k=room.k)) for name in NAMES}
    keys = {name: name for name in room.sizes}
    told: dict[str, Any] = told_of_rounds.compose(result=result, ballot=kind, keys=keys, items=arrays.items, made=made)
    return json.dumps(told, sort_keys=True)


def _as_arrays(room: Room, votes: Sequence[Choice]) -> RoundArrays:
    order = list(room.sizes)
    return RoundArrays(
        # Nobody knows the order in which others saw the items: of people with phones it would have to be drawn as well.
        people=[ReadPerson(str(place), seed=1, is_here=False) for place in range(len(votes))],
        items=[ReadItem(item, item, None, hidden=False) for item in room.items],
        sectors=[Sector(public_id=name, key=name) for name in order],
        labels=np.array([order.index(name) for name in room.people], dtype=np.intp),
        values=np.array([[choice.get(item, np.nan) for item in room.items] for choice in votes], dtype=np.float64),
        marks=None,
    )
