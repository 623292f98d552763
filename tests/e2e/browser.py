"""Chromium, and pages that are watched: what they were sent, what they complained about, whom they spoke to."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
    WebSocket,
    async_playwright,
    expect,
)

from . import stories

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
"""Milliseconds that a condition may take on a busy machine; nothing ever waits that long when all is well."""
expect.set_options(timeout=PATIENCE)

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)
PROJECTOR = ViewportSize(width=1920, height=1080)
SMALL = ViewportSize(width=1280, height=720)
"""Many a projector, and the smallest laptop."""

NO_WORKER = "Service Worker registration blocked by Playwright"
"""What Playwright tells in the console of a page that wants its service worker."""

_OUT_OF_REACH = (
    "ERR_CONNECTION",
    "ERR_EMPTY_RESPONSE",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_SOCKET",
    "WebSocket connection to",
    "ERR_NETWORK",
    "ERR_FAILED",  # of a worker's answer without network
    "error occurred when fetching the script",  # of the worker, when the network goes just then
)


@asynccontextmanager
async def chromium(*more: str, program: str = CHROMIUM) -> AsyncIterator[Browser]:
    """In a story, without flags of its own: the browser that stands ready."""

    async def launch(playwright: Playwright) -> Browser:
        return await playwright.chromium.launch(executable_path=program, args=[*FLAGS, *more])

    async with AsyncExitStack() as stack:
        house = stories.here()
        if house is not None and not more and program == CHROMIUM:
            yield await stack.enter_async_context(house.lend(launch))
            return
        playwright = await stack.enter_async_context(async_playwright()) if house is None else house.playwright
        browser = await launch(playwright)
        stack.push_async_callback(browser.close)
        yield browser


class Screen:
    """One page in a browser of its own. `frames`: every text it received on its socket."""

    def __init__(self, context: BrowserContext, page: Page, base: str) -> None:
        self.context, self.page, self.base = context, page, base
        self.frames: list[str] = []
        self.trouble: list[str] = []
        self.sockets = 0
        page.on("websocket", self._hear)
        page.on("console", self._read)
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("request", self._see)

    async def close(self) -> None:
        """Close the page, and its browser when nothing else is open in it."""
        await self.page.close()
        if not self.context.pages:
            await self.context.close()

    def has_heard(self, words: str) -> bool:
        return any(words in frame for frame in self.frames)

    def _hear(self, socket: WebSocket) -> None:
        self.sockets += 1
        socket.on("framereceived", lambda data: self.frames.append(data if isinstance(data, str) else data.decode()))

    def _read(self, message: ConsoleMessage) -> None:
        # A network that is away is no fault of the page, and a page may itself be a 404.
        away = any(sign in message.text for sign in _OUT_OF_REACH)
        itself = message.text.startswith("Failed to load") and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not (away or itself or NO_WORKER in message.text):
            self.trouble.append(f"{message.type}: {message.text} at {message.location['url']}")

    def _see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.base).netloc:
            self.trouble.append(f"went to {request.url}")


async def open_context(
    browser: Browser, base: str, *, size: ViewportSize, lang: str = "en", has_worker: bool = False, **more: Any
) -> BrowserContext:
    """Return a browser with nobody's cookies. `has_worker`: with the phone's service worker, as on HTTPS.

    Most tests go without, as phones do on a laptop's plain HTTP: it fetches all files of a page once more.
    """
    context = await browser.new_context(
        viewport=size,
        locale={"en": "en-GB", "nl": "nl-NL"}[lang],
        base_url=base,
        service_workers="allow" if has_worker else "block",
        **more,
    )
    context.set_default_timeout(PATIENCE)
    return context


async def open_screen(browser: Browser, base: str, *, size: ViewportSize, lang: str = "en", **more: Any) -> Screen:
    """Return an empty page in a new browser."""
    context = await open_context(browser, base, size=size, lang=lang, **more)
    return Screen(context, await context.new_page(), base)
