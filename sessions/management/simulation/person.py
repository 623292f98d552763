"""One simulated person: looks at the phone now and then, and does what the kind of the step has people do."""

from __future__ import annotations

import asyncio
from random import Random

from ...domain.kind import kind_of
from .client import Client, CommandRefused
from .client_state import Document
from .ledger import Ledger

IS_DONE = 0.05
"""How often somebody says that they are done, of all that they do."""


class Person:
    """`pace`: seconds between two acts, on average."""

    def __init__(self, *, client: Client, sector: str, chance: Random, pace: float) -> None:
        self.client = client
        self.ledger = Ledger(sector)
        self.chance, self._pace = chance, pace
        self._talkative = chance.uniform(0.5, 1.5)
        self.written: dict[str, list[str]] = {}
        """Step → own cards in it."""
        self.tap = 0
        self._acts: set[asyncio.Task[None]] = set()

    async def take_part(self) -> None:
        """Act until cancelled."""
        await self.client.welcomed()
        self.tap = self.client.you.get("tap", 0)
        while True:
            await asyncio.sleep(self.chance.expovariate(self._talkative / self._pace))
            step = self.client.room.now()
            if step is None:
                continue
            kind = kind_of(step["kind"])
            if kind.takes_answers and self.chance.random() < IS_DONE:
                self.begin(self.ask("step.done", {"step": step["id"], "on": True}))
            else:
                kind.act(person=self, step=step)

    async def finish(self) -> None:
        """Wait until everything under way was answered."""
        while self._acts:
            await asyncio.gather(*self._acts, return_exceptions=True)

    def begin(self, act: object) -> None:
        """Start something that takes its time."""
        # Not awaited: somebody without reach goes on writing.
        task = asyncio.ensure_future(act)  # type: ignore[call-overload]
        self._acts.add(task)
        task.add_done_callback(self._acts.discard)

    async def ask(self, do: str, content: Document) -> Document | None:
        """Give a command; return its answer, or None when it was refused."""
        self.ledger.sent[do] += 1
        try:
            done = await self.client.ask(do, content)
        except CommandRefused as refused:
            self.ledger.refused[refused.code] += 1
            return None
        self.ledger.acknowledged[do] += 1
        return done
