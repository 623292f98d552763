"""Every card is answered by itself, in Dutch: two phones of different O's, one cut off in the middle, a reveal, and
another round. What the screens and the files say is compared with the table in opinion_expected.py.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, expect

from ..conversation import PLAIN, sign_in
from ..server import RunningServer
from . import acts
from . import opinion_expected as expected
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, chromium, open_screen
from .crowd import Person, bring
from .opinion_expected import ITEMS, A, B, C, D
from .proxy import CutProxy
from .stories import tell
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

YES, PASS, NO = "Herken ik", "Sla over", "Herken ik niet"
TITLE = "Choose"


def test_opinions_from_finger_to_file(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                vote = OpinionVote(server, browser, wire)
                await vote.begin()
                await vote.ask()
                await vote.answer()
                await vote.show()
                await vote.again()
                await vote.files()
                for screen in (vote.console, vote.stage, vote.of_w, vote.of_n):
                    assert screen.trouble == []
                await vote.end()

    tell(story())


class OpinionVote:
    """A room of twenty: two at a browser, the others over sockets."""

    def __init__(self, server: RunningServer, browser: Browser, wire: CutProxy) -> None:
        self.server, self.browser, self.wire = server, browser, wire
        self.room = Workshop(server)

    async def begin(self) -> None:
        room, server = self.room, self.server
        await room.begin()
        self.crowd: dict[str, list[Person]] = await bring(base=server.base, code=server.code, people=expected.PEOPLE)
        self.of_w = await self._come("onderwijs", server.base)
        self.of_n = await self._come("ondernemers", f"http://127.0.0.1:{self.wire.port}")
        self.console = await open_screen(self.browser, server.base, size=DESKTOP, lang="nl")
        await self.console.context.add_cookies(
            [{"name": name, "value": value, "url": server.base} for name, value in room.facilitator.items()]
        )
        await self.console.page.goto(f"/s/{server.code}/console/")
        self.stage = await open_screen(self.browser, server.base, size=PROJECTOR, lang="nl")
        await self.stage.context.add_cookies(
            [{"name": name, "value": value, "url": server.base} for name, value in room.facilitator.items()]
        )
        await self.stage.page.goto(f"/s/{server.code}/stage/")

    async def _come(self, sector: str, base: str) -> Screen:
        phone = await open_screen(self.browser, base, size=PHONE, lang="nl")
        cookies = await self.room.join_over_http(sector)
        await phone.context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        )
        await phone.page.goto(f"/s/{self.server.code}/")
        return phone

    async def end(self) -> None:
        for person in (person for group in self.crowd.values() for person in group):
            await person.leave()
        await self.room.end()

    # -- the first round -----------------------------------------------------------------------------------------

    async def ask(self) -> None:
        """The facilitator sets another way of voting, puts four cards to it and opens it."""
        room, page = self.room, self.console.page
        step = "Profile and brand: write"
        await room.open(step)
        sector = room.sectors["onderzoek"]
        cards = []
        for text in ITEMS:
            content = {"step": room.step(step), "text": text, "aspect": "software", "sector": sector, "lang": "nl"}
            cards.append(str((await room.say("card.scribe", **content))["id"]))
        await room.tick(TITLE, cards)
        self.cards = dict(zip(cards, ITEMS, strict=True))

        await page.locator("#agenda .line", has_text=re.compile(r"^\S+\s+Kiezen\b")).click()
        await page.locator("#agenda").get_by_role("button", name="Wijzigen", exact=True).click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("radio", name="Eens of oneens").check()
        await expect(dialog.get_by_role("textbox", name="Ja, Nederlands")).to_have_value(YES)
        await dialog.get_by_role("button", name="Sla wijzigingen op").click()
        await expect(dialog).to_have_count(0)
        await room.open(TITLE)
        self.round = await room.round_of(TITLE)
        self.items = {self.cards[card]: item for card, item in room.items.items()}
        await expect(page.get_by_text("Verzegeld")).to_be_visible()
        await expect(self.stage.page.get_by_text(f"Antwoord op elke kaart: {YES}, {NO} of {PASS}.")).to_be_visible()

    async def answer(self) -> None:
        for sector, people in self.crowd.items():
            for person, given in zip(people, expected.FIRST[sector], strict=True):
                for text, value in zip(ITEMS, given, strict=True):
                    if value is not None:
                        await person.put(round=self.round, item=self.items[text], value=value)
        await self._answer_all(self.of_w, {A: NO, B: YES, C: YES, D: YES})
        # Thinks again: the answer that stands is changed in the list.
        rows = self.of_w.page.locator("li.row", has_text=A)
        yes = rows.get_by_role("button", name=f"{YES}: {A}", exact=True)
        await yes.click()
        await expect(yes).to_have_attribute("aria-pressed", "true")
        await expect(self.of_w.page.get_by_text("Alles is opgeslagen.")).to_be_visible()

        # Cut off in the middle: the answers go on, and wait on the phone.
        phone, given = self.of_n, {A: PASS, B: YES, C: YES, D: YES}
        for _ in range(2):
            await self._answer_one(phone, given)
        self.wire.cut()
        await expect(phone.page.get_by_role("heading", name="Even geen verbinding")).to_be_visible()
        for _ in range(2):
            await self._answer_one(phone, given)
        await expect(phone.page.get_by_text("2 antwoorden wachten op je telefoon.")).to_be_visible()
        self.wire.mend()
        await phone.page.reload()
        await expect(phone.page.get_by_text("Alles is opgeslagen.")).to_be_visible()
        for text, said in given.items():
            row = phone.page.locator("li.row", has_text=text)
            button = row.get_by_role("button", name=f"{said}: {text}", exact=True)
            await expect(button).to_have_attribute("aria-pressed", "true")

    async def _answer_all(self, phone: Screen, given: dict[str, str]) -> None:
        for left in range(len(given), 0, -1):
            await expect(phone.page.get_by_text(f"Nog {left} van {len(given)} kaarten", exact=True)).to_be_visible()
            await self._answer_one(phone, given)
        await expect(phone.page.get_by_text(f"Klaar, alle {len(given)}", exact=True)).to_be_visible()

    async def _answer_one(self, phone: Screen, given: dict[str, str]) -> None:
        """Whatever stands there: every phone has its own order. Nothing moves under the finger."""
        words = phone.page.locator("section.item h2")
        text = await words.inner_text()
        pick = phone.page.locator(".pick.large")
        before = await pick.bounding_box()
        await pick.get_by_role("button", name=given[text], exact=True).click()
        await expect(words.filter(has_text=text)).to_have_count(0)
        if await pick.count():
            assert await pick.bounding_box() == before

    # -- its result ----------------------------------------------------------------------------------------------

    async def show(self) -> None:
        # Nobody saw how it stands before: not a number of it was sent.
        assert not any(screen.has_heard('"tally":{"') for screen in (self.stage, self.of_w, self.of_n, self.console))
        await self.room.open("Result")
        await self.room.compared(TITLE)
        page = self.stage.page
        rows = await self._picture(1, 3, "Iedereen telt één keer.")
        assert [[row[0], row[1], row[-1]] for row in rows] == expected.HEADS
        await expect(page.get_by_text(f"Gevuld: {YES}. Streep: {PASS}. Open: {NO}.")).to_be_visible()
        await expect(page.get_by_text("1 kaart ontbreekt: te weinig mensen antwoordden.")).to_be_visible()
        await expect(page.get_by_text("20 mensen")).to_be_visible()
        rows = await self._picture(2, 3, "elk even zwaar.")
        assert [[cell for cell in row if cell] for row in rows] == expected.EQUAL
        rows = await self._picture(3, 3, "Hoe ver de O’s uit elkaar liggen.")
        assert [[row[0], row[-1]] for row in rows] == expected.APART

        for phone, said in (
            (self.of_w, {A: YES, B: YES, C: YES, D: YES}),
            (self.of_n, {A: PASS, B: YES, C: YES, D: YES}),
        ):
            await expect(phone.page.get_by_text("20 mensen stemden.")).to_be_visible()
            shown = await acts.read_list(phone.page.locator("ol > li"))
            for text, (place, told) in zip(shown[:3], enumerate(expected.PHONE, start=1), strict=True):
                card, share, of, parts = told
                assert text.replace("\u00a0", " ").startswith(f"Plek {place} {card}"), text
                assert all(part in text.replace("\u00a0", " ") for part in (share, of, parts, f"Jij zei: {said[card]}"))
            assert D in shown[3] and "te weinig" in shown[3] and f"Jij zei: {said[D]}" in shown[3]

        table = self.console.page.locator("table").first
        row = table.locator("tbody tr", has_text=A)
        await expect(row).to_contain_text(f"10 {YES} · 2 {PASS} · 8 {NO}")
        await expect(row).to_contain_text("10 van 20")

    async def _picture(self, number: int, of: int, name: str) -> list[list[str]]:
        page = self.stage.page
        place = page.locator(".foot .info b").first
        await expect(place).to_contain_text(f" van {of}")
        await page.keyboard.press(str(number))
        await expect(place).to_contain_text(f"{number} van {of}")
        await expect(page.get_by_text(name)).to_be_visible()
        return [[cell.replace("\u00a0", " ") for cell in row] for row in await acts.read_table(page)]

    # -- another round -------------------------------------------------------------------------------------------

    async def again(self) -> None:
        room = self.room
        made = await room.say("round.add", step=room.step(TITLE), items=[self.items[A], self.items[B]])
        await room.open(TITLE)
        for sector, people in self.crowd.items():
            for person in people:
                for text, value in zip((A, B), expected.SECOND[sector], strict=True):
                    await person.put(round=made["id"], item=self.items[text], value=value)
        for phone in (self.of_w, self.of_n):
            await self._answer_all(phone, {A: YES, B: YES})
            await expect(phone.page.get_by_text("Alles is opgeslagen.")).to_be_visible()
        await room.open("Result")
        await room.compared(TITLE)
        rows = await self._picture(4, 4, "Voor en na.")
        assert {row[0]: tuple(re.findall(r"\d+", row[-1])) for row in rows} == expected.CHANGE

    async def files(self) -> None:
        """Everything once more, as the core team has it."""
        core = await sign_in(self.server.base, self.server.run["signin"]["core"])
        address = f"/s/{self.server.code}/export/"
        async with httpx.AsyncClient(verify=PLAIN, base_url=self.server.base, cookies=core) as client:
            results, votes, cards, session = [
                (await client.get(address + name)).raise_for_status().content.decode("utf-8-sig")
                for name in ("results.csv", "votes.csv", "contributions.csv", "session.json")
            ]
            studio = (await client.get(f"/programmes/kennispark/sessions/{self.server.code}/")).text
        texts = {row["item"]: row["text"] for row in _read(cards) if row["item"]}
        told = defaultdict(list)
        for row in _read(results):
            told[int(row["round_number"]), texts[row["item"]]].append(row)
        assert told.keys() == expected.RESULTS_CSV.keys()
        columns = ("status", "place", "heads", "of", "share", "balanced", "spread", "agree", "pass", "disagree")
        for about, (everyone, *groups) in expected.RESULTS_CSV.items():
            first, *others = told[about]
            assert tuple(first[name] for name in columns) == everyone, about
            assert [(row["n"], row["heads"], row["share"]) for row in others] == groups, about
            assert [row["group"] for row in told[about]] == expected.GROUPS[: 1 + len(groups)], about
            assert {row["ballot"] for row in told[about]} == {"opinion"}
        given: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        for row in _read(votes):
            given[int(row["round_number"]), texts[row["item"]]][row["value"]] += 1
        assert given == expected.VOTES_CSV
        assert '"rules"' in session and '"opinion"' in session
        assert YES in studio


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))
