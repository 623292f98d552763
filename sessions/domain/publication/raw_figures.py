"""Every figure of a round as the ballots give it, without pools and threshold: for the shell of the server only.

Exempt from METHODS.md section 5 as the core team's row files are: whoever has the shell has the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...ballots.ballot import Denominator
from ...ballots.counts import Count
from ...ballots.mark import NO_MARK
from ...models import Round
from ...reading.round_arrays import NOBODY, RoundArrays, read_round
from ...synthesis.consensus import find_consensus
from ...synthesis.dispersion import measure_dispersion
from ...synthesis.majority import list_majority
from ...synthesis.permutation_test import RUNS, critical_spread, largest_spreads
from ...synthesis.representative import find_typical
from ...synthesis.support import tell_support
from ...synthesis.veto import find_alone
from ..documents import ChanceDoc, ResultDoc, ResultItemDoc
from ..editions import sectors_of
from ..results import is_beyond, tabulate
from ..voting import Voting, voting_of
from .chance import seed_of
from .raw_extras import group_by_sector, tell_groups, tell_position, tell_shortlists, tell_strengths
from .tallies import UNDIVIDED

Told = dict[str, Any]


def read_raw_figures(*, round_: Round, k: int | None = None, budget: int | None = None) -> Told:
    """Return every figure of a round. `k`: how many items a shortlist has; `budget`: or what it may cost."""
    arrays, voting = read_round(round_, sectors=sectors_of(round_.session)), voting_of(round_)
    result = _tabulate(round_=round_, arrays=arrays, voting=voting)
    scores = arrays.score(round_)
    if voting.kind.of is Denominator.ROUND:
        scores = np.where(np.isnan(scores), 0.0, scores)
    there = [place for place in range(len(arrays.sectors)) if (arrays.labels == place).any()]
    chance = _compare(round_=round_, arrays=arrays, scores=scores, there=there)
    told: Told = {
        "n": len(arrays.people),
        "groups_shown": [
            {"sectors": [arrays.sectors[place].key], "n": int((arrays.labels == place).sum())} for place in there
        ],
        "of_no_o": int((arrays.labels == NOBODY).sum()),
        "chance": None if chance is None else {"line": chance.line, "runs": chance.runs, "seed": chance.seed},
    }
    sides = _Sides(arrays, scores, there, is_yes_or_no=voting.kind.is_yes_or_no)
    told["items"] = _tell_items(arrays=arrays, result=result, scores=scores, sides=sides, chance=chance)
    told |= _tell_lists(arrays=arrays, sides=sides)
    seed = seed_of(round_.public_id)
    grouping = group_by_sector(arrays)
    told["groups"] = tell_groups(arrays, grouping=grouping, ballot=voting.kind, seed=seed)
    told["shortlist"] = tell_shortlists(arrays, grouping=grouping, ballot=voting.kind, k=k, budget=budget)
    told["strengths"] = tell_strengths(arrays, ballot=voting.kind)
    told["position_effect"] = tell_position(arrays, scores=scores, seed=seed)
    return told


def _tabulate(*, round_: Round, arrays: RoundArrays, voting: Voting) -> ResultDoc:
    """Return the result by the one table that there is, with a threshold of one."""
    names = {place: sector.public_id for place, sector in enumerate(arrays.sectors)} | {NOBODY: UNDIVIDED}
    counts = {item.item: Count() for item in arrays.items}
    for item, label, mark, n in arrays.tally():
        name = arrays.items[item].item
        one = {name: Count()}
        voting.kind.add(one, rules=voting.rules, item=name, sector=names[label], before=NO_MARK, after=mark)
        _add_times(counts[name], one[name], n)
    return tabulate(
        round_id=round_.public_id,
        ballot=voting.kind,
        rules=voting.rules,
        prices={item.item: item.price for item in arrays.items if item.price is not None},
        sectors=[sector.public_id for sector in arrays.sectors],
        voters=Counter(names[label] for label in arrays.labels.tolist()),
        counts=counts,
        threshold=1,
    )


def _add_times(count: Count, one: Count, n: int) -> None:
    """Add what one mark counts, n times: every number of a count is a sum over marks."""
    for field in fields(Count):
        into: dict[Any, Any] = getattr(count, field.name)
        for key, number in getattr(one, field.name).items():
            into[key] = into.get(key, 0) + n * number


class _Sides:
    """Counts of both answers, O's × items, and over everyone. On a ballot without "disagree" its counts are 0."""

    def __init__(
        self, arrays: RoundArrays, scores: NDArray[np.float64], there: Sequence[int], *, is_yes_or_no: bool
    ) -> None:
        self.keys = [arrays.sectors[place].key for place in there]
        self.is_yes_or_no = is_yes_or_no
        agreed, disagreed, seen = scores == 1, arrays.values < 0, ~np.isnan(scores)
        self.everyone = [side.sum(axis=0) for side in (agreed, disagreed, seen)]
        self.agreed, self.disagreed, self.seen = (
            np.array([side[arrays.labels == place].sum(axis=0) for place in there], dtype=np.int64).reshape(
                len(there), len(arrays.items)
            )
            for side in (agreed, disagreed, seen)
        )


