"""Where sockets come in: `/ws/s/<code>/?as=phone|console|stage`, from a page of this very host only."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import parse_cookie

from ..enums import Audience
from ..errors import Code, Refused
from .codes import is_let_in_before, join_brake, places
from .hubs import find_session, hub_of
from .networks import address_of
from .origin import is_own_origin, tell_other_address
from .protocol import refusal
from .reading import read
from .socket import GO_AWAY, SessionSocket

_PATH = re.compile(r"/ws/s/(?P<code>[A-Z0-9]{1,12})/")
CANNOT_READ = 4001
TOO_MANY_GUESSES = 4002


class SocketGate:
    """An ASGI application. Refuses strangers at the handshake, tells others in a frame why they cannot stay."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = {name.lower(): value.decode("latin1") for name, value in scope.get("headers", ())}
        path = _PATH.fullmatch(scope["path"])
        role = parse_qs(scope.get("query_string", b"").decode("latin1")).get("as", [""])[0]
        if path is None or role not in Audience.values or not _is_own_page(scope, headers):
            await receive()
            await send({"type": "websocket.close", "code": 4403})  # before accepting: HTTP 403
            return
        code, cookies = path["code"], parse_cookie(headers.get(b"cookie", ""))
        address = address_of((scope.get("client") or ("",))[0])
        try:
            session_id = await _find_guessed(code, address=address, cookies=cookies)
        except Refused as refused:
            closing = GO_AWAY if refused.code is Code.SESSION_UNKNOWN else TOO_MANY_GUESSES
            await _turn_away(receive, send, refused, retry=closing < GO_AWAY, code=closing)
            return
        except (DatabaseError, InterfaceError):
            await _turn_away(receive, send, Refused(Code.UNAVAILABLE), retry=True, code=CANNOT_READ)
            return
        socket = SessionSocket(
            hub=hub_of(session_id),
            audience=Audience(role),
            cookies=cookies,
            when_in=lambda: places.note(address, code),
        )
        await socket(scope, receive, send)


async def _find_guessed(code: str, *, address: str, cookies: dict[str, str]) -> int:
    """Return the session of a code. Raises Refused for a wrong one, and when too many were guessed before it."""
    guess = join_brake.reserve(address, code)
    if guess is None:
        if not places.know(address, code) and not await read(lambda: is_let_in_before(cookies, [code])):
            raise Refused(Code.SLOW_DOWN)
        guess = join_brake.free()
    with guess:
        found = await find_session(code)
        if found is None:
            guess.spend()
            raise Refused(Code.SLOW_DOWN if guess.waits else Code.SESSION_UNKNOWN)
        return found


async def _turn_away(receive: Any, send: Any, refused: Refused, *, retry: bool, code: int) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": refusal(None, refused, retry=retry)})
    await send({"type": "websocket.close", "code": code})


def _is_own_page(scope: Any, headers: dict[bytes, str]) -> bool:
    """Whether a page of this site opens the socket. The proxy says the scheme as it does for pages (see settings)."""
    is_secure = scope.get("scheme") == "wss" or (settings.HTTPS and headers.get(b"x-forwarded-proto") == "https")
    origin = headers.get(b"origin")
    is_own = is_own_origin(origin, scheme="https" if is_secure else "http", host=headers.get(b"host"))
    if not is_own:
        tell_other_address(str(origin))
    return is_own
