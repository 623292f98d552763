"""Headers of every kind of answer, of the program as it is served; and whom it takes a visitor for behind a proxy."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import websockets
from django.test import Client
from django.urls import get_resolver, resolve
from pytest_django import Settings

from sessions.exchange.files import FILES
from sessions.live.headers import HEADERS, NEVER, headers_of_poll
from sessions.live.long_poll import BODY_BYTES
from sessions.server.proxy import apply_forwarded_headers

from ..conversation import PLAIN, join
from ..server import ROOT, RunningServer
from .addresses import NOTHING, addresses, gone

ALWAYS = {
    **HEADERS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


NO_PAGE = dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'")
"""Of a long poll, which no browser shows as a page."""


def check(answer: httpx.Response, *, policy: dict[str, str] = POLICY) -> None:
    """Hold one answer against what all have."""
    for name, value in ALWAYS.items():
        assert answer.headers.get(name) == value, (str(answer.request.url), name)
    told = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert told.items() >= policy.items(), str(answer.request.url)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Server" not in answer.headers


async def ask_everything(server: RunningServer, who: dict[str, dict[str, str]]) -> dict[str, dict[str, int]]:
    """Ask for every kind of address as everybody; return the statuses of each."""
    code = server.code
    statuses: dict[str, dict[str, int]] = {}
    for name, cookies in who.items():
        async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, cookies=cookies) as client:
            page = await client.get("/")
            built = [part.split('"')[0] for part in page.text.split('"/static/')[1:]]
            assert built
            for path in [*addresses(code), *NOTHING, *(f"/static/{path}" for path in built)]:
                answer = await client.get(path)
                check(answer)
                statuses.setdefault(name, {})[path] = answer.status_code
            for method, path in (("DELETE", f"/api/v1/sessions/{code}"), ("PUT", "/signin/"), ("OPTIONS", "/")):
                check(await client.request(method, path))
            check(await client.post("/signin/", data={"login": "x", "password": "y"}))  # without the form's token
            check(await client.post(f"/api/v1/sessions/{code}/participants", content=b"{"))
    return statuses


def test_every_answer_has_them(server: RunningServer) -> None:
    async def story() -> dict[str, set[int]]:
        who = {
            "nobody": {},
            "participant": await join(server.base, server.code, "onderwijs"),
            "facilitator": await server.sign_in("facilitator"),
            "core": await server.sign_in("core"),
        }
        return await ask_everything(server, who)

    statuses = asyncio.run(story())
    assert {200, 302, 404} <= set(statuses["nobody"].values())
    core = statuses["core"]
    assert [path for path in addresses(server.code) if core[path] in (404, 410)] == gone(server.code)
    downloads = [path for path in core if "/export/" in path]
    assert len(downloads) == len(FILES) + 2 and {core[path] for path in downloads} == {200}


def test_every_address_is_asked() -> None:
    known = {pattern.name for pattern in get_resolver().url_patterns}  # type: ignore[union-attr]
    asked = {resolve(path).url_name for path in addresses("ABCD22") if not path.startswith("/static/")}
    assert known - asked == {"link", "invitation"}, "which are asked with a link that is none"


def test_every_answer_of_a_line_has_them(server: RunningServer) -> None:
    """A checker that asks for the address, and a client that asks as it should."""
    line = f"/http/s/{server.code}/?as=phone&line={'x' * 22}"
    hello = {"id": 1, "do": "hello", "with": {"protocol": 2, "lang": "nl"}}
    asked: list[tuple[str, str, dict[str, object]]] = [
        ("GET", line, {}),
        ("GET", "/http/s/", {}),
        ("POST", line, {"json": {"have": 0, "say": [hello]}}),
        ("POST", line, {"json": {"end": True}}),
        ("POST", line, {"content": b" " * (BODY_BYTES + 1)}),
        ("POST", line, {"json": {"have": 0}, "headers": {"Origin": "https://elsewhere.example"}}),
    ]
    with httpx.Client(verify=PLAIN, base_url=server.base) as client:
        answers = [client.request(method, path, **more) for method, path, more in asked]  # type: ignore[arg-type]
    for answer in answers:
        check(answer, policy=NO_PAGE)
    assert [answer.status_code for answer in answers] == [405, 404, 200, 204, 413, 403]


@pytest.mark.parametrize("https", [False, True], ids=["http", "https"])
def test_a_line_has_what_pages_have(https: bool, settings: Settings) -> None:
    """Pages have them from Django's own middleware, lines from the same settings."""
    settings.SECURE_HSTS_SECONDS = 31_536_000 if https else 0
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = https
    settings.SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if https else None
    headers_of_poll.cache_clear()
    line = {name.decode(): value.decode() for name, value in headers_of_poll()}
    headers_of_poll.cache_clear()
    own = {"Content-Type", "Content-Security-Policy", "Cache-Control"}
    page = {name: value for name, value in Client().get("/health/live", secure=https).items() if name in line}
    assert ("Strict-Transport-Security" in line, "Cross-Origin-Opener-Policy" in line) == (https, https)
    assert {name: value for name, value in line.items() if name not in own} == {
        name: value for name, value in page.items() if name not in own
    }


def test_nothing_that_is_forbidden_is_used() -> None:
    """What the screens use of the browser's powers must not be switched off."""
    sources = [*(ROOT / "frontend" / "src").rglob("*.ts"), *(ROOT / "frontend" / "src").rglob("*.svelte")]
    text = "\n".join(path.read_text() for path in sources)
    used = {
        "wakeLock": "screen-wake-lock", "getUserMedia": "camera", "geolocation": "geolocation",
        "clipboard.read": "clipboard-read",
    }  # fmt: skip
    assert len(sources) > 50
    assert not [name for name, feature in used.items() if name in text and feature in NEVER]


