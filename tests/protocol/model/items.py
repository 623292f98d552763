"""What a prepared round holds: typed, carried, changed, moved, taken out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .known import Known
from .nouns import UNDO_MS, No, Own, Round, clean


class Items(Known):
    told_change = False
    """Whether the program noted a line for the command that is judged: an order by lot is not known here."""

    def _item_add(
        self, who: int, made: str, *, round: str, items: list[dict[str, Any]], whose: str = "team", document: str = ""
    ) -> bool:
        found = self._prepared(round)
        (item,) = items
        document = clean(document, may_be_empty=True) if whose == "document" else ""
        if whose == "document" and not document:
            raise No("item.document")
        nl, en = self._clean_words(item.get("text_nl", ""), item.get("text_en", ""))
        self.items[made], self.own[made] = made, Own(nl, en, whose, document)
        found.cards.add(made)
        found.prices[made] = item.get("price")
        return True

    def _item_carry(self, who: int, made: object, *, round: str, of: str, items: list[str] | None = None) -> bool:
        found, source = self._prepared(round), self._round(of)
        offered = {name for name in source.cards if not self.is_redacted(name)}
        if items is not None and not {self.items.get(item) for item in items} <= offered:
            raise No("item.unknown")
        chosen = offered if items is None else {self.items[item] for item in items}
        if not chosen:
            raise No("round.empty")
        new = chosen - found.cards
        found.cards |= new
        found.prices |= {name: source.prices.get(name) for name in new}
        return bool(new)

    def _item_edit(self, who: int, made: object, *, round: str, item: str, **given: Any) -> bool:
        found = self._round(round)
        name = self._placed(found, item)
        own = self.own.get(name, Own("", "", "participant", ""))
        after = own._replace(**{key: value for key, value in given.items() if key != "price"})
        if "text_nl" in given or "text_en" in given:
            nl, en = self._clean_words(after.text_nl, after.text_en)
            after = after._replace(text_nl=nl, text_en=en)
        document = clean(after.document, may_be_empty=True) if after.whose == "document" else ""
        after = after._replace(document=document)
        if not given.keys() - {"price"}:
            after = own
        is_priced = "price" in given and given["price"] != found.prices.get(name)
        if is_priced and self.has_begun(found):
            raise No("round.started")
        if after != own:
            if name not in self.own:
                raise No("item.is_card")
            if any(self.has_begun(other) for other in self.rounds.values() if name in other.cards):
                raise No("item.seen")
            if after.whose == "document" and not after.document:
                raise No("item.document")
            if name in self.redacted:
                raise No("card.redacted")
            self.own[name] = after
        if is_priced:
            found.prices[name] = given["price"]
        return is_priced or after != own

    def _item_move(self, who: int, made: object, *, round: str, item: str, after: str | None = None) -> bool:
        found = self._prepared(round)
        self._placed(found, item)
        if after == item:
            raise No("item.unknown")
        if after is not None:
            self._placed(found, after)
        return self.told_change

    def _item_remove(self, who: int, made: object, *, round: str, items: list[str]) -> bool:
        found = self._prepared(round)
        names = {self.items.get(item) for item in items} & found.cards
        for name in names:
            assert name is not None
            found.take_out(name)
        return bool(names)

    def _item_redact(self, who: int, made: object, *, item: str, reason: str) -> bool:
        name = self._own_words(item)
        if name in self.redacted and self.redacted[name][0] == reason:
            return False
        self._still_has_its_words(name)
        self.redacted[name] = (reason, self.at)
        return True

    def _item_restore(self, who: int, made: object, *, item: str) -> bool:
        name = self._own_words(item)
        if name not in self.redacted:
            return False
        self._still_has_its_words(name)
        del self.redacted[name]
        return True

    def destroy_words(self) -> bool:
        due = [name for name in self.redacted if self._says(name) and self._words_are_due(name)]
        for name in due:
            self.own[name] = self.own[name]._replace(text_nl="", text_en="")
        return bool(due)

    def _says(self, name: str) -> bool:
        return bool(self.own[name].text_nl or self.own[name].text_en)

    def _still_has_its_words(self, name: str) -> None:
        if not self._says(name) or (name in self.redacted and self._words_are_due(name)):
            raise No("undo.too_late")

    def _words_are_due(self, name: str) -> bool:
        """Whether redacted words may no longer be: a name, or anything once a step that asked about them is over."""
        reason, since = self.redacted[name]
        places = [found for found in self.rounds.values() if name in found.cards]
        steps = [self.steps[found.step] for found in places]
        over = any(found.seal for found in places) or any(step.sealed or step.state == "superseded" for step in steps)
        return bool(places) and self.at - since >= UNDO_MS and (reason == "name" or over)

    def _own_words(self, item: str) -> str:
        """Return what an item with words of its own is called; what lies in no round any more is not there."""
        name = self.items.get(item)
        if name is None or (name in self.own and not any(name in found.cards for found in self.rounds.values())):
            raise No("item.unknown")
        if name not in self.own:
            raise No("item.is_card")
        return name

    def is_redacted(self, name: str) -> bool:
        return name in self.redacted or (name in self.cards and self.cards[name].reason is not None)

    def show_item(self, name: str) -> tuple[Any, ...]:
        """Return its text, its words in both languages, why it is redacted, whose words it is, and which document's."""
        if name in self.redacted:
            _, _, whose, document = self.own[name]
            return ("", None, self.redacted[name][0], whose, document)
        if name in self.own:
            nl, en, whose, document = self.own[name]
            return (nl or en, {"nl": nl, "en": en}, None, whose, document)
        card = self.cards[name]
        return ("" if card.reason else card.text, None, card.reason, "participant", "")

    def _prepared(self, name: str) -> Round:
        found = self._round(name)
        if self.has_begun(found):
            raise No("round.started")
        return found

    def _placed(self, round_: Round, item: str) -> str:
        name = self.items.get(item)
        if name is None or name not in round_.cards:
            raise No("item.unknown")
        return name

    @staticmethod
    def _clean_words(nl: str, en: str) -> tuple[str, str]:
        cleaned = clean(nl, may_be_empty=True), clean(en, may_be_empty=True)
        if not any(cleaned):
            raise No("text.empty")
        return cleaned


def told_item(item: dict[str, Any]) -> tuple[Any, ...]:
    """Return the same of an item of a snapshot, and what it costs."""
    return tuple(item[of] for of in ("text", "words", "reason", "whose", "document", "price"))


def words_of(rounds: Iterable[tuple[Any, ...]]) -> set[str]:
    """Return what the items of shown rounds say, in both languages."""
    items = [item for *_, placed in rounds for item in placed.values()]
    return {text for text, *_ in items} | {word for _, both, *_ in items for word in (both or {}).values() if word}
