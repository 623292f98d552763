"""Who has shown nothing has little time and goes first; who is in is left alone. Over real sockets of a real server."""

from __future__ import annotations

import asyncio
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets

from sessions.live.networks import address_of
from sessions.live.welcome import ping_seconds
from sessions.server.strangers import StrangerKind, Strangers

from ..conversation import Talk, join
from ..server import ROOT, RunningServer
from .raw import dial, read_all

HEAD_S = 2.0
ABSENT_S = 3.0
WAITS = {
    "sessions.server.requests.HEAD_S": HEAD_S,
    "sessions.live.socket.HELLO_S": 2.0,
    "sessions.live.hub.ABSENT_AFTER": ABSENT_S / ping_seconds(0),
}


@pytest.fixture(scope="module")
def brisk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that gives little time."""
    folder = tmp_path_factory.mktemp("brisk")
    with RunningServer(data_dir=folder, waits=WAITS) as running:
        yield running


def test_silence_and_half_a_head_end(brisk: RunningServer) -> None:
    with dial(brisk) as silent, dial(brisk) as half:
        began = time.monotonic()
        half.sendall(b"GET / HTTP/1.1\r\nHo")
        assert read_all(half).startswith(b"HTTP/1.1 408 ")
        assert read_all(silent) == b""
        assert HEAD_S - 1 <= time.monotonic() - began <= HEAD_S + 8


def test_a_socket_without_a_hello_is_told_and_closed(brisk: RunningServer) -> None:
    async def wait() -> None:
        address = brisk.base.replace("http", "ws", 1) + f"/ws/s/{brisk.code}/?as=phone"
        async with websockets.connect(address, compression=None) as line:
            told = json.loads(await asyncio.wait_for(line.recv(), 25))
            assert (told["error"]["code"], told["re"], told["error"]["retry"]) == ("hello.first", None, True)
            await line.wait_closed()
            assert line.close_code == 4408

    asyncio.run(wait())


def test_a_ping_of_the_protocol_is_a_sign_of_life(brisk: RunningServer) -> None:
    async def live() -> None:
        cookies = await join(brisk.base, brisk.code, "onderwijs")
        living, silent = [
            await Talk(base=brisk.base, code=brisk.code, role="phone", cookies=cookies).connect() for _ in range(2)
        ]
        for talk in (living, silent):
            assert talk._pinging is not None
            talk._pinging.cancel()
            assert talk.welcome["ping"] == ping_seconds(0)
        began = time.monotonic()
        while silent.closed is None or time.monotonic() - began < 2 * ABSENT_S:
            assert time.monotonic() - began < 30
            await asyncio.sleep(0.5)
            await living._socket.ping()
        assert living.closed is None, "no message for twice as long as is let pass"
        await living.close()

    asyncio.run(live())


def test_odd_handshakes(server: RunningServer) -> None:
    def shake(path: str, more: bytes = b"") -> bytes:
        with dial(server) as line:
            line.sendall(
                f"GET {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nUpgrade: websocket\r\n".encode()
                + b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + more
                + b"\r\n"
            )
            return line.recv(12)

    good = f"/ws/s/{server.code}/"
    assert shake(good + "?as=phone") == b"HTTP/1.1 101"
    assert shake(good + "%0a?as=phone") == b"HTTP/1.1 403"
    assert shake(good + "?as=phone", "Sec-WebSocket-Protocol: é\r\n".encode()) == b"HTTP/1.1 101"
    assert shake(good + "?as=phone", b"Daphne-Root-Path: /x\r\n") == b"HTTP/1.1 101"


def test_who_said_no_hello_yet_is_told_of_the_end(tmp_path: Path) -> None:
    async def story() -> None:
        address = server.base.replace("http", "ws", 1) + f"/ws/s/{server.code}/?as=phone"
        async with websockets.connect(address, compression=None) as line:
            half = dial(server)
            half.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx")
            await asyncio.sleep(0.3)
            await asyncio.get_running_loop().run_in_executor(None, server.stop)
            assert json.loads(await line.recv())["bye"] == "restart"
            await line.wait_closed()
            assert line.close_code == 4000
            half.close()

    server = RunningServer(data_dir=tmp_path)
    server.start()
    asyncio.run(story())
    assert "Traceback" not in server.log


class RawConnection:
    def __init__(self, address: str = "192.0.2.1") -> None:
        self.address = address
        self.is_cut = self.is_expired = False
        self.waiting = 0

    def unsent(self) -> int:
        return self.waiting

    def cut(self) -> None:
        self.is_cut = True

    def expire(self) -> None:
        self.is_expired = True


class Late(RawConnection):
    """One whose time is over at the next look at all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.is_told = asyncio.Event()

    def expire(self) -> None:
        self.is_told.set()


