"""The course: steps opened, closed, revealed, closed for good, and the last change taken back."""

from __future__ import annotations

from typing import Any

from .cards import Cards
from .clocks import Clocks
from .messages import Messages
from .nouns import GRACE_MS, UNDO_MS, No, Step
from .papers import Papers

STEP_KEPT = ("state", "opened", "closed_at", "revealed", "deadline", "paused")
ROUND_KEPT = ("budget", "most", "opened", "closed_at", "revealed", "seen")


class Steps(Cards, Papers, Clocks, Messages):
    def _step_open(self, who: int, made: object, *, step: str) -> bool:
        found = self._step(step)
        if found.state == "open":
            return False
        if found.state == "superseded":
            raise No("step.unknown")
        if found.sealed:
            raise No("step.sealed")
        round_ = self.round_of(found)
        if round_ is not None and round_.revealed:
            raise No("round.revealed")
        if round_ is not None and not round_.cards:
            raise No("round.empty")
        subject = self.steps.get(found.subject or "") if found.kind == "reveal" else None
        if subject is not None and not subject.opened:
            raise No("step.not_revealable")
        if subject is not None and subject.revealed:
            subject = None
        were_open = [other for other in self.steps.values() if other.state == "open"]
        self._remember([*were_open, found, *([subject] if subject else [])])
        for other in were_open:
            self._close(other)
        found.state, found.opened, found.closed_at = "open", True, None
        found.deadline = self.at + found.minutes * 60_000 if found.minutes else None
        found.paused = None
        if round_ is not None:
            if not round_.opened and round_.budget is None:
                asked = found.rules["budget"]
                round_.budget = asked if asked is not None else max(3, min(5, len(round_.cards) // 4))
                round_.most = found.rules["most"]
            round_.opened, round_.closed_at, found.revealed = True, None, False
            round_.frozen = round_.frozen or found.live
        self.now = step
        self._begin_stage(found)
        if subject is not None:
            self._reveal(subject)
        return True

    def _step_done(self, who: int, made: object, *, step: str, on: bool) -> bool:
        found = self._step(step)
        if found.kind not in ("collect", "vote"):
            raise No("step.wrong_kind")
        if found.state != "open":
            raise No("step.not_open" if found.state == "planned" else "step.closed")
        return True

    def _step_close(self, who: int, made: object, *, step: str) -> bool:
        found = self._step(step)
        if found.state == "planned":
            raise No("step.not_open")
        if found.state != "open":
            return False
        self._remember([found])
        self._close(found)
        return True

    def _step_reveal(self, who: int, made: object, *, step: str) -> bool:
        found = self._step(step)
        if found.kind not in ("collect", "vote") or not found.opened:
            raise No("step.not_revealable")
        if found.revealed:
            return False
        self._remember([found])
        if found.kind == "vote" and found.state == "open":
            self._close(found)
        self._reveal(found)
        return True

    def _step_seal(
        self, who: int, made: object, *, step: str, confirmed: int | None = None, of: int | None = None, **rest: Any
    ) -> bool:
        found = self._step(step)
        if found.sealed:
            return False
        if (confirmed is None) != (of is None) or (confirmed or 0) > (of or 0):
            raise No("seal.count")
        if found.kind not in ("collect", "vote"):
            raise No("step.wrong_kind")
        round_ = self.round_of(found)
        if round_ is not None and not round_.opened:
            raise No("step.not_open")
        if found.state != "closed":
            raise No("step.not_closed" if found.state == "open" else "step.not_open")
        if not found.revealed and self.at - (found.closed_at or 0) <= GRACE_MS:
            raise No("seal.too_early")
        found.sealed, found.sealed_at = True, self.at
        self._card_destroy(0, None)
        return True

    def _step_undo(self, who: int, made: object) -> bool:
        if self.undo is None or self.at - self.undo["at"] > UNDO_MS:
            raise No("undo.too_late")
        if self.undo.get("do") == "card.tick":
            return self._undo_tick(self.undo["round"], self.undo["card"])
        if self.undo.get("do") == "stage.show":
            return self._undo_stage(self.undo)
        if self.undo.get("do") in ("message.put", "message.remove"):
            return self._undo_message(self.undo)
        if any(self.steps[name].sealed and kept["state"] != "closed" for name, kept in self.undo["steps"].items()):
            raise No("step.sealed")
        for name, kept in self.undo["steps"].items():
            vars(self.steps[name]).update(kept)
        for name, kept in self.undo["rounds"].items():
            round_ = self.rounds[name]
            seen, dots = round_.seen or round_.revealed, (round_.budget, round_.most)
            vars(round_).update(kept)
            round_.seen = seen
            if not round_.opened and any(where == name for where, _ in self.ballots):
                round_.budget, round_.most = dots
        self.now, self.stage, self.undo = self.undo["now"], self.undo["stage"], None
        return True

    def _undo_tick(self, round: str, card: str) -> bool:
        """The card goes out with its votes; who gave them took part all the same."""
        self.undo = None
        self.rounds[round].take_out(card)
        self.votes = {place: vote for place, vote in self.votes.items() if place[:2] != (round, card)}
        return True

    def _remember(self, steps: list[Step]) -> None:
        rounds = [found for step in steps if (found := self.round_of(step))]
        self.undo = {
            "at": self.at,
            "now": self.now,
            "stage": self.stage,
            "steps": {step.id: {name: getattr(step, name) for name in STEP_KEPT} for step in steps},
            "rounds": {found.id: {name: getattr(found, name) for name in ROUND_KEPT} for found in rounds},
        }

    def _close(self, step: Step) -> None:
        step.state, step.closed_at = "closed", self.at
        self._stop_clock(step)
        round_ = self.round_of(step)
        if round_ is not None and round_.closed_at is None:
            round_.closed_at = self.at

    def _reveal(self, step: Step) -> None:
        step.revealed = True
        if self._on_stage() is step:
            self._begin_stage(step)
        round_ = self.round_of(step)
        if round_ is not None:
            self._publish(round_)
            round_.revealed, round_.revealed_at = True, self.at
            round_.closed_at = self.at if round_.closed_at is None else round_.closed_at
