"""Sockets opened another way: from another network, or with a receive buffer of almost nothing."""

from __future__ import annotations

import asyncio
import socket
from urllib.parse import urlsplit

from sessions.management.simulation.websocket import WebSocket, open_handshake


async def connect_with(line: socket.socket, address: str, cookies: dict[str, str], *, patience: float = 6) -> WebSocket:
    """Open a WebSocket over a socket that was made by somebody else. Raises OSError."""
    parts = urlsplit(address)
    loop = asyncio.get_running_loop()
    line.setblocking(False)
    try:
        async with asyncio.timeout(patience):
            await loop.sock_connect(line, (parts.hostname, parts.port))
            _, opened = await loop.create_connection(lambda: open_handshake(address, cookies), sock=line)
            await opened.opened
    except TimeoutError as error:
        line.close()
        raise ConnectionError("no answer") from error
    except OSError:
        line.close()
        raise
    return opened
