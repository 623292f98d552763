"""A long poll as the library `websockets` has a socket, so that a test can talk over either."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self

import websockets

from .long_poll import LongPoll


class HttpSocket:
    """`send`, `close`, what comes in by `async for`, and the code it was closed with."""

    def __init__(self, *, address: str, cookies: dict[str, str]) -> None:
        """`address`: of the socket that this takes the place of."""
        self.close_code: int | None = None
        self._frames: asyncio.Queue[str | None] = asyncio.Queue()
        self._line = LongPoll(address, cookies)
        self._line.on_text = lambda payload: self._frames.put_nowait(payload.decode())
        self._line.on_close = self._end

    async def open(self) -> Self:
        await self._line.open()
        return self

    @property
    def transport(self) -> Self:
        return self

    async def send(self, text: Any) -> None:
        if self.close_code is not None:
            raise websockets.ConnectionClosed(None, None)
        self._line.send_text(text.encode())

    async def close(self) -> None:
        if self.close_code is None:
            await self._line.close()
            self._end(1000)

    def abort(self) -> None:
        self._line.abort()
        self._end(1006)

    async def __aiter__(self) -> AsyncIterator[str]:
        while (text := await self._frames.get()) is not None:
            yield text

    def _end(self, code: int) -> None:
        if self.close_code is None:
            self.close_code = code
            self._frames.put_nowait(None)
