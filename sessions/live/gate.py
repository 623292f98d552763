"""Where sockets come in: `/ws/s/<code>/?as=phone|console|stage`, from a page of this very host only."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import parse_cookie

from ..enums import Audience
from ..errors import Code, Refused
from .hubs import find_session, hub_of
from .protocol import refusal
from .socket import GO_AWAY, SessionSocket

_PATH = re.compile(r"/ws/s/(?P<code>[A-Z0-9]{1,12})/")


class SocketGate:
    """An ASGI application. Refuses strangers at the handshake, tells others in a frame why they cannot stay."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = {name.lower(): value.decode("latin1") for name, value in scope.get("headers", ())}
        path = _PATH.fullmatch(scope["path"])
        role = parse_qs(scope.get("query_string", b"").decode("latin1")).get("as", [""])[0]
        if path is None or role not in Audience.values or not _same_origin(headers):
            await receive()
            await send({"type": "websocket.close", "code": 4403})  # before accepting: HTTP 403
            return
        try:
            session_id = await find_session(path["code"])
        except (DatabaseError, InterfaceError):
            await _turn_away(receive, send, Refused(Code.UNAVAILABLE), retry=True, code=4001)
            return
        if session_id is None:
            await _turn_away(receive, send, Refused(Code.SESSION_UNKNOWN), retry=False, code=GO_AWAY)
            return
        cookies = parse_cookie(headers.get(b"cookie", ""))
        socket = SessionSocket(hub=hub_of(session_id), audience=Audience(role), cookies=cookies)
        await socket(scope, receive, send)


async def _turn_away(receive: Any, send: Any, refused: Refused, *, retry: bool, code: int) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": refusal(None, refused, retry=retry)})
    await send({"type": "websocket.close", "code": code})


def _same_origin(headers: dict[bytes, str]) -> bool:
    """Whether the page that opens the socket came from this host and port, or from the public address.

    Browsers always send Origin; a client without one is no browser and carries nobody else's cookies.
    """
    origin = headers.get(b"origin")
    if origin is None:
        return True
    if origin == settings.PUBLIC_URL:
        return True
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc == headers.get(b"host")
