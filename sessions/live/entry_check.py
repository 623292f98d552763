"""Checks before any connection, socket or HTTP: same origin, and a join code that is not guessed too often."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import parse_qs

from django.conf import settings
from django.http import parse_cookie

from ..enums import Audience
from ..errors import Code, Refused
from .hubs import find_session, hub_of
from .join_code_guesses import count_guess, join_brake, places, was_admitted_before
from .networks import address_of
from .origin import is_own_origin, tell_other_address
from .reader_threads import read
from .socket import SessionSocket

CANNOT_READ = 4001
TOO_MANY_GUESSES = 4002


class ConnectionRequest(NamedTuple):
    """A connection request, by what the connection itself says."""

    code: str
    audience: Audience
    cookies: dict[str, str]
    address: str


def headers_of(scope: Any) -> dict[bytes, str]:
    return {name.lower(): value.decode("latin1") for name, value in scope.get("headers", ())}


def query_of(scope: Any) -> dict[str, str]:
    """Return the first value of each."""
    found = parse_qs(scope.get("query_string", b"").decode("latin1"))
    return {name: values[0] for name, values in found.items()}


def connection_request_of(scope: Any, headers: dict[bytes, str], *, code: str) -> ConnectionRequest | None:
    """Return the request, or None when the role is unknown or the page is of another site."""
    role = query_of(scope).get("as", "")
    if role not in Audience.values or not _is_own_page(scope, headers):
        return None
    cookies = parse_cookie(headers.get(b"cookie", ""))
    return ConnectionRequest(code, Audience(role), cookies, address_of((scope.get("client") or ("",))[0]))


async def admit(visitor: ConnectionRequest) -> SessionSocket:
    """Return the visitor's end of the session with this code.

    Raises Refused for a wrong code, and when too many were guessed before it; a database error when it cannot be read.
    """
    session_id = await _find_guessed(visitor.code, address=visitor.address, cookies=visitor.cookies)
    return SessionSocket(
        hub=hub_of(session_id),
        audience=visitor.audience,
        cookies=visitor.cookies,
        when_in=lambda: places.note(visitor.address, visitor.code),
    )


async def _find_guessed(code: str, *, address: str, cookies: dict[str, str]) -> int:
    guess = join_brake.reserve(address, code)
    if guess is None:
        if not places.know(address, code) and not await read(lambda: was_admitted_before(cookies, [code])):
            raise Refused(Code.SLOW_DOWN)
        guess = join_brake.free()
    with guess:
        return count_guess(guess, await find_session(code))


def _is_own_page(scope: Any, headers: dict[bytes, str]) -> bool:
    """Whether a page of this site asks. The proxy says the scheme as it does for pages (see settings)."""
    is_secure = scope.get("scheme") in ("wss", "https") or (
        settings.HTTPS and headers.get(b"x-forwarded-proto") == "https"
    )
    origin = headers.get(b"origin")
    is_own = is_own_origin(origin, scheme="https" if is_secure else "http", host=headers.get(b"host"))
    if not is_own:
        tell_other_address(str(origin))
    return is_own
