"""A reconnecting client connection in Python: hello, resume, gaps, pings, backoff.

What a client does with what it hears is its own: that of the simulation (client.py) and that of the faults
(tools/faults/client.py) inherit from this. docs/protocol.md says the rules, frontend/src/lib/connection.ts is the same
for browsers.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from .websocket import WebSocket, connect

Frame = dict[str, Any]
Dial = Callable[[str, dict[str, str]], Any]
"""How to open a socket at an address with cookies; another network has another way."""
RETRY_AFTER_S = 1.0
SILENT_PINGS = 2.4
"""Silent ping intervals after which the connection counts as dead."""


def clock() -> float:
    return asyncio.get_running_loop().time()


async def _dial(address: str, cookies: dict[str, str]) -> WebSocket:
    return await connect(address, cookies=cookies)


class Watch:
    """What a client may look at besides. By itself it does nothing."""

    def hang_up(self, code: int) -> None:
        """Its socket ended without our doing; 0 when it fell silent."""

    def fail(self, error: OSError) -> None:
        """No socket could be opened."""

    def take_other(self, frame: Frame) -> None:
        """Take latest values and what concerns this person alone."""

    def tell_shared(self, frame: Frame) -> None:
        """The events of a shared frame were applied."""

    def tell_gap(self) -> None:
        """Something was missed; it is asked for."""


class Connection(Watch, ABC):
    """`epoch` and `seq`: up to where the shared log was told here. `is_final`: it comes back no more."""

    def __init__(
        self, *, bases: Sequence[str], path: str, cookies: dict[str, str], lang: str, dial: Dial | None = None
    ) -> None:
        self.cookies = cookies
        self.epoch, self.seq = "", 0
        self.is_final = False
        self.numbers = itertools.count(1)
        self.ping_s = 5.0
        self.lost = asyncio.Event()
        self._bases = itertools.cycle(bases)
        self._path, self._lang, self._dial = path, lang, dial or _dial
        self._socket: WebSocket | None = None
        self._hello = 0
        self._heard = 0.0
        self._come_back_s: float | None = None

    # -- what a client does with it ------------------------------------------------------------------------------

    @abstractmethod
    def pause(self, tries: int, *, away: float) -> float:
        """Return how long to wait before the next try: after so many failed ones, and so many seconds out of reach."""

    @abstractmethod
    def describe_load(self) -> Frame:
        """Return what a ping says."""

    @abstractmethod
    def take_welcome(self, answer: Frame) -> None:
        """Take the answer to a hello."""

    @abstractmethod
    def take_answer(self, answer: Frame) -> None:
        """Take any other answer."""

    @abstractmethod
    def apply(self, event: Frame) -> None:
        """Take one wire event that is new here."""

    @abstractmethod
    def leave(self) -> None:
        """Nothing is sent from here on, until the next welcome."""

    # -- staying connected ---------------------------------------------------------------------------------------

    async def stay(self) -> None:
        tries, lost_at = 0, clock()
        while not self.is_final:
            try:
                await self._live()
                tries, lost_at = 0, clock()
            except OSError as error:
                tries += 1
                self.fail(error)
            told, self._come_back_s = self._come_back_s, None
            await asyncio.sleep(self.pause(tries, away=clock() - lost_at) if told is None else told)

    async def _live(self) -> None:
        """Connect and stay until the connection breaks."""
        self.lost.clear()
        socket = await self._dial(next(self._bases) + self._path, self.cookies)
        socket.on_text, socket.on_close = self._hear, self._close
        self._socket, self._heard = socket, clock()
        self.say_hello()
        try:
            while not self.lost.is_set():
                try:
                    async with asyncio.timeout(self.ping_s):
                        await self.lost.wait()
                except TimeoutError:
                    if clock() - self._heard > SILENT_PINGS * self.ping_s:
                        self.hang_up(0)
                        return
                    self.say_ping()
        finally:
            self._socket = None
            self.leave()
            socket.on_text, socket.on_close = (lambda _: None), (lambda _: None)
            socket.abort()

    def drop(self) -> None:
        """Abort the connection without a close frame."""
        if self._socket is not None:
            self._socket.abort()

    def go_to(self, base: str) -> None:
        """Dial this server from the next time on."""
        self._bases = itertools.cycle([base])

    def close(self) -> None:
        """Say goodbye and go."""
        if self._socket is not None:
            self._socket.on_close = lambda _: None
            self._socket.close()

    def _close(self, code: int) -> None:
        self.is_final = self.is_final or 4500 <= code < 5000
        self.lost.set()
        self.hang_up(code)

    # -- frames --------------------------------------------------------------------------------------------------

    def say_hello(self) -> None:
        hello: Frame = {"protocol": 2, "lang": self._lang}
        if self.epoch:
            hello |= {"epoch": self.epoch, "seq": self.seq}
        self._hello = next(self.numbers)
        self.write({"id": self._hello, "do": "hello", "with": hello})

    def say_ping(self) -> None:
        self.write({"id": next(self.numbers), "do": "ping", "with": self.describe_load()})

    def write(self, frame: Frame) -> None:
        if self._socket is not None:
            self._socket.send_text(json.dumps(frame).encode())

    def _hear(self, payload: bytes) -> None:
        self._heard = clock()
        frame: Frame = json.loads(payload)
        if "re" in frame:
            if frame["re"] == self._hello:
                self.take_welcome(frame)
            else:
                self.take_answer(frame)
        elif "from" in frame:
            self._take_shared(frame)
        else:
            if "bye" in frame:
                self._come_back_s = frame["after"] / 1000
            self.take_other(frame)

    def _take_shared(self, frame: Frame) -> None:
        if frame["to"] <= self.seq:
            return
        if frame["from"] > self.seq + 1:
            self.tell_gap()
            self.say_hello()
            return
        self.apply_new(frame["events"])
        self.seq = frame["to"]
        self.tell_shared(frame)

    def apply_new(self, events: Sequence[Frame]) -> None:
        """Take the events that were not told here yet."""
        for event in events:
            if event["seq"] > self.seq:
                self.apply(event)
