"""Where the projectors are in what they show."""

from __future__ import annotations

from typing import Any

from .known import Known
from .nouns import No, Step


class Stages(Known):
    def _stage_show(self, who: int, made: object, *, step: str, **given: Any) -> bool:
        found = self._step(step)
        if self._on_stage() is not found:
            raise No("stage.elsewhere")
        if given.get("card") is not None:
            self._may_be_large(found, given["card"])
        was = self.stage if self.stage and self.stage["step"] == step else self._first_page(found)
        if "picture" in given and given["picture"] != was["picture"]:
            given = {"first": None} | given
        stage = was | given
        if stage == was:
            return False
        if any(stage[name] != was[name] for name in ("picture", "first", "held")):
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

    def _leave_large(self, card: str) -> None:
        if self.stage and self.stage["card"] == card:
            self.stage = self.stage | {"card": None}

    def _on_stage(self) -> Step | None:
        return self._shown_by(self.steps[self.now]) if self.now in self.steps else None

    def _shown_by(self, step: Step) -> Step:
        return self.steps[step.subject] if step.kind == "reveal" and step.subject else step

    def _first_page(self, step: Step) -> dict[str, Any]:
        return {"step": step.id, "picture": "heads", "first": None, "held": False, "card": None, "at": self.at}

    def _may_be_large(self, step: Step, name: str) -> None:
        card, round_ = self._card(name), self.round_of(step)
        if step.kind == "collect":
            seen = card.step == step.id and (step.revealed or not step.silent)
        else:
            seen = round_ is not None and round_.opened and name in round_.cards
        if card.reason or not seen:
            raise No("card.unknown")
