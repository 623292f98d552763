"""The HTTP way: the same frames by long polls. Requests one by one against a real server, and a long poll by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import pytest
import websockets

from sessions.live import long_poll
from sessions.live.limits import ELSE_BURST
from sessions.live.long_poll import BODY_BYTES, POLL_UNKNOWN
from sessions.views.handler import THREADS

from ..conversation import CommandRefused, Frame, Talk, join
from ..server import RunningServer, running
from ..services import redis
from .poll_requests import HELLO, Requests, ask, hear, open_poll, ping, room_of


def test_a_line_opens_answers_and_ends(server: RunningServer) -> None:
    async def story() -> None:
        poll = await open_poll(server)
        opened = await poll.ask({"have": 0, "say": [HELLO]})
        assert opened.headers["Cache-Control"] == "no-store"
        told = opened.json()
        assert [frame["re"] for frame in told["frames"]] == [1]
        assert told["frames"][0]["ok"]["snapshot"]
        assert (told["have"], told["closed"]) == (1, None)
        said = await poll.ask({"say": [ping(2), ping(3)]})
        assert (said.status_code, said.content) == (204, b"")
        told = await hear(poll, 1, 2, 3)
        assert [frame["re"] for frame in told["frames"] if "re" in frame] == [2, 3]
        assert (await poll.ask({"end": True})).status_code == 204
        assert await ask(poll, have=told["have"]) == {"have": 0, "frames": [], "closed": POLL_UNKNOWN}
        await poll.browser.aclose()

    asyncio.run(story())


def test_a_poll_that_comes_again_gets_the_same_again(server: RunningServer) -> None:
    """Browsers repeat a request by themselves when a connection that was used before turned out to be closed."""

    async def story() -> None:
        poll = await open_poll(server)
        first = await ask(poll, have=0, say=[HELLO])
        again = await ask(poll, have=0, say=[HELLO])
        assert again["frames"][: len(first["frames"])] == first["frames"]
        assert all(frame["re"] == 1 for frame in again["frames"] if "re" in frame)
        have = again["have"]
        await poll.ask({"say": [ping(2)]})
        heard = await ask(poll, have=have)
        repeated = await ask(poll, have=have)
        assert repeated["frames"][: len(heard["frames"])] == heard["frames"]
        await poll.close()

    asyncio.run(story())


def test_a_newer_poll_takes_the_place_of_one_that_waits(server: RunningServer) -> None:
    async def story() -> None:
        poll = await open_poll(server)
        have = (await ask(poll, have=0, say=[HELLO]))["have"]
        old = asyncio.create_task(ask(poll, have=have))
        while not old.done():
            new = asyncio.create_task(ask(poll, have=have))
            done, _ = await asyncio.wait({old, new}, return_when=asyncio.FIRST_COMPLETED)
            if old in done:
                break
            old = new
        await poll.ask({"say": [ping(9)]})
        told = await new
        if 9 not in [frame.get("re") for frame in told["frames"]]:
            await hear(poll, told["have"], 9)
        await poll.close()

    asyncio.run(story())


def test_what_is_no_request_of_a_line_is_refused(server: RunningServer) -> None:
    async def story() -> None:
        poll = await open_poll(server)
        browser, path = poll.browser, poll.path

        async def status(method: str = "POST", at: str = path, body: bytes = b"{}", **headers: str) -> tuple[int, str]:
            answer = await browser.request(method, at, content=body, headers=headers)
            return answer.status_code, answer.json()["frames"][0]["error"]["code"]

        assert await status(Origin="https://elsewhere.example") == (403, "auth.not_allowed")
        assert await status(Origin="null") == (403, "auth.not_allowed")
        assert await status(at=path.replace("as=phone", "as=nobody")) == (403, "auth.not_allowed")
        assert await status(at=path.partition("&")[0]) == (404, "command.unknown")
        assert await status(at=path.replace("/?", "/x?")) == (404, "command.unknown")
        assert await status("GET") == (405, "message.bad")
        assert await status(**{"Content-Type": "text/plain"}) == (415, "message.bad")
        for body in (b"", b"[]", b'{"have":-1}', b'{"say":[{"id":1,}]}', b"\xff", b'{"say":' + b"[" * 60_000):
            assert await status(body=body) == (400, "message.bad"), body[:20]
        assert await status(body=b" " * (BODY_BYTES + 1)) == (413, "message.too_large")
        # Nothing of it opened a long poll.
        assert (await ask(poll, have=1))["closed"] == POLL_UNKNOWN
        await browser.aclose()

    asyncio.run(story())


def test_a_frame_that_is_refused_harms_no_other(server: RunningServer) -> None:
    async def story() -> None:
        talk = await Talk(
            base=server.base,
            code=server.code,
            role="phone",
            cookies=await join(server.base, server.code, "onderwijs"),
            over="http",
        ).connect()
        with pytest.raises(CommandRefused) as refused:
            await talk.call("card.write", {"text": "x" * 20_000})
        assert refused.value.code == "message.too_large"
        with pytest.raises(CommandRefused) as refused:
            await talk.call("step.open", {"step": "0" * 12})
        assert refused.value.code == "auth.not_allowed"
        assert await talk.call("ping", {}, key=False)
        await talk.close()

    asyncio.run(story())


def test_a_line_belongs_to_whoever_opened_it(server: RunningServer) -> None:
    """Its name alone opens nothing: another's cookies, or none, are told that there is no such long poll."""

    async def story() -> None:
        poll = await open_poll(server)
        have = (await ask(poll, have=0, say=[HELLO]))["have"]
        for other in (await join(server.base, server.code, "onderwijs"), {}):
            thief = await open_poll(server, who=other)
            thief.path = poll.path
            assert (await ask(thief, have=have))["closed"] == POLL_UNKNOWN
            assert (await ask(thief, end=True))["closed"] == POLL_UNKNOWN
            await thief.browser.aclose()
        await poll.ask({"say": [ping(2)]})
        assert (await hear(poll, have, 2))["closed"] is None
        await poll.close()

    asyncio.run(story())


