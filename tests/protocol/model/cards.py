"""Cards: who may write, change and take back what, and which stand in a vote."""

from __future__ import annotations

from .nouns import GRACE_MS, UNDO_MS, Card, No, Step, clean
from .stages import Stages


class Cards(Stages):
    def _card_write(
        self, who: int, made: str, *, step: str, text: str, aspect: str, lang: str, pillar: str | None = None
    ) -> bool:
        found = self._step(step)
        self._takes_cards(found)
        text, pillar = clean(text), self._pillar_for(found, pillar)
        mine = [card for card in self.cards.values() if (card.step, card.author, card.gone) == (step, who, False)]
        if len(mine) >= found.max_cards:
            raise No("card.limit")
        self.cards[made] = Card(made, step, who, self.people[who].sector, pillar, aspect, text)
        return True

    def _card_scribe(
        self,
        who: int,
        made: str,
        *,
        step: str,
        text: str,
        aspect: str,
        sector: str,
        lang: str,
        pillar: str | None = None,
    ) -> bool:
        found = self._step(step)
        if found.kind != "collect":
            raise No("step.wrong_kind")
        if not found.opened:
            raise No("step.not_open")
        if found.sealed:
            raise No("step.sealed")
        text = clean(text)
        self._sector(sector)
        self.cards[made] = Card(made, step, None, sector, self._pillar_for(found, pillar), aspect, text)
        return True

    def _card_edit(
        self,
        who: int,
        made: object,
        *,
        card: str,
        text: str | None = None,
        aspect: str | None = None,
        pillar: str | None = None,
    ) -> bool:
        found = self._own(who, card)
        if found.gone:
            raise No("card.unknown")
        if found.reason:
            raise No("card.redacted")
        step = self.steps[found.step]
        self._takes_cards(step)
        self._not_in_vote(card)
        before = (found.text, found.aspect, found.pillar)
        new = found.text if text is None else clean(text)
        about = found.pillar
        if pillar is not None and step.pillar is None:
            about = self._pillar(pillar)
        found.text, found.aspect, found.pillar = new, aspect or found.aspect, about
        self._leave_heading(found, *before[1:])
        return (found.text, found.aspect, found.pillar) != before

    def _card_withdraw(self, who: int, made: object, *, card: str) -> bool:
        found = self._own(who, card)
        if found.gone:
            return False
        self._not_in_vote(card)
        found.gone, found.text = True, ""
        self._leave_stage(found)
        for round_ in self.rounds.values():
            round_.cards.discard(card)
            round_.prices.pop(card, None)
        return True

    def _card_redact(self, who: int, made: object, *, card: str, reason: str) -> bool:
        found = self._card(card)
        if found.reason == reason:
            return False
        self._still_has_its_text(found)
        found.reason, found.redacted_at = reason, self.at
        self._leave_stage(found)
        return True

    def _card_restore(self, who: int, made: object, *, card: str) -> bool:
        found = self._card(card)
        if found.reason is None:
            return False
        self._still_has_its_text(found)
        found.reason = None
        return True

    def _card_destroy(self, who: int, made: object) -> bool:
        due = [card for card in self.cards.values() if not (card.gone or card.destroyed) and self._is_due(card)]
        for card in due:
            card.text, card.destroyed = "", True
        return self.destroy_words() or bool(due)

    def _still_has_its_text(self, card: Card) -> None:
        if card.destroyed or self._is_due(card):
            raise No("undo.too_late")

    def _is_due(self, card: Card) -> bool:
        until = self.until(card)
        return until is not None and self.at >= until

    def until(self, card: Card) -> int | None:
        """Return when the text of a redacted card is destroyed, none while nobody knows."""
        if card.reason is None:
            return None
        step = self.steps[card.step]
        soonest = card.redacted_at + UNDO_MS
        if card.reason == "name" or step.state == "superseded":
            return soonest
        return max(soonest, step.sealed_at) if step.sealed else None

    def _card_classify(
        self, who: int, made: object, *, card: str, pillar: str | None = None, aspect: str | None = None
    ) -> bool:
        found = self._card(card)
        before = (found.aspect, found.pillar)
        after = (aspect or found.aspect, self._pillar(pillar) if pillar is not None else found.pillar)
        found.aspect, found.pillar = after
        self._leave_heading(found, *before)
        return before != after

    def _card_tick(self, who: int, made: object, *, round: str, card: str, on: bool) -> bool:
        found, which = self._round(round), self._card(card)
        if found.closed_at is not None:
            raise No("round.closed")
        if on and card not in found.cards:
            if which.reason:
                raise No("card.unknown")
            found.cards.add(card)
            if found.opened:
                self.undo = {"at": self.at, "do": "card.tick", "round": round, "card": card, "steps": {}}
            return True
        if not on and card in found.cards:
            if self.has_begun(found):
                raise No("round.started")
            found.take_out(card)
            return True
        return False

    def _pillar_for(self, step: Step, pillar: str | None) -> str:
        if step.pillar is not None:
            return step.pillar
        if pillar is None:
            raise No("pillar.missing")
        return self._pillar(pillar)

    def _takes_cards(self, step: Step) -> None:
        if step.kind != "collect":
            raise No("step.wrong_kind")
        if step.state == "planned":
            raise No("step.not_open")
        late = step.sealed or step.closed_at is None or self.at - step.closed_at > GRACE_MS
        if step.state != "open" and (step.revealed or late):
            raise No("step.closed")

    def _not_in_vote(self, card: str) -> None:
        if any(card in round_.cards and self.has_begun(round_) for round_ in self.rounds.values()):
            raise No("card.in_vote")
