"""Phones in a network that lets no socket through: everybody votes over HTTP, the next tap when the last is stored."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.long_poll import LongPoll

from .phone import Content, Phone, plan_votes
from .wire import percentile


class Polling:
    async def vote_over_http(
        self,
        address: str,
        code: str,
        cookie: str,
        tokens: list[str],
        round: str,
        items: list[str],
        budget: int,
        votes: int,
    ) -> Content:
        """Let everybody in and vote; return what was acknowledged, and how long from tap to acknowledgement."""
        phones = [Phone(number) for number in range(len(tokens))]
        polls: list[LongPoll] = []
        waits: list[float] = []
        told: list[list[Any]] = []
        refused = 0

        async def come(phone: Phone) -> None:
            poll = await LongPoll(f"{address}/ws/s/{code}/?as=phone", {cookie: tokens[phone.number]}).open()
            polls.append(poll)
            phone.socket = poll  # type: ignore[assignment]
            await phone.say_hello({})

        async def vote(phone: Phone, poll: LongPoll) -> None:
            nonlocal refused
            for text, key, item, value, tap in plan_votes(phone, round, items, votes=votes, budget=budget):
                answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

                def hear(payload: bytes, answered: asyncio.Future[bytes] = answered) -> None:
                    if payload.startswith(b'{"re":') and not answered.done():
                        answered.set_result(payload)

                poll.on_text = hear
                sent_at = time.perf_counter()
                poll.send_text(text)
                answer = await answered
                at = answer.find(b'"seq":')
                if at < 0:
                    refused += 1
                    continue
                waits.append(time.perf_counter() - sent_at)
                told.append([key, int(answer[at + 6 : answer.index(b",", at)]), item, value, tap])

        came = time.perf_counter()
        await asyncio.gather(*(come(phone) for phone in phones))
        begin = time.perf_counter()
        await asyncio.wait_for(asyncio.gather(*(vote(phone, phone.socket) for phone in phones)), 120)  # type: ignore[arg-type]
        took = time.perf_counter() - begin
        for poll in polls:
            poll.abort()
        return {
            "phones": len(phones),
            "come_in_s": begin - came,
            "votes": len(told),
            "refused": refused,
            "votes_per_s": len(told) / took,
            "ack_p50_ms": percentile(waits, 0.5) * 1000,
            "ack_p99_ms": percentile(waits, 0.99) * 1000,
            "acked": told,
        }
