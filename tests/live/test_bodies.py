"""Bodies that are too long, and chunks without end. Over real sockets of a real server."""

from __future__ import annotations

import json

import httpx
import pytest

from sessions.live.long_poll import BODY_BYTES
from sessions.views.bodies import API_BYTES, PAGE_BYTES

from ..conversation import PLAIN
from ..server import RunningServer
from .raw import dial, read_all

PLACES = [
    ("POST", "/", PAGE_BYTES),
    ("PUT", "/nowhere/", PAGE_BYTES),
    ("GET", "/static/x.js", PAGE_BYTES),
    ("POST", "/api/v1/sessions/AAAA/participants", API_BYTES),
    ("DELETE", "/%61pi/v1/nowhere", API_BYTES),
    ("POST", "/http/s/AAAA/?as=phone", BODY_BYTES),
]


@pytest.mark.parametrize(("method", "path", "most"), PLACES)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_is_refused_as_soon_as_it_is_too_long(
    server: RunningServer, method: str, path: str, most: int, is_chunked: bool
) -> None:
    """The answer comes while the sender waits in the middle of the body."""
    with dial(server) as line:
        head = f"{method} {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAccept-Language: en\r\n"
        if is_chunked:
            line.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % 60_000_000)
            line.sendall(b"x" * (most + 1))
        else:
            line.sendall(head.encode() + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % (most + 1))
        answer = read_all(line)
    assert answer.startswith(b"HTTP/1.1 413 "), answer[:200]
    assert b"Connection: close" in answer
    assert b"Content-Security-Policy" in answer
    if path.startswith(("/api/", "/%61pi/")):
        told = json.loads(answer.partition(b"\r\n\r\n")[2])
        assert told["error"]["code"] == "message.too_large"
    elif path.startswith("/http/"):
        assert b'"message.too_large"' in answer
    elif method != "HEAD":
        assert b"This message is too large." in answer


def test_as_much_as_is_taken_is_taken(server: RunningServer) -> None:
    body = b"code=" + b"A" * (PAGE_BYTES - 5)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(server.base + "/", content=body, headers=headers, verify=PLAIN)
    assert answer.status_code == 404, "no session has such a code"

    def pieces() -> object:
        yield b"code="
        yield b"A" * 200_000

    answer = httpx.post(server.base + "/", content=pieces(), headers=headers, verify=PLAIN)  # type: ignore[arg-type]
    assert answer.status_code == 404


def test_chunks_of_one_byte_cannot_go_on_for_ever(server: RunningServer) -> None:
    with dial(server) as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n".encode())
        line.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        piece = b"1;" + b"a" * 900 + b"\r\nx\r\n"
        sent = 0
        try:
            while sent < 20_000_000:
                line.sendall(piece * 50)
                sent += len(piece) * 50
        except OSError:
            pass
        assert b"413" in read_all(line)[:20] or sent < 20_000_000


def test_a_root_path_is_not_believed(server: RunningServer) -> None:
    plain = httpx.get(server.base + "/", headers={"Accept-Language": "en"}, verify=PLAIN)
    spoilt = httpx.get(server.base + "/", headers={"Accept-Language": "en", "Daphne-Root-Path": "/evil"}, verify=PLAIN)
    assert "/evil" not in spoilt.text
    assert spoilt.status_code == plain.status_code == 200
    odd = httpx.get(server.base + "/", headers={"Daphne-Root-Path": b"/\xc3\xa9"}, verify=PLAIN)
    assert odd.status_code == 200
