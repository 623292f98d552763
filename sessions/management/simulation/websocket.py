"""A WebSocket client (RFC 6455) in one asyncio protocol: light enough for a thousand in one process.

It asks for no extensions, and its mask is zero: masks protect proxies from hostile pages, and here is no page.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import ssl
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
SWITCHED = b"HTTP/1.1 101 "


class HandshakeRefused(ConnectionError):
    """The server answered the handshake with something else than 101."""


def frame(opcode: int, payload: bytes) -> bytes:
    """Return one whole client frame."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 65_536:
        head = bytes((0x80 | opcode, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + b"\0\0\0\0" + payload


class WebSocket(asyncio.Protocol):
    """`on_text` gets the bytes of every text message, `on_close` the close code (1006 when it just broke)."""

    transport: asyncio.Transport

    def __init__(self, *, request: bytes, accept: bytes) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_text: Callable[[bytes], None] = lambda _: None
        self.on_close: Callable[[int], None] = lambda _: None
        self.code = 1006
        self._request = request
        self._accept = accept
        self._rest = b""
        self._message: bytearray | None = None

    def send_text(self, payload: bytes) -> None:
        self.transport.write(frame(TEXT, payload))

    def close(self, code: int = 1000) -> None:
        """Say goodbye and go."""
        self.code = code
        self.transport.write(frame(CLOSE, code.to_bytes(2, "big")))
        self.transport.close()

    def abort(self) -> None:
        """Abort without a close frame, as a phone that loses its network."""
        self.transport.abort()

    # -- what asyncio calls --------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._request)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the server hung up during the handshake"))
        self.on_close(self.code)

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        if not self.opened.done():
            head, mark, data = data.partition(b"\r\n\r\n")
            if not mark:
                self._rest = head
                return
            self._rest = b""
            if not self._shake(head):
                return
        at, end = 0, len(data)
        while end - at >= 2:
            first, size, start = data[at], data[at + 1] & 0x7F, at + 2
            if size == 126:
                start += 2
                size = int.from_bytes(data[at + 2 : start], "big")
            elif size == 127:
                start += 8
                size = int.from_bytes(data[at + 2 : start], "big")
            if end < start or end - start < size:
                break
            at = start + size
            if first == 0x80 | TEXT:
                self.on_text(data[start:at])
            else:
                self._take_other(first, data[start:at])
        self._rest = data[at:]

    def _shake(self, head: bytes) -> bool:
        status, _, rest = head.partition(b"\r\n")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in rest.split(b"\r\n"))
        }
        if status.startswith(SWITCHED) and headers.get(b"sec-websocket-accept") == self._accept:
            self.opened.set_result(None)
            return True
        self.opened.set_exception(HandshakeRefused(status.decode("latin1")))
        self.transport.abort()
        return False

    def _take_other(self, first: int, payload: bytes) -> None:
        opcode = first & 0x0F
        if opcode == PING:
            self.transport.write(frame(PONG, payload))
        elif opcode == CLOSE:
            self.code = int.from_bytes(payload[:2], "big") if len(payload) >= 2 else 1005
            self.transport.write(frame(CLOSE, payload[:2]))
            self.transport.close()
        elif opcode in (TEXT, CONTINUATION):
            # A message in pieces: a proxy may cut it.
            self._message = bytearray(payload) if opcode == TEXT else (self._message or bytearray()) + payload
            if first & 0x80:
                whole, self._message = bytes(self._message), None
                self.on_text(whole)


async def connect(address: str, *, cookies: dict[str, str], patience: float = 20) -> WebSocket:
    """Open a socket at an http(s) address, as a page of that very host would. Raises OSError when it cannot."""
    parts = urlsplit(address)
    assert parts.hostname is not None
    secure = parts.scheme == "https"
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(patience):
            _, socket = await loop.create_connection(
                lambda: open_handshake(address, cookies),
                parts.hostname,
                parts.port or (443 if secure else 80),
                ssl=ssl.create_default_context() if secure else None,
            )
            await socket.opened
    except TimeoutError as error:
        raise ConnectionError("the server did not answer in time") from error
    return socket


def open_handshake(address: str, cookies: dict[str, str]) -> WebSocket:
    """Return a WebSocket that asks to be let in as soon as its connection stands."""
    parts = urlsplit(address)
    key = base64.b64encode(os.urandom(16))
    accept = base64.b64encode(hashlib.sha1(key + _MAGIC, usedforsecurity=False).digest())
    lines = [
        f"GET {parts.path}{'?' + parts.query if parts.query else ''} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key.decode()}",
        "Sec-WebSocket-Version: 13",
        f"Origin: {parts.scheme}://{parts.netloc}",
    ]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    request = "\r\n".join([*lines, "", ""]).encode()
    return WebSocket(request=request, accept=accept)
