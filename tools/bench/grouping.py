"""Phones that sit in groups: what a change that is told to one group costs, and how long until the group has it."""

from __future__ import annotations

import asyncio
import json
import time

from .phone import Content
from .processes import cpu_of
from .watching import Watching
from .wire import percentile

AT_ONCE = 8
"""Groups in which somebody writes at the same moment, four times a second."""
PAUSE_S = 0.25


class Grouping(Watching):
    async def write_in_groups(
        self, pid: int, seconds: float, groups: int, step: str, pillar: str, cards: int
    ) -> Content:
        """Let people write cards, in other groups each time. Phone number n sits in group n modulo `groups`.

        `cards`: how many one person may write. `outside`: how often a phone of another group was sent one.
        """
        await self._be_quiet()
        sent: dict[bytes, tuple[int, float]] = {}
        waits: list[float] = []
        outside = size = refused = 0

        def hear_as(number: int) -> object:
            def hear(payload: bytes) -> None:
                nonlocal outside, size, refused
                if payload.startswith(b'{"re":'):
                    refused += b'"error"' in payload
                    return
                at = payload.find(b"kaart-")
                while at >= 0:
                    writer, begun = sent[payload[at + 6 : at + 12]]
                    if writer % groups != number % groups:
                        outside += 1
                    elif writer != number:
                        waits.append(time.perf_counter() - begun)
                        size += len(payload)
                    at = payload.find(b"kaart-", at + 12)

            return hear

        for phone in self.phones:
            assert phone.socket is not None
            phone.socket.on_text = hear_as(phone.number)
        changes = min(int(seconds / PAUSE_S) * AT_ONCE, len(self.phones) * cards)
        begin, cpu, own = time.perf_counter(), cpu_of(pid), time.process_time()
        for number in range(changes):
            phone = self.phones[number % len(self.phones)]
            phone.tap += 1
            name = f"{number:06d}"
            card = {"step": step, "text": f"kaart-{name}", "aspect": "both", "lang": "nl", "pillar": pillar}
            key = f"c{phone.tap:07x}-0000-4000-8000-{phone.number:012x}"
            text = json.dumps({"id": phone.tap, "do": "card.write", "key": key, "with": card}).encode()
            sent[name.encode()] = (phone.number, time.perf_counter())
            assert phone.socket is not None
            phone.socket.send_text(text)
            if number % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(PAUSE_S)
        took = time.perf_counter() - begin
        await asyncio.sleep(2)  # what is on its way
        spent = cpu_of(pid) - cpu
        # Whoever writes knows the card; how long it took is of the others of the group.
        people = [len(self.phones[number % groups :: groups]) for number in range(groups)]
        expected = sum(people[self.phones[number % len(self.phones)].number % groups] - 1 for number in range(changes))
        return {
            "groups": groups,
            "changes": changes,
            "seconds": took,
            "refused": refused,
            "delivered": len(waits),
            "missing": max(0, expected - len(waits)),
            "outside": outside,
            "us_per_change": spent / max(1, changes) * 1e6,
            "bytes_per_frame": size / max(1, len(waits)),
            "told_p50_ms": percentile(waits, 0.5) * 1000,
            "told_p99_ms": percentile(waits, 0.99) * 1000,
            "generator_cpu_seconds": time.process_time() - own,
        }
