"""A session, a console and a browser in which phones come and go; and how a test looks into them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, CDPSession, Page, expect

from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, Screen, chromium, open_screen
from .proxy import CutProxy
from .stories import tell


class Stand:
    """A server, a facilitator's console, and a phone whose tabs share one browser behind a wire that can be cut."""

    def __init__(self, server: RunningServer, browser: Browser, wire: CutProxy, console: Screen, host: str) -> None:
        self.server, self.browser, self.wire, self.console = server, browser, wire, console
        self.base = f"http://{host}:{wire.port}"

    async def phone(self, sector: str = "ondernemers") -> Screen:
        screen = await open_screen(self.browser, self.base, size=PHONE, has_worker=True)
        await acts.join(screen, self.server.code, sector)
        return screen

    async def tab(self, phone: Screen) -> Screen:
        """Another tab of the same person."""
        tab = Screen(phone.context, await phone.context.new_page(), self.base)
        await tab.page.goto(f"/s/{self.server.code}/")
        return tab

    async def write_step(self) -> None:
        await acts.go_to(self.console, "Welcome")
        await acts.go_to(self.console, "Profile and brand: write")

    async def close_step(self, title: str) -> None:
        await acts.turn_to_step(self.console, title)
        await self.console.page.locator("#agenda").get_by_role("button", name="Close", exact=True).click()
        await expect(self.console.page.locator("#agenda")).to_contain_text("closed")

    async def expect_stored(self, *texts: str) -> None:
        """Each once on the console, and so in the log."""
        for text in texts:
            await expect(acts.card_on_desk(self.console, text)).to_have_count(1)


def at_a_stand(path: Path, story: Callable[[Stand], Awaitable[None]], *, host: str = "127.0.0.1") -> None:
    async def run() -> None:
        flags = (f"--host-resolver-rules=MAP {host} 127.0.0.1",) if host != "127.0.0.1" else ()
        with RunningServer(data_dir=path) as server:
            async with chromium(*flags) as browser, CutProxy(port=server.port) as wire:
                console = await open_screen(browser, server.base, size=DESKTOP)
                await acts.sign_in(console, server.run["signin"]["facilitator"])
                await story(Stand(server, browser, wire, console, host))

    tell(run())


def watch_sent(screen: Screen) -> list[str]:
    """Return the list that fills with every frame the page sends from now on, on sockets or over HTTP."""
    sent: list[str] = []

    def hear(data: str | bytes) -> None:
        sent.append(data if isinstance(data, str) else data.decode())

    screen.page.on("websocket", lambda socket: socket.on("framesent", hear))
    # After two sockets that broke young the next way is HTTP.
    screen.page.on("request", lambda request: hear(request.post_data or "") if "/http/s/" in request.url else None)
    return sent


async def pasted(screen: Screen) -> str:
    """Return what is on the clipboard, as a hand pastes it elsewhere: no page of ours may read it."""
    elsewhere = await screen.context.new_page()
    await elsewhere.set_content("<textarea></textarea>")
    await elsewhere.locator("textarea").press("Control+V")
    text = await elsewhere.locator("textarea").input_value()
    await elsewhere.close()
    return text


async def renderer_of(page: Page) -> int:
    """Return the id of the process that runs the page: the one that works most while the page is kept busy.

    On a busy machine another one may happen to work more, so two in a row have to agree.
    """
    session = await page.context.browser.new_browser_cdp_session()  # type: ignore[union-attr]
    busiest: list[int] = []
    while len(busiest) < 2 or busiest[-1] != busiest[-2]:
        before = await _cpu_of_renderers(session)
        await page.evaluate("() => { const end = performance.now() + 400; while (performance.now() < end); }")
        after = await _cpu_of_renderers(session)
        busiest.append(max(after, key=lambda number: after[number] - before.get(number, 0)))
    await session.detach()
    return busiest[-1]


async def _cpu_of_renderers(session: CDPSession) -> dict[int, float]:
    processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    return {int(each["id"]): float(each["cpuTime"]) for each in processes if each["type"] == "renderer"}


async def reveal_without_waiting(console: Screen) -> None:
    """Open the next step, which reveals, though a phone still sends."""
    question = console.page.locator("#next .ask")
    await acts.press_until(console.page.locator("#next .pair button").first, question)
    await question.get_by_role("button", name=re.compile("Reveal")).first.click()
    await expect(question).to_have_count(0)
