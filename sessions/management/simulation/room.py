"""What a client was shown of the session, as far as simulated people look at it: agenda, cards, rounds."""

from __future__ import annotations

from typing import Any

from ...domain.kind import kind_of

Document = dict[str, Any]


class Room:
    """By id: steps, cards, rounds, pillars, sectors."""

    def __init__(self) -> None:
        self.session: Document = {}
        self.pillars: dict[str, Document] = {}
        self.sectors: dict[str, Document] = {}
        self.steps: dict[str, Document] = {}
        self.cards: dict[str, Document] = {}
        self.rounds: dict[str, Document] = {}

    def replace(self, snapshot: Document) -> None:
        self.session = snapshot["session"]
        for name in ("pillars", "sectors", "steps", "cards", "rounds"):
            setattr(self, name, {found["id"]: found for found in snapshot[name]})

    def apply(self, event: Document) -> None:
        """Take in one wire event; those that nobody here looks at are ignored."""
        match event["type"]:
            case "session.put":
                self.session = event["session"]
            case "step.put" | "step.revealed" | "step.concealed":
                self.steps[event["step"]["id"]] = event["step"]
                if found := event.get("round"):
                    self.rounds[found["id"]] = found
                self.cards |= {card["id"]: card for card in event.get("cards") or []}
            case "step.gone":
                self.steps.pop(event["step"], None)
            case "card.put":
                self.cards[event["card"]["id"]] = event["card"]
            case "card.gone":
                self.cards.pop(event["card"], None)
            case "round.put":
                self.rounds[event["round"]["id"]] = event["round"]
            case "round.gone":
                self.rounds.pop(event["round"], None)
            case "item.put" if event["round"] in self.rounds:
                items = self.rounds[event["round"]]["items"]
                items[:] = [item for item in items if item["id"] != event["item"]["id"]] + [event["item"]]
            case "item.gone" if event["round"] in self.rounds:
                items = self.rounds[event["round"]]["items"]
                items[:] = [item for item in items if item["id"] != event["item"]]

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
