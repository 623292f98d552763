"""Where the same frames come in over HTTP, when a network lets no socket through (docs/protocol.md, "Over HTTP").

`POST /http/s/<code>/?as=phone|console|stage&line=<name>`: every request of a long poll has the same address, so that a
proxy in front of several processes can send them all to one. All other requests are for pages.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any

import msgspec
from django.db import DatabaseError, InterfaceError

from ..errors import Code, Refused
from . import long_polls
from .entry_check import (
    CANNOT_READ,
    TOO_MANY_GUESSES,
    ConnectionRequest,
    admit,
    connection_request_of,
    headers_of,
    query_of,
)
from .frame_transport import CONNECTION, TOO_LARGE
from .headers import headers_of_poll
from .long_poll import BODY_BYTES, PATH, POLL_UNKNOWN, LongPoll
from .protocol import PollRequest, decode_poll_request, refusal
from .socket import GO_AWAY

_PATH = re.compile(re.escape(PATH) + r"(?P<code>[A-Z0-9]{1,12})/")
_NAME = re.compile(r"[A-Za-z0-9_-]{20,64}")


class LongPollApp:
    """An ASGI application in front of the pages."""

    def __init__(self, pages: Any) -> None:
        self._pages = pages

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not scope["path"].startswith(PATH):
            await self._pages(scope, receive, send)
            return
        try:
            told = await _answer(scope, receive)
        except _Refusal as refused:
            error = refusal(None, Refused(refused.code), retry=False)
            await _send(send, _told(0, [error], None), status=refused.status)
        else:
            if told is not None:
                await _send(send, told)


class _Refusal(Exception):
    """The HTTP request is malformed; no connection is affected."""

    def __init__(self, status: int, code: Code) -> None:
        super().__init__(code)
        self.status, self.code = status, code


async def _answer(scope: Any, receive: Any) -> str | None:
    """Return the answer's body, empty when there is nothing to send; None when the client has disconnected."""
    if TOO_LARGE in scope.get("extensions", {}):
        raise _Refusal(413, Code.TOO_LARGE)
    path, headers = _PATH.fullmatch(scope["path"]), headers_of(scope)
    name = query_of(scope).get("line", "")
    if path is None or not _NAME.fullmatch(name):
        raise _Refusal(404, Code.UNKNOWN_COMMAND)
    if scope["method"] != "POST":
        raise _Refusal(405, Code.BAD_MESSAGE)
    visitor = connection_request_of(scope, headers, code=path["code"])
    if visitor is None:
        raise _Refusal(403, Code.NOT_ALLOWED)
    if headers.get(b"content-type", "").partition(";")[0].strip() != "application/json":
        raise _Refusal(415, Code.BAD_MESSAGE)  # a form of another site can send no JSON
    request = await _read(receive)
    if request is None:
        return None
    address = (visitor.code, visitor.audience.value, name)
    poll = long_polls.find(address, credential := long_polls.digest_of(visitor.cookies))
    if poll is None:
        if request.have != 0 or not request.say:
            return _told(0, [], POLL_UNKNOWN)
        found = await _open(address, credential, visitor)
        if isinstance(found, str):
            return found
        poll = found
    return await _take(poll, request, scope.get("extensions", {}).get(CONNECTION), receive)


async def _read(receive: Any) -> PollRequest | None:
    """Return what is asked, or None when the other side has gone. Our own server stops reading what is too long, and
    says so; another may hand on all of it.
    """
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > BODY_BYTES:
            raise _Refusal(413, Code.TOO_LARGE)
        if not message.get("more_body", False):
            break
    try:
        return decode_poll_request(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise _Refusal(400, Code.BAD_MESSAGE) from None


async def _open(address: long_polls.Address, credential: bytes, visitor: ConnectionRequest) -> LongPoll | str:
    """Return a new long poll, or the answer that says why there is none, as a socket is told before it is closed."""
    try:
        socket = await admit(visitor)
    except Refused as refused:
        closing = GO_AWAY if refused.code is Code.SESSION_UNKNOWN else TOO_MANY_GUESSES
        return _told(1, [refusal(None, refused, retry=closing < GO_AWAY)], closing)
    except (DatabaseError, InterfaceError):
        return _told(1, [refusal(None, Refused(Code.UNAVAILABLE), retry=True)], CANNOT_READ)
    # The same request may have come twice while the database was asked.
    poll = long_polls.find(address, credential) or long_polls.open_poll(address, credential, socket)
    return poll or _told(1, [refusal(None, Refused(Code.UNAVAILABLE), retry=True)], CANNOT_READ)


async def _take(poll: LongPoll, request: PollRequest, connection: Any, receive: Any) -> str | None:
    poll.pay()
    if request.end:
        poll.drop()
        return ""
    await poll.say([_text_of(bytes(frame)) for frame in request.say])
    if request.have is None:
        return ""
    try:
        ready = poll.poll(request.have, connection)
    except LookupError:
        return _told(0, [], POLL_UNKNOWN)
    if ready is not None:
        leaving = asyncio.ensure_future(receive())  # says nothing more but that the other side has gone
        try:
            await asyncio.wait({ready, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                poll.interrupt()
                return None
        finally:
            leaving.cancel()
        if not ready.result():
            return _told(request.have, [], None)
    last, frames = poll.give(request.have)
    return _told(last, frames, poll.closed)


def _text_of(frame: bytes) -> str | None:
    """Return the frame as a socket would hand it on: what is no UTF-8 is no text."""
    try:
        return frame.decode()
    except UnicodeDecodeError:
        return None


def _told(have: int, frames: list[str], closed: int | None) -> str:
    """Return a PollResponse: its frames are JSON already."""
    return f'{{"have":{have},"frames":[{",".join(frames)}],"closed":{"null" if closed is None else closed}}}'


async def _send(send: Any, text: str, *, status: int = 200) -> None:
    body = text.encode()
    headers = [*headers_of_poll()]
    if body:
        headers.append((b"Content-Length", str(len(body)).encode()))
    elif status == 200:
        status = 204
    # A client that has disconnected gets it with its next request.
    with suppress(OSError, RuntimeError):
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
