"""A TCP proxy between one browser and the server that can be cut, or that blocks WebSockets.

Playwright's `set_offline` leaves an open WebSocket open, so a lost network is made here.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Literal, Self

FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
Sockets = Literal["pass", "refuse", "hang"]


class CutProxy:
    """Forwards bytes. `cut` closes connections and refuses new ones; `hang` silences them, `mute` only the server.

    `sockets`: what becomes of an upgrade to a WebSocket that comes from now on, as in the network of a company: passed
    on, refused with 403, or never answered. `refused` counts those that were not passed on.
    """

    def __init__(self, *, port: int, sockets: Sockets = "pass") -> None:
        self._to = port
        self.sockets = sockets
        self.refused = 0
        self._cut = False
        self._flows = asyncio.Event()
        self._flows.set()
        self._answers = asyncio.Event()
        self._answers.set()
        self._open: set[asyncio.StreamWriter] = set()
        self._running: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.cut()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def cut(self) -> None:
        """As when the server's machine says no: at once, with a reset."""
        self._cut = True
        for writer in list(self._open):
            writer.transport.abort()

    def hang(self) -> None:
        """As out of reach of the Wi-Fi: nobody says anything, nothing arrives."""
        self._flows.clear()

    def mute(self) -> None:
        """What the browser says arrives; no answer comes back."""
        self._answers.clear()

    def mend(self) -> None:
        """The network is back. What hung is gone, as after a roaming phone got a new address."""
        if not (self._flows.is_set() and self._answers.is_set()):
            self.cut()
        self._cut = False
        self._flows.set()
        self._answers.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        self._open.add(writer)
        try:
            if self._cut:
                return
            head = await reader.read(65_536)
            if self.sockets != "pass" and b"\r\nupgrade: websocket" in head.lower():
                await self._turn_away(reader, writer)
                return
            there_reader, there = await asyncio.open_connection("127.0.0.1", self._to)
            self._open.add(there)
            try:
                await self._flows.wait()
                there.write(head)
                await asyncio.gather(self._pass_on(reader, there), self._pass_on(there_reader, writer, self._answers))
            finally:
                self._open.discard(there)
                there.transport.abort()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _turn_away(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.refused += 1
        if self.sockets == "refuse":
            writer.write(FORBIDDEN)
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        else:
            await reader.read()  # until the browser gives up

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event | None = None
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._flows.wait()
                if gate is not None:
                    await gate.wait()
                writer.write(data)
                await writer.drain()
        # One side is done: so is the other.
        writer.transport.abort()
