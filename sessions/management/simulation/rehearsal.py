"""A whole simulation: people come in, take part, and everything acknowledged is looked up again."""

from __future__ import annotations

import asyncio
import csv
import io
import itertools
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any

from .client import Client
from .facilitator import Facilitator
from .http import Browser, HttpRefused, join
from .ledger import compare_exported, compare_stored, count_standing, stored_cards
from .papers import Papers
from .person import Person

PATIENCE_S = 15.0
"""How long a session that never started waits for its facilitator."""
LAST_ANSWERS_S = 60.0
ACTS = 12
"""What one person does in a whole session, on average, if something can be done all the time."""
AT_A_TIME = 8


@dataclass(frozen=True, slots=True)
class Plan:
    bases: Sequence[str]
    code: str
    people: int
    seconds: float
    lead: bool | None
    """Whether to run the session too; None: only if it has not started and nobody else does."""
    seed: int

    def chance_of(self, who: str) -> Random:
        """Return somebody's own chance, so that nobody's timing changes another's mood."""
        return Random(f"{self.seed}:{who}")  # noqa: S311 - a rehearsal is to be repeatable, not unguessable


@dataclass(slots=True)
class Report:
    people: int
    sent: Counter[str]
    acknowledged: Counter[str]
    refused: Counter[str]
    unanswered: int
    reconnects: int
    stored: Counter[str]
    exported: Counter[str]
    problems: list[str]


