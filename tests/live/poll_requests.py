"""Requests of a long poll, one by one, as a test sends them."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

from ..conversation import Frame, join
from ..server import RunningServer

HELLO = {"id": 1, "do": "hello", "with": {"protocol": 2, "lang": "en"}}


def ping(number: int) -> Frame:
    return {"id": number, "do": "ping", "with": {}}


class Requests:
    """A phone's end of a long poll, one request at a time."""

    def __init__(self, base: str, code: str, cookies: dict[str, str]) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = {"Cookie": cookie, "Origin": base, "Content-Type": "application/json"}
        self.path = f"/http/s/{code}/?as=phone&line={secrets.token_urlsafe(24)}"
        self.browser = httpx.AsyncClient(base_url=base, headers=headers, timeout=60)

    async def ask(self, body: dict[str, Any]) -> httpx.Response:
        return await self.browser.post(self.path, json=body)

    async def close(self) -> None:
        await self.ask({"end": True})
        await self.browser.aclose()


async def open_poll(server: RunningServer, *, who: dict[str, str] | None = None) -> Requests:
    """Return a phone's end of a long poll on which nothing was said yet."""
    cookies = await join(server.base, server.code, "onderwijs") if who is None else who
    return Requests(server.base, server.code, cookies)


async def ask(poll: Requests, **body: Any) -> Frame:
    answer = await poll.ask(body)
    assert answer.status_code == 200, answer.text
    told: Frame = answer.json()
    return told


async def hear(poll: Requests, have: int, *numbers: int) -> Frame:
    """Poll until the answers to these frames have come; what all are sent may come before. Return what was told."""
    told: Frame = {"have": have, "closed": None}
    frames: list[Frame] = []
    while not set(numbers) <= {frame.get("re") for frame in frames}:
        assert told["closed"] is None, told
        told = await ask(poll, have=told["have"])
        frames += told["frames"]
    return told | {"frames": frames}


def room_of(frame: Frame) -> Frame:
    now = frame.get("now")
    room: Frame = (now.get("room") or {}) if isinstance(now, dict) else {}
    return room
