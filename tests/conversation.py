"""Talking to a running server as a phone, a console or a stage does: over a real socket, or over HTTP.

One helper for every test that needs a conversation. It keeps what it was sent as a dumb client would.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import ssl
import uuid
from collections.abc import Callable, Iterable
from typing import Any, Self

import httpx
import websockets

from .http_socket import HttpSocket

Frame = dict[str, Any]
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients of plain HTTP. Left to itself, httpx reads every certificate of the world for each of them: 50 ms."""
PINGS = 2**40
"""From here on our own pings are numbered; a test may use any number as well."""


class CommandRefused(Exception):
    """The server answered with an error."""

    def __init__(self, error: Frame) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code: str = error["code"]
        self.retry: bool = error["retry"]
        self.error = error


class Talk:
    """One socket. `frames` holds everything received, in order; `snapshot`, `you` and `seq` come from the welcome."""

    def __init__(
        self,
        *,
        base: str,
        code: str,
        role: str,
        cookies: dict[str, str],
        lang: str = "nl",
        trust: ssl.SSLContext | None = None,
        over: str = "socket",
    ) -> None:
        self.trust = trust
        self.over = over
        self.base, self.code, self.role, self.cookies, self.lang = base, code, role, cookies, lang
        self.frames: list[Frame] = []
        self.snapshot: Frame = {}
        self.you: Frame = {}
        self.welcome: Frame = {}
        self.seq = 0
        self.closed: int | None = None
        self._ids = itertools.count(1)
        self._pings: set[int] = set()
        self._told: Frame = {}
        """What the newest ping of the test said: one that says nothing would take it back."""
        self._answers: dict[int, asyncio.Future[Frame]] = {}
        self._news = asyncio.Condition()

    async def connect(self, *, epoch: str | None = None, seq: int | None = None) -> Self:
        """Open the socket and say hello; with `epoch` and `seq`, resume."""
        self._socket = await self._open()
        self._reading = asyncio.create_task(self._read())
        self._pinging: asyncio.Task[None] | None = None
        hello: Frame = {"protocol": 2, "lang": self.lang}
        if epoch is not None:
            hello |= {"epoch": epoch, "seq": seq}
        self.welcome = await self.call("hello", hello, key=False)
        self.you, self.seq = self.welcome["you"], self.welcome["seq"]
        self.snapshot = self.welcome.get("snapshot", self.snapshot)
        self._pinging = asyncio.create_task(self._ping())
        return self

    async def _open(self) -> Any:
        address = f"/ws/s/{self.code}/?as={self.role}"
        if self.over == "http":
            return await HttpSocket(address=self.base + address, cookies=self.cookies).open()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return await websockets.connect(
            self.base.replace("http", "ws", 1) + address,
            origin=self.base,
            additional_headers={"Cookie": cookie},
            max_size=2**24,
            compression=None,
            ssl=self.trust,
        )

    async def call(self, do: str, content: Frame, *, key: str | bool = True) -> Frame:
        """Send a command and wait for its answer. Raises CommandRefused."""
        number = next(self._ids)
        frame: Frame = {"id": number, "do": do, "with": content}
        if key:
            frame["key"] = str(uuid.uuid4()) if key is True else key
        if do == "ping":
            self._told = content
        self._answers[number] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(json.dumps(frame))
        except websockets.ConnectionClosed:
            self._answers.pop(number, None)
            raise
        answer = await asyncio.wait_for(self._answers[number], 30)
        if "error" in answer:
            raise CommandRefused(answer["error"])
        ok: Frame = answer["ok"]
        return ok

    async def send_raw(self, text: str | bytes | Iterable[str | bytes]) -> None:
        """Send a message as it is; in several frames when it comes in several parts."""
        await self._socket.send(text)

    async def until(self, seen: Callable[[Frame], bool], *, within: float = 10) -> Frame:
        """Wait for a frame, received already or still to come, of which `seen` is true."""

        async def wait() -> Frame:
            start = 0
            async with self._news:
                while True:
                    for frame in self.frames[start:]:
                        if seen(frame):
                            return frame
                    start = len(self.frames)
                    await self._news.wait()

        return await asyncio.wait_for(wait(), within)

    async def until_seq(self, seq: int, *, within: float = 10) -> None:
        """Wait until the shared log was told up to `seq`."""
        if self.seq < seq:
            await self.until(lambda frame: frame.get("to", 0) >= seq and "from" in frame, within=within)

    async def event(self, kind: str, *, within: float = 10) -> Frame:
        """Wait for a wire event of this type, shared or own."""
        frame = await self.until(lambda frame: any(e["type"] == kind for e in events_of(frame)), within=within)
        return next(event for event in events_of(frame) if event["type"] == kind)

    async def until_closed(self, *, within: float = 10) -> int | None:
        """Wait until the server closes the socket; return the code."""
        await asyncio.wait_for(asyncio.shield(self._reading), within)
        return self.closed

    async def close(self) -> None:
        await self._socket.close()
        self._rest()

    async def drop(self) -> None:
        """Drop the connection without a close frame, as a phone out of reach."""
        self._socket.transport.abort()
        self._rest()

    def _rest(self) -> None:
        self._reading.cancel()
        if self._pinging:
            self._pinging.cancel()

    async def _ping(self) -> None:
        """Ping in the background: a client that is silent for long counts as absent, and a slow test may be."""
        with contextlib.suppress(websockets.ConnectionClosed):
            for number in itertools.count(PINGS):
                await asyncio.sleep(self.welcome["ping"])
                self._pings.add(number)
                await self._socket.send(json.dumps({"id": number, "do": "ping", "with": self._told}))

    async def _read(self) -> None:
        try:
            async for text in self._socket:
                frame = json.loads(text)
                number = frame.get("re")
                if number in self._pings:
                    self._pings.remove(number)  # asked by none of a test
                    continue
                if number is not None and number in self._answers:
                    answer = self._answers.pop(number)
                    if not answer.done():
                        answer.set_result(frame)
                async with self._news:
                    self.frames.append(frame)
                    if "from" in frame:
                        self.seq = max(self.seq, frame["to"])
                    self._news.notify_all()
        except websockets.ConnectionClosed:
            pass
        finally:
            # A story that fails closes nothing. Its loop cancels us at its end, and the socket goes with us: left open,
            # it would warn in whichever test comes next.
            self._socket.transport.abort()
        self.closed = self._socket.close_code
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the socket was closed"))
        async with self._news:
            self._news.notify_all()


