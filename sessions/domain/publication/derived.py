"""Figures that follow from a result as it is shown: support, consensus, what is typical, who stands alone.

They are made of the shown counts of the shown groups, so they tell nothing that is not told already. Who disagrees in a
group is told only as far as `whole_ballots.py` tells it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...ballots.ballot import BallotKind
from ...reading.round_arrays import ReadItem
from ...synthesis.consensus import find_consensus
from ...synthesis.majority import list_majority
from ...synthesis.representative import find_typical
from ..documents import ResultDoc, ResultItemDoc
from .left_out import LeftOut, say_left_out
from .raw_figures import tell_alone

Told = dict[str, Any]


def derive_figures(
    *, result: ResultDoc, ballot: BallotKind[Any], keys: Mapping[str, str], items: Sequence[ReadItem] = ()
) -> Told:
    """Return a result with what follows from it. `keys`: sector id → its key. `items`: what is known of them."""
    groups = [[keys[sector] for sector in group.sectors] for group in result.groups]
    chance = result.chance
    about = {
        name: ReadItem(name, "", None, hidden=False) for name in (*result.few, *(item.item for item in result.items))
    }
    about |= {item.item: item for item in items}
    return {
        "n": result.n,
        "groups_shown": [{"sectors": names, "n": group.n} for names, group in zip(groups, result.groups, strict=True)],
        "absent": [keys[sector] for sector in result.absent],
        "late": result.late,
        "chance": None if chance is None else {"line": chance.line, "runs": chance.runs, "seed": chance.seed},
        "items": [_tell_item(item, groups=groups, about=about[item.item], ballot=ballot) for item in result.items],
        "few": [{"item": item, "source_id": about[item].source_id} for item in result.few],
    }


def _tell_item(item: ResultItemDoc, *, groups: list[list[str]], about: ReadItem, ballot: BallotKind[Any]) -> Told:
    is_told = bool(item.group_heads)
    hits, of = np.array(item.group_heads, dtype=np.int64), np.array(item.group_of, dtype=np.int64)
    told: Told = {
        "item": item.item,
        "source_id": about.source_id,
        "price": about.price,
        "hidden": about.hidden,
        "place": item.place,
        "heads_place": item.heads_place,
        "heads": item.heads,
        "of": item.of,
        "share": item.share,
        "balanced": item.balanced,
        "shares": item.shares,
        "spread": item.spread,
        "beyond_chance": item.differs,
        "told": item.told,
        "dispersion": 2 * (item.share * (1 - item.share)) ** 0.5 if ballot.is_yes_or_no else None,
        "consensus": float(find_consensus(agreed=hits[:, None], seen=of[:, None])[0]) if is_told else None,
        **tell_alone(keys=groups if is_told else [], hits=item.group_heads, of=item.group_of, everyone=item.share),
    }
    left: dict[str, LeftOut] = {}
    if not ballot.is_yes_or_no:
        left["consensus"] = left["support"] = left["dispersion"] = LeftOut.NOT_OF_THIS_BALLOT
    elif not is_told:
        left["consensus"] = left["support"] = LeftOut.TOO_FEW_OF_A_GROUP if groups else LeftOut.NO_GROUPS
    if not item.shares:
        left["balanced"] = left["spread"] = LeftOut.TOO_FEW_OF_A_GROUP if groups else LeftOut.NO_GROUPS
    if item.differs is None:
        left["beyond_chance"] = left.get("spread", LeftOut.NOT_TESTED)
    return told | ({"left_out": say_left_out(left)} if left else {})


def list_figures(
    *,
    result: ResultDoc,
    ballot: BallotKind[Any],
    keys: Mapping[str, str],
    items: Sequence[ReadItem],
    disagreeing: Mapping[str, Sequence[int]],
) -> tuple[Told, dict[str, LeftOut]]:
    """Return what everyone says and what is typical of each group, and why one of them is not told.

    `disagreeing`: item → how many of each group disagree, where that may be told. Hidden items are in no list: they
    count as passed.
    """
    told: Told = {"majority": None, "typical": None}
    if not ballot.is_yes_or_no:
        return told, dict.fromkeys(told, LeftOut.NOT_OF_THIS_BALLOT)
    if result.n is None:
        return told, dict.fromkeys(told, LeftOut.TOO_FEW)
    figures = {item.item: item for item in result.items}
    there = [item for item in items if item.item in figures]

    def name(place: int) -> Told:
        return {"item": there[place].item, "source_id": there[place].source_id}

    shown = np.array([not item.hidden for item in there], dtype=np.int64)
    sides = [
        np.array([_count(figures[item.item], side) for item in there], dtype=np.int64) for side in ("agree", "disagree")
    ]
    of = np.array([figures[item.item].of for item in there], dtype=np.int64)
    told["majority"] = {
        side: [name(place) for place in list_majority(hits=hits * shown, seen=of)]
        for side, hits in zip(("agree", "disagree"), sides, strict=True)
    }
    if not result.groups:
        return told, {"typical": LeftOut.NO_GROUPS}
    there = [item for item in there if figures[item.item].group_heads]
    shown = np.array([not item.hidden for item in there], dtype=np.int64)
    agreed, seen, against = (
        np.array(rows, dtype=np.int64).reshape(len(there), len(result.groups)).T
        for rows in (
            [figures[item.item].group_heads for item in there],
            [figures[item.item].group_of for item in there],
            [disagreeing.get(item.item, [0] * len(result.groups)) for item in there],
        )
    )
    found = find_typical(
        agreed=agreed * shown,
        disagreed=against * shown,
        seen=seen,
        told=np.array([item.item in disagreeing for item in there], dtype=np.bool_),
    )
    told["typical"] = [
        {
            "sectors": [keys[sector] for sector in group.sectors],
            "items": [
                name(line.item) | {"agrees": line.agrees, "hits": line.hits, "of": line.seen, "ratio": line.ratio}
                for line in typical
            ],
        }
        for group, typical in zip(result.groups, found, strict=True)
    ]
    is_whole = not ballot.has_opinions or all(item.item in disagreeing for item in there)
    return told, {} if is_whole else {"typical_disagreeing": LeftOut.SMALL_CELLS}


def _count(item: ResultItemDoc, side: str) -> int:
    """Return how many agree or disagree over everyone. On a ballot without "disagree": the heads, and 0."""
    return item.told.get("disagree", 0) if side == "disagree" else item.heads
