"""One connection that outlives its sockets: comes back by itself and sends again what was not answered."""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from .room import Room
from .websocket import HandshakeRefused, WebSocket, connect

Frame = dict[str, Any]
RETRY_AFTER_S = 1.0


class CommandRefused(Exception):
    """A final no to a command, or to this connection as a whole."""

    def __init__(self, error: Frame) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code: str = error["code"]


class _Waiting:
    __slots__ = ("answer", "content", "do", "number")

    def __init__(self, do: str, content: Frame) -> None:
        self.do = do
        self.content = content
        self.number = 0
        self.answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()


class Client:
    """A phone or a console. `room` is what it was shown; `connections` how often it came in."""

    def __init__(
        self,
        *,
        bases: Sequence[str],
        code: str,
        role: str,
        cookies: dict[str, str],
        lang: str,
        chance: Random,
        on_event: Callable[[Frame], None] = lambda _: None,
    ) -> None:
        self.room = Room()
        self.you: Frame = {}
        self.connections = 0
        self.refusal: CommandRefused | None = None
        self._bases = itertools.cycle(bases)
        self._path = f"/ws/s/{code}/?as={role}"
        self._cookies, self._lang, self._chance, self._on_event = cookies, lang, chance, on_event
        self._socket: WebSocket | None = None
        self._numbers = itertools.count(1)
        self._outbox: dict[str, _Waiting] = {}
        self._by_number: dict[int, str] = {}
        self._hello = 0
        self._epoch: str | None = None
        self._seq = 0
        self._ping_s = 5.0
        self._come_back_s: float | None = None
        self._heard = 0.0
        self._welcomed = asyncio.Event()
        self._lost = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    # -- for who uses it -----------------------------------------------------------------------------------------

    def start(self) -> None:
        self._task = asyncio.create_task(self._stay())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._socket is not None:
            self._socket.on_close = lambda _: None
            self._socket.close()

    @property
    def waiting(self) -> int:
        """How many commands were not answered yet."""
        return len(self._outbox)

    async def welcomed(self) -> None:
        """Wait until in. Raises CommandRefused when turned away for good."""
        await self._welcomed.wait()
        if self.refusal is not None:
            raise self.refusal

    async def ask(self, do: str, content: Frame) -> Frame:
        """Give a command and wait for its answer, however often the line breaks. Raises CommandRefused."""
        if self.refusal is not None:
            raise self.refusal
        key = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        waiting = self._outbox[key] = _Waiting(do, content)
        self._send(key)
        try:
            return await waiting.answer
        finally:
            self._outbox.pop(key, None)
            self._by_number.pop(waiting.number, None)

    async def look_again(self) -> None:
        """Ask for everything anew: what the server has stored, not what was remembered here."""
        self._epoch = None
        self._welcomed.clear()
        self._say_hello()
        async with asyncio.timeout(60):
            await self.welcomed()

    # -- staying connected ---------------------------------------------------------------------------------------

    async def _stay(self) -> None:
        tries = 0
        while self.refusal is None:
            try:
                await self._live()
                tries = 0
            except HandshakeRefused as error:
                if "403" in str(error):
                    self._end({"code": "handshake", "message": str(error)})
                    return
                tries += 1
            except OSError:
                tries += 1
            pause = self._chance.uniform(0.2, min(15.0, 0.5 * 2**tries))
            await asyncio.sleep(pause if self._come_back_s is None else self._come_back_s)
            self._come_back_s = None

    async def _live(self) -> None:
        """Connect and stay until the line breaks."""
        self._lost.clear()
        socket = await connect(next(self._bases) + self._path, cookies=self._cookies)
        socket.on_text, socket.on_close = self._hear, self._hang_up
        self._socket = socket
        self._heard = _clock()
        self._say_hello()
        try:
            while not self._lost.is_set():
                try:
                    async with asyncio.timeout(self._ping_s):
                        await self._lost.wait()
                except TimeoutError:
                    if _clock() - self._heard > 2.4 * self._ping_s:
                        return
                    self._say_ping()
        finally:
            self._socket = None
            if self.refusal is None:
                self._welcomed.clear()  # nothing is sent before the next hello was answered
            socket.on_text, socket.on_close = (lambda _: None), (lambda _: None)
            socket.abort()

    def _hang_up(self, code: int) -> None:
        self._lost.set()
        if 4500 <= code < 5000 and self.refusal is None:
            self._end({"code": "closed", "message": str(code)})

    def _end(self, error: Frame) -> None:
        self.refusal = CommandRefused(error)
        self._welcomed.set()
        for waiting in self._outbox.values():
            if not waiting.answer.done():
                waiting.answer.set_exception(self.refusal)

    # -- frames --------------------------------------------------------------------------------------------------

    def _say_hello(self) -> None:
        hello: Frame = {"protocol": 1, "lang": self._lang}
        if self._epoch is not None:
            hello |= {"epoch": self._epoch, "seq": self._seq}
        self._hello = next(self._numbers)
        self._write({"id": self._hello, "do": "hello", "with": hello})

    def _say_ping(self) -> None:
        """Say what is left to send, of the step closed last as well: what a facilitator's console counts."""
        load: Frame = {"waiting": len(self._outbox)}
        if closed := self.room.closed_last():
            load["left"] = {"step": closed["id"], "at": closed["closed_at"], "held": len(self._outbox)}
        self._write({"id": next(self._numbers), "do": "ping", "with": load})

    def _send(self, key: str) -> None:
        waiting = self._outbox.get(key)
        if waiting is None or not self._welcomed.is_set():
            return
        self._by_number.pop(waiting.number, None)
        waiting.number = next(self._numbers)
        self._by_number[waiting.number] = key
        self._write({"id": waiting.number, "do": waiting.do, "key": key, "with": waiting.content})

    def _write(self, content: Frame) -> None:
        if self._socket is not None:
            self._socket.send_text(json.dumps(content).encode())

    def _hear(self, payload: bytes) -> None:
        self._heard = _clock()
        found: Frame = json.loads(payload)
        if "re" in found:
            self._take_answer(found)
        elif "from" in found:
            self._take_shared(found)
        elif "bye" in found:
            self._come_back_s = found["after"] / 1000

    def _take_shared(self, found: Frame) -> None:
        if found["to"] <= self._seq:
            return
        if found["from"] > self._seq + 1:
            self._say_hello()
            return
        closed = self.room.closed_last()
        self._apply(found["events"])
        self._seq = found["to"]
        if (now := self.room.closed_last()) is not None and now != closed:
            asyncio.get_running_loop().call_later(self._chance.uniform(0, self._ping_s / 10), self._say_ping)

    def _apply(self, events: Sequence[Frame]) -> None:
        for event in events:
            if event["seq"] > self._seq:
                self.room.apply(event)
                self._on_event(event)

    def _take_answer(self, found: Frame) -> None:
        number = found["re"]
        if number is None:
            self._end(found["error"])
        elif number == self._hello:
            if "error" in found:
                if not found["error"]["retry"]:
                    self._end(found["error"])
                return
            self._take_welcome(found["ok"])
        elif (key := self._by_number.pop(number, None)) is not None:
            answer = self._outbox[key].answer
            if "ok" in found:
                if not answer.done():
                    answer.set_result(found["ok"])
            elif found["error"]["retry"]:
                asyncio.get_running_loop().call_later(RETRY_AFTER_S, self._send, key)
            elif not answer.done():
                answer.set_exception(CommandRefused(found["error"]))

    def _take_welcome(self, welcome: Frame) -> None:
        self.you, self._epoch, self._ping_s = welcome["you"], welcome["epoch"], welcome["ping"]
        if "snapshot" in welcome:
            self.room.replace(welcome["snapshot"])
        else:
            self._apply(welcome["events"])
        self._seq = welcome["seq"]
        self.connections += 1
        self._welcomed.set()
        for key in list(self._outbox):
            self._send(key)


def _clock() -> float:
    return asyncio.get_running_loop().time()
