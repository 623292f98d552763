"""What a console may ask next about paper ballots."""

from __future__ import annotations

from hypothesis import strategies as st

from .choosing import Doc, Draw
from .item_draws import ItemCommands


class BallotCommands(ItemCommands):
    def _ballot_add(self, draw: Draw, who: int) -> Doc:
        content = self._written(draw) | {"sector": self._one(draw, self.model.sectors)}
        return content | self._some(draw, number=lambda: draw(st.integers(1, 4)))

    def _ballot_edit(self, draw: Draw, who: int) -> Doc:
        return self._written(draw) | self._typed(draw) | {"sector": self._one(draw, self.model.sectors)}

    def _ballot_remove(self, draw: Draw, who: int) -> Doc:
        return {"round": self._in_vote(draw)} | self._typed(draw)

    def _round_publish(self, draw: Draw, who: int) -> Doc:
        shown = [found.id for found in self.model.rounds.values() if found.revealed]
        return {"round": self._one(draw, shown * 6, list(self.model.rounds))}

    def _in_vote(self, draw: Draw) -> str:
        opened = [found.id for found in self.model.rounds.values() if found.opened]
        return self._one(draw, opened * 6, list(self.model.rounds))

    def _written(self, draw: Draw) -> Doc:
        round_ = self._in_vote(draw)
        items = [self._one(draw, self._items_in(round_) * 6) for _ in range(draw(st.integers(1, 2)))]
        return {"round": round_, "marks": [{"item": item, "value": draw(st.integers(0, 2))} for item in items]}

    def _typed(self, draw: Draw) -> Doc:
        papers = [person.id for person in self.model.people.values() if person.paper]
        return {"participant": self._one(draw, papers * 6, [person.id for person in self.model.people.values()])}
