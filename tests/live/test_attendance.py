"""Who was there while a step was open, when everybody leaves, a process is killed, or there are two: real servers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from tests.conversation import PLAIN, Frame, Talk, join
from tests.server import RunningServer, running
from tests.services import redis

SECTORS = ("onderwijs", "onderzoek", "ondernemers", "overheden")
WAITS = {
    "sessions.live.hub.LINGER_S": 0.5,
    "sessions.live.presence.REPORT_S": 1,
    "sessions.live.presence.PRESENT_S": 6,
}
"""A hub ends soon after the last has left, and a process that was killed is soon taken for gone."""


def room_of(frame: Frame) -> Frame:
    now = frame.get("now")
    room: Frame = (now.get("room") or {}) if isinstance(now, dict) else {}
    return room


class Attendees:
    """A console and phones of one session, at one or several servers."""

    def __init__(self, servers: Sequence[RunningServer], member: dict[str, str]) -> None:
        self.servers, self.member = list(servers), member
        self.cookies: list[dict[str, str]] = []
        self.phones: list[Talk] = []

    @property
    def code(self) -> str:
        return self.servers[0].code

    async def console(self, server: RunningServer) -> Talk:
        return await Talk(base=server.base, code=self.code, role="console", cookies=self.member).connect()

    async def phone(self, server: RunningServer, cookies: dict[str, str]) -> Talk:
        return await Talk(base=server.base, code=self.code, role="phone", cookies=cookies).connect()

    async def join(self, n: int) -> None:
        """Let people come in, in turn at each of the servers."""
        for number in range(n):
            server = self.servers[number % len(self.servers)]
            self.cookies.append(await join(server.base, self.code, SECTORS[number % 4]))
            self.phones.append(await self.phone(server, self.cookies[-1]))

    async def open_collect(self, console: Talk) -> str:
        step = next(step["id"] for step in console.snapshot["steps"] if step["kind"] == "collect")
        await console.call("step.open", {"step": step})
        return str(step)

    async def leave(self, *talks: Talk) -> None:
        await asyncio.gather(*(talk.close() for talk in talks))


async def until_open(console: Talk, *, step: str, of: int, silent: int, whole: bool = True) -> None:
    """Wait until the console is told so of the step that is open."""
    wanted = {"step": step, "of": of, "sending": 0, "silent": silent, "whole": whole}
    await console.until(lambda frame: room_of(frame).get("open") == wanted, within=30)


async def until_no_hub(server: RunningServer) -> None:
    """Wait until the process holds no session in memory: its hub ended."""
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base) as client:
        deadline = time.monotonic() + 60
        while "cocreation_sessions_open 0.0" not in (await client.get("/metrics")).text:
            assert time.monotonic() < deadline, "the hub did not end"
            await asyncio.sleep(0.1)


async def confirm(phone: Talk, step: Frame) -> None:
    left = {"step": step["id"], "at": step["closed_at"], "held": 0}
    await phone.call("ping", {"waiting": 0, "left": left}, key=False)


async def until_closing(console: Talk, *, confirmed: int) -> Frame:
    found = await console.until(
        lambda frame: (room_of(frame).get("closing") or {}).get("confirmed") == confirmed, within=30
    )
    closing: Frame = room_of(found)["closing"]
    return closing


async def close_step(console: Talk, step: str) -> Frame:
    await console.call("step.close", {"step": step})
    found = await console.until(
        lambda frame: any(
            event["type"] == "step.put" and event["step"]["id"] == step and event["step"]["closed_at"]
            for event in frame.get("events") or []
        )
    )
    closed: Frame = next(event["step"] for event in found["events"] if event["type"] == "step.put")
    return closed


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(data_dir=tmp_path / "alone", waits=WAITS) as server:
        yield server


def test_a_hub_that_was_made_anew_is_not_a_server_that_was_away(alone: RunningServer) -> None:
    """Everybody leaves for so long that the hub ends; one comes back. Nobody is forgotten, and nothing is doubted."""

    async def story() -> None:
        attendees = Attendees([alone], await alone.sign_in("facilitator"))
        console = await attendees.console(alone)
        await attendees.join(4)
        step = await attendees.open_collect(console)
        await until_open(console, step=step, of=4, silent=0)
        # One is silent, and the console knows it while the step is open still.
        await attendees.phones[3].drop()
        await until_open(console, step=step, of=4, silent=1)
        await attendees.leave(console, *attendees.phones[:3])
        await until_no_hub(alone)
        console = await attendees.console(alone)
        back = await attendees.phone(alone, attendees.cookies[0])
        await until_open(console, step=step, of=4, silent=3)
        closed = await close_step(console, step)
        await confirm(back, closed)
        closing = await until_closing(console, confirmed=1)
        assert {name: closing[name] for name in ("of", "sending", "silent", "whole")} == {
            "of": 4,
            "sending": 0,
            "silent": 3,
            "whole": True,
        }
        # Also what was confirmed is known when the hub has ended once more.
        await attendees.leave(console, back)
        await until_no_hub(alone)
        console = await attendees.console(alone)
        assert console.snapshot["now"]["room"]["closing"] == closing | {"silent": 3}
        await console.close()

    asyncio.run(story())


def test_after_a_process_was_killed_there_may_have_been_more(alone: RunningServer) -> None:
    async def before() -> tuple[Attendees, str]:
        attendees = Attendees([alone], await alone.sign_in("facilitator"))
        console = await attendees.console(alone)
        await attendees.join(3)
        step = await attendees.open_collect(console)
        await until_open(console, step=step, of=3, silent=0)
        alone.kill()
        for talk in (console, *attendees.phones):
            talk._rest()
        return attendees, step

    async def after(attendees: Attendees, step: str) -> None:
        console = await attendees.console(alone)
        back = await attendees.phone(alone, attendees.cookies[0])
        await until_open(console, step=step, of=1, silent=0, whole=False)
        await confirm(back, await close_step(console, step))
        closing = await until_closing(console, confirmed=1)
        assert (closing["of"], closing["whole"]) == (1, False)
        await attendees.leave(console, back)

    attendees, step = asyncio.run(before())
    alone.start()
    asyncio.run(after(attendees, step))


@pytest.mark.servers
def test_two_processes_know_together_who_was_there(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    """All leave one of them, it comes back and knows. Then the other is killed, and it says so."""

    async def story(one: RunningServer, two: RunningServer) -> None:
        attendees = Attendees([one, two], await one.sign_in("facilitator"))
        console = await attendees.console(one)
        await attendees.join(4)
        step = await attendees.open_collect(console)
        await until_open(console, step=step, of=4, silent=0)
        # Everybody leaves the first; its hub ends. One more comes to the second, and goes.
        await attendees.leave(console, attendees.phones[0], attendees.phones[2])
        await until_no_hub(one)
        late = await attendees.phone(two, await join(two.base, attendees.code, "overheden"))
        at_two = await attendees.console(two)
        await until_open(at_two, step=step, of=5, silent=2)
        await attendees.leave(late)
        await until_open(at_two, step=step, of=5, silent=3)
        console = await attendees.console(one)
        await until_open(console, step=step, of=5, silent=3)
        # The second stops in an orderly way: nothing is lost with it.
        await attendees.leave(at_two, attendees.phones[1], attendees.phones[3])
        await asyncio.to_thread(two.stop)
        await until_open(console, step=step, of=5, silent=5)
        # It comes again, somebody is with it, and it is killed.
        await asyncio.to_thread(two.start)
        phone = await attendees.phone(two, attendees.cookies[1])
        await until_open(console, step=step, of=5, silent=4)
        two.kill()
        phone._rest()
        await until_open(console, step=step, of=5, silent=5, whole=False)
        await console.close()

    with redis() as bell:
        environment = {"DATABASE_URL": new_database("attendance"), "REDIS_URL": bell.url}
        servers = [
            RunningServer(data_dir=tmp_path / name, environment=environment, waits=WAITS) for name in ("one", "two")
        ]
        with running(*servers) as (one, two):
            asyncio.run(story(one, two))
