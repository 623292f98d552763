"""Two processes of the program, one PostgreSQL, one Redis: one session, the same numbers on every screen."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from sessions.enums import Role
from tests.conversation import PLAIN, Frame, Talk, events_of, join, press
from tests.factory import make_member, make_room
from tests.live.client import member_cookies
from tests.server import ROOT, RunningServer, running
from tests.services import Server, redis

pytestmark = pytest.mark.servers
WITHIN_S = 1.5
"""A second, and half of one for a loaded machine."""
SECTORS = ["onderwijs", "onderzoek", "ondernemers", "overheden"]


class Pair:
    """Both servers and what they share."""

    def __init__(self, one: RunningServer, two: RunningServer, bell: Server) -> None:
        self.one, self.two, self.bell = one, two, bell


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[str], str]) -> Iterator[Pair]:
    with redis() as bell:
        environment = {"DATABASE_URL": new_database("two_processes"), "REDIS_URL": bell.url}
        folder = tmp_path_factory.mktemp("two")
        servers = [RunningServer(data_dir=folder / name, environment=environment) for name in ("one", "two")]
        with running(*servers) as (one, two):
            assert one.code == two.code
            assert isinstance(bell, Server)
            yield Pair(one, two, bell)


def test_a_session_over_two_processes_and_without_redis_for_a_while(pair: Pair):
    asyncio.run(_hold_session(pair))


async def _hold_session(pair: Pair) -> None:
    code = pair.one.code
    console = Talk(base=pair.one.base, code=code, role="console", cookies=await pair.one.sign_in("facilitator"))
    await console.connect()
    phones = []
    for number in range(12):
        server = (pair.one, pair.two)[number % 2]
        cookies = await join(server.base, code, SECTORS[number % 4])
        phones.append(await Talk(base=server.base, code=code, role="phone", cookies=cookies).connect())

    # The hubs add up who is with which process.
    await console.until(lambda frame: _room(frame).get("phones") == 12, within=20)

    collect, vote = (
        next(step for step in console.snapshot["steps"] if step["kind"] == kind) for kind in ("collect", "vote")
    )
    opened = await console.call("step.open", {"step": collect["id"]})
    await asyncio.gather(*(phone.until_seq(opened["seq"]) for phone in phones))
    written = await asyncio.gather(
        *(
            phone.call("card.write", {"step": collect["id"], "text": f"kaart {n}", "aspect": "both", "lang": "nl"})
            for n, phone in enumerate(phones)
        )
    )
    assert len({answer["id"] for answer in written}) == 12
    await console.until_seq(max(answer["seq"] for answer in written))
    for answer in written[:4]:
        await console.call("card.tick", {"round": vote["round"], "card": answer["id"], "on": True})
    opened = await console.call("step.open", {"step": vote["id"]})
    await asyncio.gather(*(phone.until_seq(opened["seq"]) for phone in phones))
    put = await phones[1].event("round.put")
    items = [item["id"] for item in put["round"]["items"]]

    # Redis goes: no socket is closed, no answer refused, and the other process sees it a little later by itself.
    pair.bell.kill()
    last = await asyncio.gather(
        *(phone.call("vote.cast", {"round": vote["round"], "item": items[0], "value": 1, "tap": 1}) for phone in phones)
    )
    newest = max(answer["seq"] for answer in last)
    await asyncio.gather(*(phone.until_seq(newest, within=6) for phone in phones))
    pair.bell.start()

    revealed = await console.call("step.reveal", {"step": vote["id"]})
    await asyncio.gather(*(talk.until_seq(revealed["seq"]) for talk in (console, *phones)))
    results = [_result(phone) for phone in (console, *phones)]
    assert results[0]["n"] == 12
    assert {item["item"]: item["heads"] for item in results[0]["items"]}[items[0]] == 12
    assert all(result == results[0] for result in results)

    # The vote was closed by its reveal: phones of both processes say that they hold nothing more of it.
    step = next(event["step"] for event in _revealed(console))
    left = {"step": step["id"], "at": step["closed_at"], "held": 0}
    await phones[0].call("ping", {"waiting": 1, "left": left | {"held": 1}}, key=False)
    await asyncio.gather(
        *(phone.call("ping", {"waiting": 0, "left": left}, key=False) for phone in phones[1:]),
    )
    counted = await console.until(lambda frame: _closing(frame).get("confirmed") == 11, within=20)
    assert _closing(counted) | {"at": 0} == {
        "step": vote["id"],
        "at": 0,
        "until": None,
        "of": 12,
        "confirmed": 11,
        "sending": 1,
        "silent": 0,
        "whole": True,
    }
    assert all(phone.closed is None for phone in (console, *phones))
    await asyncio.gather(*(phone.close() for phone in (console, *phones)))


def test_a_rehearsal_over_two_processes_ends_with_everything_stored_and_exported(
    pair: Pair, tmp_path: Path, django_db_blocker: DjangoDbBlocker
):
    with django_db_blocker.unblock(), pair.one.database():
        from sessions.domain.sessions import duplicate
        from sessions.models import Session

        fresh = duplicate(session=Session.objects.get(code=pair.one.code)).code
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DATABASE_URL": pair.one.environment["DATABASE_URL"]}
    addresses = f"{pair.one.base},{pair.two.base}"
    ended = subprocess.run(
        [sys.executable, "manage.py", "simulate", fresh, "--people", "24", "--minutes", "0.25", "--url", addresses],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    assert "Acknowledged = stored = exported." in ended.stdout


def _room(frame: Frame) -> Frame:
    room: Frame = frame.get("now", {}).get("room", {}) if isinstance(frame.get("now"), dict) else {}
    return room


def _closing(frame: Frame) -> Frame:
    return _room(frame).get("closing") or {}


def _revealed(talk: Talk) -> list[Frame]:
    return [event for frame in talk.frames for event in events_of(frame) if event["type"] == "step.revealed"]


def _result(talk: Talk) -> Frame:
    result: Frame = _revealed(talk)[-1]["result"]
    return result


def test_a_deleted_session_ends_at_the_other_process_too(pair: Pair, django_db_blocker: DjangoDbBlocker) -> None:
    """Deleted at one, everybody at the other is told within a second; its code is unknown at both."""
    with django_db_blocker.unblock(), pair.one.database():
        room = make_room()
        (person,) = room.join("onderwijs")
        core, lead = member_cookies(make_member(room.session.programme, Role.CORE)), member_cookies(room.member)
        session, slug = room.session, room.session.programme.slug
    phone = {f"p_{session.public_id}": room.tokens[person.id]}

    async def run() -> dict[str, tuple[int | None, str]]:
        ways = {"phone": phone, "console": lead, "stage": lead}
        talks = {
            role: await Talk(base=pair.two.base, code=session.code, role=role, cookies=cookies).connect()
            for role, cookies in ways.items()
        }
        address = f"/programmes/{slug}/sessions/{session.code}/delete/"
        pressed = asyncio.create_task(press(pair.one.base, core, address, title=session.title_nl))
        await asyncio.to_thread(_until_unknown, f"{pair.two.base}/api/v1/sessions/{session.code}")
        unknown_at = time.monotonic()
        while any(talk.closed is None for talk in talks.values()):
            assert time.monotonic() - unknown_at < WITHIN_S
            await asyncio.sleep(0.02)
        assert (await pressed).endswith("?done=deleted")
        return {role: (talk.closed, talk.frames[-1]["error"]["code"]) for role, talk in talks.items()}

    told = asyncio.run(run())
    assert told == dict.fromkeys(("phone", "console", "stage"), (4500, "session.deleted"))
    for server in (pair.one, pair.two):
        assert httpx.get(f"{server.base}/join/{session.code}/", verify=PLAIN).status_code == 404


def _until_unknown(address: str) -> None:
    deadline = time.monotonic() + 20
    while httpx.get(address, verify=PLAIN).status_code == 200:
        assert time.monotonic() < deadline
        time.sleep(0.02)
