"""No right outlives its end: the table of every right and every audience that stands on it.

For each act every row opens a real socket and a line over HTTP. Then the right is ended as it is in life, and each row
wants on both within a second the frame that says why and the close; and that a command sent at once after the act is
refused and not stored. On one process with SQLite every row, on two with PostgreSQL and Redis some, with the act at one
process and the socket at the other. The times are printed: `pytest -rP tests/live/test_rights.py`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence

import httpx
import pytest
import websockets
from pytest_django import DjangoDbBlocker

from sessions.enums import Role
from sessions.models import Membership, Participant

from ..conversation import PLAIN, CommandRefused, Frame, Talk, events_of, go_on, show_move_code
from ..server import RunningServer, running
from ..services import Server, redis
from .rights import ROWS, WIDE_ROWS, Row, Scene, delete_session, name, set_scene

SECOND = 1.0


@pytest.fixture
def scene(server: RunningServer, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """One process on SQLite."""
    with django_db_blocker.unblock(), server.database():
        yield set_scene(server, server)


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[str], str]
) -> Iterator[tuple[RunningServer, RunningServer]]:
    with redis() as bell:
        assert isinstance(bell, Server)
        environment = {"DATABASE_URL": new_database("rights"), "REDIS_URL": bell.url}
        folder = tmp_path_factory.mktemp("rights")
        servers = [RunningServer(data_dir=folder / name, environment=environment) for name in ("one", "two")]
        with running(*servers) as (one, two):
            yield one, two


@pytest.fixture
def wide_scene(pair: tuple[RunningServer, RunningServer], django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Two processes on PostgreSQL with Redis: what ends a right happens at the other one."""
    one, two = pair
    with django_db_blocker.unblock(), one.database():
        yield set_scene(near=two, far=one)


def by_act(rows: Sequence[Row]) -> pytest.MarkDecorator:
    """Give the rows of each act together: what it ends, it ends at once."""
    acts = dict.fromkeys(row.act for row in rows)
    together = [[row for row in rows if row.act is act] for act in acts]
    return pytest.mark.parametrize("rows", together, ids=[act.__name__ for act in acts])


@by_act(ROWS)
def test_a_right_ends_what_is_open_within_a_second(scene: Scene, rows: list[Row]) -> None:
    asyncio.run(_end(scene, rows))


@pytest.mark.servers
@by_act(WIDE_ROWS)
def test_a_right_ends_what_is_open_at_another_process(wide_scene: Scene, rows: list[Row]) -> None:
    asyncio.run(_end(wide_scene, rows))


WAYS = ("socket", "http")


async def _end(scene: Scene, rows: list[Row]) -> None:
    act, ways = rows[0].act, [(row, over) for row in rows for over in WAYS]
    talks = await asyncio.gather(*(scene.open(row.who, row.audience, over=over) for row, over in ways))
    before = await scene.do(scene.stored)
    begun = time.monotonic()
    await act(scene)
    ended = time.monotonic()
    print(f"{act.__name__}: the act took {(ended - begun) * 1000:.0f} ms")
    heard = zip(ways, talks, strict=True)
    await asyncio.gather(*(_hear_the_end(scene, row, talk, ended) for (row, _), talk in heard))
    if act is not delete_session:
        assert await scene.do(scene.stored) == before
    # Whoever comes back with the same cookie is told the same; of a session that is gone, before the hello perhaps.
    for row, over in ways:
        with pytest.raises((ConnectionError, websockets.ConnectionClosed)):
            await scene.open(row.who, row.audience, over=over)


async def _hear_the_end(scene: Scene, row: Row, talk: Talk, ended: float) -> None:
    command = asyncio.create_task(give_command(scene, talk))
    told = await talk.until(lambda frame: frame.get("re", 0) is None, within=SECOND)
    said = time.monotonic() - ended
    assert await talk.until_closed(within=max(0.0, ended + SECOND - time.monotonic())) == 4500
    closed = time.monotonic() - ended
    print(f"{name(row)} {talk.over}: told after {said * 1000:.0f} ms, closed after {closed * 1000:.0f} ms")
    assert told["error"]["code"] == row.code
    assert told["error"]["message"]
    # Either it was judged on its own, or the connection was cut before its answer.
    assert await command in (row.code, None)


async def give_command(scene: Scene, talk: Talk) -> str | None:
    """Do what the socket could do a moment ago; return why not."""
    do, content = "session.lock", {"on": True}
    if talk.role == "phone":
        do, content = "sector.change", {"sector": scene.room.sectors["onderzoek"].public_id}
    elif talk.role == "stage":
        do, content = "stage.show", {"step": talk.snapshot["session"]["now"], "held": True}
    try:
        await talk.call(do, content)
    except CommandRefused as refused:
        return refused.code
    except (ConnectionError, websockets.ConnectionClosed):
        return None
    return "ok"