class Rehearsal:
    def __init__(self, *, plan: Plan, core: Browser, say: Callable[[str], None], show: Callable[[str], None]) -> None:
        self._plan, self._core, self._say, self._show = plan, core, say, show
        self._people: list[Person] = []
        self._console = self._client(role="console", cookies=core.cookies(), lang="nl")
        self._papers = Papers()
        self._began = time.monotonic()

    async def run(self) -> Report:
        plan = self._plan
        self._console.start()
        await self._console.welcomed()
        progress = asyncio.create_task(self._tell_progress())
        try:
            self._say(f"{plan.people} people join session {plan.code}.")
            acting = await self._let_in()
            await self._play()
            for task in acting:
                task.cancel()
            await asyncio.gather(*acting, return_exceptions=True)
            unanswered = await self._await_answers()
        finally:
            progress.cancel()
        self._say("Everybody stopped. Comparing what was acknowledged with what is stored and exported.")
        report = self._sum_up(unanswered)
        await self._compare_stored(report)
        await self._compare_exported(report)
        await asyncio.gather(*(client.stop() for client in (self._console, *(p.client for p in self._people))))
        return report

    def _client(self, *, role: str, cookies: dict[str, str], lang: str, first: int = 0) -> Client:
        bases = [*self._plan.bases[first:], *self._plan.bases[:first]]
        # Keys and pauses are never the same twice: a second run with the same seed is of other people.
        chance = SystemRandom()
        return Client(bases=bases, code=self._plan.code, role=role, cookies=cookies, lang=lang, chance=chance)

    # -- coming in -----------------------------------------------------------------------------------------------

    async def _let_in(self) -> list[asyncio.Task[None]]:
        plan = self._plan
        answer = json.loads(await asyncio.to_thread(self._core.get, f"/api/v1/sessions/{plan.code}"))
        sectors = itertools.cycle(sector["key"] for sector in answer["sectors"])
        doors = asyncio.Semaphore(AT_A_TIME)
        acting: list[asyncio.Task[None]] = []

        async def come_in(number: int, sector: str) -> None:
            async with doors:
                cookies = await self._join(number, sector)
            chance = plan.chance_of(f"person {number}")
            lang = "en" if chance.random() < 0.2 else "nl"
            client = self._client(role="phone", cookies=cookies, lang=lang, first=number % len(plan.bases))
            person = Person(client=client, sector=sector, chance=chance, pace=plan.seconds / ACTS)
            client.start()
            await client.welcomed()
            self._people.append(person)
            acting.append(asyncio.create_task(person.take_part()))

        await asyncio.gather(*(come_in(number, next(sectors)) for number in range(plan.people)))
        return acting

    async def _join(self, number: int, sector: str) -> dict[str, str]:
        for attempt in itertools.count():
            base = self._plan.bases[(number + attempt) % len(self._plan.bases)]
            try:
                return await asyncio.to_thread(join, base, self._plan.code, sector)
            except OSError:
                if attempt == 30:
                    raise
                await asyncio.sleep(1)
        raise AssertionError

    # -- the session ---------------------------------------------------------------------------------------------

    async def _play(self) -> None:
        lead, end = self._plan.lead, time.monotonic() + self._plan.seconds
        if lead is None and not self._console.room.started():
            wait = min(PATIENCE_S, self._plan.seconds / 10)
            self._say(f"The session has not started; waiting {wait:.0f} s for somebody to open a step.")
            await self._until(self._console.room.started, seconds=wait)
            lead = not self._console.room.started()
        if lead:
            self._say("Running the session as well.")
            seconds = max(1.0, end - time.monotonic())
            chance = self._plan.chance_of("facilitator")
            facilitator = Facilitator(client=self._console, seconds=seconds, chance=chance, say=self._say)
            self._papers = facilitator.papers
            await facilitator.run()
        else:
            self._say("Following what the facilitator opens.")
        await asyncio.sleep(max(0.0, end - time.monotonic()))

    async def _until(self, reached: Callable[[], bool], *, seconds: float) -> None:
        for _ in range(int(seconds * 10)):
            if reached():
                return
            await asyncio.sleep(0.1)

    async def _await_answers(self) -> int:
        """Return how many commands nobody answered in good time."""
        try:
            async with asyncio.timeout(LAST_ANSWERS_S):
                await asyncio.gather(*(person.finish() for person in self._people))
        except TimeoutError:
            pass
        return sum(person.client.waiting for person in self._people)

    async def _tell_progress(self) -> None:
        while True:
            self._show(self._progress())
            await asyncio.sleep(1)

    def _progress(self) -> str:
        sent, told = self._total("sent"), self._total("acknowledged")
        spent = int(time.monotonic() - self._began)
        step = self._console.room.now()
        return (
            f"{spent // 60:02}:{spent % 60:02}  {step['title']['en'] if step else '–':<28.28}"
            f" people {len(self._people)}  cards {told['card.write']}/{sent['card.write']}"
            f"  second thoughts {told['card.edit'] + told['card.withdraw']}"
            f"  votes {told['vote.cast']}/{sent['vote.cast']}  came back {self._reconnects()}"
        )

    def _total(self, name: str) -> Counter[str]:
        return sum((getattr(person.ledger, name) for person in self._people), Counter())

    def _reconnects(self) -> int:
        return sum(max(0, person.client.connections - 1) for person in self._people)

    # -- looking it up -------------------------------------------------------------------------------------------

    def _sum_up(self, unanswered: int) -> Report:
        ledgers = [person.ledger for person in self._people]
        problems = [f"{unanswered} commands were never answered"] if unanswered else []
        return Report(
            people=len(self._people),
            sent=self._total("sent"),
            acknowledged=self._total("acknowledged")
            + Counter(cards=sum(len(ledger.lasting()) for ledger in ledgers))
            + Counter(votes=sum(len(ledger.standing()) for ledger in ledgers))
            + Counter(papers=len(self._papers.typed)),
            refused=self._total("refused"),
            unanswered=unanswered,
            reconnects=self._reconnects(),
            stored=Counter(),
            exported=Counter(),
            problems=problems,
        )

    async def _compare_stored(self, report: Report) -> None:
        """Ask the server anew for what each person has."""
        await asyncio.gather(*(client.look_again() for client in (self._console, *(p.client for p in self._people))))
        report.stored["papers"] = sum(name in self._console.room.people for name in self._papers.typed)
        for person in self._people:
            you = person.client.you
            withdrawn = sum(1 for text in person.ledger.lasting().values() if not text)
            report.stored["cards"] += len(stored_cards(person.ledger, you)) + withdrawn
            report.stored["votes"] += count_standing(person.ledger, you)
            report.problems += compare_stored(person.ledger, you)

    async def _compare_exported(self, report: Report) -> None:
        cards = await self._download("contributions.csv")
        votes = await self._download("votes.csv")
        people = await self._download("participants.csv")
        problems, held = compare_exported([person.ledger for person in self._people], cards, votes)
        different, papers = self._papers.compare(votes)
        report.exported = held + Counter(papers=papers)
        report.exported["people"] = sum(row["source"] != "scribed" for row in people)
        report.problems += problems + different
        if report.exported["people"] < report.people:
            report.problems.append(
                f"{report.people} people joined, participants.csv holds {report.exported['people']} with a phone"
            )

    async def _download(self, name: str) -> list[dict[str, str]]:
        path = f"/s/{self._plan.code}/export/{name}"
        for attempt in itertools.count():
            try:
                text = (await asyncio.to_thread(self._core.get, path)).decode("utf-8-sig")
                return list(csv.DictReader(io.StringIO(text, newline="")))
            except (OSError, HttpRefused):
                if attempt == 5:
                    raise
                await asyncio.sleep(1)
        raise AssertionError


def describe(report: Report) -> dict[str, Any]:
    """Return the report as the rows of a table: what, acknowledged, stored, exported."""
    told = report.acknowledged
    return {
        "cards": (told["cards"], report.stored["cards"], report.exported["cards"]),
        "paper ballots": (told["papers"], report.stored["papers"], report.exported["papers"]),
        "votes that stand": (told["votes"], report.stored["votes"], report.exported["votes"]),
    }
