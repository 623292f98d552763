"""Rounds of every ballot, one after the other, by the same phones: everybody votes at once, as fast as is answered."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from sessions.management.simulation.websocket import TEXT, frame

from .answers import Answer, Voter
from .phone import Content, Phone
from .processes import cpu_of
from .watching import Watching
from .wire import percentile

COUNTED = 0.98
"""The rate is that of so large a part of the commands, as in the burst: the last phones wait for nobody."""


class Casting(Watching):
    async def open_vote(self, address: str, code: str, cookies: dict[str, str], step: str, rest: float) -> Content:
        """Open the next vote at a console, and let everybody rest so many seconds."""
        console = Phone(0)
        console.cookies = cookies
        await console.come_in(address, f"/ws/s/{code}/?as=console")
        await console.say_hello({})
        answered: asyncio.Future[Content] = asyncio.get_running_loop().create_future()

        def hear(payload: bytes) -> None:
            if payload.startswith(b'{"re":1,') and not answered.done():
                answered.set_result(json.loads(payload))

        socket = console.socket
        assert socket is not None
        socket.on_text = hear
        key = f"c0000000-0000-4000-8000-{int(time.time() * 1000):012x}"
        socket.send_text(json.dumps({"id": 1, "do": "step.open", "key": key, "with": {"step": step}}).encode())
        told = await asyncio.wait_for(answered, 60)
        socket.abort()
        assert "error" not in told, told
        self._stop_pinging()
        self._pinging = asyncio.create_task(self._ping())
        await asyncio.sleep(rest)
        return {}

    async def cast_all(self, pid: int, vote: dict[str, Any], commands: int, store: str) -> Content:
        """Everybody sends so many commands, the next the moment the last is answered.

        What was acknowledged goes to the file `store`, to be compared with the database.
        """
        plans = [self._plan(phone, vote, commands) for phone in self.phones]
        await self._be_quiet()
        gone = sum(phone.socket is None or phone.socket.transport.is_closing() for phone in self.phones)
        assert gone == 0, f"{gone} phones were closed before the round"
        whole = len(self.phones) * commands
        counted = int(whole * COUNTED)
        reached: asyncio.Future[tuple[float, float]] = asyncio.get_running_loop().create_future()
        all_in: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        answered = refused = votes = votes_in_time = 0

        def send(phone: Phone) -> None:
            phone.sent_at = time.perf_counter()
            phone.socket.transport.write(phone.out[len(phone.acks)])  # type: ignore[union-attr]

        def hear_as(phone: Phone, plan: list[Answer]) -> Any:
            def hear(payload: bytes) -> None:
                nonlocal answered, refused, votes, votes_in_time
                if payload.startswith(b'{"from"'):
                    phone.take_shared(payload)
                    return
                if not payload.startswith(b'{"re":'):
                    return
                if b'"seq":' in payload:
                    votes += plan[len(phone.acks)].votes
                    phone.acks.append((1, time.perf_counter() - phone.sent_at))
                elif b'"error":' in payload:
                    refused += 1
                    phone.acks.append((0, 0.0))
                else:
                    return
                answered += 1
                if answered == counted:
                    votes_in_time = votes
                    reached.set_result((time.perf_counter(), cpu_of(pid)))
                if answered == whole:
                    all_in.set_result(None)
                if len(phone.acks) < len(phone.out):
                    send(phone)

            return hear

        for phone, plan in zip(self.phones, plans, strict=True):
            assert phone.socket is not None
            phone.out = [frame(TEXT, answer.text) for answer in plan]
            phone.acks = []
            phone.socket.on_text = hear_as(phone, plan)
        cpu, own = cpu_of(pid), time.process_time()
        begin = time.perf_counter()
        for phone in self.phones:
            send(phone)
        at, cpu_then = await asyncio.wait_for(reached, 120)
        took, spent = at - begin, cpu_then - cpu
        share = (time.process_time() - own) / took
        await asyncio.wait_for(all_in, 60)
        self._pinging = asyncio.create_task(self._ping())
        _keep(Path(store), self.phones, plans)
        waits = [wait for phone in self.phones for good, wait in phone.acks if good]
        return {
            "phones": len(self.phones),
            "commands": counted,
            "votes": votes_in_time,
            "seconds": took,
            "votes_per_s": votes_in_time / took,
            "commands_per_s": counted / took,
            "refused": refused,
            "server_us_per_command": spent / counted * 1e6,
            "server_us_per_vote": spent / max(1, votes_in_time) * 1e6,
            "ack_p50_ms": percentile(waits, 0.5) * 1000,
            "ack_p99_ms": percentile(waits, 0.99) * 1000,
            "generator_cpu_share": share,
        }

    def _plan(self, phone: Phone, vote: dict[str, Any], commands: int) -> list[Answer]:
        voter = Voter(number=phone.number, vote=vote)
        plan = []
        for _ in range(commands):
            phone.tap += 1
            plan.append(voter.answer(tap=phone.tap))
        return plan


def _keep(store: Path, phones: list[Phone], plans: list[list[Answer]]) -> None:
    acked = [
        [phone.number, answer.tap, answer.marks]
        for phone, plan in zip(phones, plans, strict=True)
        for answer, (good, _) in zip(plan, phone.acks, strict=True)
        if good
    ]
    store.write_text(json.dumps(acked))
