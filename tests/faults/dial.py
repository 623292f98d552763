"""Sockets opened another way: from another network, or with a receive buffer of almost nothing."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import socket
from urllib.parse import urlsplit

from sessions.management.simulation.websocket import WebSocket

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


async def connect_with(line: socket.socket, address: str, cookies: dict[str, str], *, patience: float = 6) -> WebSocket:
    """Open a WebSocket over a socket that was made by somebody else. Raises OSError."""
    parts = urlsplit(address)
    key = base64.b64encode(os.urandom(16))
    accept = base64.b64encode(hashlib.sha1(key + MAGIC, usedforsecurity=False).digest())
    lines = [
        f"GET {parts.path}?{parts.query} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key.decode()}",
        "Sec-WebSocket-Version: 13",
        f"Origin: {parts.scheme}://{parts.netloc}",
        "Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()),
    ]
    request = "\r\n".join([*lines, "", ""]).encode()
    loop = asyncio.get_running_loop()
    line.setblocking(False)
    try:
        async with asyncio.timeout(patience):
            await loop.sock_connect(line, (parts.hostname, parts.port))
            _, opened = await loop.create_connection(lambda: WebSocket(request=request, accept=accept), sock=line)
            await opened.opened
    except TimeoutError as error:
        line.close()
        raise ConnectionError("no answer") from error
    except OSError:
        line.close()
        raise
    return opened
