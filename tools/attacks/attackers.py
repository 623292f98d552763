"""What attackers do, each in a process of its own: `python -m tools.attacks.attackers NAME PORT CODE SECONDS MANY`.

They only dial 127.0.0.1, open at most MANY connections, stop after SECONDS, and print what they saw as JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from sessions.management.simulation.websocket import CONTINUATION, PING, TEXT, frame

from .attack import Attack
from .crowds import phones, readers

BODY_BYTES = 60_000_000
PIECE = b"x" * 65_536
EMPTY = frame(TEXT, b"")


async def bodies(attack: Attack) -> None:
    """60 MB to any address, with a length, and in chunks without one."""
    places = ["/", f"/join/{attack.code}/", "/nowhere/", "/static/x.js", f"/api/v1/sessions/{attack.code}/participants"]

    async def one(number: int) -> None:
        while attack.goes_on:
            number += 1
            head = f"POST {places[number % len(places)]} HTTP/1.1\r\nHost: 127.0.0.1:{attack.port}\r\n"
            is_chunked = number % 2 == 0
            head += "Transfer-Encoding: chunked\r\n\r\n" if is_chunked else f"Content-Length: {BODY_BYTES}\r\n\r\n"
            piece = b"%x\r\n%s\r\n" % (len(PIECE), PIECE) if is_chunked else PIECE
            async with attack.line() as (reader, writer):
                answer = asyncio.create_task(reader.read(12))
                taken = 0
                try:
                    writer.write(head.encode())
                    while taken < BODY_BYTES and attack.goes_on:
                        writer.write(piece)
                        await writer.drain()
                        taken += len(piece)
                except OSError:
                    pass
                with contextlib.suppress(OSError, TimeoutError):
                    status = await asyncio.wait_for(answer, 5)
                    attack.saw[status[9:12].decode() or "closed"] += 1
                attack.most_bytes = max(attack.most_bytes, taken)

    await attack.together(one)


async def idle(attack: Attack) -> None:
    """Silent connections; each is opened again when it was closed."""

    async def one(_: int) -> None:
        while attack.goes_on:
            with contextlib.suppress(OSError):
                async with attack.line() as (reader, _writer):
                    with contextlib.suppress(OSError):
                        await reader.read()
                    attack.saw["closed"] += 1
            await asyncio.sleep(0.5)

    await attack.together(one)


async def half(attack: Attack) -> None:
    """Requests of which a byte comes every second: half of them in their head, half in their body."""

    async def one(number: int) -> None:
        in_body = number % 2
        start = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + PIECE if in_body else b"GET / HTT"
        began = attack.loop.time()
        async with attack.line() as (reader, writer):
            end = asyncio.create_task(reader.read())
            with contextlib.suppress(OSError):
                writer.write(start)
                while not end.done():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.wait({end}, timeout=1)
            kind = "body" if in_body else "head"
            attack.saw[f"{kind} ended"] += 1
            attack.saw[f"{kind} slowest"] = max(attack.saw[f"{kind} slowest"], round(attack.loop.time() - began))

    await attack.together(one)


async def silent(attack: Attack) -> None:
    """Sockets that never say hello."""

    async def one(_: int) -> None:
        socket = await attack.socket()
        closed: asyncio.Future[int] = attack.loop.create_future()
        socket.on_text = lambda text: attack.saw.update([json.loads(text)["error"]["code"]])
        socket.on_close = lambda code: None if closed.done() else closed.set_result(code)
        attack.saw[str(await closed)] += 1

    await attack.together(one)


async def _flood(attack: Attack, packet: bytes, *, pause: float) -> None:
    async def one(_: int) -> None:
        while attack.goes_on:
            try:
                socket = await attack.socket()
            except OSError:
                attack.saw["no handshake"] += 1
                await asyncio.sleep(0.1)
                continue
            closed = asyncio.Event()
            socket.on_close = lambda code, closed=closed: (attack.saw.update([str(code)]), closed.set())
            while attack.goes_on and not closed.is_set():
                if socket.transport.get_write_buffer_size() < 200_000:
                    socket.transport.write(packet)
                await asyncio.sleep(pause)
            if not closed.is_set():
                socket.abort()

    await attack.together(one)


async def packets(attack: Attack) -> None:
    """Ten thousand empty text frames in a packet."""
    await _flood(attack, EMPTY * 10_000, pause=0)


async def frames(attack: Attack) -> None:
    """Empty text frames, each in a packet of its own."""
    await _flood(attack, EMPTY, pause=0)


async def pings(attack: Attack) -> None:
    """Ten thousand pings of the WebSocket protocol, then pieces of a message without an end."""
    await _flood(attack, frame(PING, b"") * 10_000 + frame(CONTINUATION, b"") * 10_000, pause=0)


async def joins(attack: Attack) -> None:
    """One client joins again and again, without its cookie."""
    left = attack.many
    body = b'{"sector":"onderwijs"}'
    request = (
        f"POST /api/v1/sessions/{attack.code}/participants HTTP/1.1\r\nHost: 127.0.0.1:{attack.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body

    async def one(_: int) -> None:
        nonlocal left
        async with attack.line() as (reader, writer):
            while left > 0 and attack.goes_on:
                left -= 1
                writer.write(request)
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
                length = re.search(r"(?i)content-length: (\d+)", head)
                if length:
                    await reader.readexactly(int(length[1]))
                else:
                    while (await reader.readuntil(b"\r\n")) != b"0\r\n":
                        pass
                    await reader.readuntil(b"\r\n")
                attack.saw[head[9:12]] += 1

    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout_at(attack.ends):
            await asyncio.gather(*(one(number) for number in range(8)))


async def requests(attack: Attack) -> None:
    """The same where the facilitator lets people in."""
    await joins(attack)


async def nothing(attack: Attack) -> None:
    """Only let the time pass: what the room needs by itself on this machine."""
    await asyncio.sleep(attack.seconds)


ATTACKERS: dict[str, Callable[[Attack], Awaitable[None]]] = {
    found.__name__: found
    for found in (nothing, bodies, idle, half, silent, readers, packets, frames, pings, phones, joins, requests)
}


async def main(name: str, port: int, code: str, seconds: float, many: int) -> dict[str, Any]:
    attack = Attack(port, code, seconds, many)
    await ATTACKERS[name](attack)
    return {"saw": dict(attack.saw), "most_bytes": attack.most_bytes}


if __name__ == "__main__":
    print(
        json.dumps(asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), int(sys.argv[5]))))
    )
