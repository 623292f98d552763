"""Who asks and does not read: how much may wait for them, for how long, and who goes first."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address
from twisted.web.http import Request as PlainRequest

from sessions.live.slow_consumers import TOGETHER_BYTES, UNSENT_BYTES, find_slow_consumers
from sessions.server import strangers
from sessions.server.requests import AHEAD_BYTES, IDLE_S, LEAST_PER_S, Channel
from sessions.server.strangers import ANSWER_BYTES, StrangerKind, Strangers


class Transport:
    """A connection whose other side takes what a test says."""

    disconnecting = False
    producer = None

    def __init__(self) -> None:
        self.dataBuffer, self.offset, self._tempDataLen = b"", 0, 0
        self.is_cut = self.is_closing = False

    def getPeer(self) -> IPv4Address:
        return IPv4Address("TCP", "192.0.2.1", 50_000)

    getHost = getPeer

    def write(self, data: bytes) -> None:
        self.dataBuffer += data

    def writeSequence(self, pieces: list[bytes]) -> None:
        self.write(b"".join(pieces))

    def take(self, size: int) -> None:
        self.offset = min(len(self.dataBuffer), self.offset + size)

    def abortConnection(self) -> None:
        self.is_cut = True

    def loseConnection(self) -> None:
        self.is_closing = True

    def registerProducer(self, producer: object, streaming: bool) -> None: ...
    def unregisterProducer(self) -> None: ...
    def pauseProducing(self) -> None: ...
    def resumeProducing(self) -> None: ...


class Registry:
    """What a connection says of itself to the registry."""

    def __init__(self) -> None:
        self.within: float | None = None
        self.owing: list[Channel] = []

    def note(self, channel: Channel, kind: StrangerKind, *, within: float | None = None) -> None:
        self.within = within

    def owe(self, channel: Channel) -> None:
        self.owing.append(channel)

    def hold(self, size: int) -> None: ...
    def forget(self, channel: Channel) -> None: ...
    def arrive(self, channel: Channel) -> None: ...
    def depart(self, channel: Channel) -> None: ...


class Waiting(PlainRequest):  # type: ignore[misc]
    """A request that waits for its answer."""

    def gotLength(self, length: int | None) -> None: ...

    def handleContentChunk(self, data: bytes) -> None: ...

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        self.channel.asked.append(self)


def ask(channel: Channel, packet: bytes, *, size: int) -> None:
    """Send a packet, and answer all that is taken of it."""
    channel.dataReceived(packet)
    while channel.asked:
        request = channel.asked.pop()
        channel.write(b"x" * size)
        channel.requestDone(request)


GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def channel() -> Channel:
    made = Channel()
    made.timeOut = None
    registry = Registry()
    made.factory = SimpleNamespace(server=SimpleNamespace(strangers=registry))
    made._registry = registry
    made.transport = Transport()
    made.connectionMade()
    made.requestFactory, made.asked = Waiting, []
    return made


def test_who_takes_an_answer_as_fast_as_the_slowest_line_is_given_more_time(channel: Channel) -> None:
    ask(channel, GET, size=200_000)
    assert channel._registry.within == IDLE_S
    assert channel._registry.owing == [channel], "counted from the first byte that is written"
    for _ in range(3):
        channel.transport.take(int(LEAST_PER_S * IDLE_S))
        channel.expire()
        assert (channel.transport.is_cut, channel._registry.within) == (False, IDLE_S)
    channel.transport.take(20_000)
    channel.expire()
    assert (channel.transport.is_cut, channel.transport.is_closing) == (False, True), "nothing waits: it is idle"


@pytest.mark.parametrize("taken", [0, 1, int(LEAST_PER_S * IDLE_S) - 1])
def test_who_takes_less_is_cut(channel: Channel, taken: int) -> None:
    ask(channel, GET, size=200_000)
    channel.transport.take(taken)
    channel.expire()
    assert channel.transport.is_cut


def test_who_asks_on_and_on_without_reading_is_answered_a_few_times(channel: Channel) -> None:
    """One packet may hold hundreds of requests."""
    ask(channel, GET * 300, size=100_000)
    assert AHEAD_BYTES < channel.unsent() <= AHEAD_BYTES + 100_000
    assert channel.transport.is_closing


def test_a_connection_that_became_a_socket_waits_for_nothing(channel: Channel) -> None:
    ask(channel, GET, size=1_000)
    channel.transport = None
    assert channel.unsent() == 0


def test_who_asks_twice_in_one_packet_is_answered_twice(channel: Channel) -> None:
    ask(channel, GET * 2, size=1_000)
    assert channel.unsent() == 2_000
    assert not channel.transport.is_closing


class UnreadPoll:
    def __init__(self, address: str, waiting: int) -> None:
        self.address, self.waiting = address, waiting
        self.is_cut = False

    def unsent(self) -> int:
        return self.waiting

    def cut(self) -> None:
        self.is_cut = True

    def expire(self) -> None: ...


def test_when_answers_fill_the_memory_the_oldest_of_the_address_with_most_goes() -> None:
    registry = Strangers(room=10_000, shared=False)
    download, honest = UnreadPoll("192.0.2.2", ANSWER_BYTES // 2), UnreadPoll("192.0.2.3", 1_000)
    slow = [UnreadPoll("192.0.2.4", ANSWER_BYTES // 100) for _ in range(60)]
    for line in (download, honest, *slow):
        registry.owe(line)
    registry._make_room_for_answers()
    assert not (download.is_cut or honest.is_cut)
    assert [line.is_cut for line in slow] == [True] * 11 + [False] * 49
    # Who has taken all is remembered no longer; who goes makes room.
    slow[-1].waiting = 0
    registry.depart(slow[-2])
    registry._make_room_for_answers()
    assert list(registry._owed) == [download, honest, *slow[11:-2]]


class Socket:
    def __init__(self, waiting: int) -> None:
        self.wire: Any = self
        self.waiting = waiting

    def unsent(self) -> int:
        return self.waiting


def test_sockets_that_do_not_read_hold_so_much_each_and_together() -> None:
    many = TOGETHER_BYTES // 200_000
    sockets = [Socket(UNSENT_BYTES + 1), Socket(UNSENT_BYTES), *(Socket(200_000) for _ in range(many))]
    assert find_slow_consumers(sockets[:1]) == {sockets[0]}  # type: ignore[arg-type]
    assert find_slow_consumers(sockets[1:500]) == set()  # type: ignore[arg-type]
    gone = find_slow_consumers(sockets)  # type: ignore[arg-type]
    assert gone == {sockets[0], sockets[1]}


def test_what_waits_is_looked_at_at_each_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        registry = Strangers(room=10, shared=False)
        monkeypatch.setattr(strangers, "ANSWER_BYTES", 10)
        line = UnreadPoll("192.0.2.2", 11)
        registry.owe(line)
        registry._sweep()
        assert line.is_cut

    asyncio.run(story())
