"""A vote of one ballot from finger to file, in Dutch: two at a browser, one of them over a wire that can be cut; the others
over sockets. Each journey says what its people give and what must come of it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import httpx
from playwright.async_api import Browser, Locator, expect

from ..conversation import PLAIN, sign_in
from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, open_screen
from .crowd import Person, bring
from .proxy import CutProxy
from .workshop import Workshop

TITLE = "Choose"
WRITE = "Profile and brand: write"
Row = dict[str, str]


class Evening:
    """The room: a facilitator's console, a projector, a phone of onderwijs, and one of ondernemers behind the wire."""

    def __init__(self, server: RunningServer, browser: Browser, wire: CutProxy) -> None:
        self.server, self.browser, self.wire = server, browser, wire
        self.room = Workshop(server)

    async def begin(self, people: dict[str, int]) -> None:
        room, server = self.room, self.server
        await room.begin()
        self.crowd: dict[str, list[Person]] = await bring(base=server.base, code=server.code, people=people)
        self.of_w = await self._come("onderwijs", server.base)
        self.of_n = await self._come("ondernemers", f"http://127.0.0.1:{self.wire.port}")
        self.console = await self._lead("console", DESKTOP)
        self.stage = await self._lead("stage", PROJECTOR)

    async def _come(self, sector: str, base: str) -> Screen:
        phone = await open_screen(self.browser, base, size=PHONE, lang="nl")
        cookies = await self.room.join_over_http(sector)
        await phone.context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        )
        await phone.page.goto(f"/s/{self.server.code}/")
        return phone

    async def _lead(self, page: str, size: dict[str, int]) -> Screen:
        screen = await open_screen(self.browser, self.server.base, size=size, lang="nl")
        await screen.context.add_cookies(
            [{"name": name, "value": value, "url": self.server.base} for name, value in self.room.facilitator.items()]
        )
        await screen.page.goto(f"/s/{self.server.code}/{page}/")
        return screen

    async def end(self) -> None:
        for screen in (self.console, self.stage, self.of_w, self.of_n):
            assert screen.trouble == []
        for person in (person for group in self.crowd.values() for person in group):
            await person.leave()
        await self.room.end()

    # -- the vote ------------------------------------------------------------------------------------------------

    async def put_to_the_vote(self, texts: list[str]) -> None:
        """Write cards of onderzoek and tick them for the vote."""
        room = self.room
        await room.open(WRITE)
        sector = room.sectors["onderzoek"]
        cards = []
        for text in texts:
            content = {"step": room.step(WRITE), "text": text, "aspect": "software", "sector": sector, "lang": "nl"}
            cards.append(str((await room.say("card.scribe", **content))["id"]))
        await room.tick(TITLE, cards)
        self.cards = dict(zip(cards, texts, strict=True))

    async def choose_ballot(self, name: str) -> Locator:
        """Open the form of the vote and choose a way of voting. Returns the form: `save` sends it."""
        page = self.console.page
        await page.locator("#agenda .line", has_text=re.compile(r"^\S+\s+Kiezen\b")).click()
        await page.locator("#agenda").get_by_role("button", name="Wijzigen", exact=True).click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("radio", name=name, exact=True).check()
        return dialog

    async def save(self, dialog: Locator) -> None:
        await dialog.get_by_role("button", name="Sla wijzigingen op").click()
        await expect(dialog).to_have_count(0)

    async def open_vote(self) -> None:
        room = self.room
        await room.open(TITLE)
        self.round = await room.round_of(TITLE)
        self.items = {self.cards[card]: item for card, item in room.items.items()}
        await expect(self.console.page.get_by_text("Verzegeld")).to_be_visible()

    async def let_vote(self, given: dict[str, list[dict[str, int]]], *, round_: str = "") -> None:
        """What each of the crowd gives, by O: text → value."""
        for sector, people in self.crowd.items():
            for person, marks in zip(people, given[sector], strict=True):
                for text, value in marks.items():
                    await person.put(round=round_ or self.round, item=self.items[text], value=value)

    async def another_round(self, texts: list[str]) -> str:
        """Returns its id. It is open."""
        room = self.room
        made = await room.say("round.add", step=room.step(TITLE), items=[self.items[text] for text in texts])
        await room.open(TITLE)
        return str(made["id"])

    async def reveal(self) -> None:
        await self.room.open("Result")
        await self.room.compared(TITLE)

    def nothing_was_told(self) -> None:
        """Not a number of how it stands was sent to anybody."""
        for screen in (self.stage, self.of_w, self.of_n, self.console):
            assert not screen.has_heard('"tally":{"')

    # -- what is shown -------------------------------------------------------------------------------------------

    async def picture(self, number: int, of: int, name: str) -> list[list[str]]:
        """Turn to a picture by its key. Returns its rows, without what is empty."""
        page = self.stage.page
        place = page.locator(".foot .info b").first
        await expect(place).to_contain_text(f" van {of}")
        await page.keyboard.press(str(number))
        await expect(place).to_contain_text(f"{number} van {of}")
        await expect(page.get_by_text(name)).to_be_visible()
        return [
            [" ".join(cell.split()) for cell in row if cell.strip()] for row in await acts.read_table(page)
        ]

    async def told_on(self, phone: Screen) -> list[str]:
        """The rows of the result on a phone."""
        await expect(phone.page.get_by_text("20 mensen stemden.")).to_be_visible()
        return [" ".join(text.split()) for text in await acts.read_list(phone.page.locator("ol > li"))]

    def row_of(self, text: str) -> Locator:
        """A row of the result on the console."""
        return self.console.page.locator("table").first.locator("tbody tr", has_text=text)

    # -- the files -----------------------------------------------------------------------------------------------

    async def read_files(self, *columns: str) -> tuple[dict[tuple[int, str], list[tuple[str, ...]]], str]:
        """Returns (round, text) → the lines of results.csv: of everyone these columns, of each group n and its share. And
        the studio's page.
        """
        core = await sign_in(self.server.base, self.server.run["signin"]["core"])
        address = f"/s/{self.server.code}/export/"
        async with httpx.AsyncClient(verify=PLAIN, base_url=self.server.base, cookies=core) as client:
            results, votes, cards = [
                (await client.get(address + name)).raise_for_status().content.decode("utf-8-sig")
                for name in ("results.csv", "votes.csv", "contributions.csv")
            ]
            studio = (await client.get(f"/programmes/kennispark/sessions/{self.server.code}/")).text
        texts = {row["item"]: row["text"] for row in _read(cards) if row["item"]}
        told: dict[tuple[int, str], list[tuple[str, ...]]] = defaultdict(list)
        for row in _read(results):
            about = int(row["round_number"]), texts[row["item"]]
            names = columns if row["group"] == "all" else ("n", "share")
            told[about].append(tuple(row[name] for name in names))
        self.values: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        """(round, text) → how many rows of votes.csv have each value."""
        for row in _read(votes):
            self.values[int(row["round_number"]), texts[row["item"]]][row["value"]] += 1
        return dict(told), studio


def _read(text: str) -> Iterable[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))
