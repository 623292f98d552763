"""Walks through the agenda when nobody else does: opens each step, ticks cards for the vote, reveals."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from random import Random

from .client import Client, CommandRefused
from .room import Document

SHARES = {"welcome": 1, "collect": 5, "reveal": 1, "break": 0.5, "vote": 5}
"""How the time is divided over the steps of the agenda."""
MOST_ITEMS = 16
SETTLE_S = 1.5
"""Between closing and revealing: what is under way comes in."""


class SomebodyElse(Exception):
    """Another facilitator took over."""


class Facilitator:
    def __init__(self, *, client: Client, seconds: float, chance: Random, say: Callable[[str], None]) -> None:
        self._client, self._seconds, self._chance, self._say = client, seconds, chance, say
        self._opened: str | None = None

    async def run(self) -> None:
        """Lead the session from its first step to its last. Ends early when somebody else opens a step."""
        await self._client.welcomed()
        agenda = [step for step in self._client.room.agenda() if step["state"] != "superseded"]
        whole = sum(SHARES[step["kind"]] for step in agenda)
        try:
            for step in agenda:
                await self._lead(step, self._seconds * SHARES[step["kind"]] / whole, agenda)
        except SomebodyElse:
            self._say("Somebody else leads the session now; following.")

    async def _lead(self, step: Document, seconds: float, agenda: list[Document]) -> None:
        self._check_alone()
        if step["kind"] == "vote" and not await self._fill_round(step):
            self._say(f"There are no cards to vote on: “{step['title']['en']}” is skipped.")
            return
        if not await self._ask("step.open", {"step": step["id"]}):
            return
        self._opened = step["id"]
        self._say(f"{step['position']}. {step['title']['en']} ({step['kind']}, {seconds:.0f} s)")
        await asyncio.sleep(seconds)
        self._check_alone()
        if step["kind"] in ("collect", "vote"):
            await self._ask("step.close", {"step": step["id"]})
            await asyncio.sleep(SETTLE_S)
            revealed_later = any(found["subject"] == step["id"] for found in agenda)
            if not revealed_later:
                await self._ask("step.reveal", {"step": step["id"]})

    def _check_alone(self) -> None:
        now = self._client.room.now()
        if now is not None and self._opened is not None and now["id"] != self._opened:
            raise SomebodyElse

    async def _fill_round(self, step: Document) -> bool:
        """Tick cards until there are enough, a few of every O and pillar; leave alone what somebody ticked."""
        room, name = self._client.room, step["round"]
        placed = {item["card"] for item in room.rounds[name]["items"]} if name in room.rounds else set()
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for card in room.cards.values():
            if not card["hidden"] and card["id"] not in placed:
                groups[card["sector"] or "", card["pillar"]].append(card["id"])
        for cards in groups.values():
            self._chance.shuffle(cards)
        ticked = len(placed)
        while ticked < MOST_ITEMS and any(groups.values()):
            for cards in groups.values():
                if cards and ticked < MOST_ITEMS:
                    ticked += await self._ask("card.tick", {"round": name, "card": cards.pop(), "on": True})
        return ticked > 0

    async def _ask(self, do: str, content: Document) -> bool:
        try:
            await self._client.ask(do, content)
        except CommandRefused as refused:
            self._say(f"{do} was refused: {refused}")
            return False
        return True
