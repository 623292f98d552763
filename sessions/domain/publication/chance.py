"""The test of one round against chance: read here, computed by synthesis/permutation_test.py, remembered until the
reveal.

It is done at closing, in a thread of its own (live/chance_job.py). A reveal takes what is remembered, if it is of the
very ballots that are revealed.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np

from ...ballots.ballot import Denominator
from ...ballots.counts import Counts
from ...models import Round
from ...synthesis.permutation_test import RUNS, critical_spread, largest_spreads
from ..documents import ChanceDoc, GroupDoc
from ..editions import sectors_of
from ..results import pool_groups
from ..voting import Voting, voting_of
from .ballots import CountedBallot, count_ballots, digest_ballots, read_ballots, read_items
from .figures import decode_figures, untested_publication

_REMEMBERED = 64


Groups = Sequence[GroupDoc]


class Comparison(NamedTuple):
    """`content`: a digest of the ballots that were compared. `groups`: between which; none when there are no groups to
    compare, and then there is no `chance`.
    """

    content: str
    groups: Groups
    chance: ChanceDoc | None


_comparisons: OrderedDict[int, Comparison] = OrderedDict()
_lock = Lock()


def compare_with_chance(*, round_: Round) -> Comparison:
    """Shuffle the O's over the ballots of a round. Up to a second of work; not in the event loop, not under a lock.

    The groups are those of the publication that waits for it, else those that the next one has unless an earlier one
    binds it. The seed comes from the round's id, items are taken in the order of theirs and people in the order of what
    they chose, so that anybody can do it again from the files.
    """
    voting = voting_of(round_)
    ballots = read_ballots([round_])[round_.pk]
    items = read_items([round_.pk])[round_.pk]
    programme = round_.session.programme
    names = {sector.pk: sector.public_id for sector in sectors_of(round_.session)}
    content = digest_ballots(ballots)
    waiting = untested_publication(round_)
    voters, counts = count_ballots(voting=voting, ballots=ballots, items=items, sectors=names)
    threshold = round_.threshold or programme.threshold
    groups: Groups
    if waiting is not None and waiting.content == content:
        groups = decode_figures(waiting).groups
    else:
        there = [name for name in names.values() if voters[name] > 0]
        groups = pool_groups(people=voters, sectors=there, threshold=threshold) if voters.total() >= threshold else []
    if not groups or not items:
        return Comparison(content, [], None)
    if (known := recall_comparison(round_pk=round_.pk, ballots=ballots, groups=groups)) is not None:
        return Comparison(content, groups, known)
    compared = _find_compared(voting=voting, counts=counts, groups=groups, threshold=threshold)
    group_of = {sector: index for index, group in enumerate(groups) for sector in group.sectors}
    parts = range(voting.kind.compared(voting.rules))
    column = {place: index for index, place in enumerate((item, part) for item in compared for part in parts)}
    scores = np.zeros((len(ballots), len(column)), dtype=np.float64)
    answered = np.zeros((len(ballots), len(column)), dtype=np.bool_)
    for row, ballot in enumerate(ballots):
        for place, score in voting.kind.scores(voting.rules, dict(ballot.marks)).items():
            if place in column:
                scores[row, column[place]] = score
                answered[row, column[place]] = True
    labels = np.array([group_of[names[ballot.sector]] for ballot in ballots], dtype=np.intp)
    seed = seed_of(round_.public_id)
    spreads = largest_spreads(
        scores=scores,
        answered=answered if voting.kind.of is Denominator.ITEM else None,
        labels=labels,
        groups=len(groups),
        seed=seed,
    )
    return Comparison(content, groups, ChanceDoc(line=critical_spread(spreads), runs=RUNS, seed=seed))


def _find_compared(*, voting: Voting, counts: Counts, groups: Groups, threshold: int) -> list[str]:
    """Return the items that have a spread, sorted: those that enough people of each group answered."""
    if voting.kind.of is Denominator.ROUND:
        return sorted(counts)
    return sorted(
        item
        for item, count in counts.items()
        if all(sum(count.of.get(name, 0) for name in group.sectors) >= threshold for group in groups)
    )


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


def recall_comparison(*, round_pk: int, ballots: Sequence[CountedBallot], groups: Groups) -> ChanceDoc | None:
    """Return the remembered test if it is of these very ballots, between these groups."""
    with _lock:
        comparison = _comparisons.get(round_pk)
    if comparison is None or comparison.content != digest_ballots(ballots):
        return None
    return comparison.chance if are_same_groups(comparison.groups, groups) else None


def are_same_groups(one: Groups, two: Groups) -> bool:
    """Whether the same O's are together in both."""
    return [group.sectors for group in one] == [group.sectors for group in two]
