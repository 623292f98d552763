"""One phone of the load, and what it will send."""

from __future__ import annotations

import asyncio
import json
from random import Random
from typing import Any

from sessions.management.simulation.websocket import WebSocket, connect

Content = dict[str, Any]


class Phone:
    """One socket of one person, and what is counted of it."""

    __slots__ = ("acks", "cookies", "epoch", "frames", "number", "out", "ping", "sent_at", "seq", "socket", "tap")

    def __init__(self, number: int) -> None:
        self.number = number
        self.cookies: dict[str, str] = {}
        self.socket: WebSocket | None = None
        self.epoch, self.seq, self.ping = "", 0, 5
        self.tap = 0
        self.out: list[bytes] = []
        self.sent_at = 0.0
        self.acks: list[tuple[int, float]] = []
        """Number of the line, seconds from tap to acknowledgement."""
        self.frames: list[tuple[int, float]] = []
        """Tally frames: up to which line, when they came."""

    def take_shared(self, payload: bytes) -> None:
        """Move the cursor, so that a return asks only for what was missed."""
        at = payload.index(b'"to":')
        self.seq = int(payload[at + 5 : payload.index(b",", at)])

    async def come_in(self, address: str, path: str) -> None:
        self.socket = await connect(address + path, cookies=self.cookies, patience=120)

    async def say_hello(self, content: Content) -> Content:
        """Return the welcome."""
        assert self.socket is not None
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

        def hear(payload: bytes) -> None:
            if payload.startswith(b'{"re":0,') and not answered.done():
                answered.set_result(payload)

        self.socket.on_text = hear
        self.socket.on_close = lambda code: answered.done() or answered.set_exception(ConnectionError(str(code)))
        hello = {"id": 0, "do": "hello", "with": {"protocol": 2, "lang": "nl", **content}}
        self.socket.send_text(json.dumps(hello).encode())
        found: Content = json.loads(await answered)
        welcome: Content = found["ok"]
        self.epoch, self.seq, self.ping = welcome["epoch"], welcome["seq"], welcome["ping"]
        self.socket.on_text = lambda payload: payload.startswith(b'{"from"') and self.take_shared(payload)
        self.socket.on_close = lambda _: None
        return welcome


def plan_votes(
    phone: Phone, round: str, items: list[str], *, votes: int, budget: int
) -> list[tuple[bytes, str, str, int, int]]:
    """Return what a phone will send: text, key, item, value, tap. Dots are put, stacked, moved, taken back."""
    chance = Random(phone.number)
    stand = dict.fromkeys(items, 0)
    plan = []
    for _ in range(votes):
        placed = [item for item, value in stand.items() if value]
        if sum(stand.values()) < budget and (not placed or chance.random() < 0.8):
            item = chance.choice([item for item, value in stand.items() if value < 2])
            stand[item] += 1
        else:
            item = chance.choice(placed)
            stand[item] -= 1
        phone.tap += 1
        key = f"b{phone.tap:07x}-0000-4000-8000-{phone.number:012x}"
        text = vote_text(phone, round, item, stand[item], key=f"b{phone.tap:07x}")
        plan.append((text, key, item, stand[item], phone.tap))
    return plan


def vote_text(phone: Phone, round: str, item: str, value: int, *, key: str) -> bytes:
    content = {"round": round, "item": item, "value": value, "tap": phone.tap}
    key = f"{key}-0000-4000-8000-{phone.number:012x}"
    return json.dumps({"id": phone.tap, "do": "vote.cast", "key": key, "with": content}).encode()
