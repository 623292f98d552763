"""Pages under ASGI, each whole in one thread: request, middleware, view, response, signals.

Django alone would run every page view of a process in one and the same thread, start a thread per request for its
signals, and hop there and back for each. A room that joins waits for commits, and those waits must overlap: then they
share a commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from io import BytesIO
from typing import Any

from asgiref.local import _CVar
from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django import setup
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import close_old_connections
from django.http.response import HttpResponseBase
from django.urls import base as addresses
from django.urls import set_script_prefix
from django.utils import timezone
from django.utils.translation import trans_real

from ..live.frame_transport import TOO_LARGE
from .bodies import most_bytes
from .headers import add_headers

THREADS = 12

Message = dict[str, Any]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class PagesHandler(ASGIHandler):
    """Django's handler with a pool of threads for whole requests."""

    def __init__(self) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain as for WSGI."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Message, receive: Callable[[], Any], send: Send) -> None:
        try:
            body = await self._read_body(scope, receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        response, messages = await loop.run_in_executor(self._pool, copy_context().run, self._answer, scope, body)
        if response is None:
            for message in messages:
                await send(message)
            return
        async with ThreadSensitiveContext():
            try:
                await self._stream(response, receive, send)
            finally:
                await sync_to_async(response.close)()

    async def _read_body(self, scope: Message, receive: Callable[[], Any]) -> BytesIO | None:
        """Return the body, or None when it is too long. Our own server says so; another may hand on all of it."""
        most, size = most_bytes(scope["path"]), 0
        if TOO_LARGE in scope.get("extensions", {}):
            return None
        pieces: list[bytes] = []
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RequestAborted
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            if size > most:
                return None
            if not message.get("more_body", False):
                return BytesIO(b"".join(pieces))

    def _answer(self, scope: Message, body: BytesIO | None) -> tuple[HttpResponseBase | None, tuple[Message, ...]]:
        """Return the messages to send, or a response that is read piece by piece."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, BytesIO() if body is None else body)
        if request is not None and body is None:
            request.urlconf = "sessions.views.body_too_large"
            request.path_info = "/"  # else a static file would be found first
        response = refused if request is None else self.get_response(request)
        assert response is not None
        add_headers(response)  # what is refused before the middleware has them too
        if scope["method"] == "HEAD":
            # daphne would send the pieces of a body, which the client takes for its next answer.
            return None, _end(response, b"")
        if response.streaming:
            close_old_connections()  # what is sent piece by piece was read before
            return response, ()
        return None, _end(response, response.content)  # type: ignore[attr-defined]

    async def _stream(self, response: HttpResponseBase, receive: Callable[[], Any], send: Send) -> None:
        """Send piece by piece until the end, or until nobody is there to take it."""
        tasks = [
            asyncio.create_task(self.send_response(response, send)),
            asyncio.create_task(self.listen_for_disconnect(receive)),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        if isinstance(ended[0], Exception):
            raise ended[0]


def _end(response: HttpResponseBase, body: bytes) -> tuple[Message, ...]:
    """Return the messages of a whole response, and close it: that says that the request is over, which gives
    connections back.
    """
    try:
        headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
        headers += [
            (b"Set-Cookie", cookie.output(header="").encode("ascii").strip()) for cookie in response.cookies.values()
        ]
        start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
        return start, {"type": "http.response.body", "body": body}
    finally:
        response.close()


def _unlock_locals() -> None:
    """Keep language, addresses and time zone of a request where asgiref keeps them, but without the lock around them.

    A context variable needs none, and of the time that a room took to join, a sixth was threads waiting for these.
    """
    kept = ((trans_real, "_active"), (addresses, "_prefixes"), (addresses, "_urlconfs"), (timezone, "_active"))
    for module, name in kept:
        setattr(module, name, _CVar())


def make_pages() -> PagesHandler:
    """Return what serves HTTP."""
    setup(set_prefix=False)
    _unlock_locals()
    return PagesHandler()