def test_another_role_that_runs_sessions_keeps_the_socket_and_is_told(scene: Scene) -> None:
    async def story() -> None:
        console, stage = await scene.open("member", "console"), await scene.open("member", "stage")
        for role in (Role.CORE, Role.FACILITATOR):
            memberships = Membership.objects.filter(member=scene.room.member)
            await scene.do(lambda memberships=memberships, role=role: memberships.update(role=role))  # type: ignore[misc]
            changed = time.monotonic()
            await console.until(lambda frame, role=role: roles_in(frame) == [role], within=SECOND)  # type: ignore[misc]
            print(f"{role}: told after {(time.monotonic() - changed) * 1000:.0f} ms")
            assert await give_command(scene, console) == "ok"
        assert (console.closed, stage.closed) == (None, None)
        assert not any(roles_in(frame) for frame in stage.frames)
        await asyncio.gather(console.close(), stage.close())

    asyncio.run(story())


def roles_in(frame: Frame) -> list[str]:
    return [event["member"]["role"] for event in events_of(frame) if event["type"] == "you.member"]


def test_who_went_on_in_another_browser_ends_here_within_a_second(scene: Scene) -> None:
    asyncio.run(_go_on(scene))


@pytest.mark.servers
def test_who_went_on_at_another_process_ends_here_within_a_second(wide_scene: Scene) -> None:
    asyncio.run(_go_on(wide_scene))


async def _go_on(scene: Scene) -> None:
    olds = [await scene.open("phone", "phone", over=over) for over in WAYS]
    console = await scene.open("member", "console")
    shown = await show_move_code(scene.near.base, scene.code, scene.cookies["phone"])
    cookies = await go_on(scene.far.base, scene.code, shown)
    ended = time.monotonic()
    for old in olds:
        told = await old.until(
            lambda frame: frame.get("re", 0) is None, within=max(0.0, ended + SECOND - time.monotonic())
        )
        assert told["error"]["code"] == "auth.went_on"
        assert await old.until_closed(within=max(0.0, ended + SECOND - time.monotonic())) == 4500
        print(f"{old.over}: closed after {(time.monotonic() - ended) * 1000:.0f} ms", end=" ")
        with pytest.raises((ConnectionError, websockets.ConnectionClosed)):
            await scene.open("phone", "phone", over=old.over)
    new = await Talk(base=scene.far.base, code=scene.code, role="phone", cookies=cookies).connect()
    assert new.welcome["you"]["tag"] == scene.person.tag
    # One person, wherever they are.
    await console.until(lambda frame: phones_in(frame) == [1], within=3)
    await new.call("sector.change", {"sector": scene.room.sectors["onderzoek"].public_id})
    await asyncio.gather(new.close(), console.close())


def phones_in(frame: Frame) -> list[int]:
    room = frame.get("now", {}).get("room") or {}
    return [room["phones"]] if "phones" in room else []


def test_a_replaced_phone_is_told_and_its_commands_are_refused(scene: Scene) -> None:
    async def story() -> None:
        phone, console = await scene.open("phone", "phone"), await scene.open("member", "console")
        await console.call("participant.retire", {"participant": scene.person.public_id})
        retired = time.monotonic()
        assert await give_command(scene, phone) == "auth.retired"
        told = await phone.event("you.put", within=SECOND)
        print(f"told after {(time.monotonic() - retired) * 1000:.0f} ms")
        assert told["retired"] is True
        await asyncio.gather(phone.close(), console.close())

    asyncio.run(story())


def test_a_lock_lets_nobody_in_from_that_moment_on(scene: Scene) -> None:
    asyncio.run(_lock(scene))


@pytest.mark.servers
def test_a_lock_holds_at_every_process(wide_scene: Scene) -> None:
    asyncio.run(_lock(wide_scene))


async def _lock(scene: Scene) -> None:
    """The page is open in two browsers and what the way in keeps for a second is new; then the facilitator locks."""
    sector = scene.room.sectors["onderwijs"].public_id
    console, phone = await scene.open("member", "console"), await scene.open("phone", "phone")
    servers = (scene.near, scene.far)
    browsers = [httpx.AsyncClient(verify=PLAIN, base_url=server.base) for server in servers]
    try:
        pages = await asyncio.gather(*(browser.get(f"/join/{scene.code}/") for browser in browsers))
        assert [page.status_code for page in pages] == [200, 200]
        people = await scene.do(Participant.objects.filter(session=scene.room.session.pk).count)
        await console.call("session.lock", {"on": True})
        locked = time.monotonic()
        for browser, page in zip(browsers, pages, strict=True):
            token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
            sent = await browser.post(f"/join/{scene.code}/", data={"sector": sector, "csrfmiddlewaretoken": token})
            assert sent.status_code == 403
            api = await browser.post(f"/api/v1/sessions/{scene.code}/participants", json={"sector": sector})
            assert (api.status_code, api.json()["error"]["code"]) == (403, "session.locked")
        print(f"four were refused within {(time.monotonic() - locked) * 1000:.0f} ms of the lock")
        assert await scene.do(Participant.objects.filter(session=scene.room.session.pk).count) == people
        # Whoever is in stays in, comes back, and is told.
        await phone.until(lambda frame: any(e["type"] == "session.put" for e in events_of(frame)), within=SECOND)
        again = await scene.open("phone", "phone")
        assert again.snapshot["session"]["locked"] is True
        assert await give_command(scene, again) == "ok"
        await again.close()
    finally:
        await asyncio.gather(*(browser.aclose() for browser in browsers), console.close(), phone.close())
