"""A room of twenty that votes by some ballot, in Dutch: two at a phone in a browser, each on a line that can be cut,
the others over sockets; a console, a projector, and the core team's results page.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, closing
from typing import Self

from playwright.async_api import Browser, Locator, ViewportSize, expect

from ...server import RunningServer
from .. import acts
from ..browser import DESKTOP, PATIENCE, PHONE, PROJECTOR, Screen, open_screen
from ..crowd import Person, bring
from ..proxy import CutProxy
from ..storage import until
from ..workshop import Workshop
from .declared import CROWD, Given

TITLE = "Choose"
"""Of the vote, in the demo's agenda."""
AWAY = "Even geen verbinding"
NOTHING_WAITS = "Object.keys(localStorage).every((name) => !name.includes(':entry:'))"
"""The phone's outbox is empty."""
_ON_PAGE = """(found) => found.map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [x, y + scrollY, width, height].map(Math.round);
})"""
"""Where things are, wherever the page was scrolled to."""


class BallotEvening:
    """See the module. `of_w`: the phone of onderwijs; `of_n`: that of ondernemers."""

    def __init__(self, server: RunningServer, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.room = Workshop(server)
        self.items: dict[str, str] = {}
        """Text → item."""
        self.round = ""
        self._stack = AsyncExitStack()

    # -- the room ------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        server = self.server
        await self.room.begin()
        self.crowd: dict[str, list[Person]] = await bring(base=server.base, code=server.code, people=CROWD)
        self.wires = [await self._stack.enter_async_context(CutProxy(port=server.port)) for _ in range(2)]
        core = await server.sign_in("core")
        self.of_w, self.of_n, self.console, self.stage, self.studio = await asyncio.gather(
            self._come("onderwijs", self.wires[0]),
            self._come("ondernemers", self.wires[1]),
            self._open(DESKTOP, self.room.facilitator, f"/s/{server.code}/console/"),
            self._open(PROJECTOR, self.room.facilitator, f"/s/{server.code}/stage/"),
            self._open(DESKTOP, core),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for person in self._people:
            await person.leave()
        await self.room.end()
        for screen in self.screens:
            await screen.close()
        await self._stack.aclose()

    async def _come(self, sector: str, wire: CutProxy) -> Screen:
        cookies = await self.room.join_over_http(sector)
        return await self._open(PHONE, cookies, f"/s/{self.server.code}/", base=f"http://127.0.0.1:{wire.port}")

    async def _open(self, size: ViewportSize, cookies: Mapping[str, str], path: str = "", *, base: str = "") -> Screen:
        base = base or self.server.base
        screen = await open_screen(self.browser, base, size=size, lang="nl")
        await screen.context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        )
        if path:
            await screen.page.goto(path)
        return screen

    @property
    def screens(self) -> tuple[Screen, ...]:
        return self.console, self.stage, self.of_w, self.of_n, self.studio

    @property
    def _people(self) -> list[Person]:
        return [person for group in self.crowd.values() for person in group]

    # -- the vote ------------------------------------------------------------------------------------------------

    async def prepare(
        self, texts: list[str], *, ballot: str, numbers: Mapping[str, int], prices: Mapping[str, int]
    ) -> None:
        """Choose the ballot and its numbers on the console, put these texts to the vote, and open it."""
        room, page = self.room, self.console.page
        await page.locator("#agenda .line", has_text=re.compile(r"^\S+\s+Kiezen\b")).click()
        await page.locator("#agenda").get_by_role("button", name="Wijzigen", exact=True).click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("radio", name=ballot, exact=True).check()
        for field, number in numbers.items():
            await dialog.get_by_role("spinbutton", name=field).first.fill(str(number))
        await dialog.get_by_role("button", name="Sla wijzigingen op").click()
        await expect(dialog).to_have_count(0)
        self.round = await room.round_of(TITLE)
        items = [{"text_nl": text} | ({"price": prices[text]} if prices else {}) for text in texts]
        await room.say("item.add", round=self.round, items=items, whose="team")
        await room.open(TITLE)
        rounds = (await room.snapshot())["rounds"]
        (opened,) = [found for found in rounds if found["id"] == self.round]
        self.items = {item["text"]: item["id"] for item in opened["items"]}
        await expect(page.get_by_text("Verzegeld")).to_be_visible()

    async def again(self, texts: list[str]) -> None:
        """Open another round about some of it."""
        made = await self.room.say("round.add", step=self.room.step(TITLE), items=[self.items[text] for text in texts])
        await self.room.open(TITLE)
        self.round = str(made["id"])

    async def give(self, given: Given) -> None:
        """Let the people over sockets cast, each in one command."""
        for sector, people in given.items():
            for person, marks in zip(self.crowd[sector], people, strict=True):
                await person.cast(round=self.round, marks={self.items[text]: value for text, value in marks.items()})

    async def press(self, phone: Screen, what: Locator, *, still: str) -> None:
        """Press something; nothing of what is chosen from moves under the finger.

        Unless something is told above, which pushes all of it down: what waits, or why the last press did nothing.
        """
        await expect(what).to_be_visible()
        # A finger scrolls first; what sticks to the edges covers nothing in the middle.
        await what.evaluate("element => element.scrollIntoView({ block: 'center' })")
        places = phone.page.locator(still)
        told = phone.page.get_by_role("heading", name=AWAY).or_(phone.page.locator("p.wrong"))
        is_told = await told.count() > 0
        before = await places.evaluate_all(_ON_PAGE)
        target = await what.bounding_box()
        assert target is not None and target["height"] >= 47.5 and target["width"] >= 47.5, target
        await what.click()
        if not is_told:
            # What has made room for the next one by now has no place.
            after = [at for at in await places.evaluate_all(_ON_PAGE) if any(at)]
            assert after[: len(before)] in (before, []), f"moved from {before} to {after}"

    # -- what goes wrong -----------------------------------------------------------------------------------------

    async def cut_off(self) -> None:
        """The phone of ondernemers."""
        self.wires[1].cut()
        await expect(self.of_n.page.get_by_role("heading", name=AWAY)).to_be_visible()

    async def lose_the_server(self, last: Callable[[], Awaitable[None]]) -> None:
        """It dies when it has stored what the phone of onderwijs gives last, and before it says so. It comes back, and
        the phone asks once more.
        """
        before = self._votes()
        self.wires[0].mute()
        await last()
        for _ in range(PATIENCE // 50):
            if self._votes() > before:
                break
            await self.of_w.page.wait_for_timeout(50)
        else:
            raise AssertionError("the server did not store it")
        self.server.kill()
        assert not await self.of_w.page.evaluate(NOTHING_WAITS), "it was acknowledged"
        stored = self._votes()
        self.server.start()
        self.wires[0].mend()
        await self.room.come_back()
        await asyncio.gather(*(person.come_back() for person in self._people))
        for screen in (self.of_w, self.console, self.stage):
            await acts.try_now(screen)
        await self.acknowledged(self.of_w)
        assert self._votes() == stored, "what was asked twice counted twice"

    async def come_back(self) -> None:
        """The phone of ondernemers, loaded anew: what it gave meanwhile lay on it."""
        self.wires[1].mend()
        await self.of_n.page.reload()
        await self.acknowledged(self.of_n)

    async def acknowledged(self, phone: Screen) -> None:
        """Nothing waits on the phone any more."""
        await expect(phone.page.get_by_role("heading", name=AWAY)).to_have_count(0)
        await until(phone.page, NOTHING_WAITS)

    async def stored(self, phone: Screen) -> None:
        """Everything was given and is stored, and the phone says so."""
        await self.acknowledged(phone)
        await expect(phone.page.get_by_text("Wijzigen kan tot de stemming sluit")).to_be_visible()

    def _votes(self) -> int:
        """How many commands with marks the log holds."""
        address = f"file:{self.server.database_file}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=30)) as rows:
            (number,) = rows.execute("SELECT count(*) FROM workshop_event WHERE kind = 'vote.cast'").fetchone()
        return int(number)

    # -- the end of a round --------------------------------------------------------------------------------------

    async def reveal(self) -> None:
        await expect(self.stage.page.get_by_text("20 van 20 hebben gestemd")).to_be_visible()
        await self.room.open("Result")
        await self.room.compared(TITLE)
