"""The people of `manage.py simulate` for a story that is led by hand: they act on what is open, and are held to it."""

from __future__ import annotations

import asyncio
import csv
import io
from random import Random
from typing import Any, Self

import httpx

from sessions.management.simulation.client import Client
from sessions.management.simulation.facilitator import Facilitator
from sessions.management.simulation.ledger import compare_exported, compare_stored
from sessions.management.simulation.person import Person

from ..conversation import PLAIN, join
from ..server import RunningServer

PACE = 0.4
"""Seconds between two acts of somebody, on average."""
AT_ONCE = 8
ONE_BY_ONE = ("opinion", "rating", "matrix")
JUDGED = 8
"""Items that each person judges at least, where that is done one by one."""
PATIENCE_S = 60


class Simulated:
    """`hand`: a facilitator over a socket, who ticks cards, and types in what comes on paper."""

    def __init__(self, *, server: RunningServer, code: str, people: int) -> None:
        self.server, self.code, self.count = server, code, people
        self.people: list[Person] = []
        self._acting: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self.cookies = await self.server.sign_in("core")
        console = await self._connect("console", self.cookies, Random(0))
        self.hand = Facilitator(client=console, seconds=1, chance=Random(1), say=print)
        self.sectors = sorted(console.room.sectors.values(), key=lambda sector: str(sector["key"]))
        doors = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._come_in(number, doors) for number in range(self.count)))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._rest()
        await asyncio.gather(*(client.stop() for client in self._clients))

    @property
    def _clients(self) -> list[Client]:
        return [self.hand.client, *(person.client for person in self.people)]

    async def _connect(self, role: str, cookies: dict[str, str], chance: Random) -> Client:
        client = Client(bases=[self.server.base], code=self.code, role=role, cookies=cookies, lang="nl", chance=chance)
        client.start()
        await client.welcomed()
        return client

    async def _come_in(self, number: int, doors: asyncio.Semaphore) -> None:
        sector = self.sectors[number % len(self.sectors)]["key"]
        chance = Random(f"person {number}")
        async with doors:
            cookies = await join(self.server.base, self.code, sector)
            client = await self._connect("phone", cookies, chance)
        person = Person(client=client, sector=sector, chance=chance, pace=PACE)
        self.people.append(person)
        self._acting.append(asyncio.create_task(person.take_part()))

    async def _rest(self) -> None:
        for task in self._acting:
            task.cancel()
        await asyncio.gather(*self._acting, return_exceptions=True)
        await asyncio.gather(*(person.finish() for person in self.people))

    async def have_answered(self, step: dict[str, Any]) -> None:
        """Wait until everybody gave something in a step; where items are judged one by one, enough for figures."""
        for _ in range(PATIENCE_S * 20):
            if all(self._has_answered(person, step) for person in self.people):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"not everybody answered in {step['title']['nl']}")

    def _has_answered(self, person: Person, step: dict[str, Any]) -> bool:
        if any(person.ledger.cards[card] for card in person.written.get(step["id"], [])):
            return True
        round_ = person.client.room.rounds.get(step["round"] or "")
        if round_ is None:
            return False
        wanted = min(JUDGED, len(round_["items"])) if round_["ballot"] in ONE_BY_ONE else 1
        return sum(name == round_["id"] for name, _ in person.ledger.votes) >= wanted

    async def scribe(self, step: dict[str, Any], text: str, *, sector: int) -> None:
        """Type in what somebody said, or wrote on paper."""
        room = self.hand.client.room
        by = self.sectors[sector % len(self.sectors)]["id"]
        content = {"step": step["id"], "text": text, "aspect": "both", "lang": "nl", "sector": by}
        if step["pillar"] is None:
            content["pillar"] = next(iter(room.pillars))
        await self.hand.client.ask("card.scribe", content)

    async def type_in(self, step: dict[str, Any], *, papers: int) -> int:
        """Type in at least so many ballots on paper; return how many."""
        round_ = self.hand.client.room.rounds[step["round"]]
        wanted = len(self.hand.papers.typed) + papers
        while len(self.hand.papers.typed) < wanted:
            await self.hand.papers.type_in(self.hand, round_)
        return len(self.hand.papers.typed) - wanted + papers

    def said(self, step: dict[str, Any]) -> list[str]:
        """Return what people wrote in a step and did not take back."""
        return [
            text
            for person in self.people
            for card in person.written.get(step["id"], [])
            if (text := person.ledger.cards[card])
        ]

    async def differences(self) -> list[str]:
        """Stop; return how what is stored and exported differs from what was acknowledged."""
        await self._rest()
        await asyncio.gather(*(client.look_again() for client in self._clients))
        ledgers = [person.ledger for person in self.people]
        found = [each for one in self.people for each in compare_stored(one.ledger, one.client.you)]
        cards, votes = await self._file("contributions.csv"), await self._file("votes.csv")
        return found + compare_exported(ledgers, cards, votes)[0] + self.hand.papers.compare(votes)[0]

    async def _file(self, name: str) -> list[dict[str, str]]:
        async with httpx.AsyncClient(base_url=self.server.base, cookies=self.cookies, verify=PLAIN) as client:
            answer = await client.get(f"/s/{self.code}/export/{name}")
            answer.raise_for_status()
            return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
