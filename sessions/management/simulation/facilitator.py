"""Walks through the agenda when nobody else does: opens each step, ticks cards for the vote, reveals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from ...domain.kind import kind_of
from .client import Client, CommandRefused
from .client_state import Document
from .papers import Papers

SETTLE_S = 1.5
"""Between closing and revealing: what is under way comes in."""


class SomebodyElse(Exception):
    """Another facilitator took over."""


class Facilitator:
    def __init__(self, *, client: Client, seconds: float, chance: Random, say: Callable[[str], None]) -> None:
        self.client, self._seconds, self.chance, self.say = client, seconds, chance, say
        self.papers = Papers()
        self._opened: str | None = None

    async def run(self) -> None:
        """Lead the session from its first step to its last. Ends early when somebody else opens a step."""
        await self.client.welcomed()
        agenda = [step for step in self.client.room.agenda() if step["state"] != "superseded"]
        whole = sum(kind_of(step["kind"]).share for step in agenda)
        try:
            for step in agenda:
                await self._lead(step, self._seconds * kind_of(step["kind"]).share / whole, agenda)
        except SomebodyElse:
            self.say("Somebody else leads the session now; following.")

    async def _lead(self, step: Document, seconds: float, agenda: list[Document]) -> None:
        self._check_alone()
        kind = kind_of(step["kind"])
        if not await kind.prepare(facilitator=self, step=step):
            self.say(f"There is nothing to begin with: “{step['title']['en']}” is skipped.")
            return
        if not await self.ask("step.open", {"step": step["id"]}):
            return
        self._opened = step["id"]
        self.say(f"{step['position']}. {step['title']['en']} ({step['kind']}, {seconds:.0f} s)")
        await asyncio.sleep(seconds / 2)
        self._check_alone()
        round_ = self.client.room.rounds.get(self.client.room.steps[step["id"]]["round"] or "")
        if round_ is not None and not step["settings"].get("practice"):
            await self.papers.type_in(self, round_)
        await asyncio.sleep(seconds / 2)
        self._check_alone()
        if kind.takes_answers:
            await self.ask("step.close", {"step": step["id"]})
            await asyncio.sleep(SETTLE_S)
            revealed_later = any(found["subject"] == step["id"] for found in agenda)
            if not revealed_later:
                await self.ask("step.reveal", {"step": step["id"]})

    def _check_alone(self) -> None:
        now = self.client.room.now()
        if now is not None and self._opened is not None and now["id"] != self._opened:
            raise SomebodyElse

    async def ask(self, do: str, content: Document) -> bool:
        """Give a command; return whether it was done."""
        try:
            await self.client.ask(do, content)
        except CommandRefused as refused:
            self.say(f"{do} was refused: {refused}")
            return False
        return True
