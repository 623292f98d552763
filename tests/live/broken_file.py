"""Lets every file of a server break off in the middle: its second piece raises."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sessions.exchange import spool


async def begin_and_fail(_: object) -> AsyncIterator[bytes]:
    yield b"session,code\r\n"
    raise RuntimeError("the compiler took no such text")


def alter() -> None:
    spool.send_pieces = begin_and_fail
