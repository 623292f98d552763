"""The HTTP way: the same frames by long polls. Requests one by one against a real server, and a line by itself."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
import websockets

from sessions.enums import Audience
from sessions.live import http_line, http_lines
from sessions.live.attendances import Attendances
from sessions.live.credentials import Grant
from sessions.live.http_line import BODY_BYTES, GATHER_S, LINE_UNKNOWN, HttpLine
from sessions.live.hub import Hub
from sessions.live.limits import ELSE_BURST, STRANGER_TIMES
from sessions.live.socket import SessionSocket
from sessions.live.wire import FLOODED
from sessions.views.handler import THREADS

from ..conversation import CommandRefused, Frame, Talk, join
from ..server import RunningServer, running
from ..services import create_database, postgres, redis

HELLO = {"id": 1, "do": "hello", "with": {"protocol": 1, "lang": "en"}}


def ping(number: int) -> Frame:
    return {"id": number, "do": "ping", "with": {}}


class Requests:
    """A phone's end of a line, one request at a time."""

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


async def knock(server: RunningServer, *, who: dict[str, str] | None = None) -> Requests:
    """Return a phone's end of a line on which nothing was said yet."""
    cookies = await join(server.base, server.code, "onderwijs") if who is None else who
    return Requests(server.base, server.code, cookies)


async def ask(line: Requests, **body: Any) -> Frame:
    answer = await line.ask(body)
    assert answer.status_code == 200, answer.text
    told: Frame = answer.json()
    return told


async def hear(line: Requests, have: int, *numbers: int) -> Frame:
    """Poll until the answers to these frames have come; what all are sent may come before. Return what was told."""
    told: Frame = {"have": have, "closed": None}
    frames: list[Frame] = []
    while not set(numbers) <= {frame.get("re") for frame in frames}:
        assert told["closed"] is None, told
        told = await ask(line, have=told["have"])
        frames += told["frames"]
    return told | {"frames": frames}


def room_of(frame: Frame) -> Frame:
    now = frame.get("now")
    room: Frame = (now.get("room") or {}) if isinstance(now, dict) else {}
    return room


# -- one request after the other ---------------------------------------------------------------------------------


def test_a_line_opens_answers_and_ends(server: RunningServer) -> None:
    async def story() -> None:
        line = await knock(server)
        opened = await line.ask({"have": 0, "say": [HELLO]})
        assert opened.headers["Cache-Control"] == "no-store"
        told = opened.json()
        assert [frame["re"] for frame in told["frames"]] == [1]
        assert told["frames"][0]["ok"]["snapshot"]
        assert (told["have"], told["closed"]) == (1, None)
        said = await line.ask({"say": [ping(2), ping(3)]})
        assert (said.status_code, said.content) == (204, b"")
        told = await hear(line, 1, 2, 3)
        assert [frame["re"] for frame in told["frames"] if "re" in frame] == [2, 3]
        assert (await line.ask({"end": True})).status_code == 204
        assert await ask(line, have=told["have"]) == {"have": 0, "frames": [], "closed": LINE_UNKNOWN}
        await line.browser.aclose()

    asyncio.run(story())


def test_a_poll_that_comes_again_gets_the_same_again(server: RunningServer) -> None:
    """Browsers repeat a request by themselves when a connection that was used before turned out to be closed."""

    async def story() -> None:
        line = await knock(server)
        first = await ask(line, have=0, say=[HELLO])
        again = await ask(line, have=0, say=[HELLO])
        assert again["frames"][: len(first["frames"])] == first["frames"]
        assert all(frame["re"] == 1 for frame in again["frames"] if "re" in frame)
        have = again["have"]
        await line.ask({"say": [ping(2)]})
        heard = await ask(line, have=have)
        repeated = await ask(line, have=have)
        assert repeated["frames"][: len(heard["frames"])] == heard["frames"]
        await line.close()

    asyncio.run(story())


def test_a_newer_poll_takes_the_place_of_one_that_waits(server: RunningServer) -> None:
    async def story() -> None:
        line = await knock(server)
        have = (await ask(line, have=0, say=[HELLO]))["have"]
        old = asyncio.create_task(ask(line, have=have))
        while not old.done():
            new = asyncio.create_task(ask(line, have=have))
            done, _ = await asyncio.wait({old, new}, return_when=asyncio.FIRST_COMPLETED)
            if old in done:
                break
            old = new
        await line.ask({"say": [ping(9)]})
        told = await new
        if 9 not in [frame.get("re") for frame in told["frames"]]:
            await hear(line, told["have"], 9)
        await line.close()

    asyncio.run(story())


