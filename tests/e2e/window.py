"""One window of a browser that Playwright has no hands for: Firefox as it is shipped, and WebKit."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Protocol

PATIENCE_S = 20
"""How long a condition may take on a busy machine; nothing ever waits that long when all is well."""

FIND = """(selector, words) => [...document.querySelectorAll(selector)]
  .find((found) => found.checkVisibility() && found.textContent.includes(words))"""
"""The first element in sight with these words in it."""


class Window(Protocol):
    """What a driver has to be able to do."""

    async def goto(self, address: str) -> None:
        """Load a page, and return when it has loaded."""
        ...

    async def call(self, function: str, *arguments: object) -> Any:
        """Call a function of JavaScript in the page; return what it returns."""
        ...

    async def click(self, selector: str, words: str) -> None:
        """Click the first element in sight with these words in it, as a hand does. Raises LookupError without one."""
        ...

    async def type(self, selector: str, text: str) -> None:
        """Type into a field."""
        ...


async def until(window: Window, function: str, *arguments: object) -> Any:
    """Wait until the function returns something true, and return that."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := await window.call(function, *arguments)):
        if time.monotonic() > deadline:
            text = await window.call("() => location.href + ' ' + document.body.innerText")
            raise AssertionError(f"{function} {arguments} did not come true; the page says:\n{text}")
        await asyncio.sleep(0.1)
    return found


async def see(window: Window, words: str, selector: str = "body *") -> None:
    """Wait until these words are in sight."""
    await until(window, f"(...found) => Boolean(({FIND})(...found))", selector, words)


async def press(window: Window, selector: str, words: str = "") -> None:
    """Click once it is in sight."""
    await see(window, words, selector)
    await window.click(selector, words)
