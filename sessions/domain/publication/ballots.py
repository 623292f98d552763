"""The ballots of a round that count, as they are stored: under which O, with which marks."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...models import RoundItem
from ...models.vote import Ballot, Vote
from ..results import Count


class CountedBallot(NamedTuple):
    """One person's ballot. `name`: the pseudonym. `marks`: (item id, dots) of items with dots, by item id."""

    participant: int
    name: str
    sector: int
    marks: tuple[tuple[str, int], ...]


def read_ballots(rounds: Iterable[int]) -> dict[int, list[CountedBallot]]:
    """Return round → its ballots in the order of the pseudonyms. Two queries, however many rounds."""
    marks: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    found: dict[int, list[CountedBallot]] = {pk: [] for pk in rounds}
    votes = Vote.objects.filter(round_item__round__in=found, value__gt=0, criterion=0).order_by()
    for round_, person, item, value in votes.values_list(
        "round_item__round_id", "participant_id", "round_item__item__public_id", "value"
    ):
        marks[round_, person].append((item, value))
    ballots = Ballot.objects.filter(round__in=found, counted=True).order_by("participant__public_id")
    for round_, person, name, sector in ballots.values_list(
        "round_id", "participant_id", "participant__public_id", "sector_id"
    ):
        found[round_].append(CountedBallot(person, name, sector, tuple(sorted(marks.get((round_, person), ())))))
    return found


def read_items(rounds: Iterable[int]) -> dict[int, list[str]]:
    """Return round → the ids of its items, sorted."""
    found: dict[int, list[str]] = {pk: [] for pk in rounds}
    for round_, item in RoundItem.objects.filter(round__in=found).values_list("round_id", "item__public_id"):
        found[round_].append(item)
    for items in found.values():
        items.sort()
    return found


def count_ballots(
    *, ballots: Iterable[CountedBallot], items: Sequence[str], sectors: Mapping[int, str]
) -> tuple[Counter[str], dict[str, Count]]:
    """Return the people per sector id and the count of each item. `sectors`: table id → sector id."""
    voters: Counter[str] = Counter()
    counts = {item: Count() for item in items}
    for ballot in ballots:
        sector = sectors[ballot.sector]
        voters[sector] += 1
        for item, value in ballot.marks:
            if (count := counts.get(item)) is not None:
                count.heads[sector] = count.heads.get(sector, 0) + 1
                count.dots += value
    return voters, counts


def digest_ballot(*, ballot: CountedBallot, key: str) -> str:
    """Return a keyed digest of O and marks: equal ones are the same ballot. 96 bits.

    The key is random per publication, so digests of two publications say nothing of each other.
    """
    content = f"{ballot.sector}:" + ",".join(f"{item}={value}" for item, value in ballot.marks)
    return hashlib.blake2b(content.encode(), key=bytes.fromhex(key), digest_size=12).hexdigest()