def test_what_is_no_request_of_a_line_is_refused(server: RunningServer) -> None:
    async def story() -> None:
        line = await knock(server)
        browser, path = line.browser, line.path

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
        # Nothing of it opened a line.
        assert (await ask(line, have=1))["closed"] == LINE_UNKNOWN
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
    """Its name alone opens nothing: another's cookies, or none, are told that there is no such line."""

    async def story() -> None:
        line = await knock(server)
        have = (await ask(line, have=0, say=[HELLO]))["have"]
        for other in (await join(server.base, server.code, "onderwijs"), {}):
            thief = await knock(server, who=other)
            thief.path = line.path
            assert (await ask(thief, have=have))["closed"] == LINE_UNKNOWN
            assert (await ask(thief, end=True))["closed"] == LINE_UNKNOWN
            await thief.browser.aclose()
        await line.ask({"say": [ping(2)]})
        assert (await hear(line, have, 2))["closed"] is None
        await line.close()

    asyncio.run(story())


def test_who_has_no_right_is_told_why_at_once(server: RunningServer) -> None:
    async def story() -> None:
        line = await knock(server, who={"p_nothing": "made up"})
        told = await ask(line, have=0, say=[HELLO])
        assert (told["frames"][0]["error"]["code"], told["closed"]) == ("auth.not_joined", 4500)
        await line.browser.aclose()

    asyncio.run(story())


def test_who_asks_too_much_is_cut_off(server: RunningServer) -> None:
    async def story() -> None:
        line = await knock(server)
        told = await ask(line, have=0, say=[HELLO])
        asked = 0
        while told["closed"] is None:
            await line.ask({"say": [ping(asked)] * 40})
            told = await ask(line, have=told["have"])
            asked += 1
            assert asked < ELSE_BURST
        assert (told["frames"][-1]["error"]["code"], told["closed"]) == ("rate.flooded", 4429)
        await line.browser.aclose()

    asyncio.run(story())


# -- who is there ------------------------------------------------------------------------------------------------


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
        assert time.monotonic() - began < http_line.WAIT_S / 2
        assert all(talk.closed is None for talk in talks)
        await asyncio.gather(*(talk.close() for talk in talks))

    asyncio.run(story())


# -- where it was left -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, RunningServer]]:
    with postgres() as database, redis() as bell:
        environment = {"DATABASE_URL": create_database(database.url, "lines"), "REDIS_URL": bell.url}
        folder = tmp_path_factory.mktemp("lines")
        servers = [RunningServer(data_dir=folder / name, environment=environment) for name in ("one", "two")]
        with running(*servers) as (one, two):
            yield one, two


@pytest.mark.servers
def test_a_line_goes_on_at_another_process(pair: tuple[RunningServer, RunningServer]) -> None:
    """Half of a room on lines, half on sockets; the process of the lines is killed. Same numbers, nothing twice."""
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
    # As a browser does: a new line, by whatever process answers, from where it was; what it is not sure of, again.
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
    # The process knows no line of the other one's.
    with pytest.raises((ConnectionError, websockets.ConnectionClosed, httpx.HTTPError)):
        await known.call("ping", {}, key=False)
    lost = Requests(two.base, one.code, people[2])
    assert (await ask(lost, have=3))["closed"] == LINE_UNKNOWN
    await lost.browser.aclose()
    for talk in phones[0::2]:
        await talk.drop()
    await asyncio.gather(*(talk.close() for talk in (back, console, *phones[1::2])))
    one.start()


# -- a line by itself --------------------------------------------------------------------------------------------


class Over:
    """Counts how often a line said that it is over."""

    def __init__(self) -> None:
        self.times = 0
        self.told = asyncio.Event()

    def __call__(self) -> None:
        self.times += 1
        self.told.set()


def run(story: Any) -> None:
    asyncio.run(story)


def test_what_all_are_sent_is_gathered_and_what_is_ones_own_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_line, "GATHER_S", 0.05)

    async def story() -> None:
        line = HttpLine(credential=b"", when_over=Over())
        line.send_text("hello")
        assert line.poll(0, None) is None
        assert line.give(0) == (1, ["hello"])
        waits = line.poll(1, None)
        assert waits is not None
        line.send_shared("one", b"")
        await asyncio.sleep(0)
        assert not waits.done()
        line.send_shared("two", b"")
        assert await waits is True
        assert line.give(1) == (3, ["one", "two"])
        waits = line.poll(3, None)
        assert waits is not None
        line.send_shared("three", b"")
        line.send_text("mine")
        assert waits.done()
        assert line.give(3) == (5, ["three", "mine"])
        assert line.unsent() == len("threemine")
        line.drop()

    run(story())
    assert GATHER_S <= 0.5, "what is one's own waits for nothing; what is everybody's not for long"


def test_a_line_without_polls_ends_and_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_line, "GAP_S", 0.02)

    async def story() -> None:
        over = Over()
        line = HttpLine(credential=b"", when_over=over)
        assert (await line.receive())["type"] == "websocket.connect"
        assert (await line.receive())["type"] == "websocket.disconnect"
        assert line.closed == http_line.COME_BACK
        await over.told.wait()
        assert over.times == 1

    run(story())


