"""One simulated person: looks at the phone now and then, writes, thinks again, votes, moves dots."""

from __future__ import annotations

import asyncio
from random import Random

from .client import Client, CommandRefused
from .leanings import weigh
from .ledger import Ledger
from .room import Document
from .sentences import SECOND_THOUGHTS, sentences_for

MOST_CARDS = 5
THINKS_AGAIN = 0.15
TAKES_BACK = 0.06
MOVES_A_DOT = 0.3


class Person:
    """`pace`: seconds between two acts, on average."""

    def __init__(self, *, client: Client, sector: str, chance: Random, pace: float) -> None:
        self.client = client
        self.ledger = Ledger(sector)
        self._chance, self._pace = chance, pace
        self._talkative = chance.uniform(0.5, 1.5)
        self._written: dict[str, list[str]] = {}
        """Step → own cards in it."""
        self._tap = 0
        self._acts: set[asyncio.Task[None]] = set()

    async def take_part(self) -> None:
        """Act until cancelled."""
        await self.client.welcomed()
        self._tap = self.client.you.get("tap", 0)
        while True:
            await asyncio.sleep(self._chance.expovariate(self._talkative / self._pace))
            step = self.client.room.now()
            if step is None:
                continue
            if step["kind"] == "collect":
                self._begin(self._do_cards(step))
            elif step["kind"] == "vote" and (round_ := self.client.room.rounds.get(step["round"] or "")):
                self._vote(round_)

    async def finish(self) -> None:
        """Wait until everything under way was answered."""
        while self._acts:
            await asyncio.gather(*self._acts, return_exceptions=True)

    def _begin(self, act: object) -> None:
        # Not awaited: somebody without reach goes on writing.
        task = asyncio.ensure_future(act)  # type: ignore[call-overload]
        self._acts.add(task)
        task.add_done_callback(self._acts.discard)

    # -- cards ---------------------------------------------------------------------------------------------------

    async def _do_cards(self, step: Document) -> None:
        mine = [card for card in self._written.get(step["id"], []) if self.ledger.cards.get(card)]
        mood = self._chance.random()
        if mine and mood < TAKES_BACK:
            await self._withdraw(self._chance.choice(mine))
        elif mine and mood < TAKES_BACK + THINKS_AGAIN:
            await self._edit(self._chance.choice(mine))
        elif len(mine) < min(MOST_CARDS, step["max_cards"]):
            await self._write(step)

    async def _write(self, step: Document) -> None:
        room = self.client.room
        pillar = room.pillars.get(step["pillar"] or "") or self._chance.choice(list(room.pillars.values()))
        choices = sentences_for(sector=self.ledger.sector, pillar=pillar["number"])
        said = set(self.ledger.cards.values())
        sentence = self._chance.choice([found for found in choices if found.text not in said] or choices)
        content = {"step": step["id"], "text": sentence.text, "aspect": sentence.aspect.value, "lang": sentence.lang}
        if step["pillar"] is None:
            content["pillar"] = pillar["id"]
        done = await self._ask("card.write", content)
        if done is not None:
            self._written.setdefault(step["id"], []).append(done["id"])
            self.ledger.note_card(done["id"], sentence.text)

    async def _edit(self, card: str) -> None:
        text = self.ledger.cards[card]
        lang = "en" if " the " in text or " our " in text else "nl"
        text = f"{text} {self._chance.choice(SECOND_THOUGHTS[lang])}"
        if len(text) <= 240 and await self._ask("card.edit", {"card": card, "text": text}) is not None:
            self.ledger.note_card(card, text)

    async def _withdraw(self, card: str) -> None:
        if await self._ask("card.withdraw", {"card": card}) is not None:
            self.ledger.note_card(card, "")

    # -- dots ----------------------------------------------------------------------------------------------------

    def _vote(self, round_: Document) -> None:
        items = [item["id"] for item in round_["items"] if not item["hidden"]]
        budget = round_["budget"] or 0
        if not items or not round_["open"]:
            return
        dots = {item: self._value(round_["id"], item) for item in items}
        placed = [item for item, value in dots.items() if value]
        free = [item for item, value in dots.items() if value < round_["max_per_item"]]
        left = budget - sum(dots.values())
        if placed and (left <= 0 or self._chance.random() < 0.1) and self._chance.random() < MOVES_A_DOT:
            item = self._chance.choice(placed)
            self._cast(round_["id"], item, dots[item] - 1)
            left += 1
            free = [found for found in free if found != item]
        if left > 0 and free:
            about = {item["id"]: item for item in round_["items"]}
            item = self._chance.choices(free, weights=[self._weigh(about[name]) for name in free])[0]
            self._cast(round_["id"], item, dots[item] + 1)

    def _weigh(self, item: Document) -> float:
        pillar = self.client.room.pillars[item["pillar"]]["number"]
        return weigh(sector=self.ledger.sector, item=item["id"], aspect=item["aspect"], pillar=pillar)

    def _value(self, round_id: str, item: str) -> int:
        return self.ledger.votes.get((round_id, item), (0, 0))[1]

    def _cast(self, round_id: str, item: str, value: int) -> None:
        self._tap += 1
        self._begin(self._send_vote(round_id, item, value, self._tap))

    async def _send_vote(self, round_id: str, item: str, value: int, tap: int) -> None:
        content = {"round": round_id, "item": item, "value": value, "tap": tap}
        if await self._ask("vote.cast", content) is not None:
            self.ledger.note_vote((round_id, item), tap=tap, value=value)

    async def _ask(self, do: str, content: Document) -> Document | None:
        self.ledger.sent[do] += 1
        try:
            done = await self.client.ask(do, content)
        except CommandRefused as refused:
            self.ledger.refused[refused.code] += 1
            return None
        self.ledger.acknowledged[do] += 1
        return done
