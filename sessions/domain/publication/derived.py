"""Figures that follow from a result as it is shown: support, consensus, who stands alone.

They are made of the shown counts of the shown groups, so they tell nothing that is not told already. Figures that need
whole ballots, or who disagrees in a group, are in no result (`raw_figures.py` has them for the shell).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...synthesis.consensus import find_consensus
from ..documents import ResultDoc, ResultItemDoc
from .raw_figures import tell_alone

Told = dict[str, Any]


def derive_figures(*, result: ResultDoc, keys: Mapping[str, str], source_ids: Mapping[str, str]) -> Told:
    """Return a result with what follows from it. `keys`: sector id → its key. `source_ids`: item → its name in the file
    that it was imported from.
    """
    groups = [[keys[sector] for sector in group.sectors] for group in result.groups]
    chance = result.chance
    return {
        "n": result.n,
        "groups_shown": [{"sectors": names, "n": group.n} for names, group in zip(groups, result.groups, strict=True)],
        "absent": [keys[sector] for sector in result.absent],
        "late": result.late,
        "chance": None if chance is None else {"line": chance.line, "runs": chance.runs, "seed": chance.seed},
        "items": [_tell_item(item, groups=groups, source_id=source_ids.get(item.item, "")) for item in result.items],
        "few": [{"item": item, "source_id": source_ids.get(item, "")} for item in result.few],
    }


def _tell_item(item: ResultItemDoc, *, groups: list[list[str]], source_id: str) -> Told:
    is_told = bool(item.group_heads)
    hits, of = np.array(item.group_heads, dtype=np.int64), np.array(item.group_of, dtype=np.int64)
    return {
        "item": item.item,
        "source_id": source_id,
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
        "consensus": float(find_consensus(agreed=hits[:, None], seen=of[:, None])[0]) if is_told else None,
        **tell_alone(keys=groups if is_told else [], hits=item.group_heads, of=item.group_of, everyone=item.share),
    }