def test_a_poll_that_waits_long_enough_is_answered_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_line, "WAIT_S", 0.02)

    async def story() -> None:
        line = HttpLine(credential=b"", when_over=Over())
        waits = line.poll(0, None)
        assert waits is not None
        assert await waits is True
        assert line.give(0) == (0, [])
        assert line.closed is None
        line.drop()

    run(story())


def test_a_close_is_told_with_its_reason_and_nothing_after_it() -> None:
    async def story() -> None:
        over = Over()
        line = HttpLine(credential=b"", when_over=over)
        waits = line.poll(0, None)
        assert waits is not None
        line.send_text("because")
        await line.send({"type": "websocket.close", "code": 4500})
        line.send_text("more")
        assert await waits is True
        assert line.give(0) == (1, ["because"])
        assert line.closed == 4500
        assert line.poll(0, None) is None
        assert line.give(0) == (1, ["because"])
        with pytest.raises(LookupError):
            line.poll(2, None)
        line.drop()
        assert over.times == 1

    run(story())


def test_frames_wait_until_the_program_took_some() -> None:
    async def story() -> None:
        line = HttpLine(credential=b"", when_over=Over())
        await line.receive()
        saying = asyncio.create_task(line.say([str(number) for number in range(3 * http_line.WAITING)]))
        taken = []
        for _ in range(3 * http_line.WAITING):
            await asyncio.sleep(0)
            assert line._inbound.qsize() <= http_line.WAITING
            taken.append((await line.receive())["text"])
        await saying
        assert taken == [str(number) for number in range(3 * http_line.WAITING)]
        line.drop()

    run(story())


def test_a_stranger_pays_more_for_a_request() -> None:
    async def story() -> None:
        line = HttpLine(credential=b"", when_over=Over())
        await line.receive()
        for _ in range(int(ELSE_BURST / STRANGER_TIMES)):
            line.pay()
        assert line._inbound.empty()
        line.pay()
        line.pay()
        assert (await line.receive())["type"] == FLOODED
        assert line._inbound.empty()
        line.drop()

    run(story())


def test_a_line_that_is_over_is_forgotten_however_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what asks it is kept nowhere."""
    monkeypatch.setattr(http_line, "GAP_S", 0.05)

    async def story() -> None:
        over = Over()
        line = HttpLine(credential=b"", when_over=over)
        await line.receive()
        await line.send({"type": "websocket.close", "code": 4500})
        assert (await line.receive())["type"] == "websocket.disconnect"
        async with asyncio.timeout(5):
            while not over.told.is_set():
                line.pay()
                await line.say(["more"])
                assert line.poll(0, None) is None
                assert line.give(0) == (0, [])
                await asyncio.sleep(0)
        assert line._inbound.empty()
        assert over.times == 1

    run(story())


class Noted:
    """What was said of a connection."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def waits_unknown(self) -> None:
        self.said.append("unknown")

    def said_hello(self) -> None:
        self.said.append("hello")

    def let_in(self) -> None:
        self.said.append("in")


def test_the_connection_of_a_poll_is_a_strangers_until_its_owner_is_in() -> None:
    """As with sockets: who said nothing yet is among those of whom one address may have so many."""

    async def story() -> None:
        line = HttpLine(credential=b"", when_over=Over())
        first, second, third = Noted(), Noted(), Noted()
        line.poll(0, first)
        line.said_hello()
        line.poll(0, second)
        line.let_in()
        line.poll(0, third)
        assert (first.said, second.said, third.said) == (["unknown", "hello"], ["hello", "in"], [])
        line.drop()

    run(story())


def test_nobody_who_is_in_makes_room_for_somebody_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_lines, "ALTOGETHER", 3)
    monkeypatch.setattr(http_lines, "_lines", {})
    monkeypatch.setattr(http_lines, "_held", defaultdict(dict))

    async def story() -> None:
        hub = Hub(1, when_ended=lambda _: None, attendances=Attendances())

        def come(number: int) -> tuple[SessionSocket, HttpLine | None]:
            socket = SessionSocket(hub=hub, audience=Audience.PHONE, cookies={})
            return socket, http_lines.open_line(("CODE", "phone", str(number)), b"%d" % number, socket)

        def let_in(number: int) -> HttpLine:
            socket, line = come(number)
            assert line is not None
            socket.granted = Grant(participant=number)
            line.let_in()
            return line

        first, second, stranger = let_in(1), let_in(2), come(3)[1]
        fourth = let_in(4)
        assert [line.closed for line in (first, second, fourth)] == [None] * 3
        assert stranger is not None
        assert stranger.closed == http_line.COME_BACK
        assert come(5)[1] is None
        assert http_lines.count() == 3
        await first.send({"type": "websocket.close", "code": 4500})
        sixth = let_in(6)
        assert http_lines.find(("CODE", "phone", "1"), b"1") is None
        for line in (second, fourth, sixth):
            line.drop()
        assert not http_lines._held
        await asyncio.sleep(0)
        await asyncio.gather(*http_lines._tasks)

    run(story())
