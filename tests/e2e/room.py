"""Who is in the big journey: a facilitator, a stage, four phones on screens and 28 people over sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Self

from playwright.async_api import Browser, expect

from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, open_screen
from .crowd import Person, bring
from .proxy import CutProxy

CROWD = {"onderwijs": 10, "onderzoek": 7, "ondernemers": 8, "overheden": 3}


class Cast:
    """`phones` and `crowd` by O. The phone of onderzoek hangs on `wire`, which can be cut."""

    def __init__(self, server: RunningServer, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.phones: dict[str, Screen] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        base = self.server.base
        self.wire = await self._stack.enter_async_context(CutProxy(port=self.server.port))
        self.console = await open_screen(self.browser, base, size=DESKTOP)
        self.stage = await open_screen(self.browser, base, size=PROJECTOR, reduced_motion="reduce")
        for sector in CROWD:
            at = f"http://127.0.0.1:{self.wire.port}" if sector == "onderzoek" else base
            self.phones[sector] = await open_screen(self.browser, at, size=PHONE)
        return self

    async def __aexit__(self, *_: object) -> None:
        for person in self.people:
            await person.leave()
        for screen in self.screens:
            await screen.close()
        await self._stack.aclose()

    async def fill(self) -> None:
        code = self.server.code
        await acts.sign_in(self.console, self.server.run["signin"]["facilitator"])
        await self.stage.page.goto(self.server.run["stage"])
        await asyncio.gather(*(acts.join(phone, code, sector) for sector, phone in self.phones.items()))
        self.crowd = await bring(base=self.server.base, code=code, people=CROWD)

    @property
    def screens(self) -> list[Screen]:
        return [self.console, self.stage, *self.phones.values()]

    @property
    def people(self) -> list[Person]:
        return [person for group in getattr(self, "crowd", {}).values() for person in group]

    def heard_by_the_room(self, words: str, *, but: Iterable[object] = ()) -> list[str]:
        """Return who was sent these words: phones, stage and people, without those in `but`."""
        left_out = set(map(id, but))
        screens = {"stage": self.stage} | {f"phone of {sector}": phone for sector, phone in self.phones.items()}
        told = [name for name, screen in screens.items() if id(screen) not in left_out and screen.has_heard(words)]
        told += [person.sector for person in self.people if id(person) not in left_out and words in str(person.frames)]
        return told

    async def all_back(self) -> None:
        """Everybody is connected again."""
        for screen in self.screens:
            await acts.try_now(screen)
        for phone in self.phones.values():
            await expect(phone.page.get_by_role("heading", name="No connection")).to_have_count(0)
        await asyncio.gather(*(person.come_back() for person in self.people))
        await expect(self.console.page.get_by_text("No connection with the server")).to_have_count(0)
        await expect(self.stage.page.get_by_role("region", name="Connection")).to_have_count(0)
