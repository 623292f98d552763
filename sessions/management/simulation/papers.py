"""Paper ballots of people without a phone: a simulated facilitator types some in while a vote is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...kinds import voters
from .client import CommandRefused
from .ledger import Place, by_criterion, differences, read_marks, stands

MOST = 3
"""Papers in one vote."""


@dataclass(slots=True)
class Papers:
    """What the server acknowledged, by the participant that each paper is."""

    typed: dict[str, dict[Place, tuple[int | None, ...]]] = field(default_factory=dict)

    async def type_in(self, facilitator: Any, round_: dict[str, Any]) -> None:
        """Type in one to three papers of any O's. Where a ballot takes no such paper, the refusal is told."""
        room = facilitator.client.room
        for _ in range(facilitator.chance.randint(1, MOST)):
            sector = facilitator.chance.choice(sorted(room.sectors.values(), key=lambda found: str(found["key"])))
            given = voters.fill_paper(room, round_, sector=sector["key"], chance=facilitator.chance)
            if not given:
                continue
            marks = [{"item": item, "value": value} for item, value in given.items()]
            content = {"round": round_["id"], "sector": sector["id"], "marks": marks}
            try:
                done = await facilitator.client.ask("ballot.add", content)
            except CommandRefused as refused:
                facilitator.say(f"ballot.add was refused: {refused}")
                continue
            self.typed[done["id"]] = {(round_["id"], item): by_criterion(value) for item, value in given.items()}

    def compare(self, votes: Sequence[dict[str, str]]) -> tuple[list[str], int]:
        """Return how votes.csv differs from what was acknowledged, and how many of the papers are in it."""
        given = read_marks(votes)
        problems: list[str] = []
        for name, wanted in self.typed.items():
            found = {
                place: mark
                for place, mark in given.get(name, {}).items()
                if (any(mark) or place in wanted) and stands(mark)
            }
            problems += differences(wanted, found, f"mark of paper {name}", "exported")
        return problems, sum(name in given for name in self.typed)
