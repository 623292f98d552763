"""Where sockets come in: `/ws/s/<code>/?as=phone|console|stage`, from a page of this very host only."""

from __future__ import annotations

import re
from typing import Any

from django.db import DatabaseError, InterfaceError

from ..errors import Code, Refused
from .entry_check import CANNOT_READ, TOO_MANY_GUESSES, admit, connection_request_of, headers_of
from .protocol import refusal
from .socket import GO_AWAY

_PATH = re.compile(r"/ws/s/(?P<code>[A-Z0-9]{1,12})/")


class SocketApp:
    """An ASGI application. Refuses strangers at the handshake, tells others in a frame why they cannot stay."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = _PATH.fullmatch(scope["path"])
        visitor = path and connection_request_of(scope, headers_of(scope), code=path["code"])
        if not visitor:
            await receive()
            await send({"type": "websocket.close", "code": 4403})  # before accepting: HTTP 403
            return
        try:
            socket = await admit(visitor)
        except Refused as refused:
            closing = GO_AWAY if refused.code is Code.SESSION_UNKNOWN else TOO_MANY_GUESSES
            await _turn_away(receive, send, refused, retry=closing < GO_AWAY, code=closing)
        except (DatabaseError, InterfaceError):
            await _turn_away(receive, send, Refused(Code.UNAVAILABLE), retry=True, code=CANNOT_READ)
        else:
            await socket(scope, receive, send)


async def _turn_away(receive: Any, send: Any, refused: Refused, *, retry: bool, code: int) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": refusal(None, refused, retry=retry)})
    await send({"type": "websocket.close", "code": code})
