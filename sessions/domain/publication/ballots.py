"""The ballots of a round that count, as they are stored: under which O, with which marks."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...ballots.counts import Count
from ...ballots.mark import NO_MARK, Mark, put_value
from ...enums import Source
from ...models import Round, RoundItem
from ...models.vote import Ballot, Vote
from ..voting import Voting, voting_of
from .tallies import UNDIVIDED


class CountedBallot(NamedTuple):
    """One person's ballot. `name`: the pseudonym. `marks`: (item id, mark) where a mark says something, by item id.
    `scribed`: it was typed in from paper.
    """

    participant: int
    name: str
    sector: int
    marks: tuple[tuple[str, Mark], ...]
    scribed: bool = False
    in_sector: bool = True
    """Else it counts in heads only, and `sector` says nothing."""


def read_ballots(rounds: Iterable[Round]) -> dict[int, list[CountedBallot]]:
    """Return round's table id → its ballots in the order of the pseudonyms. Two queries, however many rounds."""
    voting = {round_.pk: voting_of(round_) for round_ in rounds}
    marks: dict[tuple[int, int], dict[str, Mark]] = defaultdict(dict)
    found: dict[int, list[CountedBallot]] = {pk: [] for pk in voting}
    votes = Vote.objects.filter(round_item__round__in=found, value__isnull=False).order_by()
    for round_, person, item, criterion, value in votes.values_list(
        "round_item__round_id", "participant_id", "round_item__item__public_id", "criterion", "value"
    ):
        own = marks[round_, person]
        own[item] = put_value(own.get(item, voting[round_].nothing), criterion, value)
    ballots = Ballot.objects.filter(round__in=found, counted=True).order_by("participant__public_id")
    for round_, person, name, sector, source, in_sector in ballots.values_list(
        "round_id",
        "participant_id",
        "participant__public_id",
        "sector_id",
        "participant__source",
        "participant__in_sector",
    ):
        says = voting[round_].kind.says
        given = sorted((item, mark) for item, mark in marks.get((round_, person), {}).items() if says(mark))
        found[round_].append(CountedBallot(person, name, sector, tuple(given), source == Source.SCRIBED, in_sector))
    return found


def read_items(rounds: Iterable[int]) -> dict[int, dict[str, int | None]]:
    """Return round → the ids of its items, sorted, with their prices."""
    found: dict[int, dict[str, int | None]] = {pk: {} for pk in rounds}
    rows = RoundItem.objects.filter(round__in=found).order_by("item__public_id")
    for round_, item, price in rows.values_list("round_id", "item__public_id", "price"):
        found[round_][item] = price
    return found


def prices_of(items: Mapping[str, int | None]) -> dict[str, int]:
    """Return the prices of those items that have one."""
    return {item: price for item, price in items.items() if price is not None}


def count_ballots(
    *, voting: Voting, ballots: Iterable[CountedBallot], items: Iterable[str], sectors: Mapping[int, str]
) -> tuple[Counter[str], dict[str, Count]]:
    """Return the people per sector id and the count of each item. `sectors`: table id → sector id.

    Who is of no O counts under `UNDIVIDED`.
    """
    kind, rules, *_ = voting
    voters: Counter[str] = Counter()
    counts = {item: Count() for item in items}
    for ballot in ballots:
        sector = sectors[ballot.sector] if ballot.in_sector else UNDIVIDED
        voters[sector] += 1
        for item, mark in ballot.marks:
            kind.add(counts, rules=rules, item=item, sector=sector, before=NO_MARK, after=mark)
    return voters, counts


def count_scribed(ballots: Iterable[CountedBallot]) -> int:
    return sum(ballot.scribed for ballot in ballots)


def digest_ballot(*, ballot: CountedBallot, key: str) -> str:
    """Return a keyed digest of O and marks: equal ones are the same ballot. 96 bits.

    The key is random per publication, so digests of two publications say nothing of each other.
    """
    content = f"{ballot.sector}:" + ",".join(f"{item}={_plain(mark)}" for item, mark in ballot.marks)
    return hashlib.blake2b(content.encode(), key=bytes.fromhex(key), digest_size=12).hexdigest()


def digest_ballots(ballots: Sequence[CountedBallot]) -> str:
    """Return a digest of ballots that come in the order of their pseudonyms."""
    total = hashlib.blake2b(digest_size=16)
    for ballot in ballots:
        marks = tuple((item, _plain(mark)) for item, mark in ballot.marks)
        # The same text as before a mark could have several values: publications of then keep their comparison.
        total.update(_tell(ballot, marks).encode())
    return total.hexdigest()


def _tell(ballot: CountedBallot, marks: tuple[tuple[str, object], ...]) -> str:
    told = f"participant={ballot.participant!r}, name={ballot.name!r}, sector={ballot.sector!r}"
    return f"CountedBallot({told}, marks={marks!r})"


def _plain(mark: Mark) -> int | Mark | None:
    return mark[0] if len(mark) == 1 else mark
