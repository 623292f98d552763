"""Attackers that look like a crowd: people who are let in and give commands, and browsers that do not read."""

from __future__ import annotations

import asyncio
import contextlib
import json
import select
import socket
from typing import Any
from uuid import uuid4

from tests.conversation import join
from tests.server import ROOT

from .attack import Attack

SECTORS = ("onderwijs", "onderzoek", "ondernemers", "overheden")
TAPS_PER_S = 12


async def phones(attack: Attack) -> None:
    """One client joins MANY times, connects a phone each, and lets each change its O twelve times a second."""

    door = asyncio.Semaphore(8)

    async def one(number: int) -> None:
        async with door:
            cookies = await join(attack.base, attack.code, SECTORS[number % 4])
        line = await attack.socket(cookies)
        inbox: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        line.on_text = lambda text: inbox.put_nowait(json.loads(text))
        line.on_close = lambda _: inbox.put_nowait(None)

        async def ask(re: int, do: str, content: dict[str, Any]) -> dict[str, Any] | None:
            key = {} if do == "hello" else {"key": str(uuid4())}
            line.send_text(json.dumps({"id": re, "do": do, "with": content} | key).encode())
            while (told := await inbox.get()) is not None and told.get("re") != re:
                pass
            return told

        welcome = await ask(1, "hello", {"protocol": 2, "lang": "nl"})
        assert welcome is not None and "ok" in welcome, welcome
        attack.saw["let in"] += 1
        sectors = [sector["id"] for sector in welcome["ok"]["snapshot"]["sectors"]]
        re = 1
        while attack.goes_on:
            re += 1
            told = await ask(re, "sector.change", {"sector": sectors[re % len(sectors)]})
            if told is None:
                attack.saw["closed"] += 1
                return
            attack.saw[told["error"]["code"] if "error" in told else "stored"] += 1
            await asyncio.sleep(1 / TAPS_PER_S)

    await attack.together(one)


def is_cut(line: socket.socket) -> bool:
    """Whether the other side has ended the connection. What came before can still be read for long after that."""
    poll = select.poll()
    poll.register(line, select.POLLRDHUP)
    return any(events & (select.POLLRDHUP | select.POLLHUP | select.POLLERR) for _, events in poll.poll(0))


async def readers(attack: Attack) -> None:
    """One after the other ask for the largest file there is, and read a byte a second."""
    largest = max((ROOT / "frontend" / "dist" / "assets").glob("*.js"), key=lambda path: path.stat().st_size)
    asked = f"GET /static/assets/{largest.name} HTTP/1.1\r\nHost: 127.0.0.1:{attack.port}\r\n\r\n".encode()

    async def one(number: int) -> None:
        await asyncio.sleep(number / attack.many * attack.seconds / 2)
        with socket.socket() as line, contextlib.suppress(OSError):
            # Else the system itself would take it all: over loopback its packets are large.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
            line.setblocking(False)
            await attack.loop.sock_connect(line, ("127.0.0.1", attack.port))
            began = attack.loop.time()
            attack.saw["asked"] += 1
            try:
                await attack.loop.sock_sendall(line, asked)
                byte = b"?"
                while byte and attack.goes_on and not is_cut(line):
                    byte = await attack.loop.sock_recv(line, 1)
                    await asyncio.sleep(1)
            finally:
                lasted = round(attack.loop.time() - began)
                attack.saw["slowest"] = max(attack.saw["slowest"], lasted)
                attack.saw["ended"] += attack.goes_on

    await attack.together(one)
