"""Tells the stories of one process in one event loop, where a browser stands ready: starting one takes long.

Each story gets that browser with nothing in it: a context holds all that a page leaves behind, and ends with its story.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playwright.async_api import Browser, Error, Playwright, async_playwright

CLOSED_S = 30
"""How long the pages of a story may take to close. Otherwise the browser goes with them."""

Told = TypeVar("Told")
Launch = Callable[[Playwright], Awaitable[Browser]]


def tell(story: Coroutine[Any, Any, Told]) -> Told:
    """As `asyncio.run` does, but for the browser that stays."""
    if not _house:
        _house.append(House())
    return _house[0].tell(story)


def here() -> House | None:
    """Return the house if it is in its loop that this is called."""
    return _house[0] if _house and asyncio.get_running_loop() is _house[0].runner.get_loop() else None


def end() -> None:
    while _house:
        _house.pop().end()


@dataclass(slots=True)
class House:
    """A loop, and what in it outlives a story."""

    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    playwright: Playwright = field(init=False)
    browser: Browser | None = None
    is_lent: bool = False
    staying: set[asyncio.Task[Any]] = field(init=False)

    def __post_init__(self) -> None:
        async def begin() -> None:
            self.playwright = await async_playwright().start()
            self.staying = _others()

        self.runner.run(begin())

    def tell(self, story: Coroutine[Any, Any, Told]) -> Told:
        async def alone() -> Told:
            try:
                return await story
            finally:
                left = _others() - self.staying
                for task in left:
                    task.cancel()
                await asyncio.gather(*left, return_exceptions=True)

        return self.runner.run(alone())

    @asynccontextmanager
    async def lend(self, launch: Launch) -> AsyncIterator[Browser]:
        """The one that stands ready, or another one when it is in use."""
        if self.is_lent:
            browser = await launch(self.playwright)
            try:
                yield browser
            finally:
                await browser.close()
            return
        if self.browser is None or not self.browser.is_connected():
            self.browser = await launch(self.playwright)
        self.is_lent = True
        try:
            yield self.browser
        finally:
            self.is_lent = False
            await self._clear(self.browser)

    def end(self) -> None:
        async def leave() -> None:
            if self.browser is not None:
                await self.browser.close()
            await self.playwright.stop()

        self.runner.run(leave())
        self.runner.close()

    async def _clear(self, browser: Browser) -> None:
        try:
            async with asyncio.timeout(CLOSED_S):
                for context in browser.contexts:
                    await context.close()
        except (TimeoutError, Error):
            self.browser = None
            await browser.close()


_house: list[House] = []


def _others() -> set[asyncio.Task[Any]]:
    return {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
