"""A room of twenty that votes by some ballot, in Dutch: two at a browser, the others over sockets; a console, a stage.

A journey of a ballot says what people give and reads what the screens and the files say of it.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing

import httpx
from playwright.async_api import Browser, Locator, expect

from ..conversation import PLAIN, sign_in
from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, open_screen
from .crowd import Person, bring
from .proxy import CutProxy
from .workshop import Workshop

CROWD = {"onderwijs": 5, "onderzoek": 7, "ondernemers": 4, "overheden": 2}
"""Without the two at a browser: one of onderwijs, one of ondernemers, whose line can be cut."""
TITLE = "Choose"
"""Of the vote, in the demo's agenda."""
_ON_PAGE = """(found) => found.map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [x, y + scrollY, width, height].map(Math.round);
})"""
"""Where things are, wherever the page was scrolled to."""
Value = int | list[int | None] | None
Row = dict[str, str]


class BallotEvening:
    """See the module."""

    def __init__(self, server: RunningServer, browser: Browser, wire: CutProxy) -> None:
        self.server, self.browser, self.wire = server, browser, wire
        self.room = Workshop(server)
        self.items: dict[str, str] = {}
        """Text → item."""
        self.round = ""
        self.is_cut = False

    # -- the room ------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        server = self.server
        await self.room.begin()
        self.crowd: dict[str, list[Person]] = await bring(base=server.base, code=server.code, people=CROWD)
        self.of_w = await self._come("onderwijs", server.base)
        self.of_n = await self._come("ondernemers", f"http://127.0.0.1:{self.wire.port}")
        self.console = await self._desk("console", size=DESKTOP)
        self.stage = await self._desk("stage", size=PROJECTOR)

    async def _come(self, sector: str, base: str) -> Screen:
        phone = await open_screen(self.browser, base, size=PHONE, lang="nl")
        cookies = await self.room.join_over_http(sector)
        await phone.context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        )
        await phone.page.goto(f"/s/{self.server.code}/")
        return phone

    async def _desk(self, name: str, *, size: object) -> Screen:
        base = self.server.base
        screen = await open_screen(self.browser, base, size=size, lang="nl")  # type: ignore[arg-type]
        await screen.context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in self.room.facilitator.items()]
        )
        await screen.page.goto(f"/s/{self.server.code}/{name}/")
        return screen

    @property
    def screens(self) -> tuple[Screen, ...]:
        return self.console, self.stage, self.of_w, self.of_n

    async def end(self) -> None:
        for screen in self.screens:
            assert screen.trouble == []
        for person in (person for group in self.crowd.values() for person in group):
            await person.leave()
        await self.room.end()

    # -- the vote ------------------------------------------------------------------------------------------------

    async def prepare(
        self,
        texts: list[str],
        *,
        ballot: str,
        numbers: Mapping[str, int] | None = None,
        prices: Mapping[str, int] | None = None,
    ) -> None:
        """Put these cards to the vote, choose the ballot and its numbers on the console, and open it. `prices`: by
        text.
        """
        room, page = self.room, self.console.page
        step = "Profile and brand: write"
        await room.open(step)
        sector = room.sectors["onderzoek"]
        cards = {}
        for text in texts:
            content = {"step": room.step(step), "text": text, "aspect": "software", "sector": sector, "lang": "nl"}
            cards[str((await room.say("card.scribe", **content))["id"])] = text
        await room.tick(TITLE, list(cards))
        await page.locator("#agenda .line", has_text=re.compile(r"^\S+\s+Kiezen\b")).click()
        await page.locator("#agenda").get_by_role("button", name="Wijzigen", exact=True).click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("radio", name=ballot, exact=True).check()
        for field, number in (numbers or {}).items():
            await dialog.get_by_role("spinbutton", name=field).fill(str(number))
        await dialog.get_by_role("button", name="Sla wijzigingen op").click()
        await expect(dialog).to_have_count(0)
        self._set_prices({card: prices[text] for card, text in cards.items()} if prices else {})
        await room.open(TITLE)
        self.round = await room.round_of(TITLE)
        self.items = {cards[card]: item for card, item in room.items.items()}
        await expect(page.get_by_text("Verzegeld")).to_be_visible()

    def _set_prices(self, prices: Mapping[str, int]) -> None:
        with closing(sqlite3.connect(self.server.database_file, timeout=30)) as rows, rows:
            for card, price in prices.items():
                rows.execute(
                    "UPDATE workshop_item SET price = ? WHERE contribution_id ="
                    " (SELECT id FROM workshop_contribution WHERE public_id = ?)",
                    (price, card),
                )

    async def give(self, given: Mapping[str, list[Mapping[str, Value]]]) -> None:
        """Let the crowd cast: of each O, what each of its people gives by text, in one command."""
        for sector, people in self.crowd.items():
            for person, marks in zip(people, given[sector], strict=True):
                await person.cast(round=self.round, marks={self.items[text]: value for text, value in marks.items()})

    async def press(self, phone: Screen, what: Locator, *, still: str) -> None:
        """Press something; nothing of what is chosen from moves under the finger.

        Unless the line is cut: then what waits is told above, and pushes all of it down.
        """
        await expect(what).to_be_visible()
        # A finger scrolls first; what sticks to the edges covers nothing in the middle.
        await what.evaluate("element => element.scrollIntoView({ block: 'center' })")
        places = phone.page.locator(still)
        before = await places.evaluate_all(_ON_PAGE)
        target = await what.bounding_box()
        assert target is not None and target["height"] >= 47.5 and target["width"] >= 47.5, target
        await what.click()
        if not self.is_cut or phone is not self.of_n:
            assert (await places.evaluate_all(_ON_PAGE))[: len(before)] == before

    async def fall(self, phone: Screen) -> None:
        self.wire.cut()
        self.is_cut = True
        await expect(phone.page.get_by_role("heading", name="Even geen verbinding")).to_be_visible()

    async def come_back(self, phone: Screen) -> None:
        self.wire.mend()
        self.is_cut = False
        await phone.page.reload()
        await expect(phone.page.get_by_role("heading", name="Even geen verbinding")).to_have_count(0)

    # -- what came of it -----------------------------------------------------------------------------------------

    async def reveal(self) -> None:
        # Nobody saw how it stands before: not a number of it was sent.
        assert not any(screen.has_heard('"tally":{"') for screen in self.screens)
        await self.room.open("Result")
        await self.room.compared(TITLE)

    async def picture(self, number: int, name: str) -> list[list[str]]:
        """Turn the stage to a picture; return its rows without their empty cells."""
        page = self.stage.page
        place = page.locator(".foot .info b").first
        await expect(place).to_contain_text(re.compile(r" van \d"))
        await page.keyboard.press(str(number))
        await expect(place).to_contain_text(f"{number} van ")
        await expect(page.get_by_text(name)).to_be_visible()
        rows = [
            [cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in row] for row in await acts.read_table(page)
        ]
        return [[cell for cell in row if cell] for row in rows]

    async def result_of(self, phone: Screen) -> list[str]:
        """Return the rows of a phone's result."""
        await expect(phone.page.get_by_text("20 mensen stemden.")).to_be_visible()
        shown = await acts.read_list(phone.page.locator("ol > li"))
        return [row.replace("\u00a0", " ").replace("\u202f", " ") for row in shown]

    async def desk_row(self, text: str) -> str:
        row = self.console.page.locator("table").first.locator("tbody tr", has_text=text)
        await expect(row).to_be_visible()
        return (await row.inner_text()).replace("\u00a0", " ")

    async def files(self) -> tuple[dict[tuple[int, str], list[Row]], dict[tuple[int, str], list[Row]]]:
        """Return the rows of results.csv and of votes.csv, by round and text, as the core team has them."""
        core = await sign_in(self.server.base, self.server.run["signin"]["core"])
        address = f"/s/{self.server.code}/export/"
        async with httpx.AsyncClient(verify=PLAIN, base_url=self.server.base, cookies=core, timeout=60) as client:
            results, votes = [
                (await client.get(address + name)).raise_for_status().content.decode("utf-8-sig")
                for name in ("results.csv", "votes.csv")
            ]
        texts = {item: text for text, item in self.items.items()}
        return _by_item(results, texts), _by_item(votes, texts)


def _by_item(text: str, texts: Mapping[str, str]) -> dict[tuple[int, str], list[Row]]:
    rows: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text, newline="")):
        rows[int(row["round_number"]), texts[row["item"]]].append(row)
    return rows
