"""Simulated people for a facilitator who rehearses: they join as phones do, take part and leave. Without any rights."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from random import Random, SystemRandom
from typing import Any

from .access import WrongPlace
from .client import Client
from .http import Browser
from .person import Person

AT_A_TIME = 8
TELL_S = 1.0
OVER_S = 15.0
"""A session is over for so long before they go: its last closing may be undone."""
ASK_AGAIN_S = 2.0


class CrowdRunner:
    """`pace`: seconds between two acts of somebody, on average. `tell` hears once a second how many did what."""

    def __init__(
        self, *, base: str, code: str, people: int, seconds: float, pace: float, tell: Callable[[dict[str, int]], None]
    ) -> None:
        self._base, self._code, self._wanted = base, code, people
        self._seconds, self._pace, self._tell = seconds, pace, tell
        self._people: list[Person] = []
        self._consent = ""
        self._chance = SystemRandom()

    async def run(self) -> None:
        """Take part until the time is over, the session is, or nobody may be in it. Raises WrongPlace, HttpRefused."""
        answer = json.loads(await asyncio.to_thread(Browser(self._base).get, f"/api/v1/sessions/{self._code}"))
        if not answer["rehearsal"]:
            raise WrongPlace(f"Session {self._code} is no rehearsal.")
        self._consent = answer["consent"]
        _end_with_input()
        sectors = itertools.cycle(sector["key"] for sector in answer["sectors"])
        doors = asyncio.Semaphore(AT_A_TIME)
        taking_part = asyncio.gather(
            *(self._take_part(sector, doors) for sector in itertools.islice(sectors, self._wanted))
        )
        watching = asyncio.create_task(self._watch())
        tasks: set[asyncio.Future[Any]] = {taking_part, watching}
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*(person.client.stop() for person in self._people))
        for task in done:
            task.result()

    async def _take_part(self, sector: str, doors: asyncio.Semaphore) -> None:
        browser = Browser(self._base)
        async with doors:
            is_in = await self._join(browser, sector)
        while not is_in:
            # The facilitator lets people in.
            await asyncio.sleep(ASK_AGAIN_S)
            is_in = await self._join(browser, sector)
        client = Client(
            bases=[self._base],
            code=self._code,
            role="phone",
            cookies=browser.cookies(),
            lang="en" if self._chance.random() < 0.2 else "nl",
            chance=self._chance,
        )
        mood = Random(self._chance.getrandbits(64))  # noqa: S311 - a mood, no secret
        person = Person(client=client, sector=sector, chance=mood, pace=self._pace)
        client.start()
        await client.welcomed()
        self._people.append(person)
        await person.take_part()

    async def _join(self, browser: Browser, sector: str) -> bool:
        """Return whether somebody is in, or has to wait."""
        body = json.dumps({"sector": sector, "consent": self._consent}).encode()
        path = f"/api/v1/sessions/{self._code}/participants"
        answer = json.loads(await asyncio.to_thread(browser.post, path, body, "application/json"))
        return "after" not in answer

    async def _watch(self) -> None:
        """Tell the progress; return when there is no more to do."""
        ends, over_at = time.monotonic() + self._seconds, float("inf")
        while time.monotonic() < min(ends, over_at + OVER_S):
            self._tell(self._progress())
            is_over = any(person.client.room.session.get("over") for person in self._people)
            over_at = min(over_at, time.monotonic()) if is_over else float("inf")
            if self._people and all(person.client.is_final for person in self._people):
                return
            await asyncio.sleep(TELL_S)

    def _progress(self) -> dict[str, int]:
        told = [person.ledger.acknowledged for person in self._people]
        return {
            "joined": len(told),
            "wrote": sum(done["card.write"] > 0 for done in told),
            "voted": sum(done["vote.cast"] > 0 for done in told),
        }


def _end_with_input() -> None:
    """End this process when its input is closed: by whoever started it, or because that process was killed."""

    def wait() -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, name="input", daemon=True).start()
