"""The way of the writer's answers back to sockets: from its thread into the event loop."""

from __future__ import annotations

import asyncio
from typing import Any

from ..errors import Code, Refused
from .writer import Result


class Mailbox:
    """Takes a batch's answers from the writer's thread into the event loop: one hop per batch, not per answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._delivering: set[asyncio.Task[None]] = set()

    def post(self, results: list[tuple[object, Result]]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._start, results)

    def _start(self, results: list[tuple[Any, Result]]) -> None:
        task = self._loop.create_task(_deliver(results))
        self._delivering.add(task)
        task.add_done_callback(self._delivering.discard)


async def _deliver(results: list[tuple[Any, Result]]) -> None:
    for (socket, re, is_vote), result in results:
        if socket.gone:
            continue
        if isinstance(result, Refused):
            # A socket was in the session, so it was deleted: the same code as the hub sends with its next turn.
            gone = result.code is Code.SESSION_UNKNOWN
            await socket.send_refusal(re, Refused(Code.SESSION_DELETED) if gone else result)
            continue
        made = "null" if result.id is None else f'"{result.id}"'
        if is_vote and result.noted:
            socket.acknowledged.add(result.seq)
        await socket.send_text(f'{{"re":{re},"ok":{{"seq":{result.seq},"id":{made}}}}}')


_mailboxes: dict[asyncio.AbstractEventLoop, Mailbox] = {}


def mailbox_here() -> Mailbox:
    """Return the mailbox of the running loop."""
    loop = asyncio.get_running_loop()
    box = _mailboxes.get(loop)
    if box is None:
        box = _mailboxes[loop] = Mailbox(loop)
    return box