def _compare(
    *, round_: Round, arrays: RoundArrays, scores: NDArray[np.float64], there: Sequence[int]
) -> ChanceDoc | None:
    """Return the line of chance between the O's as they are; None where there are not two."""
    if len(there) < 2 or not arrays.items:
        return None
    grouped = np.isin(arrays.labels, there)
    labels = np.searchsorted(there, arrays.labels[grouped])
    own, seen = scores[grouped], ~np.isnan(scores[grouped])
    told: NDArray[np.bool_] = np.logical_and.reduce([seen[labels == place].any(axis=0) for place in range(len(there))])
    # As in the publication: items in the order of their ids.
    order = [place for place in np.argsort([item.item for item in arrays.items]).tolist() if told[place]]
    if not order:
        return None
    seed = seed_of(round_.public_id)
    spreads = largest_spreads(
        scores=np.where(seen, own, 0.0)[:, order],
        answered=None if seen.all() else seen[:, order],
        labels=labels.astype(np.intp),
        groups=len(there),
        seed=seed,
    )
    return ChanceDoc(line=critical_spread(spreads), runs=RUNS, seed=seed)


def _tell_items(
    *, arrays: RoundArrays, result: ResultDoc, scores: NDArray[np.float64], sides: _Sides, chance: ChanceDoc | None
) -> list[Told]:
    shown = {item.item: item for item in result.items}
    consensus = find_consensus(agreed=sides.agreed, seen=sides.seen) if sides.keys and sides.is_yes_or_no else None
    everyone = measure_dispersion(scores)
    told = []
    for place, item in enumerate(arrays.items):
        line: Told = {"item": item.item, "source_id": item.source_id, "price": item.price, "hidden": item.hidden}
        line |= _tell_counts(shown.get(item.item), chance=chance)
        line["dispersion"] = None if np.isnan(everyone[place]) else float(everyone[place])
        line["consensus"] = None if consensus is None else float(consensus[place])
        line |= tell_alone(
            keys=[[key] for key in sides.keys] if sides.is_yes_or_no else [],
            hits=sides.agreed[:, place].tolist(),
            of=sides.seen[:, place].tolist(),
            everyone=line["share"],
        )
        told.append(line)
    return told


def _tell_counts(item: ResultItemDoc | None, *, chance: ChanceDoc | None) -> Told:
    """Return what the table of results has of an item; nothing where nobody answered it."""
    names = ("place", "heads_place", "heads", "of", "share", "balanced", "spread", "shares", "told")
    told: Told = {name: None if item is None else getattr(item, name) for name in names}
    spread = told["spread"]
    told["beyond_chance"] = None if spread is None or chance is None else is_beyond(spread=spread, line=chance.line)
    return told


def tell_alone(*, keys: Sequence[Sequence[str]], hits: Sequence[int], of: Sequence[int], everyone: Any) -> Told:
    """Return the support of each group, and who stands alone. `keys`: the O's of each group."""
    support = [tell_support(hits=one, of=all_) for one, all_ in zip(hits, of, strict=True)] if keys else []
    alone = find_alone(everyone=0.0 if everyone is None else float(everyone), groups=support)
    return {
        "support": [{"sectors": list(names), **found._asdict()} for names, found in zip(keys, support, strict=True)],
        "vetoes": [list(keys[place]) for place in alone.vetoes],
        "minority": None if alone.minority is None else list(keys[alone.minority]),
    }


def _tell_lists(*, arrays: RoundArrays, sides: _Sides) -> Mapping[str, Any]:
    """Return what everyone says, and what is typical of each O. Hidden items are in no list: they count as passed."""
    if not sides.is_yes_or_no:
        return {"majority": None, "typical": None}
    shown = np.array([not item.hidden for item in arrays.items], dtype=np.int64)
    agreed, disagreed, seen = sides.everyone

    def name(place: int) -> Told:
        return {"item": arrays.items[place].item, "source_id": arrays.items[place].source_id}

    found = find_typical(agreed=sides.agreed * shown, disagreed=sides.disagreed * shown, seen=sides.seen)
    return {
        "majority": {
            "agree": [name(place) for place in list_majority(hits=agreed * shown, seen=seen)],
            "disagree": [name(place) for place in list_majority(hits=disagreed * shown, seen=seen)],
        },
        "typical": [
            {
                "sectors": [key],
                "items": [
                    name(told.item) | {"agrees": told.agrees, "hits": told.hits, "of": told.seen, "ratio": told.ratio}
                    for told in typical
                ],
            }
            for key, typical in zip(sides.keys, found, strict=True)
        ],
    }
