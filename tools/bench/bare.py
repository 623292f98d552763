"""The least that daphne can do: an ASGI application that sends one string to all its sockets, four times a second.

`/go?<bytes>` on a socket's path starts it. No framework, no rules, no database: what is left is daphne's own cost.
"""

from __future__ import annotations

import asyncio
from typing import Any

EVERY_S = 0.25

_sends: set[Any] = set()
_tasks: list[asyncio.Task[None]] = []


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await receive()
    await send({"type": "websocket.accept"})
    _sends.add(send)
    try:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            # The tally that the product sent, to be sent from here.
            _tasks.append(asyncio.ensure_future(_repeat(message["text"])))
    finally:
        _sends.discard(send)


async def _repeat(text: str) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        for send in tuple(_sends):
            await send({"type": "websocket.send", "text": text})
        due = max(due + EVERY_S, loop.time())
        await asyncio.sleep(due - loop.time())
