"""What a socket may send before its owner is known: floods are told so and cut off."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
import websockets

from sessions.live.limits import ELSE_BURST, ELSE_PER_SECOND, STRANGER_TIMES, Budget
from sessions.management.simulation.websocket import PING, frame

from ..conversation import join
from ..server import RunningServer


def test_the_budget_fills_up_again_until_it_is_spent() -> None:
    budget = Budget()
    assert all(budget.spend() for _ in range(int(ELSE_BURST)))
    assert not budget.spend(ELSE_BURST)
    assert not budget.spend(0), "spent is spent"
    assert ELSE_PER_SECOND >= 10 * (1 / 5 + 1 / 2), "a phone and a stage ping"
    assert ELSE_BURST / STRANGER_TIMES >= 10, "a stranger may say hello again and ping meanwhile"


KINDS = {
    "empty": b"",
    "malformed": b"{",
    "pings": b'{"id":1,"do":"ping","with":{}}',
    "hellos": b'{"id":1,"do":"hello","with":{"protocol":2,"lang":"xx"}}',
}


HELLO = b'{"id":1,"do":"hello","with":{"protocol":2,"lang":"nl"}}'


WELCOMES = 16
"""What a socket that says nothing but hello may be sent at once: each holds all that its audience may see."""


async def flood(server: RunningServer, packet: bytes, *, is_in: bool) -> tuple[list[dict[str, Any]], int | None]:
    """Send a packet from a participant's socket, let in before or not; return what is told, and the close code."""
    cookies = await join(server.base, server.code, "onderwijs")
    address = server.base.replace("http", "ws", 1) + f"/ws/s/{server.code}/?as=phone"
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    async with websockets.connect(
        address, compression=None, additional_headers={"Cookie": cookie}, max_size=2**24
    ) as line:
        if is_in:
            await line.send(HELLO.decode())
            await line.recv()
        line.transport.write(packet)
        told: list[dict[str, Any]] = []
        try:
            while True:
                told.append(json.loads(await asyncio.wait_for(line.recv(), 25)))
        except websockets.ConnectionClosed:
            return told, line.close_code


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_in", [True, False])
def test_who_sends_too_much_is_told_and_cut_off(server: RunningServer, kind: str, is_in: bool) -> None:
    told, code = asyncio.run(flood(server, frame(0x1, KINDS[kind]) * 400, is_in=is_in))
    errors = [found["error"]["code"] for found in told if "error" in found]
    assert (errors[-1], code) == ("rate.flooded", 4429), (len(told), told[-3:])
    assert len([found for found in told if found.get("re") or "error" in found]) <= ELSE_BURST + 3
    assert "Traceback" not in server.log


@pytest.mark.parametrize("is_in", [True, False])
def test_hellos_that_are_answered_cost_what_their_answers_do(server: RunningServer, is_in: bool) -> None:
    told, code = asyncio.run(flood(server, frame(0x1, HELLO) * 250, is_in=is_in))
    assert (told[-1]["error"]["code"], code) == ("rate.flooded", 4429)
    assert sum("ok" in found for found in told) <= WELCOMES


def test_pings_of_the_protocol_and_pieces_count_as_well(server: RunningServer) -> None:
    async def flood(packet: bytes) -> None:
        address = server.base.replace("http", "ws", 1) + f"/ws/s/{server.code}/?as=phone"
        async with websockets.connect(address, compression=None) as line:
            line.transport.write(packet)
            told = json.loads(await asyncio.wait_for(line.recv(), 25))
            assert told["error"]["code"] == "rate.flooded"
            await line.wait_closed()

    asyncio.run(flood(frame(PING, b"") * 1_000))
    asyncio.run(flood(b"\x01\x80\0\0\0\0" + b"\x00\x80\0\0\0\0" * 1_000))