def test_who_has_no_right_is_told_why_at_once(server: RunningServer) -> None:
    async def story() -> None:
        poll = await open_poll(server, who={"p_nothing": "made up"})
        told = await ask(poll, have=0, say=[HELLO])
        assert (told["frames"][0]["error"]["code"], told["closed"]) == ("auth.not_joined", 4500)
        await poll.browser.aclose()

    asyncio.run(story())


def test_who_asks_too_much_is_cut_off(server: RunningServer) -> None:
    async def story() -> None:
        poll = await open_poll(server)
        told = await ask(poll, have=0, say=[HELLO])
        asked = 0
        while told["closed"] is None:
            await poll.ask({"say": [ping(asked)] * 40})
            told = await ask(poll, have=told["have"])
            asked += 1
            assert asked < ELSE_BURST
        assert (told["frames"][-1]["error"]["code"], told["closed"]) == ("rate.flooded", 4429)
        await poll.browser.aclose()

    asyncio.run(story())


def test_a_person_on_a_socket_and_a_line_is_one_person(server: RunningServer) -> None:
    async def story() -> None:
        who = await join(server.base, server.code, "onderwijs")
        console = await Talk(
            base=server.base, code=server.code, role="console", cookies=await server.sign_in("facilitator"), over="http"
        ).connect()
        before = console.snapshot["now"]["room"]["phones"]
        phones = [
            await Talk(base=server.base, code=server.code, role="phone", cookies=who, over=over).connect()
            for over in ("http", "socket")
        ]
        await console.until(lambda frame: room_of(frame).get("phones") == before + 1)
        await phones[1].close()
        # Wait for a room that was looked at since.
        other = await Talk(
            base=server.base,
            code=server.code,
            role="phone",
            cookies=await join(server.base, server.code, "overheden"),
            over="http",
        ).connect()
        await console.until(lambda frame: room_of(frame).get("phones") == before + 2)
        console.frames.clear()
        await asyncio.gather(phones[0].close(), other.close())
        await console.until(lambda frame: room_of(frame).get("phones") == before)
        assert max(room_of(frame).get("phones", 0) for frame in console.frames) <= before + 2
        await console.close()

    asyncio.run(story())


