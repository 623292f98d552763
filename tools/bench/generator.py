"""The load: phones that join, watch, vote as fast as they are answered, and come back. A process of its own.

Reads one line of JSON per task from standard input and answers with one. As light as it can be, for it shares the
machine with what it measures: frames are taken apart by position, what is sent was written down before the clock runs.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from sessions.management.simulation.websocket import TEXT, frame

from .casting import Casting
from .grouping import Grouping
from .holding import Holding
from .phone import Content, Phone, plan_votes
from .polling import Polling
from .processes import cpu_of
from .wire import HttpConnection, cookie_of, percentile


class Load(Polling, Holding, Grouping, Casting):
    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self.addresses: list[str] = []

    # -- coming in -----------------------------------------------------------------------------------------------

    async def join(
        self, address: str, code: str, sectors: list[str], phones: int, others: list[str] | None = None
    ) -> Content:
        """All at once: the page with the O's, the O chosen, the phone's page, the socket, the snapshot.

        `others`: more servers of the same session; phones go to each by turns.
        """
        self.addresses = [address, *(others or [])]
        self.path = f"/ws/s/{code}/?as=phone"
        self.phones = [Phone(number) for number in range(phones)]
        self._pinging = asyncio.create_task(self._ping())
        took: list[float] = []
        pages: list[float] = []
        begin = time.perf_counter()

        async def come(phone: Phone) -> None:
            address = self.addresses[phone.number % len(self.addresses)]
            async with HttpConnection(address) as connection:
                status, _, _ = await connection.ask("GET", f"/join/{code}/")
                assert status == 200, status
                body = json.dumps({"sector": sectors[phone.number % len(sectors)]}).encode()
                media = {"Content-Type": "application/json"}
                path = f"/api/v1/sessions/{code}/participants"
                status, told, answer = await connection.ask("POST", path, headers=media, body=body)
                assert status == 201, (status, answer)
                name, value = cookie_of(told, "p_")
                phone.cookies = {name: value}
                status, _, _ = await connection.ask("GET", f"/s/{code}/", headers={"Cookie": f"{name}={value}"})
                assert status == 200, status
            pages.append(time.perf_counter() - begin)
            await phone.come_in(address, self.path)
            welcome = await phone.say_hello({})
            assert welcome["snapshot"]["rounds"][0]["open"]
            took.append(time.perf_counter() - begin)

        await asyncio.gather(*(come(phone) for phone in self.phones))
        return {"phones": phones, "seconds": max(took), "pages_seconds": max(pages)}

    async def look_in(self, address: str) -> Content:
        """One phone comes and goes: the server loads what it keeps of a session, however many are in it."""
        await self._drop()
        await self.phones[0].come_in(address, self.path)
        await self.phones[0].say_hello({})
        await self._drop()
        return {}

    async def come_back(self, address: str) -> Content:
        """Everybody at once after a restart, resuming; until each has all that was missed."""
        await self._drop()
        begin = time.perf_counter()
        resumed = 0

        async def come(phone: Phone) -> None:
            nonlocal resumed
            await phone.come_in(address, self.path)
            welcome = await phone.say_hello({"epoch": phone.epoch, "seq": phone.seq})
            resumed += "events" in welcome

        await asyncio.gather(*(come(phone) for phone in self.phones))
        return {"phones": len(self.phones), "seconds": time.perf_counter() - begin, "resumed": resumed}

    async def connect(self, address: str, phones: int) -> Content:
        """Sockets only, for the servers that know no people."""
        await self._drop()
        self.path = "/"
        self.phones = [Phone(number) for number in range(phones)]
        for some in range(0, phones, 50):
            await asyncio.gather(*(phone.come_in(address, "/") for phone in self.phones[some : some + 50]))
        return {}

    async def _drop(self) -> None:
        self._stop_pinging()
        for phone in self.phones:
            if phone.socket is not None:
                phone.socket.abort()
        await asyncio.sleep(0.2)

    # -- the burst -----------------------------------------------------------------------------------------------

    async def burst(
        self, pids: list[int], round: str, items: list[str], votes: int, budget: int, kill_at: float, store: str
    ) -> Content:
        """Everybody votes at once, the next tap the moment the last is acknowledged; then `kill -9` of all servers.

        What was acknowledged and when tallies came goes to the file `store`, to be compared with the database.
        """
        await self._be_quiet()
        gone = sum(phone.socket is None or phone.socket.transport.is_closing() for phone in self.phones)
        assert gone == 0, f"{gone} phones were closed before the burst"
        plans = [plan_votes(phone, round, items, votes=votes, budget=budget) for phone in self.phones]
        for phone, plan in zip(self.phones, plans, strict=True):
            phone.out = [frame(TEXT, text) for text, *_ in plan]
            phone.acks, phone.frames = [], []
        target = int(len(self.phones) * votes * kill_at)
        done = asyncio.get_running_loop().create_future()
        acked, refused, begin = 0, 0, time.perf_counter()
        killed_at = spent = 0.0
        cpu = sum(map(cpu_of, pids))

        def end() -> None:
            nonlocal killed_at, spent
            if not done.done():
                spent = sum(map(cpu_of, pids)) - cpu
                killed_at = time.time()
                for pid in pids:
                    os.kill(pid, signal.SIGKILL)
                done.set_result(time.perf_counter() - begin)

        def tap(phone: Phone) -> None:
            at = len(phone.acks)
            if at < votes:
                phone.sent_at = time.perf_counter()
                phone.socket.transport.write(phone.out[at])  # type: ignore[union-attr]

        def hear_as(phone: Phone) -> Any:
            def hear(payload: bytes) -> None:
                nonlocal acked, refused
                if payload.startswith(b'{"re":'):
                    at = payload.find(b'"seq":')
                    if at < 0:
                        refused += 1
                        phone.acks.append((0, 0.0))
                    else:
                        number = int(payload[at + 6 : payload.index(b",", at)])
                        phone.acks.append((number, time.perf_counter() - phone.sent_at))
                        acked += 1
                    if acked + refused >= target:
                        end()
                    tap(phone)
                elif payload.startswith(b'{"now"'):
                    phone.frames.append((int(payload[payload.rindex(b":") + 1 : -1]), time.time()))
                elif payload.startswith(b'{"from"'):
                    phone.take_shared(payload)

            return hear

        for phone in self.phones:
            assert phone.socket is not None
            phone.socket.on_text = hear_as(phone)
        begun_at, cpu, own = time.time(), sum(map(cpu_of, pids)), time.process_time()
        begin = time.perf_counter()
        for phone in self.phones:
            tap(phone)
        took = await asyncio.wait_for(done, 120)
        in_time = acked
        await asyncio.sleep(0.5)  # what was on its way still comes in
        waits = [wait for phone in self.phones for number, wait in phone.acks if number]
        Path(store).write_text(  # noqa: ASYNC240 - nothing is measured any more
            json.dumps(
                {
                    "acked": [
                        [key, number, item, value, tap]
                        for phone, plan in zip(self.phones, plans, strict=True)
                        for (_, key, item, value, tap), (number, _) in zip(plan, phone.acks, strict=False)
                        if number
                    ],
                    "sent": [key for plan in plans for _, key, *_ in plan],
                    "frames": [phone.frames for phone in self.phones],
                    "killed_at": killed_at,
                    "begun_at": begun_at,
                }
            )
        )
        return {
            "phones": len(self.phones),
            "votes": in_time,
            "seconds": took,
            "votes_per_s": in_time / took,
            "refused": refused,
            "server_us_per_vote": spent / max(1, in_time) * 1e6,
            "ack_p50_ms": percentile(waits, 0.5) * 1000,
            "ack_p99_ms": percentile(waits, 0.99) * 1000,
            "ack_max_ms": max(waits) * 1000,
            "generator_cpu_share": (time.process_time() - own) / (took + 0.5),
        }


async def serve(load: Load) -> None:
    """Answer questions, one line of JSON each, until there are no more."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
        task = json.loads(line)
        try:
            answer = await getattr(load, task["do"])(**task["with"])
        except Exception:
            answer = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main(load: type[Load]) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))

    async def run() -> None:
        await serve(load())

    asyncio.run(run())


if __name__ == "__main__":
    main(Load)
