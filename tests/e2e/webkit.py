"""WebKit as Debian ships it (WebKitGTK, the nearest to Safari on Linux), by its WebDriver: a process per window."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import ViewportSize

from ..services import free_port
from .window import FIND, PATIENCE_S

START_S = 60
"""It is the start that takes long on a busy machine."""
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key under which WebDriver names an element."""


def find_webkit() -> tuple[str, str] | None:
    """Return the driver and the browser it drives, when both are here and there is a screen to be had."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")) + sorted(
        Path("/usr/libexec").glob("webkit2gtk-4.*/MiniBrowser")
    )
    return (driver, str(browsers[-1])) if driver and screen and browsers else None


class WebKitWindow:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def goto(self, address: str) -> None:
        await self._ask("url", url=address)

    async def call(self, function: str, *arguments: object) -> Any:
        return await self._ask("execute/sync", script=f"return ({function})(...arguments)", args=list(arguments))

    async def click(self, selector: str, words: str) -> None:
        await self._ask(f"element/{await self._find(selector, words)}/click")

    async def type(self, selector: str, text: str) -> None:
        await self._ask(f"element/{await self._find(selector, '')}/value", text=text)

    async def _find(self, selector: str, words: str) -> str:
        found = await self.call(FIND, selector, words)
        if found is None:
            raise LookupError(f"no {selector} with {words!r}")
        return str(found[_ELEMENT])

    async def _ask(self, what: str, **content: object) -> Any:
        answer = (await self._client.post(what, json=content)).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise AssertionError(f"{what}: {answer['error']}: {answer['message']}")
        return answer


class WebKit:
    def __init__(self, driver: str, browser: str, display: str, stack: AsyncExitStack) -> None:
        self._driver, self._browser, self._display, self._stack = driver, browser, display, stack

    async def window(self, size: ViewportSize) -> WebKitWindow:
        port = free_port()
        environment = os.environ | {
            "DISPLAY": self._display,
            # No card and no sound in a container.
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        }
        await self._stack.enter_async_context(_running(self._driver, f"--port={port}", environment=environment))
        client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/", timeout=START_S)
        await self._stack.enter_async_context(client)
        options = {"binary": self._browser, "args": ["--automation", "--private"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        for _ in range(PATIENCE_S * 10):
            try:
                answer = await client.post("session", json={"capabilities": wanted})
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.1)  # the driver does not listen yet
        session = answer.json()["value"]
        if "sessionId" not in session:
            raise AssertionError(f"WebKit did not start: {session}")
        client.base_url = httpx.URL(f"http://127.0.0.1:{port}/session/{session['sessionId']}/")
        self._stack.push_async_callback(client.delete, "")
        await client.post("window/rect", json=dict(size))
        return WebKitWindow(client)


@asynccontextmanager
async def webkit(programs: tuple[str, str]) -> AsyncIterator[WebKit]:
    async with AsyncExitStack() as stack:
        read, write = os.pipe()
        # Without -noreset it begins anew when its last client goes, and whoever comes just then is turned away.
        screen = ("-displayfd", str(write), "-screen", "0", "2000x1200x24", "-nolisten", "tcp", "-noreset")
        await stack.enter_async_context(_running("Xvfb", *screen, keep=(write,)))
        os.close(write)
        number = await asyncio.to_thread(_read_line, read)
        yield WebKit(*programs, f":{number}", stack)


def _read_line(place: int) -> str:
    """Read to the end of the line: Xvfb writes its number first, and ends at once where nobody reads what follows."""
    with open(place) as told:
        return told.readline().strip()


@asynccontextmanager
async def _running(
    program: str, *arguments: str, environment: dict[str, str] | None = None, keep: tuple[int, ...] = ()
) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        program, *arguments, env=environment, pass_fds=keep,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
