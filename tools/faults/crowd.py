"""The people of every row: writers who give cards and then dots, watchers who only look, one facilitator.

Writers do not wait for acknowledgements: a phone without reach goes on writing.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from tests.conversation import join, sign_in

from .client import Answer, Client, Dial, Doc, now
from .stand import Stand

SECTORS = ("onderwijs", "onderzoek", "ondernemers", "overheden")
SENTENCE = "een avondmarkt op het middenplein, elke eerste donderdag van de maand"
ITEMS = 10
MOST_DOTS = 5
PATIENCE_S = 60
SCREENS_PATIENCE_S = 5


@dataclass(frozen=True, slots=True)
class Size:
    writers: int = 20
    watchers: int = 10
    answers: int = 50
    """Of each writer: half of them cards, half of them dots put and taken back."""
    pace: float = 1.0
    """Times the seconds that a row gives them for it."""
    outage: float = 1.0
    """Times the seconds that a cable is pulled out."""


FULL, SHORT = Size(), Size(writers=8, watchers=5, answers=20, pace=0.5, outage=0.6)


class Crowd:
    def __init__(self, stand: Stand, size: Size, *, dial: Dial | None = None) -> None:
        self.stand, self.size = stand, size
        self.writers: list[Client] = []
        self.watchers: list[Client] = []
        self.sent = 0
        self.were_behind: list[str] = []
        self.may_write = asyncio.Event()
        """An event; cleared while something is prepared before the crowd sends anything."""
        self.may_write.set()
        self.may_go_on = asyncio.Event()
        """An event; cleared to keep the facilitator at the collect step for longer."""
        self.may_go_on.set()
        self.is_upgraded = False
        """The code changed under screens that stayed open: what they were told before has no fields that are new."""
        self.guests = 0
        """People beside the writers who vote, and take back what they put."""
        self.code = stand.first.code
        self._dial = dial
        self._chance = Random(7)
        self._bases = itertools.cycle(stand.bases)

    # -- before --------------------------------------------------------------------------------------------------

    async def come(self) -> None:
        """Let everybody in, with a step to write in and a vote with live results behind it."""
        first = self.stand.first
        self.member = await sign_in(first.base, first.run["signin"]["facilitator"])
        self.lead = await self._client("console", self.member, first.base, dial=None).start()
        await self._lay_out()
        people = [
            await join(next(self._bases), self.code, SECTORS[number % 4])
            for number in range(self.size.writers + (self.size.watchers + 2) // 3)
        ]
        self.writers = [self._client("phone", mine, next(self._bases)) for mine in people[: self.size.writers]]
        phones = iter(people[self.size.writers :])
        for number in range(self.size.watchers):
            role = ("console", "stage", "phone")[(number + 2) % 3]
            mine = next(phones) if role == "phone" else self.member
            self.watchers.append(self._client(role, mine, next(self._bases)))
        await asyncio.gather(*(client.start() for client in [*self.writers, *self.watchers]))

    async def _lay_out(self) -> None:
        lead = self.lead
        pillar = lead.snapshot["pillars"][0]["id"]
        sector = lead.snapshot["sectors"][0]["id"]
        words = {"title_nl": "Storing", "title_en": "Fault"}
        options = {"kind": "collect", "pillar": pillar, "settings": {"max_cards": 100, "silent": True}}
        self.collect = (await lead.ask("agenda.add", options | words)).id
        options = {
            "kind": "vote",
            "after": self.collect,
            "settings": {"live": True, "rules": {"ballot": "dots", "budget": 50, "most": MOST_DOTS}},
        }
        self.vote = (await lead.ask("agenda.add", options | words)).id
        await self.until(lambda: any(step["id"] == self.vote for step in lead.snapshot["steps"]), within=5)
        self.round = next(step["round"] for step in lead.snapshot["steps"] if step["id"] == self.vote)
        await lead.ask("step.open", {"step": self.collect})
        for number in range(ITEMS):
            content = {"step": self.collect, "text": f"Voorstel {number}", "aspect": "both", "lang": "nl"}
            card = await lead.ask("card.scribe", content | {"sector": sector})
            await lead.ask("card.tick", {"round": self.round, "card": card.id, "on": True})

    def _client(self, role: str, cookies: dict[str, str], base: str, **more: Dial | None) -> Client:
        return Client(base=base, code=self.code, role=role, cookies=cookies, dial=more.get("dial", self._dial))

    # -- during --------------------------------------------------------------------------------------------------

    @property
    def everybody(self) -> list[Client]:
        return [*self.writers, *self.watchers, self.lead]

    @property
    def planned(self) -> int:
        return self.size.writers * self.size.answers

    async def work(self, seconds: float) -> None:
        """Give all answers, cards in the first half of this time and dots in the second; each person at own moments."""
        seconds *= self.size.pace
        cards = self.size.answers // 2
        await asyncio.gather(*(self._write(writer, cards, seconds / 2) for writer in self.writers))
        await self.may_go_on.wait()
        # The facilitator goes on: cards under way still belong to the step they were written in.
        await self.lead.ask("step.open", {"step": self.vote})
        await self.until(lambda: all(self._may_vote(writer) for writer in self.writers))
        await asyncio.gather(*(self._cast(writer, self.size.answers - cards, seconds / 2) for writer in self.writers))

    async def until_sent(self, share: float) -> None:
        """Wait until this share of all answers was given."""
        await self.until(lambda: self.sent >= share * self.planned, within=300)

    async def until(self, seen: Callable[[], object], *, within: float = PATIENCE_S) -> None:
        async with asyncio.timeout(within):
            while not seen():  # noqa: ASYNC110 - what is waited for lies in other processes too
                await asyncio.sleep(0.02)

    async def recovery(self, since: float, *, clients: Iterable[Client] | None = None) -> float:
        """Return how long after `since` everybody was connected and what was given before then acknowledged."""
        who = list(self.everybody if clients is None else clients)

        def is_back() -> bool:
            return all(
                client.live.is_set() and not any(answer.given_at <= since for answer in client.outbox) for client in who
            )

        await self.until(is_back)
        return now() - since

    async def _write(self, writer: Client, count: int, seconds: float) -> None:
        place = self.writers.index(writer)
        for number in range(count):
            await self._pause(seconds / count)
            await self.may_write.wait()
            text = f"{place}.{number} {SENTENCE}"
            writer.give("card.write", {"step": self.collect, "text": text, "aspect": "both", "lang": "nl"})
            self.sent += 1

    async def _cast(self, writer: Client, count: int, seconds: float) -> None:
        items = self.items()
        for tap in range(1, count + 1):
            await self._pause(seconds / count)
            content = {"round": self.round, "item": self._chance.choice(items), "tap": tap}
            writer.give("vote.cast", content | {"value": self._chance.randint(0, MOST_DOTS)})
            self.sent += 1

    async def _pause(self, mean: float) -> None:
        await asyncio.sleep(mean * self._chance.uniform(0.2, 1.8))

    def is_voting(self) -> bool:
        """Whether the facilitator has gone on to the vote."""
        return bool(self.lead.snapshot["session"]["now"] == self.vote)

    def items(self) -> list[str]:
        found = next(found for found in self.lead.snapshot["rounds"] if found["id"] == self.round)
        return sorted(item["id"] for item in found["items"])

    def _may_vote(self, writer: Client) -> bool:
        return any(found["id"] == self.round and found["open"] for found in writer.snapshot["rounds"])

    # -- after ---------------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Wait until all is acknowledged and on every screen, reveal the vote, wait until everybody was told of it."""
        await self.until(lambda: not any(client.outbox for client in self.everybody))
        with suppress(TimeoutError):
            await self.until(lambda: not self.behind(), within=SCREENS_PATIENCE_S)
        self.were_behind = [client.role for client in self.behind()]
        revealed = await self.lead.ask("step.reveal", {"step": self.vote})
        assert revealed.seq is not None
        await self.until(lambda: all(client.seq >= (revealed.seq or 0) for client in self.everybody))

    def behind(self) -> list[Client]:
        """Return whose screen does not count the live vote as it was acknowledged."""
        wanted = self.expected_counts()
        return [
            client
            for client in self.everybody
            if {item: tuple(counts) for item, counts in client.tally.get(self.round, {}).items()} != wanted
        ]

    def expected_counts(self) -> dict[str, tuple[int, int]]:
        """Return item → heads and dots, by what was acknowledged."""
        counts: dict[str, tuple[int, int]] = {}
        for writer in self.writers:
            for item, value in self.expected_votes(writer).items():
                heads, dots = counts.get(item, (0, 0))
                counts[item] = (heads + (value > 0), dots + value)
        return counts

    async def fresh(self, client: Client, base: str) -> Client:
        """The same person on a new socket, who knows nothing yet."""
        return await self._client(client.role, client.cookies, base, dial=None).start()

    async def go(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(10):
                await asyncio.gather(*(client.stop() for client in self.everybody))

    def given(self) -> list[tuple[Client, Answer]]:
        """Return all that writers gave."""
        return [(writer, answer) for writer in self.writers for answer in writer.answers.values()]

    def expected_votes(self, writer: Client) -> dict[str, int]:
        """Return item → dots, by the newest acknowledged tap on each."""
        newest: dict[str, Doc] = {}
        for answer in writer.answers.values():
            if answer.do == "vote.cast" and answer.seq is not None:
                known = newest.get(answer.content["item"])
                if known is None or known["tap"] < answer.content["tap"]:
                    newest[answer.content["item"]] = answer.content
        return {item: content["value"] for item, content in newest.items()}
