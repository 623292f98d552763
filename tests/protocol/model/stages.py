"""Where the projectors are in what they show."""

from __future__ import annotations

from typing import Any

from .known import Known
from .nouns import TURN_MS, Card, No, Step


class Stages(Known):
    def _stage_show(self, who: int, made: object, *, step: str, **given: Any) -> bool:
        found = self._step(step)
        if self._on_stage() is not found:
            raise No("stage.elsewhere")
        if given.get("card") is not None:
            self._may_be_large(found, given["card"])
        named = self.cards.get(given.get("first") or "")
        if named is not None and named.step == step and (named.reason or named.gone):
            given["first"] = self._beside(named, named.aspect, named.pillar)
        was = self.stage if self.stage and self.stage["step"] == step else self._first_page(found)
        if "picture" in given and given["picture"] != was["picture"]:
            given = {"first": None} | given
        stage = was | given
        is_back = "first" in given and self._has_turned(found, was)
        if stage == was and not is_back:
            return False
        if is_back or any(stage[name] != was[name] for name in ("picture", "first", "held")):
            stage["at"] = self.at
        under = self.undo["under"] if self.undo and self.undo.get("do") == "stage.show" else self.undo
        self.undo = {"at": self.at, "do": "stage.show", "steps": {}, "stage": was, "under": under}
        self.stage = stage
        return True

    def _undo_stage(self, undo: dict[str, Any]) -> bool:
        self.undo, self.stage = undo["under"], undo["stage"] | {"at": self.at}
        return True

    def _begin_stage(self, step: Step) -> None:
        self.stage = self._first_page(self._shown_by(step))

    def _has_turned(self, step: Step, was: dict[str, Any]) -> bool:
        """The page that was chosen has gone by."""
        turns = step.kind == "collect" or not step.revealed
        return turns and not was["held"] and int(self.at) - int(was["at"]) >= TURN_MS

    def _leave_stage(self, card: Card) -> None:
        """It is taken away: large no more, nowhere, and its page is the page of another."""
        self._name_anew("card", card, None)
        self._name_anew("first", card, self._beside(card, card.aspect, card.pillar))

    def _leave_heading(self, card: Card, aspect: str, pillar: str) -> None:
        if (aspect, pillar) != (card.aspect, card.pillar):
            self._name_anew("first", card, self._beside(card, aspect, pillar))

    def _name_anew(self, field: str, card: Card, name: str | None) -> None:
        """Also where the projectors go back to."""

        def anew(stage: dict[str, Any] | None) -> dict[str, Any] | None:
            is_meant = stage is not None and stage[field] == card.id and (field == "card" or stage["step"] == card.step)
            return stage | {field: name} if stage is not None and is_meant else stage

        self.stage, undo = anew(self.stage), self.undo
        while undo is not None:
            if "stage" in undo:
                undo["stage"] = anew(undo["stage"])
            undo = undo.get("under")

    def _beside(self, card: Card, aspect: str, pillar: str) -> str | None:
        """The card behind it under a heading of the wall, or else the one before it."""
        if not self._hangs(self.steps[card.step]):
            return None
        place = (self.ranks[card.id], card.id)
        heading = [c for c in self.cards.values() if (c.step, c.aspect, c.pillar) == (card.step, aspect, pillar)]
        order = sorted((self.ranks[c.id], c.id) for c in heading if c is not card and not c.reason and not c.gone)
        chosen = [each for each in order if each > place][:1] or order[-1:]
        return chosen[0][1] if chosen else None

    def _hangs(self, step: Step) -> bool:
        return step.revealed or not step.silent

    def _on_stage(self) -> Step | None:
        return self._shown_by(self.steps[self.now]) if self.now in self.steps else None

    def _shown_by(self, step: Step) -> Step:
        return self.steps[step.subject] if step.kind == "reveal" and step.subject else step

    def _first_page(self, step: Step) -> dict[str, Any]:
        return {"step": step.id, "picture": "heads", "first": None, "held": False, "card": None, "at": self.at}

    def _may_be_large(self, step: Step, name: str) -> None:
        card, round_ = self._card(name), self.round_of(step)
        if step.kind == "collect":
            seen = card.step == step.id and self._hangs(step)
        else:
            seen = round_ is not None and round_.opened and name in round_.cards
        if card.reason or not seen:
            raise No("card.unknown")
