"""Who may open a socket: pages of this site, at one address."""

from __future__ import annotations

import asyncio

import pytest
import websockets

from ..server import RunningServer

ORIGINS: list[tuple[str | None, int]] = [
    ("{base}", 101),
    (None, 101),  # no browser; it has nobody else's cookies
    ("http://127.0.0.1", 403),
    ("http://127.0.0.1:1", 403),
    ("http://localhost:{port}", 403),  # another name is another site
    ("http://127.0.0.1:{port}.evil.example", 400),
    ("http://evil.example", 403),
    ("http://evil.example:{port}", 403),
    ("http://user@127.0.0.1:{port}", 403),
    ("ftp://127.0.0.1:{port}", 403),
    ("null", 403),
    ("", 400),
    ("file://", 403),
    ("{base}/", 403),  # no browser says so
]


PLACES = [
    ("/ws/s/{code}/", 403),
    ("/ws/s/{code}/?as=", 403),
    ("/ws/s/{code}/?as=core", 403),
    ("/ws/s/{code}/?as=phone&as=console", 101),  # the first counts
    ("/ws/s/{code}?as=phone", 403),
    ("/ws/s/../{code}/?as=phone", 403),
    ("/ws/s/%00/?as=phone", 403),
    ("/ws/", 403),
    ("/", 403),
    ("/ws/s/" + "A" * 12 + "/?as=phone", 101),  # told in a frame that there is no such session
]


async def handshake(server: RunningServer, path: str, origin: str | None) -> int:
    headers = {} if origin is None else {"Origin": origin}
    try:
        socket = await websockets.connect(
            server.base.replace("http", "ws", 1) + path, additional_headers=headers, compression=None
        )
    except websockets.InvalidStatus as refused:
        return refused.response.status_code
    await socket.close()
    return 101


@pytest.mark.parametrize(("origin", "expected"), ORIGINS)
def test_a_page_of_another_site_opens_no_socket(server: RunningServer, origin: str | None, expected: int) -> None:
    told = None if origin is None else origin.format(base=server.base, port=server.port)
    status = asyncio.run(handshake(server, f"/ws/s/{server.code}/?as=phone", told))
    assert status == expected


@pytest.mark.parametrize(("place", "status"), PLACES)
def test_a_socket_has_one_address(server: RunningServer, place: str, status: int) -> None:
    assert asyncio.run(handshake(server, place.format(code=server.code), server.base)) == status