def test_the_oldest_stranger_goes_first_and_who_is_in_stays() -> None:
    async def story() -> None:
        strangers = Strangers(room=4, shared=True)
        lines = [RawConnection() for _ in range(6)]
        for line in lines[:4]:
            strangers.note(line, StrangerKind.UNKNOWN)
            strangers.arrive(line)
        strangers.forget(lines[0])  # it is in
        strangers.note(lines[1], StrangerKind.HELLO)
        for line in lines[4:]:
            strangers.note(line, StrangerKind.UNKNOWN)
            strangers.arrive(line)
            for gone in (found for found in lines if found.is_cut):
                if gone in lines[2:4]:
                    strangers.forget(gone)
        assert [line.is_cut for line in lines] == [False, False, True, True, False, False]

    asyncio.run(story())


def test_a_full_room_behind_one_address_fits() -> None:
    async def story() -> None:
        strangers = Strangers(room=20_000, shared=False)
        lines = [RawConnection() for _ in range(1_000)]
        for line in lines:  # all at once, before any of them says a word
            strangers.note(line, StrangerKind.UNKNOWN)
            strangers.arrive(line)
            strangers.note(line, StrangerKind.SOCKET)
        assert not any(line.is_cut for line in lines)

    asyncio.run(story())


def test_one_address_cannot_take_all_places() -> None:
    async def story() -> None:
        strangers = Strangers(room=100, shared=False)
        honest = RawConnection("192.0.2.2")
        strangers.note(honest, StrangerKind.UNKNOWN)
        greedy = [RawConnection("192.0.2.3") for _ in range(80)]
        for line in greedy:
            strangers.note(line, StrangerKind.UNKNOWN)
        assert sum(line.is_cut for line in greedy) == 30
        assert not honest.is_cut

    asyncio.run(story())


@pytest.mark.parametrize(("connections", "lines"), [(7, 0), (8, 1)])
def test_a_log_line_says_that_open_files_are_nearly_used_up(
    connections: int, lines: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From 80 % on, and once a minute, however long it lasts."""
    monkeypatch.setattr("sessions.server.strangers.SWEEP_S", 0.01)

    async def story() -> None:
        room = Strangers(room=10, shared=True)
        for _ in range(connections):
            room.arrive(RawConnection())
        for _ in range(3):  # sweeps
            late = Late()
            room.note(late, StrangerKind.UNKNOWN, within=0)
            await late.is_told.wait()

    asyncio.run(story())
    told = [record.getMessage() for record in caplog.records if "nearly used up" in record.getMessage()]
    assert told == [f"Open files are nearly used up: {connections} connections of 10 that fit"] * lines


def test_addresses_that_one_person_has() -> None:
    assert address_of("192.0.2.1") == "192.0.2.1" == address_of("::ffff:192.0.2.1")
    assert address_of("2001:db8::1") == address_of("2001:db8::2:3") != address_of("2001:db8:1::1")
    assert address_of("") == ""


def test_the_limit_of_files_is_raised_and_told(tmp_path: Path) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    code = "from sessions.server.descriptors import raise_limit; print(*raise_limit())"
    command = ["bash", "-c", f'ulimit -S -n 300; exec "{sys.executable}" -c "{code}"']
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["300", str(hard)]


def test_the_server_tells_its_limit(server: RunningServer) -> None:
    assert re.search(r"Open files: the limit is \d+ \(it was \d+\); room for \d+ connections", server.log)


def test_phones_ping_by_who_is_present() -> None:
    assert [ping_seconds(n) for n in (0, 500, 501, 1_000, 3_000)] == [5, 5, 6, 10, 10]
