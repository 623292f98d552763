"""Handshakes of strangers come in slices, and a closed socket has time to read why."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
import time
from types import SimpleNamespace

from twisted.internet.error import ConnectionAborted
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure

from sessions.live.protocol import PROTOCOL
from sessions.management.simulation.websocket import CLOSE, TEXT, frame
from sessions.server.handshake_queue import SLICE_S, HandshakeQueue, Work
from sessions.server.requests import Channel
from sessions.server.strangers import Strangers

from ..conversation import Talk, join
from ..server import RunningServer

PIECE_S = 0.001
BURST = 200


def test_a_burst_leaves_the_loop_to_others_and_keeps_its_order() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        until = time.perf_counter() + PIECE_S
        while time.perf_counter() < until:
            pass
        done.append(number)

    async def run() -> None:
        pace = HandshakeQueue()
        pace.run(lambda: work(0))
        assert done == [0], "with nothing before it, it is done at once"
        for number in range(1, BURST):
            pace.run(lambda number=number: work(number))  # type: ignore[misc]
        assert len(done) == 1
        turns = 0
        while len(done) < BURST:
            await asyncio.sleep(0)
            turns += 1
        assert turns >= BURST * PIECE_S / (SLICE_S + PIECE_S), "others had their turn between the slices"

    asyncio.run(run())
    assert done == list(range(BURST))


class Held(HandshakeQueue):
    """A queue that is long: nobody's turn comes."""

    def run(self, work: Work) -> None:
        self._waiting.append(work)


class SlowConnection(StringTransport):
    def abortConnection(self) -> None:
        super().abortConnection()
        self.protocol.connectionLost(Failure(ConnectionAborted()))


def test_who_waits_for_a_turn_counts_among_strangers() -> None:
    """Else a burst of handshakes could hold as many connections as the process may open."""

    async def run() -> list[bool]:
        server = SimpleNamespace(strangers=Strangers(room=4, shared=True), pace=Held(), root_path="")
        server.protocol_connected = server.protocol_disconnected = lambda _: None
        lines = []
        for _ in range(6):
            line, channel = SlowConnection(), Channel()
            channel.factory = channel.site = SimpleNamespace(server=server)
            line.protocol = channel
            channel.makeConnection(line)
            channel.dataReceived(b"GET /ws/s/X/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n")
            lines.append(line)
        return [line.disconnected or line.disconnecting for line in lines]

    assert asyncio.run(run()) == [True, True, False, False, False, False]


def shake(server: RunningServer) -> socket.socket:
    line = socket.create_connection((server.host, server.port), timeout=30)
    key = base64.b64encode(os.urandom(16)).decode()
    line.sendall(
        f"GET /ws/s/{server.code}/?as=stage HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    return line


def test_connections_that_go_while_they_wait_for_their_turn_do_no_harm(server: RunningServer) -> None:
    async def run() -> None:
        cookies = await join(server.base, server.code, "onderwijs")
        talk = await Talk(base=server.base, code=server.code, role="phone", cookies=cookies).connect()
        lines = [shake(server) for _ in range(BURST)]
        for line in lines:
            # Reset, so that the server has nothing left to answer to.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()
        await talk.call("ping", {"waiting": 0}, key=False)
        await talk.close()
        again = await Talk(base=server.base, code=server.code, role="phone", cookies=cookies).connect()
        await again.close()

    asyncio.run(run())
    assert "Traceback" not in server.log


def test_who_reads_late_still_hears_why_it_is_closed(server: RunningServer) -> None:
    """autobahn waits one second for the answer to a close, then resets the connection with all that was not read."""
    with shake(server) as line:
        head = b""
        while b"\r\n\r\n" not in head:
            head += line.recv(4_096)
        assert head.startswith(b"HTTP/1.1 101 ")
        hello = {"id": 1, "do": "hello", "with": {"protocol": PROTOCOL, "lang": "en"}}
        line.sendall(frame(TEXT, json.dumps(hello).encode()))
        time.sleep(2.5)  # this is what is tested: a phone that was away for a moment
        told = b""
        while b"\x88\x02" not in told:
            piece = line.recv(4_096)
            assert piece, "closed without a word"
            told += piece
        assert b"auth." in told, told
        assert told[told.index(b"\x88\x02") + 2 :][:2] == (4500).to_bytes(2, "big")
        line.sendall(frame(CLOSE, (4500).to_bytes(2, "big")))
