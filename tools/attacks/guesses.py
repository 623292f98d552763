"""Guessing join codes by page, API and socket at the same time, while a room that is in goes on working.

    figures = run("http://127.0.0.1:8000", "Q565GJ")

Stops by itself, after `guesses` tries or `seconds`, and raises AssertionError when the brake let more through than it
promises, when somebody who was in was refused, or when they had to wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import statistics
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import httpx
import websockets

from sessions.live.guess_limiter import CODES
from sessions.models.ids import CODE_ALPHABET
from tests.conversation import PLAIN, Talk, join

PEOPLE = 40
GUESSERS = 4
"""At the same time, by each door."""
QUIET_S = 5.0
"""How long the room is watched before the attack, to tell its share from that of a busy machine."""
P99_MS = 500.0
SECTORS = ("onderwijs", "onderzoek", "ondernemers", "overheden")

Doors = dict[str, Counter[str]]


def run(
    base_url: str,
    known_code: str,
    *,
    guesses: int = 6_000,
    seconds: float = 60.0,
    p99_ms: float | None = P99_MS,
) -> dict[str, Any]:
    """Attack the server at this address, which must be of this machine; return what was reached.

    `p99_ms`: how long people who were in may wait; None where the machine does other things as well.
    """
    host = urlsplit(base_url).hostname
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("Only a server on this machine is attacked.")
    return asyncio.run(_attack(base_url, known_code, guesses=guesses, seconds=seconds, p99_ms=p99_ms))


async def _attack(base: str, code: str, *, guesses: int, seconds: float, p99_ms: float | None) -> dict[str, Any]:
    room = _Insiders(base, code)
    await room.come_in()
    working = asyncio.create_task(room.work())
    await asyncio.sleep(QUIET_S)
    before, room.latencies = room.latencies, []
    doors: Doors = {"page": Counter(), "api": Counter(), "socket": Counter()}
    began = time.monotonic()
    end = began + seconds
    numbers = itertools.islice(_wrong_codes(known=code), guesses)
    try:
        async with httpx.AsyncClient(verify=PLAIN, base_url=base, timeout=30) as client:
            tries = {"page": _by_page, "api": _by_api, "socket": _by_socket}
            guessers = [
                _guess(tries[door], client, numbers, doors[door], end) for door in doors for _ in range(GUESSERS)
            ]
            await asyncio.gather(*guessers)
            took = time.monotonic() - began
            # They are in the room's network, so its code is taken, and from anybody new as well.
            let_in = [await tries[door](client, code) for door in doors]
    finally:
        room.is_over = True
        await working
        await room.leave()
    return _judge(doors, room, took=took, let_in=let_in, before=before, p99_ms=p99_ms)


def _judge(
    doors: Doors, room: _Insiders, *, took: float, let_in: list[str], before: list[float], p99_ms: float | None
) -> dict[str, Any]:
    """Sum up, and hold it against what is promised."""
    answers = sum(doors.values(), Counter())
    plain, further, _, _ = CODES
    back = took / 60
    figures: dict[str, Any] = {
        "attempts": answers.total(),
        "answered_as_wrong": answers["unknown"],
        "evaluated_at_most": round(plain.burst + further.burst + back * (plain.per_minute + further.per_minute)),
        "refused": answers["wait"],
        "doors": {door: dict(found) for door, found in doors.items()},
        "seconds": round(took, 1),
        "right_code_after": let_in,
        "people": PEOPLE,
        "their_acts": len(room.latencies),
        "their_refusals": room.refusals,
        "their_median_ms": round(statistics.median(room.latencies), 1),
        "their_p99_ms": _p99(room.latencies),
        "their_p99_ms_before": _p99(before),
    }
    problems = []
    # What is answered as wrong is counted exactly; what is looked at beyond that looks like a refusal from outside.
    if answers["unknown"] > plain.burst + back * plain.per_minute + 1:
        problems.append("more codes were answered as wrong than the brake promises")
    if answers["unknown"] + answers["wait"] + answers[UNANSWERED] != answers.total():
        problems.append("some guesses were answered otherwise")
    if let_in != ["in"] * 3:
        problems.append("the room's own code was refused")
    if room.refusals:
        problems.append("people who were in were refused")
    if p99_ms is not None and figures["their_p99_ms"] > p99_ms:
        problems.append("people who were in had to wait")
    if problems:
        raise AssertionError(f"{'; '.join(problems)}: {json.dumps(figures)}")
    return figures


def _p99(latencies: list[float]) -> float:
    return round(sorted(latencies)[int(len(latencies) * 0.99)], 1)


UNANSWERED = "closed before an answer"
"""The registry of strangers closed it to make room: that tells nothing of the code."""


# -- guessing ----------------------------------------------------------------------------------------------------


def _wrong_codes(*, known: str) -> Any:
    chance = random.Random(1)
    seen = {known}
    while True:
        code = "".join(chance.choice(CODE_ALPHABET) for _ in range(6))
        if code not in seen:
            seen.add(code)
            yield code


async def _guess(knock: Any, client: httpx.AsyncClient, numbers: Any, answers: Counter[str], end: float) -> None:
    for code in numbers:
        answers[await knock(client, code)] += 1
        if time.monotonic() > end:
            return


def _told(status: int) -> str:
    return {200: "in", 404: "unknown", 429: "wait"}.get(status, f"status {status}")


async def _by_page(client: httpx.AsyncClient, code: str) -> str:
    return _told((await client.get(f"/join/{code}/", headers={"Cookie": ""})).status_code)


async def _by_api(client: httpx.AsyncClient, code: str) -> str:
    return _told((await client.get(f"/api/v1/sessions/{code}", headers={"Cookie": ""})).status_code)


async def _by_socket(client: httpx.AsyncClient, code: str) -> str:
    address = f"{str(client.base_url).rstrip('/').replace('http', 'ws', 1)}/ws/s/{code}/?as=phone"
    try:
        connected = await websockets.connect(address, compression=None)
    except (websockets.InvalidMessage, OSError):
        return UNANSWERED
    async with connected as socket:
        with contextlib.suppress(websockets.ConnectionClosed):  # what it was told is read all the same
            await socket.send('{"id": 1, "do": "hello", "with": {"protocol": 2, "lang": "nl"}}')
        try:
            error = str(json.loads(await asyncio.wait_for(socket.recv(), 30))["error"]["code"])
        except websockets.ConnectionClosed:
            return "closed without a word"
        with contextlib.suppress(websockets.ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 30)
    found = {
        ("session.unknown", 4500): "unknown",
        ("rate.slow_down", 4002): "wait",
        ("auth.not_joined", 4500): "in",  # the code was taken; without a cookie nobody goes further
    }
    return found.get((error, socket.close_code or 0), f"{error} {socket.close_code}")


# -- the room ----------------------------------------------------------------------------------------------------


class _Insiders:
    """People who joined before: they change their O, load their page and come back, again and again."""

    def __init__(self, base: str, code: str) -> None:
        self.base, self.code = base, code
        self.latencies: list[float] = []
        self.refusals = 0
        self.is_over = False
        self._cookies: list[dict[str, str]] = []
        self._talks: list[Talk] = []
        self._client = httpx.AsyncClient(verify=PLAIN, base_url=base, timeout=30)

    async def come_in(self) -> None:
        for number in range(PEOPLE):
            self._cookies.append(await join(self.base, self.code, SECTORS[number % 4]))
            self._talks.append(await self._talk(number))

    async def work(self) -> None:
        await asyncio.gather(*(self._live(number) for number in range(PEOPLE)))

    async def leave(self) -> None:
        await asyncio.gather(*(talk.close() for talk in self._talks))
        await self._client.aclose()

    async def _talk(self, number: int) -> Talk:
        return await Talk(base=self.base, code=self.code, role="phone", cookies=self._cookies[number]).connect()

    async def _live(self, number: int) -> None:
        await asyncio.sleep(3 * number / PEOPLE)
        sectors = [found["id"] for found in self._talks[number].snapshot["sectors"]]
        for turn in itertools.count(number):
            if self.is_over:
                return
            await self._act(lambda: self._talks[number].call("sector.change", {"sector": sectors[turn % 4]}))  # noqa: B023
            if turn % 5 == 0:
                await self._act(lambda: self._load_page(number))
            if turn % 5 == 2:
                await self._act(lambda: self._come_back(number))
            # One change of O in two and a half seconds is what one person may ask for.
            await asyncio.sleep(3)

    async def _act(self, act: Any) -> None:
        began = time.monotonic()
        try:
            await act()
        except Exception:
            self.refusals += 1
            raise
        self.latencies.append((time.monotonic() - began) * 1000)

    async def _load_page(self, number: int) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies[number].items())
        (await self._client.get(f"/s/{self.code}/", headers={"Cookie": cookie})).raise_for_status()

    async def _come_back(self, number: int) -> None:
        await self._talks[number].close()
        self._talks[number] = await self._talk(number)
