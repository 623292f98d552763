"""What a publication of a round would be, were it made now, and whether it may follow those that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...ballots.ballot import Denominator
from ...models import Publication, Round, Sector
from ..documents import ResultDoc
from ..voting import voting_of
from .ballots import CountedBallot, digest_ballot, read_ballots, read_items
from .disclosure_rule import (
    BallotChanges,
    Block,
    Earlier,
    Partition,
    blocks_of,
    count_missing,
    earlier_of,
    keep_together,
    may_follow,
)
from .figures import decode_figures
from .tabulation import tabulate_round


class Judged(NamedTuple):
    """Whether another publication of a round may follow. `late`: ballots that differ from the last one."""

    late: int = 0
    is_per_item: bool = False
    """Items have different denominators and groups, which the rule does not cover: a second publication could expose
    one person. So the first one stands."""
    may_follow: bool = True
    missing: Mapping[Block, int] = {}
    """Ballots that a block still needs, where it may not follow."""


class Candidate(NamedTuple):
    """What a publication of a round would be now, and which ballots it counts. It does not leave this package."""

    ballots: Sequence[CountedBallot]
    result: ResultDoc
    last: Publication | None
    judged: Judged = Judged()


def judge_next(*, round_: Round, sectors: Sequence[Sector], threshold: int) -> Judged:
    """Return whether a publication of the round as it stands may follow the earlier ones."""
    return build_candidate(round_=round_, sectors=sectors, threshold=threshold).judged


def build_candidate(*, round_: Round, sectors: Sequence[Sector], threshold: int) -> Candidate:
    """Return what a publication of the round as it stands would be, and whether it may follow the earlier ones.

    Groups that an earlier publication put together stay so where parting them would expose somebody.
    `sectors`: of the programme, in order. `threshold`: the programme's, used when this is the round's first figure.
    """
    least = round_.threshold or threshold
    ballots = read_ballots([round_])[round_.pk]
    names = {sector.pk: sector.public_id for sector in sectors}
    earlier = list(round_.publications.order_by("number"))
    changes = [changed_since(publication=found, ballots=ballots, sectors=names) for found in earlier]
    binding = [
        past
        for found, changed in zip(earlier, changes, strict=True)
        if (past := earlier_of(result=decode_figures(found), changes=changed)) is not None
    ]
    people = Counter(names[ballot.sector] for ballot in ballots if ballot.in_sector)
    there = [sector for sector in names.values() if people[sector]]
    together = keep_together(people=people, sectors=there, earlier=binding, threshold=least)
    items = read_items([round_.pk])[round_.pk]
    result = tabulate_round(
        round_=round_, ballots=ballots, items=items, sectors=names, threshold=least, together=together
    )
    if not earlier:
        return Candidate(ballots, result, None)
    late = count_changed(publication=earlier[-1], ballots=ballots)
    later = blocks_of(result.groups, sectors=there)
    judged = Judged(
        late=late,
        is_per_item=bool(binding and late) and voting_of(round_).kind.of is Denominator.ITEM,
        may_follow=result.n is None or _may_follow(binding, later, least),
        missing=count_missing(earlier=binding, later=later, threshold=least),
    )
    return Candidate(ballots, result, earlier[-1], judged)


def changed_since(
    *, publication: Publication, ballots: Sequence[CountedBallot], sectors: Mapping[int, str]
) -> dict[str, BallotChanges]:
    """Return sector id → what became of its ballots since a publication."""
    now = {ballot.participant: ballot for ballot in ballots}
    was, same, gone = Counter[str](), Counter[str](), Counter[str]()
    for person, sector, digest in publication.ballots.values_list("participant_id", "sector_id", "digest"):
        ballot = now.get(person) if person is not None else None
        was[sectors[sector]] += 1
        if ballot is None or ballot.sector != sector:
            gone[sectors[sector]] += 1
        elif digest_ballot(ballot=ballot, key=publication.key) == digest:
            same[sectors[sector]] += 1
    there = Counter(sectors[ballot.sector] for ballot in ballots)
    return {
        sector: BallotChanges(was=was[sector], now=there[sector], fresh=there[sector] - same[sector], gone=gone[sector])
        for sector in was | there
    }


def count_changed(*, publication: Publication, ballots: Sequence[CountedBallot]) -> int:
    """Return how many ballots differ from those of a publication. One that is under another O now is one ballot."""
    now = {ballot.participant: ballot for ballot in ballots}
    stood, differ = set[int](), 0
    for person, sector, digest in publication.ballots.values_list("participant_id", "sector_id", "digest"):
        ballot = now.get(person) if person is not None else None
        if person is not None:
            stood.add(person)
        if ballot is None or ballot.sector != sector or digest_ballot(ballot=ballot, key=publication.key) != digest:
            differ += 1
    return differ + len(now.keys() - stood)


def _may_follow(earlier: Sequence[Earlier], later: Partition, threshold: int) -> bool:
    return all(may_follow(earlier=past, later=later, threshold=threshold) for past in earlier)