def test_lines_that_wait_hold_no_thread(server: RunningServer) -> None:
    """More of them than there are threads for pages: a page still comes at once."""

    async def story() -> None:
        who = await join(server.base, server.code, "onderwijs")
        talks = [
            await Talk(base=server.base, code=server.code, role="phone", cookies=who, over="http").connect()
            for _ in range(THREADS + 4)
        ]
        began = time.monotonic()
        async with httpx.AsyncClient(base_url=server.base) as browser:
            assert (await browser.get(f"/join/{server.code}/")).status_code == 200
        assert time.monotonic() - began < long_poll.WAIT_S / 2
        assert all(talk.closed is None for talk in talks)
        await asyncio.gather(*(talk.close() for talk in talks))

    asyncio.run(story())


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[str], str]
) -> Iterator[tuple[RunningServer, RunningServer]]:
    with redis() as bell:
        environment = {"DATABASE_URL": new_database("polls"), "REDIS_URL": bell.url}
        folder = tmp_path_factory.mktemp("polls")
        servers = [RunningServer(data_dir=folder / name, environment=environment) for name in ("one", "two")]
        with running(*servers) as (one, two):
            yield one, two


@pytest.mark.servers
def test_a_line_goes_on_at_another_process(pair: tuple[RunningServer, RunningServer]) -> None:
    """Half of a room on long polls, half on sockets; the process of these is killed. Same numbers, nothing twice."""
    asyncio.run(_move(*pair))


async def _move(one: RunningServer, two: RunningServer) -> None:
    console = await Talk(
        base=two.base, code=one.code, role="console", cookies=await two.sign_in("facilitator"), over="http"
    ).connect()
    people = [await join(one.base, one.code, "onderwijs") for _ in range(6)]
    phones = [
        await Talk(
            base=(one, two)[number % 2].base,
            code=one.code,
            role="phone",
            cookies=who,
            over=("http", "socket")[number % 2],
        ).connect()
        for number, who in enumerate(people)
    ]
    await console.until(lambda frame: room_of(frame).get("phones") == 6, within=20)
    step = next(step["id"] for step in console.snapshot["steps"] if step["kind"] == "collect")
    opened = await console.call("step.open", {"step": step})
    await asyncio.gather(*(phone.until_seq(opened["seq"]) for phone in phones))

    def card(number: int) -> Frame:
        return {"step": step, "text": f"kaart {number}", "aspect": "both", "lang": "nl"}

    keys = [str(uuid4()) for _ in phones]
    written = await asyncio.gather(*(phone.call("card.write", card(n), key=keys[n]) for n, phone in enumerate(phones)))
    known = phones[0]
    one.kill()
    # As a browser does: a new long poll, by whatever process answers, from where it was; what it is not sure of, again.
    back = await Talk(base=two.base, code=one.code, role="phone", cookies=people[0], over="http").connect(
        epoch=known.welcome["epoch"], seq=known.seq
    )
    assert "events" in back.welcome
    assert await back.call("card.write", card(0), key=keys[0]) == written[0]
    assert [mine["id"] for mine in back.you["cards"]] == [written[0]["id"]]
    revealed = await console.call("step.reveal", {"step": step})
    await asyncio.gather(*(talk.until_seq(revealed["seq"]) for talk in (back, console, *phones[1::2])))
    events = [event for frame in console.frames for event in frame.get("events", ())]
    told = [event["card"]["id"] for event in events if event["type"] == "card.put"]
    assert sorted(told) == sorted(answer["id"] for answer in written)
    # The process knows no long poll of the other one's.
    with pytest.raises((ConnectionError, websockets.ConnectionClosed, httpx.HTTPError)):
        await known.call("ping", {}, key=False)
    lost = Requests(two.base, one.code, people[2])
    assert (await ask(lost, have=3))["closed"] == POLL_UNKNOWN
    await lost.browser.aclose()
    for talk in phones[0::2]:
        await talk.drop()
    await asyncio.gather(*(talk.close() for talk in (back, console, *phones[1::2])))
    one.start()
