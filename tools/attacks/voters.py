"""A room of 40 people who vote, and a facilitator who gives commands, while something else happens to the server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import httpx

from tests.conversation import PLAIN
from tests.server import RunningServer

from ..faults.client import now
from ..faults.crowd import Crowd, Size
from ..faults.stand import Stand

PEOPLE = 40
PACE_S = 1.0
PROBE_S = 0.25

Found = TypeVar("Found")


@dataclass
class Watched:
    """What the room and whoever newly comes met meanwhile. Times in milliseconds."""

    votes: list[float] = field(default_factory=list)
    commands: list[float] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    """How long a newcomer waited for the first page."""
    turned_away: int = 0
    memory_before: int = 0
    memory_most: int = 0
    trouble: list[str] = field(default_factory=list)


class Voters:
    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.crowd = Crowd(Stand([server]), Size(writers=PEOPLE, watchers=3))
        self._chance = Random(11)

    async def come(self) -> None:
        await self.crowd.come()
        await self.crowd.lead.ask("step.open", {"step": self.crowd.vote})
        await self.crowd.until(lambda: all(self.crowd._may_vote(writer) for writer in self.crowd.writers))

    async def during(self, attack: Awaitable[Found]) -> tuple[Found, Watched]:
        """Vote and give commands for as long as it lasts."""
        watched = Watched(memory_before=memory(self.server))
        closed = {id(client): len(client.closed) for client in self.crowd.everybody}
        work = [asyncio.create_task(self._vote(writer, watched)) for writer in self.crowd.writers]
        work += [asyncio.create_task(act(watched)) for act in (self._lead, self._arrive, self._weigh)]
        try:
            found = await attack
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
        await self.crowd.until(lambda: not any(client.outbox for client in self.crowd.everybody))
        for client in self.crowd.everybody:
            watched.votes += [
                (answer.acknowledged_at - answer.given_at) * 1000
                for answer in client.answers.values()
                if answer.do == "vote.cast" and answer.key not in self._counted
            ]
            self._counted.update(client.answers)
            lost = client.closed[closed[id(client)] :]
            if lost or client.refused or client.trouble:
                watched.trouble.append(
                    f"{client.role}: closed {lost}, refused {dict(client.refused)}, {client.trouble}"
                )
        return found, watched

    async def go(self) -> None:
        await self.crowd.go()

    _counted: set[str] = set()

    async def _vote(self, writer: Any, watched: Watched) -> None:
        items = self.crowd.items()
        tap = max([answer.content.get("tap", 0) for answer in writer.answers.values()], default=0)
        await asyncio.sleep(self._chance.uniform(0, PACE_S))
        while True:
            tap += 1
            content = {"round": self.crowd.round, "item": self._chance.choice(items), "tap": tap}
            writer.give("vote.cast", content | {"value": self._chance.randint(0, 5)})
            await asyncio.sleep(PACE_S)

    async def _lead(self, watched: Watched) -> None:
        while True:
            began = now()
            await self.crowd.lead.ask("clock.add", {"step": self.crowd.vote, "seconds": 1})
            watched.commands.append((now() - began) * 1000)
            await asyncio.sleep(PROBE_S)

    async def _arrive(self, watched: Watched) -> None:
        """Somebody new comes every half second, on a connection of their own."""
        while True:
            began = now()
            try:
                async with httpx.AsyncClient(verify=PLAIN, base_url=self.server.base, timeout=20) as client:
                    answer = await client.get(f"/join/{self.server.code}/")
                    assert answer.status_code == 200, answer.status_code
                watched.arrivals.append((now() - began) * 1000)
            except (httpx.HTTPError, AssertionError):
                watched.turned_away += 1
            await asyncio.sleep(0.5)

    async def _weigh(self, watched: Watched) -> None:
        while True:
            watched.memory_most = max(watched.memory_most, memory(self.server))
            await asyncio.sleep(0.2)


def memory(server: RunningServer) -> int:
    """Return how many bytes of memory the server holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def p99(times: list[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 99 // 100) - 1)] if times else 0.0