def test_production_settings_have_no_warnings(tmp_path: Path) -> None:
    """Only those that settings.py silences by name, with the reason."""
    environment = os.environ | {
        "PUBLIC_URL": "https://workshops.example.org",
        "ALLOWED_HOSTS": "workshops.example.org,localhost",
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert "(2 silenced)" in found.stdout + found.stderr


# -- behind a proxy ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        ([], "10.0.0.1"),
        ([b"192.0.2.1"], "192.0.2.1"),
        ([b"198.51.100.9, 192.0.2.1"], "192.0.2.1"),
        ([b"198.51.100.9,192.0.2.1 "], "192.0.2.1"),
        ([b"198.51.100.9", b"192.0.2.1"], "192.0.2.1"),
        ([b"2001:db8::1"], "2001:db8::1"),
        ([b"192.0.2.1, unknown"], "10.0.0.1"),
        ([b"192.0.2.1,"], "10.0.0.1"),
        ([b"\xff"], "10.0.0.1"),
        ([b""], "10.0.0.1"),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_last_address_is_the_visitors(kind: str, headers: list[bytes], client: str) -> None:
    scope = {"type": kind, "client": ["10.0.0.1", 1], "headers": [(b"x-forwarded-for", value) for value in headers]}
    assert apply_forwarded_headers(scope)["client"][0] == client


def test_the_last_scheme_is_the_visitors() -> None:
    for kind, sent, scheme in (
        ("http", b"https", "https"), ("http", b"https, http", "http"), ("websocket", b"https", "wss"),
        ("websocket", b"http", "ws"), ("http", b"gopher", None), ("http", b"", None),
    ):  # fmt: skip
        scope = {"type": kind, "client": None, "headers": [(b"x-forwarded-proto", sent)]}
        assert apply_forwarded_headers(scope).get("scheme") == scheme


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = Path(tmp_path_factory.mktemp("proxied"))
    with RunningServer(data_dir=folder, environment={"PROXY_HEADERS": "1"}) as running:
        yield running


def forwarded(*parts: str) -> dict[str, str]:
    return {"X-Forwarded-For": ", ".join(parts)}


def test_who_writes_an_address_in_front_is_counted_all_the_same(proxied: RunningServer) -> None:
    """A thousand made-up addresses are one visitor; somebody else is none the worse."""

    async def story() -> list[int]:
        async with httpx.AsyncClient(verify=PLAIN, base_url=proxied.base) as client:
            guesses = [
                await client.get(
                    f"/api/v1/sessions/ZZ{number:04}", headers=forwarded(f"198.51.{number}.1", "192.0.2.1")
                )
                for number in range(130)
            ]
            other = await client.get("/api/v1/sessions/ZZ9999", headers=forwarded("192.0.2.1", "192.0.2.2"))
            return [answer.status_code for answer in [*guesses, other]]

    *guesses, other = asyncio.run(story())
    assert guesses[:120] == [404] * 120
    assert 429 in guesses[120:]
    assert other == 404
    # By the socket it is the same visitor.
    answer = asyncio.run(open_socket(proxied, "ZZZZ33", forwarded("198.51.100.1", "192.0.2.1")))
    assert answer in ("rate.slow_down", "session.unknown")


async def open_socket(server: RunningServer, code: str, headers: dict[str, str], origin: str | None = None) -> str:
    """Open a socket; return the code of the error, or of the handshake."""
    address = f"{server.base.replace('http', 'ws', 1)}/ws/s/{code}/?as=phone"
    try:
        async with websockets.connect(address, origin=origin, additional_headers=headers) as socket:  # type: ignore[arg-type]
            with contextlib.suppress(websockets.ConnectionClosed):  # what it was told is read all the same
                await socket.send('{"id": 1, "do": "hello", "with": {"protocol": 2, "lang": "nl"}}')
            return str(json.loads(await socket.recv())["error"]["code"])
    except websockets.InvalidStatus as refused:
        return str(refused.response.status_code)


def test_a_page_without_tls_is_another_site_than_one_with_it(proxied: RunningServer) -> None:
    """Sockets and the API alike compare the scheme, as the visitor has it."""
    host = proxied.base.partition("://")[2]
    secure = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.50"}
    plain = {"X-Forwarded-For": "192.0.2.50"}
    for origin, headers, is_own in (
        (f"http://{host}", plain, True),
        (f"https://{host}", plain, False),
        (f"https://{host}", secure, True),
        (f"http://{host}", secure, False),
        (f"http://{host}/", plain, False),
        (f"http://{host}.evil.example", plain, False),
        (f"http://user@{host}", plain, False),
        ("null", plain, False),
        ("http://[", plain, False),
    ):
        if origin != f"http://{host}" or headers is plain:  # its own public address is always its own
            answer = asyncio.run(open_socket(proxied, proxied.code, headers, origin))
            assert answer in (["auth.not_joined"] if is_own else ["403", "400"]), origin
        joining = httpx.post(
            f"{proxied.base}/api/v1/sessions/{proxied.code}/participants",
            json={"sector": "nothing"},
            headers={"Origin": origin} | headers,
            verify=PLAIN,
        )
        is_public = origin == f"http://{host}"
        assert joining.json()["error"]["code"] == ("sector.unknown" if is_own or is_public else "auth.not_allowed")
