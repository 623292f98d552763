"""One simulated person: looks at the phone now and then, writes, thinks again, votes."""

from __future__ import annotations

import asyncio
from random import Random

import msgspec

from ...ballots import ballot_of
from ...ballots.ballot import Act, read_mark
from ...ballots.ballot import Person as Voter
from .client import Client, CommandRefused
from .leanings import weigh
from .ledger import Ledger
from .room import Document
from .sentences import SECOND_THOUGHTS, sentences_for

MOST_CARDS = 5
THINKS_AGAIN = 0.15
TAKES_BACK = 0.06


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

    # -- votes ---------------------------------------------------------------------------------------------------

    def _vote(self, round_: Document) -> None:
        about = {item["id"]: item for item in round_["items"] if not item["hidden"]}
        if not about or not round_["open"]:
            return
        kind = ballot_of(round_["ballot"])
        rules = msgspec.convert(round_["rules"], kind.Rules)
        criteria = len(kind.criteria(rules))
        own = self.ledger.votes
        marks = {
            item: read_mark(own[round_["id"], item][1], criteria=criteria)
            for item in about
            if (round_["id"], item) in own
        }
        person = Voter(
            marks=marks,
            weigh=lambda item: self._weigh(about[item]),
            chance=self._chance,
            prices={item: price for item, told in about.items() if (price := told["price"]) is not None},
        )
        for act in kind.act(rules=rules, items=list(about), person=person):
            self._cast(round_["id"], act)

    def _weigh(self, item: Document) -> float:
        pillar = self.client.room.pillars[item["pillar"]]["number"]
        return weigh(sector=self.ledger.sector, item=item["id"], aspect=item["aspect"], pillar=pillar)

    def _cast(self, round_id: str, act: Act) -> None:
        self._tap += 1
        self._begin(self._send_vote(round_id, act, self._tap))

    async def _send_vote(self, round_id: str, act: Act, tap: int) -> None:
        (item, value), *others = act.items()
        content: Document = {"round": round_id, "item": item, "value": value, "tap": tap}
        if others:
            content["marks"] = [{"item": other, "value": given} for other, given in others]
        if await self._ask("vote.cast", content) is not None:
            for each, given in act.items():
                self.ledger.note_vote((round_id, each), tap=tap, value=given)

    async def _ask(self, do: str, content: Document) -> Document | None:
        self.ledger.sent[do] += 1
        try:
            done = await self.client.ask(do, content)
        except CommandRefused as refused:
            self.ledger.refused[refused.code] += 1
            return None
        self.ledger.acknowledged[do] += 1
        return done
