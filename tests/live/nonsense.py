"""What the tests of bad input share: a good command to spoil, a phone to send from, the error that comes back."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from uuid import uuid4

from ..conversation import Talk, join
from ..server import RunningServer

KEY = str(uuid4())


def command_frame(do: Any = "card.write", content: Any = None, **more: Any) -> str:
    return json.dumps({"id": 1, "do": do, "key": KEY, "with": {} if content is None else content} | more)


WRITE = {"step": "0" * 12, "text": "a", "aspect": "both", "lang": "nl"}
VOTE = {"round": "0" * 12, "item": "0" * 12, "value": 1, "tap": 1}


async def with_phone(server: RunningServer, do: Callable[[Talk], Awaitable[None]], lang: str = "nl") -> None:
    cookies = await join(server.base, server.code, "onderwijs")
    talk = await Talk(base=server.base, code=server.code, role="phone", cookies=cookies, lang=lang).connect()
    try:
        await do(talk)
    finally:
        await talk.close()


async def answer_to(talk: Talk, frame: str | bytes | Iterator[str | bytes]) -> dict[str, Any]:
    """Send something bad; return the error. A ping behind it shows that the socket lives."""
    before = {id(known) for known in talk.frames}
    await talk.send_raw(frame)
    await talk.call("ping", {"waiting": 0}, key=False)
    return await talk.until(lambda found: "error" in found and id(found) not in before)
