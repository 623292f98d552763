"""A room of people in the demo's session, moved on by real commands: what the states of the screens are states of."""

from __future__ import annotations

import random
from typing import Any, Self

import httpx

from ..conversation import PLAIN, Frame, Talk, events_of
from ..server import RunningServer
from .crowd import Person, bring, keep_alive
from .sentences import ANYWHERE, LOCATION, PROFILE

PEOPLE = {"onderwijs": 11, "onderzoek": 8, "ondernemers": 9, "overheden": 3}


class Workshop:
    """The facilitator's hands and everybody's phones. Steps go by their English titles."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.base, self.code = server.base, server.code
        self.crowd: list[Person] = []
        self.facilitator: dict[str, str] = {}
        self.items: dict[str, str] = {}
        """Card → item of the round that was asked for last."""

    async def begin(self) -> Self:
        self.facilitator = await self.server.sign_in("facilitator")
        await self._connect()
        self._steps: dict[str, Frame] = {step["title"]["en"]: step for step in self.console.snapshot["steps"]}
        self.sectors: dict[str, str] = {found["key"]: found["id"] for found in self.console.snapshot["sectors"]}
        self.pillars: list[str] = [found["id"] for found in self.console.snapshot["pillars"]]
        return self

    async def come_back(self) -> None:
        """After the server was away."""
        self._pinging.cancel()
        await self._connect()

    async def _connect(self) -> None:
        self.console = await Talk(
            base=self.base, code=self.code, role="console", cookies=self.facilitator, lang="en"
        ).connect()
        self._pinging = keep_alive(self.console)

    async def end(self) -> None:
        for person in self.crowd:
            await person.leave()
        self._pinging.cancel()
        await self.console.close()

    async def fill(self) -> None:
        """Let the room come in: three O's of five people or more, one of fewer."""
        groups = await bring(base=self.base, code=self.code, people=PEOPLE)
        # O's take turns, so that what the first few do is done by all of them.
        lines = [list(group) for group in groups.values()]
        while any(lines):
            self.crowd += [line.pop() for line in lines if line]

    async def say(self, do: str, **content: Any) -> Frame:
        return await self.console.call(do, content)

    def step(self, title: str) -> str:
        return str(self._steps[title]["id"])

    async def open(self, title: str) -> None:
        await self.say("step.open", step=self.step(title))

    async def close(self, title: str) -> None:
        await self.say("step.close", step=self.step(title))

    async def add(self, *, kind: str, title: tuple[str, str], after: str, **more: Any) -> str:
        nl, en = title
        made = await self.say("agenda.add", kind=kind, title_nl=nl, title_en=en, after=self.step(after), **more)
        self._steps[en] = {"id": made["id"]}
        return str(made["id"])

    async def write(self, title: str, sentences: list[tuple[str, str, str]]) -> list[str]:
        """Each sentence by the next person; return the cards' ids in that order."""
        cards = []
        for place, (lang, text, aspect) in enumerate(sentences):
            person = self.crowd[place % len(self.crowd)]
            more = {} if sentences is not ANYWHERE else {"pillar": self.pillars[place % 2]}
            content = {"step": self.step(title), "text": text, "aspect": aspect, "lang": lang, **more}
            done = await person.talk.call("card.write", content)
            cards.append(str(done["id"]))
        return cards

    async def write_profile(self) -> None:
        self.profile = await self.write("Profile and brand: write", PROFILE)

    async def write_location(self) -> None:
        self.location = await self.write("Top location: write", LOCATION)

    async def snapshot(self) -> Frame:
        """Return what a fresh console is told."""
        talk = await Talk(base=self.base, code=self.code, role="console", cookies=self.facilitator, lang="en").connect()
        await talk.close()
        return talk.snapshot

    async def round_of(self, title: str) -> str:
        """The round of a vote step, as a fresh console sees it."""
        talk = await Talk(base=self.base, code=self.code, role="console", cookies=self.facilitator, lang="en").connect()
        try:
            found = next(step for step in talk.snapshot["steps"] if step["id"] == self.step(title))
            self.items = {
                item["card"]: item["id"]
                for round_ in talk.snapshot["rounds"]
                if round_["id"] == found["round"]
                for item in round_["items"]
            }
            return str(found["round"])
        finally:
            await talk.close()

    async def tick(self, title: str, cards: list[str]) -> None:
        round_ = await self.round_of(title)
        for card in cards:
            await self.say("card.tick", round=round_, card=card, on=True)

    async def vote(self, title: str, people: list[Person], *, tilt: int = 3) -> None:
        """Three dots each. People of one O like the same things, so that the O's differ."""
        round_ = await self.round_of(title)
        items = list(self.items.values())
        likes = {sector: place * tilt for place, sector in enumerate(self.sectors)}
        for place, person in enumerate(people):
            first = likes[person.sector] + (place % 3 if place % 4 else place)
            for dot in range(3):
                await person.put(round=round_, item=items[(first + dot * (1 + place % 2)) % len(items)], value=1)

    async def answer(self, title: str, people: list[Person]) -> None:
        """Agree, not, or pass on each item but the last, which only four answer. O's differ on the first two."""
        round_ = await self.round_of(title)
        *items, last = self.items.values()
        for place, person in enumerate(people):
            leans = list(self.sectors).index(person.sector) < 2
            for number, item in enumerate(items):
                value = (1 if leans == (number == 0) else -1) if number < 2 else (place + number) % 3 - 1
                await person.put(round=round_, item=item, value=value)
            if place < 4:
                await person.put(round=round_, item=last, value=1)

    async def vote_by_chance(self, title: str, people: list[Person]) -> None:
        """Three dots each, whatever one's O is; which card is in places of one card apart for everybody."""
        round_ = await self.round_of(title)
        items = list(self.items.values())
        for place, person in enumerate(random.Random(1).sample(people, len(people))):
            for dot in range(3):
                await person.put(round=round_, item=items[(place + dot * 2) % len(items)], value=1)

    async def compared(self, title: str) -> None:
        """Wait until the differences of the shown round were compared with chance."""
        round_ = await self.round_of(title)

        def is_told(result: Frame) -> bool:
            return result["round"] == round_ and result["chance"] is not None

        talk = await Talk(base=self.base, code=self.code, role="console", cookies=self.facilitator, lang="en").connect()
        try:
            if not any(is_told(found) for found in talk.snapshot["results"]):
                await talk.until(
                    lambda frame: any(
                        event["type"] == "result.put" and is_told(event["result"]) for event in events_of(frame)
                    ),
                    within=20,
                )
        finally:
            await talk.close()

    async def join_over_http(self, sector: str, *, code: str = "") -> dict[str, str]:
        """A person for a browser: their cookies."""
        async with httpx.AsyncClient(verify=PLAIN, base_url=self.base) as client:
            answer = await client.post(f"/api/v1/sessions/{code or self.code}/participants", json={"sector": sector})
            answer.raise_for_status()
            return dict(answer.cookies)
