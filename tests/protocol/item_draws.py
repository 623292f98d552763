"""What a console may ask next about the items of a round."""

from __future__ import annotations

from hypothesis import strategies as st

from .choosing import Doc, Draw
from .phone_draws import PhoneCommands

PRICES = (None, 0, 5, 25_000)


class ItemCommands(PhoneCommands):
    def _item_add(self, draw: Draw, who: int) -> Doc:
        item: Doc = {"text_nl": self._text(draw)} | self._some(
            draw, text_en=lambda: self._text(draw), price=lambda: draw(st.sampled_from(PRICES[1:]))
        )
        return {"round": self._to_fill(draw), "items": [item]} | self._whose(draw)

    def _item_carry(self, draw: Draw, who: int) -> Doc:
        content: Doc = {"round": self._to_fill(draw), "of": self._one(draw, list(self.model.rounds))}
        if draw(st.booleans()):
            return content
        return content | {"items": sorted({self._one(draw, self._items_in(content["of"]) * 4) for _ in range(2)})}

    def _item_edit(self, draw: Draw, who: int) -> Doc:
        content = self._placed_item(draw)
        return (
            content
            | self._some(
                draw,
                text_nl=lambda: self._text(draw),
                text_en=lambda: draw(st.sampled_from(["", self._text(draw)])),
                price=lambda: draw(st.sampled_from(PRICES)),
            )
            | self._whose(draw)
        )

    def _item_move(self, draw: Draw, who: int) -> Doc:
        content = self._placed_item(draw)
        return content | {"after": self._maybe(draw, self._items_in(content["round"]))}

    def _item_remove(self, draw: Draw, who: int) -> Doc:
        content = self._placed_item(draw)
        return {"round": content["round"], "items": [content["item"]]}

    def _item_redact(self, draw: Draw, who: int) -> Doc:
        return self._any_item(draw) | {"reason": draw(st.sampled_from(["name", "off_topic"]))}

    def _item_restore(self, draw: Draw, who: int) -> Doc:
        redacted = [item for item, name in self.model.items.items() if name in self.model.redacted]
        return {"item": self._one(draw, redacted * 4, list(self.model.items))}

    def _any_item(self, draw: Draw) -> Doc:
        own = [item for item, name in self.model.items.items() if name in self.model.own]
        return {"item": self._one(draw, own * 6, list(self.model.items))}

    def _whose(self, draw: Draw) -> Doc:
        return self._some(
            draw,
            whose=lambda: draw(st.sampled_from(["team", "participant", "document"])),
            document=lambda: draw(st.sampled_from(["Visie", " "])),
        )

    def _to_fill(self, draw: Draw) -> str:
        """Return a round that nobody could see yet, mostly."""
        return self._one(
            draw, [found.id for found in self.model.rounds.values() if not found.opened] * 6, list(self.model.rounds)
        )

    def _placed_item(self, draw: Draw) -> Doc:
        round_ = self._to_fill(draw)
        return {"round": round_, "item": self._one(draw, self._items_in(round_) * 8, list(self.model.items))}

    def _items_in(self, round_: str) -> list[str]:
        found = self.model.rounds.get(round_)
        return [item for item, name in self.model.items.items() if found is not None and name in found.cards]
