"""What consoles and stages are told when something is away: real servers, stopped and started."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conversation import Frame, Talk, join
from tests.server import RunningServer
from tests.services import Server, create_database, postgres, redis

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, Server, Server]]:
    with postgres() as database, redis() as bell:
        assert isinstance(database, Server)
        assert isinstance(bell, Server)
        environment = {"DATABASE_URL": create_database(database.url, "health"), "REDIS_URL": bell.url}
        # It looks for Redis more often than the program does.
        waits = {"sessions.live.redis_probe.PROBE_INTERVAL_S": 0.5}
        folder = tmp_path_factory.mktemp("health")
        with RunningServer(data_dir=folder / "one", environment=environment, waits=waits) as server:
            yield server, database, bell


def now_of(frame: Frame) -> Frame:
    now = frame.get("now")
    return now if isinstance(now, dict) else {}


async def screens_of(server: RunningServer, member: dict[str, str]) -> tuple[Talk, Talk, Talk]:
    cookies = await join(server.base, server.code, "onderwijs")
    made = [
        Talk(base=server.base, code=server.code, role=role, cookies=given)
        for role, given in (("console", member), ("stage", member), ("phone", cookies))
    ]
    console, stage, phone = [await talk.connect() for talk in made]
    return console, stage, phone


def test_each_fault_is_told_and_taken_back(house: tuple[RunningServer, Server, Server]) -> None:
    server, database, bell = house

    async def story() -> None:
        console, stage, phone = await screens_of(server, await server.sign_in("facilitator"))
        known = console.snapshot["now"]
        assert (known["health"]["bell"], known["health"]["storing"]) == ("well", True)
        assert known["room"]["consoles"] == [] or known["room"]["consoles"][0]["screens"] == 1

        # The bell goes: told, and nothing else happens.
        bell.kill()
        await console.until(lambda frame: now_of(frame).get("health", {}).get("bell") == "away", within=15)
        bell.start()
        await console.until(_well_again(console), within=20)

        # The database goes: both screens say since when, also one that was just reading; then they are told otherwise.
        stopped = time.time()
        database.kill()
        for screen in (console, stage):
            told = await screen.until(lambda frame: now_of(frame).get("behind") is not None, within=10)
            assert abs(now_of(told)["behind"]["since"] / 1000 - stopped) < 3
        assert time.time() - stopped < 10
        database.start()
        for screen in (console, stage):
            await screen.until(lambda frame: "behind" in now_of(frame) and now_of(frame)["behind"] is None, within=30)
        assert not [frame for frame in phone.frames if "behind" in now_of(frame)]
        assert [talk.closed for talk in (console, stage, phone)] == [None] * 3
        await asyncio.gather(*(talk.close() for talk in (console, stage, phone)))

    asyncio.run(story())


def _well_again(console: Talk) -> Callable[[Frame], bool]:
    before = len(console.frames)
    return lambda frame: frame in console.frames[before:] and now_of(frame).get("health", {}).get("bell") == "well"


def test_a_database_that_hangs_is_told_of_like_one_that_is_away(house: tuple[RunningServer, Server, Server]) -> None:
    """Stopped by SIGSTOP nothing is refused: reading just never ends."""
    server, database, _ = house

    async def story() -> None:
        console, stage, phone = await screens_of(server, await server.sign_in("core"))
        pids = _family(database.pid or 0)
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            for screen in (console, stage):
                await screen.until(lambda frame: (now_of(frame).get("behind") or {}).get("since"), within=10)
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
        await stage.until(lambda frame: "behind" in now_of(frame) and now_of(frame)["behind"] is None, within=30)
        await asyncio.gather(*(talk.close() for talk in (console, stage, phone)))

    asyncio.run(story())


def _family(pid: int) -> list[int]:
    """Return a process of ours and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *[found for child in children for found in _family(int(child))]]
