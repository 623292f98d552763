"""A client's copy of the session, as far as simulated people use it: agenda, cards, rounds."""

from __future__ import annotations

from typing import Any

from ...domain.kind import kind_of
from .reducer import apply_shared

Document = dict[str, Any]
LOOKED_AT = ("pillars", "sectors", "steps", "cards", "rounds")
ELSE = ("results", "participants")


class ClientState:
    """By id: steps, cards, rounds, pillars, sectors."""

    def __init__(self) -> None:
        self._snapshot: Document = {"session": {}, **{name: [] for name in (*LOOKED_AT, *ELSE)}}

    @property
    def session(self) -> Document:
        found: Document = self._snapshot["session"]
        return found

    @property
    def pillars(self) -> dict[str, Document]:
        return self._by_id("pillars")

    @property
    def sectors(self) -> dict[str, Document]:
        return self._by_id("sectors")

    @property
    def steps(self) -> dict[str, Document]:
        return self._by_id("steps")

    @property
    def cards(self) -> dict[str, Document]:
        return self._by_id("cards")

    @property
    def rounds(self) -> dict[str, Document]:
        return self._by_id("rounds")

    @property
    def people(self) -> dict[str, Document]:
        """Of a console: who is known, a paper ballot's person among them."""
        return self._by_id("participants")

    def _by_id(self, name: str) -> dict[str, Document]:
        return {found["id"]: found for found in self._snapshot[name]}

    def replace(self, snapshot: Document) -> None:
        self._snapshot = snapshot

    def apply(self, event: Document) -> None:
        """Take in one wire event."""
        apply_shared(self._snapshot, event)

    def now(self) -> Document | None:
        """Return the step that is on, if one is."""
        step = self.steps.get(self.session.get("now") or "")
        return step if step is not None and step["state"] == "open" else None

    def closed_last(self) -> Document | None:
        """Return the step for answers that was closed last, unless it is open again or closed for good."""
        closed = [s for s in self.steps.values() if kind_of(s["kind"]).takes_answers and s["state"] == "closed"]
        last = max(closed, key=lambda step: int(step["closed_at"] or 0), default=None)
        return last if last is not None and not last["sealed"] else None

    def started(self) -> bool:
        return self.session.get("now") is not None

    def agenda(self) -> list[Document]:
        """Return the steps in their order."""
        return sorted(self.steps.values(), key=lambda step: (step["position"], step["id"]))
