"""Phones that only watch while others vote: what a tally frame costs. And votes the stock way."""

from __future__ import annotations

import asyncio
import json
import time
from random import Random
from typing import Any

from .phone import Content, Phone, vote_text
from .processes import cpu_of
from .wire import percentile

PINGS = json.dumps({"id": 1, "do": "ping", "with": {"waiting": 0}}).encode()


class Watching:
    def __init__(self) -> None:
        self.phones: list[Phone] = []
        self._pinging: asyncio.Task[None] | None = None

    async def _ping(self) -> None:
        """As often as the server wished."""
        while True:
            for turn in range(10):
                for phone in self.phones[turn::10]:
                    if phone.socket is not None and phone.epoch and not phone.socket.transport.is_closing():
                        phone.socket.send_text(PINGS)
                await asyncio.sleep(0.4)

    async def _be_quiet(self) -> None:
        """Pings cost a little; a measurement shorter than the server's patience (12 s) does without. Everybody pings
        once more, so that it begins now."""
        self._stop_pinging()
        for phone in self.phones:
            if phone.socket is not None and not phone.socket.transport.is_closing():
                phone.socket.send_text(PINGS)
        await asyncio.sleep(0.5)  # the answers

    def _stop_pinging(self) -> None:
        if self._pinging is not None:
            self._pinging.cancel()
            self._pinging = None

    # -- watching ------------------------------------------------------------------------------------------------

    async def watch(self, pid: int, seconds: float, round: str, items: list[str]) -> Content:
        """Count tally frames and the server's CPU, while eight people each move a dot four times a second."""
        await self._be_quiet()
        voters = asyncio.create_task(self._fidget(self.phones[:8], round, items))
        await asyncio.sleep(1)
        counted = await self._count(pid, seconds)
        voters.cancel()
        await asyncio.sleep(0.3)
        for phone in self.phones[:8]:
            phone.tap += 1
            self._vote(phone, round, items[phone.number % len(items)], 0)
        await asyncio.sleep(1)
        self._pinging = asyncio.create_task(self._ping())
        return counted

    async def watch_given(self, pid: int, seconds: float, start: Content | str) -> Content:
        """The same at a server that repeats what it is given."""
        first = self.phones[0].socket
        assert first is not None
        first.send_text((start if isinstance(start, str) else json.dumps(start)).encode())
        await asyncio.sleep(1)
        return await self._count(pid, seconds)

    async def _count(self, pid: int, seconds: float) -> Content:
        counted = size = 0
        samples: dict[bytes, int] = {}

        def hear(payload: bytes) -> None:
            nonlocal counted, size
            if payload.startswith(b'{"now"'):
                counted += 1
                size += len(payload)
                if len(samples) < 50:
                    samples[payload] = 0

        for phone in self.phones:
            assert phone.socket is not None
            phone.socket.on_text = hear
        begin, cpu, own = time.perf_counter(), cpu_of(pid), time.process_time()
        await asyncio.sleep(seconds)
        counted_here, size_here = counted, size
        spent, took = cpu_of(pid) - cpu, time.perf_counter() - begin
        ordered = sorted(samples, key=len)
        return {
            "frames": counted_here,
            "seconds": took,
            "cpu_seconds": spent,
            "us_per_frame": spent / max(1, counted_here) * 1e6,
            "bytes_per_frame": size_here / max(1, counted_here),
            "generator_cpu_seconds": time.process_time() - own,
            "sample": ordered[len(ordered) // 2].decode() if ordered else "",
        }

    async def _fidget(self, phones: list[Phone], round: str, items: list[str]) -> None:
        value = 0
        while True:
            value = 1 - value
            for phone in phones:
                phone.tap += 1
                self._vote(phone, round, items[phone.number % len(items)], value)
            await asyncio.sleep(0.25)

    def _vote(self, phone: Phone, round: str, item: str, value: int) -> None:
        assert phone.socket is not None
        phone.socket.send_text(vote_text(phone, round, item, value, key=f"f{phone.tap:07x}"))

    async def stock_burst(self, people: list[int], places: list[int], seconds: float) -> Content:
        """The same at the stock server, for a bounded time: it would take minutes."""
        first = self.phones[0].socket
        assert first is not None
        first.send_text(json.dumps({"tally": places}).encode())
        acked = 0
        chance = Random(7)
        stopped = False

        def hear_as(phone: Phone, person: int) -> Any:
            def tap() -> None:
                phone.tap += 1
                content = {"id": phone.tap, "place": chance.choice(places), "person": person, "value": 1}
                phone.sent_at = time.perf_counter()
                phone.socket.send_text(json.dumps(content).encode())  # type: ignore[union-attr]

            def hear(payload: bytes) -> None:
                nonlocal acked
                if b'"re"' in payload and not stopped:
                    acked += 1
                    phone.acks.append((1, time.perf_counter() - phone.sent_at))
                    tap()

            tap()
            return hear

        begin = time.perf_counter()
        for phone, person in zip(self.phones, people, strict=False):
            assert phone.socket is not None
            phone.socket.on_text = hear_as(phone, person)
        await asyncio.sleep(seconds)
        stopped = True
        took = time.perf_counter() - begin
        waits = [wait for phone in self.phones for _, wait in phone.acks]
        return {"votes_per_s": acked / took, "ack_p99_ms": percentile(waits, 0.99) * 1000, "seconds": took}
