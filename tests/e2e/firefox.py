"""Firefox as it is shipped, by WebDriver BiDi: its own remote agent, no driver beside it."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import websockets
from playwright.async_api import ViewportSize

from .window import FIND, PATIENCE_S

NAMES = ("firefox-esr", "firefox")
START_S = 90
"""It listens before it has started."""

PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.getAddons.cache.enabled": False,
}


def find_firefox() -> str | None:
    return os.environ.get("FIREFOX") or next((found for name in NAMES if (found := shutil.which(name))), None)


class FirefoxWindow:
    """A window with cookies and storage of its own."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self._firefox, self._context = firefox, context

    async def goto(self, address: str) -> None:
        await self._firefox.ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    async def call(self, function: str, *arguments: object) -> Any:
        return _plain(await self._call(function, *arguments))

    async def click(self, selector: str, words: str) -> None:
        found = await self._find(selector, words)
        await self._firefox.ask(
            "script.callFunction",
            functionDeclaration="(found) => found.scrollIntoView({block: 'center', behavior: 'instant'})",
            awaitPromise=False,
            target={"context": self._context},
            arguments=[found],
        )
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": found}}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        hand = {"type": "pointer", "id": "hand", "actions": [move, *press]}
        await self._firefox.ask("input.performActions", context=self._context, actions=[hand])

    async def type(self, selector: str, text: str) -> None:
        await self.click(selector, "")
        strokes = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        keys = {"type": "key", "id": "keys", "actions": strokes}
        await self._firefox.ask("input.performActions", context=self._context, actions=[keys])

    async def _find(self, selector: str, words: str) -> dict[str, str]:
        found = await self._call(FIND, selector, words)
        if found["type"] != "node":
            raise LookupError(f"no {selector} with {words!r}")
        return {"sharedId": found["sharedId"]}

    async def _call(self, function: str, *arguments: object) -> dict[str, Any]:
        answer = await self._firefox.ask(
            "script.callFunction",
            functionDeclaration=function,
            awaitPromise=True,
            target={"context": self._context},
            arguments=[{"type": "string", "value": str(argument)} for argument in arguments],
        )
        if answer["type"] != "success":
            raise AssertionError(answer["exceptionDetails"]["text"])
        found: dict[str, Any] = answer["result"]
        return found


class Firefox:
    """One process; answers come in any order."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())

    async def ask(self, method: str, *, within: float = PATIENCE_S, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        waiting = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        answer = await asyncio.wait_for(waiting, within)
        if answer["type"] == "error":
            raise AssertionError(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    async def window(self, size: ViewportSize) -> FirefoxWindow:
        person = (await self.ask("browser.createUserContext"))["userContext"]
        context = (await self.ask("browsingContext.create", type="window", userContext=person))["context"]
        await self.ask("browsingContext.setViewport", context=context, viewport=dict(size))
        return FirefoxWindow(self, context)

    async def _read(self) -> None:
        with suppress(websockets.ConnectionClosed):
            async for text in self._socket:
                message = json.loads(text)
                if (waiting := self._answers.pop(message.get("id"), None)) is not None:
                    waiting.set_result(message)


@asynccontextmanager
async def firefox(program: str) -> AsyncIterator[Firefox]:
    with tempfile.TemporaryDirectory(prefix="cocreation-firefox-", ignore_cleanup_errors=True) as folder:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
        (Path(folder) / "user.js").write_text("".join(lines))
        process = await asyncio.create_subprocess_exec(
            program, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env=os.environ | {"HOME": folder},
        )  # fmt: skip
        try:
            address = await asyncio.wait_for(_address_of(process), START_S)
            async with websockets.connect(f"{address}/session", max_size=None, compression=None) as socket:
                found = Firefox(socket)
                await found.ask("session.new", within=START_S, capabilities={})
                yield found
        finally:
            process.kill()
            await process.wait()


async def _address_of(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async for line in process.stderr:
        _, told, address = line.decode(errors="replace").partition("WebDriver BiDi listening on ")
        if told:
            return address.strip()
    raise AssertionError("Firefox ended without a word of where it listens")


def _plain(value: dict[str, Any]) -> Any:
    """Return what BiDi wraps."""
    if value["type"] == "array":
        return [_plain(each) for each in value["value"]]
    return value.get("value")
