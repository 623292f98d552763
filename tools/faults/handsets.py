"""Phones with a screen among the crowd: a real Chromium that writes cards, and what of them is stored in the end."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.e2e import acts
from tests.e2e.browser import CHROMIUM, PHONE, Screen, chromium, open_screen

from .audit import Row, read_stored
from .crowd import Crowd
from .stand import by_hand


class Handset:
    """One page on one phone, and the texts of all cards that were written by its person."""

    def __init__(self, screen: Screen, name: str, *, texts: list[str] | None = None) -> None:
        self.screen, self.name = screen, name
        self.page = screen.page
        self.texts: list[str] = [] if texts is None else texts
        self._numbers = itertools.count(1)

    async def write(self) -> str:
        """Write a card; return its text. It is not waited for."""
        text = f"{self.name} schrijft kaart {next(self._numbers)}"
        await acts.write(self.screen, text, "Both")
        self.texts.append(text)
        return text

    async def sees_stored(self, texts: list[str] | None = None, *, within: float = 10) -> None:
        """Wait until these cards, or all of its own, bear the tick of what is stored."""
        for text in self.texts if texts is None else texts:
            await expect(acts.card(self.screen, text)).to_contain_text("stored", timeout=within * 1000)

    async def vote_and_take_back(self, text: str) -> None:
        """Put a dot on a card of the vote, and take it off again; each time until it is stored."""
        stored = self.page.get_by_text("You can change until voting closes")
        row = acts.card(self.screen, text)
        await acts.put_dot(self.screen, text)
        await expect(row.locator(".figures")).to_have_text("1")
        await expect(stored).to_be_visible()
        await row.get_by_role("button", name="Take a dot back").click()
        await expect(row.locator(".figures")).to_have_text("0")
        await expect(stored).to_be_visible()


@asynccontextmanager
async def handset(
    browser: Browser, crowd: Crowd, name: str, *, base: str | None = None, script: str = ""
) -> AsyncIterator[Handset]:
    """A phone that joined, in a browser of its own. `script` runs before any page does."""
    screen = await open_screen(browser, base or crowd.stand.first.base, size=PHONE, has_worker=True)
    await screen.context.add_init_script(script)
    await acts.join(screen, crowd.code, "ondernemers")
    yield Handset(screen, name)
    assert screen.trouble == [], screen.trouble
    await screen.close()


async def count_cards(row: Row, crowd: Crowd, handsets: list[Handset]) -> None:
    """Add to the row what these phones wrote; all of it bears the tick."""
    for phone in handsets:
        await phone.sees_stored()
    stored = await by_hand(lambda: read_stored(crowd.stand.first, crowd.code))
    found = list(stored.cards.values())
    for phone in handsets:
        for text in phone.texts:
            row.sent += 1
            row.acknowledged += 1
            row.stored += min(1, found.count(text))
            row.lost += text not in found
            row.doubled += max(0, found.count(text) - 1)


class Sleeper:
    """A Chromium whose processes can be suspended, as a phone's are in a pocket."""

    def __init__(self, folder: Path) -> None:
        self._pid_file = folder / "chromium.pid"
        self.program = str(folder / "chromium")
        Path(self.program).write_text(f'#!/bin/sh\necho $$ > {self._pid_file}\nexec {CHROMIUM} "$@"\n')
        Path(self.program).chmod(0o755)

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[Browser]:
        async with chromium(program=self.program) as browser:
            try:
                yield browser
            finally:
                self.wake()

    def sleep(self) -> None:
        self._send(signal.SIGSTOP)

    def wake(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, sign: signal.Signals) -> None:
        for pid in _family(int(self._pid_file.read_text())):
            with suppress(ProcessLookupError):  # it ended since: the page that was just closed
                os.kill(pid, sign)


def _family(pid: int) -> list[int]:
    """Return a process and all that came from it, parents first: who is stopped starts nobody."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for known in found:
        found += children.get(known, [])
    return found
