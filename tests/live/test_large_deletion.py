"""A large session is deleted while another one votes on."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from ..conversation import Talk
from ..server import RunningServer
from .ending import EndingSession
from .growing import grow, rows


@pytest.mark.slow
def test_a_room_votes_on_while_a_large_session_is_deleted(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker, record_property: Callable[[str, object], None]
) -> None:
    """1,000 people and 100,000 log lines go; in another room somebody's votes are stored all the while."""
    with RunningServer(data_dir=tmp_path) as server, django_db_blocker.unblock():
        large, room = EndingSession(server), EndingSession(server)
        with server.database():
            grow(large.room, people=1_000, lines=100_000)

        async def vote(talk: Talk, until_gone: Callable[[], bool]) -> list[float]:
            took: list[float] = []
            tap = int(time.time())
            while not until_gone():
                tap += 1
                began = time.monotonic()
                await talk.call(
                    "vote.cast",
                    {"round": room.round.public_id, "item": room.items[0], "value": tap % 2, "tap": tap},
                )
                took.append(time.monotonic() - began)
                await asyncio.sleep(0.1)
            return took

        async def run() -> tuple[list[float], list[float], float]:
            talk = await Talk(base=server.base, code=room.code, role="phone", cookies=room.phone).connect()
            ends = time.monotonic() + 4
            calm = await vote(talk, lambda: time.monotonic() > ends)
            began = time.monotonic()
            pressed = asyncio.create_task(large.press("delete", title=large.session.title_nl))
            await asyncio.sleep(0)
            busy = await vote(talk, lambda: not rows(large))
            lasted = time.monotonic() - began
            await pressed
            await talk.close()
            return calm, busy, lasted

        calm, busy, lasted = asyncio.run(run())
    told = {
        "calm_p99_ms": round(1000 * sorted(calm)[int(0.99 * len(calm))]),
        "busy_p50_ms": round(1000 * sorted(busy)[len(busy) // 2]),
        "busy_p99_ms": round(1000 * sorted(busy)[int(0.99 * len(busy))]),
        "votes": len(busy),
        "lasted_s": round(lasted, 1),
    }
    record_property("measured", json.dumps(told))
    print(json.dumps(told))
    assert told["busy_p99_ms"] <= 500