def events_of(frame: Frame) -> list[Frame]:
    """Return the wire events in a frame, shared and own."""
    found: list[Frame] = frame.get("events") or []
    own = frame.get("you")
    return found + (own if isinstance(own, list) else [])


async def join(base: str, code: str, sector: str, *, trust: ssl.SSLContext | None = None) -> dict[str, str]:
    """Join over the API; return the cookies of the new person. `sector`: key or id."""
    async with httpx.AsyncClient(base_url=base, verify=trust or PLAIN) as client:
        answer = await client.post(f"/api/v1/sessions/{code}/participants", json={"sector": sector})
        answer.raise_for_status()
        return dict(answer.cookies)


async def show_move_code(base: str, code: str, cookies: dict[str, str]) -> str:
    """Let a phone show the short code by which its person goes on in another browser."""
    async with httpx.AsyncClient(base_url=base, cookies=cookies) as client:
        answer = await client.post(f"/api/v1/sessions/{code}/move-code")
        answer.raise_for_status()
        shown: str = answer.json()["code"]
        return shown


async def go_on(base: str, code: str, shown: str) -> dict[str, str]:
    """Type a short code, or a receipt, in another browser; return the cookie that the person has from now on."""
    async with httpx.AsyncClient(base_url=base) as client:
        page = await client.get(f"/s/{code}/here/")
        token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        answer = await client.post(f"/s/{code}/here/", data={"code": shown, "csrfmiddlewaretoken": token})
        assert answer.headers["Location"] == f"/s/{code}/", answer.text
        return {name: value for name, value in client.cookies.items() if name.startswith("p_")}


async def sign_in(base: str, link: str, *, trust: ssl.SSLContext | None = None) -> dict[str, str]:
    """Use a one-time link by pressing its button; return the cookies of the member."""
    async with httpx.AsyncClient(base_url=base, follow_redirects=True, verify=trust or PLAIN) as client:
        page = await client.get(link)
        page.raise_for_status()
        token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        headers = {"Referer": link, "Origin": base}
        answer = await client.post(link, data={"csrfmiddlewaretoken": token}, headers=headers, follow_redirects=False)
        assert answer.status_code == 302, answer.status_code
        return {cookie.name: cookie.value or "" for cookie in client.cookies.jar}


async def press(base: str, cookies: dict[str, str], address: str, **typed: str) -> str:
    """Send a form of the studio as the member with these cookies; return where it leads to, or nothing."""
    async with httpx.AsyncClient(
        verify=PLAIN, base_url=base, cookies=cookies, follow_redirects=True, timeout=60
    ) as client:
        page = await client.get("/programmes/")
        token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        sent = typed | {"csrfmiddlewaretoken": token}
        answer = await client.post(address, data=sent, headers={"Origin": base}, follow_redirects=False)
        return answer.headers.get("Location", "")
