"""People over sockets: they join over HTTP, answer, say that they are there, and come back when they were cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from websockets import WebSocketException

from ..conversation import Frame, Talk, events_of, join

PING = 4


def keep_alive(talk: Talk) -> asyncio.Task[None]:
    """Say now and then that somebody is there, as every screen does; end it by cancelling."""

    agenda = _Agenda(talk)

    async def ping() -> None:
        with suppress(ConnectionError, WebSocketException):
            while True:
                await asyncio.sleep(PING)
                await talk.call("ping", {"waiting": 0} | agenda.left(), key=False)

    return asyncio.create_task(ping())


class _Agenda:
    """The steps as a phone knows them; reads each frame once."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._read = 0
        self._steps: dict[str, Frame] = {step["id"]: step for step in talk.snapshot.get("steps", ())}

    def left(self) -> Frame:
        """Return what a phone says of the step closed last: nothing is left of it."""
        frames = self._talk.frames[self._read :]
        self._read += len(frames)
        for frame in frames:
            for event in events_of(frame):
                if isinstance(step := event.get("step"), dict):
                    self._steps[step["id"]] = step
        steps = self._steps.values()
        closed = [
            step for step in steps if step["kind"] in ("collect", "vote", "question") and step["state"] == "closed"
        ]
        last = max(closed, key=lambda step: int(step["closed_at"]), default=None)
        return {"left": {"step": last["id"], "at": last["closed_at"], "held": 0}} if last and not last["sealed"] else {}


class Person:
    """One phone without a screen. `frames` holds everything it was ever sent."""

    def __init__(self, *, base: str, code: str, sector: str) -> None:
        self.base, self.code, self.sector = base, code, sector
        self.frames: list[Frame] = []
        self._tap = 0

    async def come(self) -> None:
        self._cookies = await join(self.base, self.code, self.sector)
        await self._connect()

    async def come_back(self) -> Frame:
        """Resume where the socket broke; return the welcome."""
        self._pinging.cancel()
        return await self._connect(epoch=self.talk.welcome["epoch"], seq=self.talk.seq)

    async def write(self, *, step: str, text: str, aspect: str, lang: str = "en") -> str:
        content = {"step": step, "text": text, "aspect": aspect, "lang": lang}
        done = await self.talk.call("card.write", content)
        return str(done["id"])

    async def put(self, *, round: str, item: str, value: int) -> None:
        self._tap += 1
        await self.talk.call("vote.cast", {"round": round, "item": item, "value": value, "tap": self._tap})

    async def cast(self, *, round: str, marks: Mapping[str, int | list[int | None] | None]) -> None:
        """Give marks that stand or fall together."""
        self._tap += 1
        (item, value), *others = marks.items()
        content: Frame = {"round": round, "item": item, "value": value, "tap": self._tap}
        if others:
            content["marks"] = [{"item": other, "value": given} for other, given in others]
        await self.talk.call("vote.cast", content)

    async def leave(self) -> None:
        self._pinging.cancel()
        await self.talk.close()

    async def _connect(self, **resume: Any) -> Frame:
        talk = Talk(base=self.base, code=self.code, role="phone", cookies=self._cookies)
        talk.frames = self.frames
        await talk.connect(**resume)
        self.talk = talk
        self._tap = max(self._tap, talk.you["tap"])
        self._pinging = keep_alive(talk)
        return talk.welcome


async def bring(*, base: str, code: str, people: dict[str, int]) -> dict[str, list[Person]]:
    """Let so many people of each O join and connect; return them by O."""
    crowd = {
        sector: [Person(base=base, code=code, sector=sector) for _ in range(number)]
        for sector, number in people.items()
    }
    everyone = [person for group in crowd.values() for person in group]
    # A few at a time: this is about what they see, not about a rush at the door.
    for start in range(0, len(everyone), 8):
        await asyncio.gather(*(person.come() for person in everyone[start : start + 8]))
    return crowd
