"""What the facilitator says to all phones."""

from __future__ import annotations

from typing import Any

from .known import Known
from .nouns import No, clean


class Messages(Known):
    def _message_put(self, who: int, made: object, *, text_nl: str = "", text_en: str = "") -> bool:
        words = clean(text_nl, may_be_empty=True), clean(text_en, may_be_empty=True)
        if not any(words):
            raise No("text.empty")
        self._keep_message("message.put")
        self.message = (str(made), *words)
        return True

    def _message_remove(self, who: int, made: object, *, message: str) -> bool:
        if self.message is None or self.message[0] != message:
            return False
        self._keep_message("message.remove")
        self.message = None
        return True

    def _undo_message(self, undo: dict[str, Any]) -> bool:
        changed = self.message != undo["message"]
        self.undo, self.message = undo["under"], undo["message"]
        return changed

    def _keep_message(self, do: str) -> None:
        under = self.undo
        while under is not None and "under" in under:
            under = under["under"]
        self.undo = {"at": self.at, "do": do, "steps": {}, "message": self.message, "under": under}
