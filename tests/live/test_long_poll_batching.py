"""A long poll without a network: what its polls gather, when they are answered, and what they cost."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any

import pytest

from sessions.enums import Audience
from sessions.live import long_poll, long_polls
from sessions.live.attendances import Attendances
from sessions.live.credentials import Grant
from sessions.live.frame_transport import FLOODED
from sessions.live.hub import Hub
from sessions.live.limits import ELSE_BURST, STRANGER_TIMES
from sessions.live.long_poll import GATHER_S, LongPoll
from sessions.live.socket import SessionSocket


class Over:
    """Counts how often a long poll said that it is over."""

    def __init__(self) -> None:
        self.times = 0
        self.told = asyncio.Event()

    def __call__(self) -> None:
        self.times += 1
        self.told.set()


def run(story: Any) -> None:
    asyncio.run(story)


def test_what_all_are_sent_is_gathered_and_what_is_ones_own_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_poll, "GATHER_S", 0.05)

    async def story() -> None:
        poll = LongPoll(credential=b"", when_over=Over())
        poll.send_text("hello")
        assert poll.poll(0, None) is None
        assert poll.give(0) == (1, ["hello"])
        waits = poll.poll(1, None)
        assert waits is not None
        poll.send_shared("one", b"")
        await asyncio.sleep(0)
        assert not waits.done()
        poll.send_shared("two", b"")
        assert await waits is True
        assert poll.give(1) == (3, ["one", "two"])
        waits = poll.poll(3, None)
        assert waits is not None
        poll.send_shared("three", b"")
        poll.send_text("mine")
        assert waits.done()
        assert poll.give(3) == (5, ["three", "mine"])
        assert poll.unsent() == len("threemine")
        poll.drop()

    run(story())
    assert GATHER_S <= 0.5, "what is one's own waits for nothing; what is everybody's not for long"


def test_a_line_without_polls_ends_and_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_poll, "GAP_S", 0.02)

    async def story() -> None:
        over = Over()
        poll = LongPoll(credential=b"", when_over=over)
        assert (await poll.receive())["type"] == "websocket.connect"
        assert (await poll.receive())["type"] == "websocket.disconnect"
        assert poll.closed == long_poll.COME_BACK
        await over.told.wait()
        assert over.times == 1

    run(story())


def test_a_poll_that_waits_long_enough_is_answered_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_poll, "WAIT_S", 0.02)

    async def story() -> None:
        poll = LongPoll(credential=b"", when_over=Over())
        waits = poll.poll(0, None)
        assert waits is not None
        assert await waits is True
        assert poll.give(0) == (0, [])
        assert poll.closed is None
        poll.drop()

    run(story())


def test_a_close_is_told_with_its_reason_and_nothing_after_it() -> None:
    async def story() -> None:
        over = Over()
        poll = LongPoll(credential=b"", when_over=over)
        waits = poll.poll(0, None)
        assert waits is not None
        poll.send_text("because")
        await poll.send({"type": "websocket.close", "code": 4500})
        poll.send_text("more")
        assert await waits is True
        assert poll.give(0) == (1, ["because"])
        assert poll.closed == 4500
        assert poll.poll(0, None) is None
        assert poll.give(0) == (1, ["because"])
        with pytest.raises(LookupError):
            poll.poll(2, None)
        poll.drop()
        assert over.times == 1

    run(story())


def test_frames_wait_until_the_program_took_some() -> None:
    async def story() -> None:
        poll = LongPoll(credential=b"", when_over=Over())
        await poll.receive()
        saying = asyncio.create_task(poll.say([str(number) for number in range(3 * long_poll.WAITING)]))
        taken = []
        for _ in range(3 * long_poll.WAITING):
            await asyncio.sleep(0)
            assert poll._inbound.qsize() <= long_poll.WAITING
            taken.append((await poll.receive())["text"])
        await saying
        assert taken == [str(number) for number in range(3 * long_poll.WAITING)]
        poll.drop()

    run(story())


def test_a_stranger_pays_more_for_a_request() -> None:
    async def story() -> None:
        poll = LongPoll(credential=b"", when_over=Over())
        await poll.receive()
        for _ in range(int(ELSE_BURST / STRANGER_TIMES)):
            poll.pay()
        assert poll._inbound.empty()
        poll.pay()
        poll.pay()
        assert (await poll.receive())["type"] == FLOODED
        assert poll._inbound.empty()
        poll.drop()

    run(story())


def test_a_line_that_is_over_is_forgotten_however_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what asks it is kept nowhere."""
    monkeypatch.setattr(long_poll, "GAP_S", 0.05)

    async def story() -> None:
        over = Over()
        poll = LongPoll(credential=b"", when_over=over)
        await poll.receive()
        await poll.send({"type": "websocket.close", "code": 4500})
        assert (await poll.receive())["type"] == "websocket.disconnect"
        async with asyncio.timeout(5):
            while not over.told.is_set():
                poll.pay()
                await poll.say(["more"])
                assert poll.poll(0, None) is None
                assert poll.give(0) == (0, [])
                await asyncio.sleep(0)
        assert poll._inbound.empty()
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
        poll = LongPoll(credential=b"", when_over=Over())
        first, second, third = Noted(), Noted(), Noted()
        poll.poll(0, first)
        poll.said_hello()
        poll.poll(0, second)
        poll.let_in()
        poll.poll(0, third)
        assert (first.said, second.said, third.said) == (["unknown", "hello"], ["hello", "in"], [])
        poll.drop()

    run(story())


def test_nobody_who_is_in_makes_room_for_somebody_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_polls, "ALTOGETHER", 3)
    monkeypatch.setattr(long_polls, "_polls", {})
    monkeypatch.setattr(long_polls, "_held", defaultdict(dict))

    async def story() -> None:
        hub = Hub(1, when_ended=lambda _: None, attendances=Attendances())

        def come(number: int) -> tuple[SessionSocket, LongPoll | None]:
            socket = SessionSocket(hub=hub, audience=Audience.PHONE, cookies={})
            return socket, long_polls.open_poll(("CODE", "phone", str(number)), b"%d" % number, socket)

        def let_in(number: int) -> LongPoll:
            socket, poll = come(number)
            assert poll is not None
            socket.granted = Grant(participant=number)
            poll.let_in()
            return poll

        first, second, stranger = let_in(1), let_in(2), come(3)[1]
        fourth = let_in(4)
        assert [poll.closed for poll in (first, second, fourth)] == [None] * 3
        assert stranger is not None
        assert stranger.closed == long_poll.COME_BACK
        assert come(5)[1] is None
        assert long_polls.count() == 3
        await first.send({"type": "websocket.close", "code": 4500})
        sixth = let_in(6)
        assert long_polls.find(("CODE", "phone", "1"), b"1") is None
        for poll in (second, fourth, sixth):
            poll.drop()
        assert not long_polls._held
        await asyncio.sleep(0)
        await asyncio.gather(*long_polls._tasks)

    run(story())
