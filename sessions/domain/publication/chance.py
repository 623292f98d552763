"""The test of one round against chance: read here, computed by synthesis/chance.py, remembered until the reveal.

It is done at closing, in a thread of its own (live/chance.py). A reveal takes what is remembered, if it is of the very
ballots that are revealed.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np

from ...models import Round, Sector
from ...synthesis.chance import RUNS, largest_spreads, line_of_chance
from ..documents import ChanceDoc
from ..results import pool_groups
from .ballots import CountedBallot, count_ballots, read_ballots, read_items

_REMEMBERED = 64


class Comparison(NamedTuple):
    """`content`: a digest of the ballots that were compared. `chance`: none when no groups can be compared."""

    content: str
    chance: ChanceDoc | None


_comparisons: OrderedDict[int, Comparison] = OrderedDict()
_lock = Lock()


def compare_with_chance(*, round_: Round, ballots: Sequence[CountedBallot] | None = None) -> Comparison:
    """Shuffle the O's over the ballots of a round. Up to a second of work; not in the event loop, not under a lock.

    The seed comes from the round's id, and people and items are taken in the order of theirs, so that anybody can do it
    again from the files.
    """
    if ballots is None:
        ballots = read_ballots([round_.pk])[round_.pk]
    items = read_items([round_.pk])[round_.pk]
    programme = round_.session.programme
    names = {sector.pk: sector.public_id for sector in Sector.objects.filter(programme=programme).order_by("position")}
    voters, _ = count_ballots(ballots=ballots, items=items, sectors=names)
    there = [name for name in names.values() if voters[name] > 0]
    threshold = round_.threshold or programme.threshold
    groups = pool_groups(people=voters, sectors=there, threshold=threshold) if voters.total() >= threshold else []
    content = digest_ballots(ballots)
    if not groups or not items:
        return Comparison(content, None)
    group_of = {sector: index for index, group in enumerate(groups) for sector in group.sectors}
    column = {item: index for index, item in enumerate(items)}
    chosen = np.zeros((len(ballots), len(items)), dtype=np.bool_)
    for row, ballot in enumerate(ballots):
        for item, _ in ballot.marks:
            if item in column:
                chosen[row, column[item]] = True
    labels = np.array([group_of[names[ballot.sector]] for ballot in ballots], dtype=np.intp)
    seed = seed_of(round_.public_id)
    spreads = largest_spreads(chosen=chosen, labels=labels, groups=len(groups), seed=seed)
    return Comparison(content, ChanceDoc(line=line_of_chance(spreads), runs=RUNS, seed=seed))


def seed_of(round_id: str) -> int:
    """Return 32 bits that anybody can compute from the round's id."""
    return int.from_bytes(hashlib.blake2b(round_id.encode(), digest_size=4).digest(), "big")


def remember_comparison(*, round_pk: int, comparison: Comparison) -> None:
    """Keep a test for the reveal. From any thread."""
    with _lock:
        _comparisons[round_pk] = comparison
        _comparisons.move_to_end(round_pk)
        if len(_comparisons) > _REMEMBERED:
            _comparisons.popitem(last=False)


def recall_comparison(*, round_pk: int, ballots: Sequence[CountedBallot]) -> ChanceDoc | None:
    """Return the remembered test if it is of these very ballots."""
    with _lock:
        comparison = _comparisons.get(round_pk)
    return comparison.chance if comparison is not None and comparison.content == digest_ballots(ballots) else None


def digest_ballots(ballots: Sequence[CountedBallot]) -> str:
    """Return a digest of ballots that come in the order of their pseudonyms."""
    total = hashlib.blake2b(digest_size=16)
    for ballot in ballots:
        total.update(repr(ballot).encode())
    return total.hexdigest()
