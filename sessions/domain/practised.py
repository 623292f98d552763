"""Removes ids and values of practice answers from log lines: in the log when the step closes, in the export before."""

from __future__ import annotations

from typing import Any, NamedTuple

from .log import LogKind

Data = dict[str, Any]


class Practised(NamedTuple):
    """The cards and rounds of practice, by id."""

    cards: frozenset[str]
    rounds: frozenset[str]

    def leave(self, kind: str, data: Data) -> tuple[str, Data]:
        """Return kind and data of a line without what names an answer, or who gave one."""
        if data.get("card") in self.cards or (kind == LogKind.VOTE_CAST and data["round"] in self.rounds):
            return LogKind.ANSWER_DROPPED.value, {}
        if kind == LogKind.ITEM_UNTICKED and data["round"] in self.rounds and data.get("back"):
            return kind, data | {"back": []}
        if kind == LogKind.STAGE_SHOWN:
            named = [field for field in ("shown", "first") if data.get(field) in self.cards]
            return kind, data | dict.fromkeys(named) if named else data
        return kind, data
