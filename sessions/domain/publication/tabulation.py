"""The figures of a round, of the ballots that count in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ...models import Round
from ..documents import ResultDoc
from ..results import tabulate
from ..voting import voting_of
from .ballots import CountedBallot, count_ballots, count_scribed, prices_of


def tabulate_round(
    *,
    round_: Round,
    ballots: Sequence[CountedBallot],
    items: Mapping[str, int | None],
    sectors: Mapping[int, str],
    threshold: int,
    together: Collection[frozenset[str]] = (),
    divided: bool = True,
    pool_absent: bool = False,
) -> ResultDoc:
    """Count the ballots and return what the round says of each item. `items`: with their prices. `sectors`: table id →
    sector id, in the programme's order. The rest is as `tabulate` has it.
    """
    voting = voting_of(round_)
    voters, counts = count_ballots(voting=voting, ballots=ballots, items=items, sectors=sectors)
    return tabulate(
        round_id=round_.public_id,
        ballot=voting.kind,
        rules=voting.rules,
        prices=prices_of(items),
        sectors=list(sectors.values()),
        voters=voters,
        counts=counts,
        threshold=threshold,
        together=together,
        divided=divided,
        pool_absent=pool_absent,
        scribed=count_scribed(ballots),
    )
