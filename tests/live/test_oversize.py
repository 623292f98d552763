"""Messages that are too large, and frames that are odd: a typed error where one can be given, and no memory lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import websockets
from django.utils import translation

from sessions.errors import SENTENCES, Code
from sessions.live.protocol import FRAME_BYTES
from sessions.live.socket import GO_AWAY
from sessions.server.inbound import DROPPED_BYTES, MESSAGE_BYTES
from tools.faults.sockets import memory

from ..conversation import Talk, join
from ..server import RunningServer
from .nonsense import WRITE, answer_to, command_frame, with_phone

LARGE = 2_000_000
MEMORY_BYTES = 12_000_000
"""What the server may grow by while 2 MB come in again and again; collected, each would cost several times its size."""


def in_pieces(text: str | bytes, *, size: int) -> Iterator[str | bytes]:
    """Cut a message into frames."""
    for start in range(0, len(text), size):
        yield text[start : start + size]


TOO_LARGE: list[tuple[str, Callable[[], Any]]] = [
    ("one byte too many", lambda: "x" * (FRAME_BYTES + 1)),
    ("more bytes than letters", lambda: "é" * (FRAME_BYTES // 2 + 1)),
    ("2 MB", lambda: "x" * LARGE),
    ("2 MB, binary", lambda: b"\x00" * LARGE),
    ("2 MB in pieces", lambda: in_pieces("x" * LARGE, size=1000)),
    ("2 MB of bytes in pieces", lambda: in_pieces(b"\xff" * LARGE, size=65_537)),
    ("a good command and much white space", lambda: command_frame("card.write", WRITE) + " " * FRAME_BYTES),
    ("100,000 deep", lambda: "[" * 100_000),
    ("100,000 deep in a command", lambda: '{"id":1,"do":"ping","with":' + "[" * 100_000),
]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_too_large_gets_a_typed_and_translated_error(server: RunningServer, lang: str) -> None:
    async def send_all(talk: Talk) -> None:
        for what, make in TOO_LARGE:
            answer = await answer_to(talk, make())
            assert (answer["error"]["code"], answer["re"]) == ("message.too_large", None), what
            with translation.override(lang):
                assert answer["error"]["message"] == str(SENTENCES[Code.TOO_LARGE]), what
            assert answer["error"]["retry"] is False, what
        assert talk.closed is None

    asyncio.run(with_phone(server, send_all, lang))
    assert "Traceback" not in server.log


def test_as_much_as_is_allowed_is_read(server: RunningServer) -> None:
    """Whole and in pieces, one of which is empty."""
    ping = '{"id":77,"do":"ping","with":{"waiting":0}}'
    whole = ping + " " * (FRAME_BYTES - len(ping))

    async def send(talk: Talk) -> None:
        for frame in (whole, in_pieces(whole, size=1000), ["", ping[:9], "", ping[9:], ""]):
            before = len(talk.frames)
            await talk.send_raw(frame)
            await talk.until(lambda found, before=before: found in talk.frames[before:] and found.get("re") == 77)
        assert not any("error" in frame for frame in talk.frames)

    asyncio.run(with_phone(server, send))


def test_what_is_too_large_costs_the_server_no_memory(tmp_path: Path) -> None:
    """Eight people at once, six messages of 2 MB each, whole and in pieces."""

    async def send(server: RunningServer) -> None:
        people = [await join(server.base, server.code, "overheden") for _ in range(8)]
        talks = [Talk(base=server.base, code=server.code, role="phone", cookies=mine) for mine in people]
        await asyncio.gather(*(talk.connect() for talk in talks))
        assert server.pid is not None
        before = most = memory(server.pid)

        async def flood(talk: Talk) -> None:
            for number in range(6):
                await answer_to(talk, "x" * LARGE if number % 2 else in_pieces("x" * LARGE, size=16_000))

        floods = asyncio.gather(*(flood(talk) for talk in talks))
        while not floods.done():
            most = max(most, memory(server.pid))
            await asyncio.sleep(0.01)
        await floods
        for talk in talks:
            assert talk.closed is None
            await talk.close()
        assert most - before < MEMORY_BYTES

    with RunningServer(data_dir=tmp_path) as server:
        asyncio.run(send(server))
        assert "Traceback" not in server.log


@pytest.mark.parametrize(
    ("size", "times"), [(MESSAGE_BYTES + 1, 1), (2_000_000, 1 + DROPPED_BYTES // 2_000_000)], ids=["beyond", "often"]
)
def test_who_sends_far_too_much_is_told_and_sent_away(server: RunningServer, size: int, times: int) -> None:
    """And nobody else: neighbours notice nothing, and the same person may come back."""

    async def send(neighbour: Talk) -> None:
        cookies = await join(server.base, server.code, "overheden")
        talk = await Talk(base=server.base, code=server.code, role="phone", cookies=cookies).connect()
        with suppress(websockets.ConnectionClosed):
            for _ in range(times + 1):
                await talk.send_raw(in_pieces("x" * size, size=100_000))
        await talk._socket.wait_closed()
        await talk._reading
        assert talk.closed == GO_AWAY
        errors = [frame["error"]["code"] for frame in talk.frames if "error" in frame]
        assert errors == ["message.too_large"] * times
        await talk.connect()
        await talk.close()
        await neighbour.call("ping", {"waiting": 0}, key=False)

    asyncio.run(with_phone(server, send))
    assert "Traceback" not in server.log


# -- what the frames themselves may be ---------------------------------------------------------------------------


def test_a_text_that_is_no_utf8_is_refused_like_any_other(server: RunningServer) -> None:
    """RFC 6455 would have the connection fail; a client that is told can be mended."""

    async def send(talk: Talk) -> None:
        for bad in (b"\xff", b'{"id":1,"do":"ping","x":"\xed\xa0\x80"}', b"\xc3"):
            before = {id(known) for known in talk.frames}
            await talk._socket.send(bad, text=True)
            answer = await talk.until(lambda found, before=before: "error" in found and id(found) not in before)
            assert (answer["error"]["code"], answer["re"]) == ("message.bad", None)
        await talk.call("ping", {"waiting": 0}, key=False)

    asyncio.run(with_phone(server, send))
    assert "Traceback" not in server.log


def test_compression_is_not_spoken_here(server: RunningServer) -> None:
    """A small frame could grow to anything. Who offers it is declined and understood; who uses it all the same has
    left the protocol of sockets, where nothing can be answered."""

    async def send() -> None:
        cookies = await join(server.base, server.code, "onderwijs")
        address = server.base.replace("http", "ws", 1) + f"/ws/s/{server.code}/?as=phone"
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        async with websockets.connect(
            address, origin=websockets.Origin(server.base), additional_headers={"Cookie": cookie}, compression="deflate"
        ) as socket:
            assert "Sec-WebSocket-Extensions" not in socket.response.headers  # type: ignore[union-attr]
            await socket.send("x" * 100_000)
            assert json.loads(await socket.recv())["error"]["code"] == "message.too_large"
            socket.transport.write(bytes((0xC1, 0x80, 0, 0, 0, 0)))  # a text frame that says it is compressed
            await socket.wait_closed()
            assert socket.close_code == 1006

    asyncio.run(send())
    assert "Traceback" not in server.log
