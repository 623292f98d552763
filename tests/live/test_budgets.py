"""What a socket may send before its owner is known: floods are told so and cut off."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from sessions.live.limits import ELSE_BURST, ELSE_PER_SECOND, STRANGER_TIMES, Budget
from sessions.management.simulation.websocket import PING, TEXT, WebSocket, connect, frame

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


class Flooding:
    """A socket of one that floods. It goes when it is told to: the server does not read it any more, and would wait."""

    def __init__(self, socket: WebSocket) -> None:
        self.told: list[dict[str, Any]] = []
        self._socket = socket
        self._welcomed, self._closed = asyncio.Event(), asyncio.Event()
        socket.on_text = self._hear
        socket.on_close = lambda _: self._closed.set()

    async def come_in(self) -> None:
        self._socket.transport.write(frame(TEXT, HELLO))
        await asyncio.wait_for(self._welcomed.wait(), 25)
        self.told.clear()

    async def send(self, packet: bytes) -> int:
        """Send all of it at once; return the code that the socket is closed with."""
        self._socket.transport.write(packet)
        await asyncio.wait_for(self._closed.wait(), 25)
        return self._socket.code

    def _hear(self, text: bytes) -> None:
        self.told.append(json.loads(text))
        self._welcomed.set()


async def flood(
    server: RunningServer, packet: bytes, *, is_in: bool, cookies: dict[str, str] | None = None
) -> tuple[list[dict[str, Any]], int]:
    """Send a packet from a phone's socket, let in before or not; return what is told, and the close code."""
    own = await join(server.base, server.code, "onderwijs") if cookies is None else cookies
    flooding = Flooding(await connect(f"{server.base}/ws/s/{server.code}/?as=phone", cookies=own))
    if is_in:
        await flooding.come_in()
    code = await flooding.send(packet)
    return flooding.told, code


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
    for packet in (frame(PING, b"") * 1_000, b"\x01\x80\0\0\0\0" + b"\x00\x80\0\0\0\0" * 1_000):
        told, code = asyncio.run(flood(server, packet, is_in=False, cookies={}))
        assert ([found["error"]["code"] for found in told], code) == (["rate.flooded"], 4429)
