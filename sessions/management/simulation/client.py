"""A simulated phone or console: sends again what was not answered, and shows what it was told as a room."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Sequence
from random import Random

from .client_state import ClientState
from .connection import RETRY_AFTER_S, Connection, Frame
from .websocket import HandshakeRefused


class CommandRefused(Exception):
    """A final no to a command, or to this connection as a whole."""

    def __init__(self, error: Frame) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code: str = error["code"]


class _PendingCommand:
    __slots__ = ("answer", "content", "do", "number")

    def __init__(self, do: str, content: Frame) -> None:
        self.do = do
        self.content = content
        self.number = 0
        self.answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()


class Client(Connection):
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
        super().__init__(bases=bases, path=f"/ws/s/{code}/?as={role}", cookies=cookies, lang=lang)
        self.room = ClientState()
        self.you: Frame = {}
        self.connections = 0
        self.refusal: CommandRefused | None = None
        self._chance, self._on_event = chance, on_event
        self._outbox: dict[str, _PendingCommand] = {}
        self._by_number: dict[int, str] = {}
        self._welcomed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    # -- for who uses it -----------------------------------------------------------------------------------------

    def start(self) -> None:
        self._task = asyncio.create_task(self.stay())

    async def stop(self) -> None:
        self.close()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

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
        """Give a command and wait for its answer, however often the connection breaks. Raises CommandRefused."""
        if self.refusal is not None:
            raise self.refusal
        key = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        waiting = self._outbox[key] = _PendingCommand(do, content)
        self._send(key)
        try:
            return await waiting.answer
        finally:
            self._outbox.pop(key, None)
            self._by_number.pop(waiting.number, None)

    async def look_again(self) -> None:
        """Ask for everything anew: what the server has stored, not what was remembered here."""
        self.epoch = ""
        self._welcomed.clear()
        self.say_hello()
        async with asyncio.timeout(60):
            await self.welcomed()

    # -- staying connected ---------------------------------------------------------------------------------------

    def pause(self, tries: int, *, away: float) -> float:
        return self._chance.uniform(0.2, min(15.0, 0.5 * 2**tries))

    def fail(self, error: OSError) -> None:
        if isinstance(error, HandshakeRefused) and "403" in str(error):
            self._end({"code": "handshake", "message": str(error)})

    def leave(self) -> None:
        if self.refusal is None:
            self._welcomed.clear()  # nothing is sent before the next hello was answered

    def hang_up(self, code: int) -> None:
        if self.is_final and self.refusal is None:
            self._end({"code": "closed", "message": str(code)})

    def _end(self, error: Frame) -> None:
        self.is_final = True
        self.refusal = CommandRefused(error)
        self._welcomed.set()
        for waiting in self._outbox.values():
            if not waiting.answer.done():
                waiting.answer.set_exception(self.refusal)

    # -- frames --------------------------------------------------------------------------------------------------

    def describe_load(self) -> Frame:
        """Say what is left to send, of the step closed last as well: what a facilitator's console counts."""
        load: Frame = {"waiting": len(self._outbox)}
        if closed := self.room.closed_last():
            load["left"] = {"step": closed["id"], "at": closed["closed_at"], "held": len(self._outbox)}
        return load

    def _send(self, key: str) -> None:
        waiting = self._outbox.get(key)
        if waiting is None or not self._welcomed.is_set():
            return
        self._by_number.pop(waiting.number, None)
        waiting.number = next(self.numbers)
        self._by_number[waiting.number] = key
        self.write({"id": waiting.number, "do": waiting.do, "key": key, "with": waiting.content})

    def apply(self, event: Frame) -> None:
        closed = self.room.closed_last()
        self.room.apply(event)
        self._on_event(event)
        if (now := self.room.closed_last()) is not None and now != closed:
            asyncio.get_running_loop().call_later(self._chance.uniform(0, self.ping_s / 10), self.say_ping)

    def take_answer(self, answer: Frame) -> None:
        number = answer["re"]
        if number is None:
            self._end(answer["error"])
        elif (key := self._by_number.pop(number, None)) is not None:
            waits = self._outbox[key].answer
            if "ok" in answer:
                if not waits.done():
                    waits.set_result(answer["ok"])
            elif answer["error"]["retry"]:
                asyncio.get_running_loop().call_later(RETRY_AFTER_S, self._send, key)
            elif not waits.done():
                waits.set_exception(CommandRefused(answer["error"]))

    def take_welcome(self, answer: Frame) -> None:
        if "error" in answer:
            if not answer["error"]["retry"]:
                self._end(answer["error"])
            return
        welcome = answer["ok"]
        self.you, self.epoch, self.ping_s = welcome["you"], welcome["epoch"], welcome["ping"]
        if "snapshot" in welcome:
            self.room.replace(welcome["snapshot"])
        else:
            self.apply_new(welcome["events"])
        self.seq = welcome["seq"]
        self.connections += 1
        self._welcomed.set()
        for key in list(self._outbox):
            self._send(key)
