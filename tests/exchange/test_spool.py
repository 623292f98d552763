from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from sessions.enums import Role
from sessions.exchange import spool
from sessions.exchange.files import FILES, read_file
from sessions.exchange.spool import Pieces, read_pieces, send_pieces

from .scene import make_evening

pytestmark = pytest.mark.django_db(transaction=True)


def receive(pieces: Pieces, *, stop_after: int | None = None) -> list[bytes]:
    """Read what is sent, as the server does."""

    async def read() -> list[bytes]:
        received: list[bytes] = []
        stream = send_pieces(pieces)
        async for piece in stream:
            received.append(piece)
            if stop_after is not None and len(received) == stop_after:
                break
        await stream.aclose()  # type: ignore[attr-defined]
        return received

    return asyncio.run(read())


def test_a_file_arrives_as_it_is_read() -> None:
    session = make_evening().session
    for name in ("contributions.csv", "votes.csv", "events.jsonl"):

        def pieces(name: str = name) -> Iterator[bytes]:
            return read_file(found=FILES[name], session_id=session.pk, role=Role.CORE)

        assert b"".join(receive(pieces)) == b"".join(read_pieces(pieces))


def test_what_is_ready_is_sent_before_the_rest_is_read() -> None:
    first_arrived = threading.Event()

    def pieces() -> Iterator[bytes]:
        yield b"first"
        assert first_arrived.wait(10)
        yield b"second"

    async def read() -> list[bytes]:
        received = []
        async for piece in send_pieces(pieces):
            received.append(piece)
            first_arrived.set()
        return received

    assert asyncio.run(read()) == [b"first", b"second"]


def test_what_the_room_has_to_do_goes_before_the_next_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "TURN", 0)  # after every piece, however quick the machine
    done: list[int] = []

    async def read() -> list[bytes]:
        loop = asyncio.get_running_loop()

        def pieces() -> Iterator[bytes]:
            for number in range(50):
                loop.call_soon_threadsafe(done.append, number)
                yield b"" if number % 2 else b"x"  # also when a piece brought nothing to send
                assert done[-1] == number

        return [piece async for piece in send_pieces(pieces)]

    assert b"".join(asyncio.run(read())) == b"x" * 25


def test_half_a_file_does_not_look_whole() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a few rows"
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        receive(pieces)


def test_nobody_reads_on_when_the_browser_has_gone() -> None:
    closed, gone = threading.Event(), threading.Event()

    def pieces() -> Iterator[bytes]:
        try:
            yield b"first"
            assert gone.wait(10)
            while True:
                yield b"more"
        finally:
            closed.set()

    async def read() -> None:
        stream = send_pieces(pieces)
        assert await anext(stream) == b"first"
        await stream.aclose()  # type: ignore[attr-defined]
        gone.set()

    asyncio.run(read())
    assert closed.wait(10)


def test_what_is_written_meanwhile_is_not_read() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("a database in memory has one state for all of its connections")
    scene = make_evening()

    def join() -> None:
        scene.join("onderwijs")
        connections.close_all()

    def pieces() -> Iterator[bytes]:
        people = read_file(found=FILES["participants.csv"], session_id=scene.session.pk, role=Role.CORE)
        before = b"".join(people)
        with ThreadPoolExecutor() as threads:
            threads.submit(join).result()
        people = read_file(found=FILES["participants.csv"], session_id=scene.session.pk, role=Role.CORE)
        assert b"".join(people) == before
        yield before

    first = b"".join(read_pieces(pieces))
    assert b"".join(read_pieces(pieces)) != first
