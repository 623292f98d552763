"""The HTTP way of docs/protocol.md, in the shape of the simulation's WebSocket and light enough for hundreds."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from tools.bench.wire import HttpConnection

BROKEN = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)


class LongPoll:
    """One long poll of one client: a connection for the poll that always waits, one for what is said."""

    def __init__(self, address: str, cookies: dict[str, str]) -> None:
        """`address`: of the socket that this takes the place of."""
        parts = urlsplit(address)
        self._base = base = f"{parts.scheme}://{parts.netloc}"
        self.on_text: Callable[[bytes], None] = lambda _: None
        self.on_close: Callable[[int], None] = lambda _: None
        self._path = f"{parts.path.replace('/ws/', '/http/', 1)}?{parts.query}&line={secrets.token_urlsafe(18)}"
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._headers = {"Cookie": cookie, "Origin": base, "Content-Type": "application/json"}
        self._hears, self._says = HttpConnection(base), HttpConnection(base)
        self._unsaid: list[bytes] = []
        self._have = 0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._is_open = True

    async def open(self) -> LongPoll:
        await self._hears.__aenter__()
        await self._says.__aenter__()
        return self

    def send_text(self, payload: bytes) -> None:
        if not self._is_open:
            return
        self._unsaid.append(payload)
        if "poll" not in self._tasks:
            self._tasks["poll"] = asyncio.create_task(self._poll())
        elif self._have:
            self._say_on()

    async def close(self) -> None:
        """Say goodbye and go."""
        if self._is_open:
            self._is_open = False
            async with HttpConnection(self._base) as connection:
                await self._ask(connection, b'{"end":true}')
        self.abort()

    def abort(self) -> None:
        """Stop without closing the long poll."""
        self._is_open = False
        for task in self._tasks.values():
            task.cancel()
        self._hears.abort()
        self._says.abort()

    def _end(self, code: int) -> None:
        if self._is_open:
            self._is_open = False
            self._hears.abort()
            self._says.abort()
            self.on_close(code)

    def _say_on(self) -> None:
        saying = self._tasks.get("say")
        if self._unsaid and (saying is None or saying.done()):
            self._tasks["say"] = asyncio.create_task(self._say())

    def _take(self) -> bytes:
        said, self._unsaid = self._unsaid, []
        return b",".join(said)

    async def _say(self) -> None:
        try:
            while self._unsaid and self._is_open:
                await self._ask(self._says, b'{"say":[%b]}' % self._take())
        except BROKEN:
            self._end(1006)

    async def _poll(self) -> None:
        try:
            while self._is_open:
                say = b"" if self._have else b',"say":[%b]' % self._take()
                told = json.loads(await self._ask(self._hears, b'{"have":%d%b}' % (self._have, say)))
                self._have = told["have"]
                for frame in told["frames"]:
                    self.on_text(json.dumps(frame, separators=(",", ":")).encode())
                if told["closed"] is not None:
                    self._end(told["closed"])
                self._say_on()
        except BROKEN:
            self._end(1006)

    async def _ask(self, connection: HttpConnection, body: bytes) -> bytes:
        status, _, answer = await connection.ask("POST", self._path, headers=self._headers, body=body)
        if status not in (200, 204):
            raise ConnectionError(str(status))
        return answer
