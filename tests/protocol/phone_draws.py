"""What a phone asks, drawn by chance."""

from __future__ import annotations

from hypothesis import strategies as st

from .choosing import Choosing, Doc, Draw

ASPECTS = ("hardware", "software", "both", "unsure")


class PhoneCommands(Choosing):
    def _card_write(self, draw: Draw, who: int) -> Doc:
        step = self._one(draw, self._open("collect"), self._steps("collect"), self._steps())
        content = {"step": step, "text": self._text(draw), "aspect": draw(st.sampled_from(ASPECTS)), "lang": "nl"}
        return content | ({"pillar": self._pillar(draw)} if draw(st.integers(0, 5)) else {})

    def _card_edit(self, draw: Draw, who: int) -> Doc:
        return {"card": self._own_card(draw, who)} | self._some(
            draw,
            text=lambda: self._text(draw),
            aspect=lambda: draw(st.sampled_from(ASPECTS)),
            pillar=lambda: self._pillar(draw),
        )

    def _card_withdraw(self, draw: Draw, who: int) -> Doc:
        return {"card": self._own_card(draw, who)}

    def _own_card(self, draw: Draw, who: int) -> str:
        mine = [card.id for card in self.model.cards.values() if card.author == who]
        return self._one(draw, mine * 4, [name for name in self._named() if name in mine] * 8, list(self.model.cards))

    def _vote_cast(self, draw: Draw, who: int) -> Doc:
        rounds = self.model.rounds
        open_ = [name for name, found in rounds.items() if found.opened and not found.revealed]
        round_ = self._one(draw, open_ * 6, list(rounds))
        placed = rounds[round_].cards if round_ in rounds else set()
        items = [item for item, card in self.model.items.items() if card in placed]
        mine = [vote.tap for (_, _, person), vote in self.model.votes.items() if person == who]
        newest = max(mine, default=0)
        tap = draw(st.sampled_from([newest + 1, newest + 1, newest + 1, newest + 2, newest, max(0, newest - 1), 0]))
        value = draw(st.sampled_from([1, 1, 1, 0, 2, 3]))
        voted = {what for (where, what, person), vote in self.model.votes.items() if (where, person) == (round_, who)}
        fresh = [item for item in items if self.model.items[item] not in voted]
        item = self._one(draw, items * 4, fresh * 8, list(self.model.items))
        return {"round": round_, "item": item, "value": value, "tap": tap}

    def new_dot(self, draw: Draw, who: int) -> Doc | None:
        """Return a vote that will be taken, where there is anything to vote on."""
        takes = [found for found in self.model.rounds.values() if found.opened and found.closed_at is None]
        placed = [(found.id, item) for found in takes for item, card in self.model.items.items() if card in found.cards]
        if not placed:
            return None
        round_, item = draw(st.sampled_from(placed))
        mine = [vote.tap for (_, _, person), vote in self.model.votes.items() if person == who]
        return {"round": round_, "item": item, "value": 0, "tap": max(mine, default=0) + 1}

    def every_dot(self, draw: Draw, who: int) -> list[Doc]:
        """Return a dot on each item of a round that takes votes, one tap after the other: more than most have."""
        takes = [found for found in self.model.rounds.values() if found.opened and not found.revealed]
        if not takes:
            return []
        round_ = draw(st.sampled_from(takes))
        items = [item for item, card in self.model.items.items() if card in round_.cards]
        newest = max((vote.tap for (_, _, person), vote in self.model.votes.items() if person == who), default=0)
        return [
            {"round": round_.id, "item": item, "value": 1, "tap": newest + n} for n, item in enumerate(items, start=1)
        ]

    def _sector_change(self, draw: Draw, who: int) -> Doc:
        return {"sector": self._one(draw, self.model.sectors)}
