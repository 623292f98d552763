"""Thousands of phones that stay, with a tally every second; and rooms that come and go."""

from __future__ import annotations

import asyncio
import json
import time

from .phone import Content, Phone
from .watching import PINGS, Watching
from .wire import percentile

AT_ONCE = 100
"""Phones that open their socket at the same moment: how a whole room comes in at once is measured elsewhere."""


class Holding(Watching):
    async def enter(self, address: str, code: str, cookie: str, tokens: list[str]) -> Content:
        """Let everybody in who has a secret already, some at a time; they stay, and ping as the server wishes."""
        path = f"/ws/s/{code}/?as=phone"
        self.phones = [Phone(number) for number in range(len(tokens))]
        begin = time.perf_counter()
        for phone, token in zip(self.phones, tokens, strict=True):
            phone.cookies = {cookie: token}
        self._stop_pinging()
        self._pinging = asyncio.create_task(self._ping_slowly())
        for some in range(0, len(tokens), AT_ONCE):
            await asyncio.gather(*(self._come_in(phone, address, path) for phone in self.phones[some : some + AT_ONCE]))
        took = time.perf_counter() - begin
        return {"sockets": len(self.phones), "seconds": took}

    async def look(self, address: str, code: str, cookie: str, token: str) -> Content:
        """Let one person in and out again; return how long their snapshot took, and its bytes."""
        phone = Phone(0)
        phone.cookies = {cookie: token}
        begin = time.perf_counter()
        await phone.come_in(address, f"/ws/s/{code}/?as=phone")
        welcome = await phone.say_hello({})
        took = time.perf_counter() - begin
        assert phone.socket is not None
        phone.socket.abort()
        told = {"you": welcome["you"], "snapshot": welcome["snapshot"]}
        return {"hello_ms": took * 1000, "bytes": len(json.dumps(told, separators=(",", ":")).encode())}

    async def _come_in(self, phone: Phone, address: str, path: str) -> None:
        await phone.come_in(address, path)
        await phone.say_hello({})

    async def _ping_slowly(self) -> None:
        while True:
            pause = self.phones[0].ping / len(self.phones)
            for number, phone in enumerate(self.phones):
                if phone.socket is not None and phone.epoch and not phone.socket.transport.is_closing():
                    phone.socket.send_text(PINGS)
                if number % 50 == 49:
                    await asyncio.sleep(50 * pause)
            await asyncio.sleep(1)

    async def tick(self, round: str, items: list[str], ticks: int) -> Content:
        """Move a dot every second; return how long until each phone had the tally of it."""
        for phone in self.phones[:8]:
            phone.tap += 1
            self._vote(phone, round, items[0], 1)
        await asyncio.sleep(3)
        waits: list[float] = []
        sent_at = 0.0

        def hear(payload: bytes) -> None:
            if payload.startswith(b'{"now"'):
                waits.append(time.perf_counter() - sent_at)

        for phone in self.phones:
            assert phone.socket is not None
            phone.socket.on_text = hear
        for number in range(ticks):
            phone = self.phones[number % 8]
            phone.tap += 1
            sent_at = time.perf_counter()
            self._vote(phone, round, items[1 + number // 8 % (len(items) - 1)], 1)
            await asyncio.sleep(1)
        await asyncio.sleep(2)
        open_still = sum(1 for phone in self.phones if phone.socket and not phone.socket.transport.is_closing())
        return {
            "sockets": open_still,
            "ticks": ticks,
            "frames_missing": max(0, ticks * open_still - len(waits)),
            "tick_p50_ms": percentile(waits, 0.5) * 1000,
            "tick_p99_ms": percentile(waits, 0.99) * 1000,
        }
