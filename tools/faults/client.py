"""A phone, console or stage that keeps everything it is shown, comes back by itself, and counts what happens to it.

It does what frontend/src/lib does: an outbox sent again with the same keys until answered, resume by epoch and number,
a gap answered with a new hello. What it knows can be held against a fresh snapshot at any time.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sessions.management.simulation.websocket import WebSocket, connect
from tests.live.client import apply_own, apply_shared, apply_tally, settle

Doc = dict[str, Any]
RETRY_AFTER_S = 1.0
SOON_S = 20.0
"""How long after losing its line a client does not wait longer than four seconds, as frontend/src/lib/connection.ts."""
Dial = Callable[[str, dict[str, str]], Any]
"""How to open a socket at an address with cookies; another network has another way."""


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass(slots=True, eq=False)
class Answer:
    """Something a person gave. `seq` and `id` are what the acknowledgement said."""

    do: str
    content: Doc
    key: str
    given_at: float
    seq: int | None = None
    id: str | None = None
    acknowledged_at: float = 0.0
    error: str = ""
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Client:
    """`answers` is all that was ever given here; `known` and `shown` when which number was on this screen."""

    def __init__(self, *, base: str, code: str, role: str, cookies: dict[str, str], dial: Dial | None = None) -> None:
        self.base, self.role, self.cookies = base, role, cookies
        self.snapshot: Doc = {}
        self.you: Doc = {}
        self.tally: Doc = {}
        self.room: Doc = {}
        self.epoch, self.seq = "", 0
        self.answers: dict[str, Answer] = {}
        self.closed: list[int] = []
        """Close code of every socket that ended without our doing; 1006 when the line broke, 0 when it fell silent."""
        self.refused: Counter[str] = Counter()
        self.sentences: set[str] = set()
        self.byes: list[int] = []
        self.resumed = self.restarted = self.gaps = 0
        self.known: list[tuple[int, float]] = []
        """Log number, when the shared log was told up to it here."""
        self.shown: list[tuple[int, float]] = []
        """Log number, when a tally of that moment was here."""
        self.live = asyncio.Event()
        self.trouble: list[str] = []
        self.final = False
        self._path = f"/ws/s/{code}/?as={role}"
        self._dial = dial or (lambda address, mine: connect(address, cookies=mine))
        self._chance = Random()
        self._numbers = itertools.count(1)
        self._by_number: dict[int, Answer] = {}
        self._hello = 0
        self._socket: WebSocket | None = None
        self._ping, self._heard = 5.0, 0.0
        self._come_back_s: float | None = None
        self._lost = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    # -- for who uses it -----------------------------------------------------------------------------------------

    async def start(self) -> Client:
        self._task = asyncio.create_task(self._stay())
        async with asyncio.timeout(30):
            await self.live.wait()
        return self

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def give(self, do: str, content: Doc, *, key: str | None = None) -> Answer:
        """Hand in an answer; it is sent until it is acknowledged."""
        answer = Answer(do, content, key or str(uuid.uuid4()), now())
        self.answers[answer.key] = answer
        if self.live.is_set():
            self._send(answer)
        return answer

    async def ask(self, do: str, content: Doc, *, within: float = 60) -> Answer:
        """Hand in and wait. Fails when the server says no for good."""
        answer = self.give(do, content)
        async with asyncio.timeout(within):
            await answer.done.wait()
        if answer.seq is None:
            raise RuntimeError(f"{do} was refused: {answer.error}")
        return answer

    @property
    def outbox(self) -> list[Answer]:
        return [answer for answer in self.answers.values() if not answer.done.is_set()]

    def drop(self) -> None:
        """Cut the line without a word."""
        if self._socket is not None:
            self._socket.abort()

    def state(self) -> Doc:
        """Return what this screen knows, as it can be compared."""
        known: Doc = settle(self.snapshot)
        known["session"]["undo"] = None  # it runs out by itself
        return {"snapshot": known, "you": settle(self.you), "seq": self.seq}

    # -- staying connected ---------------------------------------------------------------------------------------

    async def _stay(self) -> None:
        tries, lost_at = 0, now()
        while not self.final:
            try:
                await self._live()
                tries, lost_at = 0, now()
            except OSError:
                tries += 1
            if self._come_back_s is not None:
                pause, self._come_back_s = self._come_back_s, None
            else:
                most = 4.0 if now() - lost_at < SOON_S else 15.0
                pause = 0.1 + self._chance.uniform(0, min(most, 0.5 * 2 ** min(tries, 5)))
            await asyncio.sleep(pause)

    async def _live(self) -> None:
        self._lost.clear()
        line = await self._dial(self.base + self._path, self.cookies)
        line.on_text, line.on_close = self._hear, self._hang_up
        self._socket, self._heard = line, now()
        self._say_hello()
        try:
            while not self._lost.is_set():
                try:
                    async with asyncio.timeout(self._ping):
                        await self._lost.wait()
                except TimeoutError:
                    if now() - self._heard > 2.4 * self._ping:
                        self.closed.append(0)
                        return
                    self._write({"id": next(self._numbers), "do": "ping", "with": {"waiting": len(self.outbox)}})
        finally:
            self._socket = None
            self.live.clear()
            line.on_text, line.on_close = (lambda _: None), (lambda _: None)
            line.abort()

    def _hang_up(self, code: int) -> None:
        self.closed.append(code)
        self.final = 4500 <= code < 5000
        self._lost.set()

    # -- frames --------------------------------------------------------------------------------------------------

    def _say_hello(self) -> None:
        hello: Doc = {"protocol": 1, "lang": "nl"}
        if self.epoch:
            hello |= {"epoch": self.epoch, "seq": self.seq}
        self._hello = next(self._numbers)
        self._write({"id": self._hello, "do": "hello", "with": hello})

    def _send(self, answer: Answer) -> None:
        if answer.done.is_set() or not self.live.is_set():
            return
        number = next(self._numbers)
        self._by_number[number] = answer
        self._write({"id": number, "do": answer.do, "key": answer.key, "with": answer.content})

    def _write(self, content: Doc) -> None:
        if self._socket is not None:
            self._socket.send_text(json.dumps(content).encode())

    def _hear(self, payload: bytes) -> None:
        self._heard = now()
        frame: Doc = json.loads(payload)
        if "re" in frame:
            self._take_answer(frame)
        elif "from" in frame:
            self._take_shared(frame)
        elif "now" in frame:
            apply_tally(self.tally, frame["now"].get("tally", {}))
            self.room = frame["now"].get("room", self.room)
            self.shown.append((frame["at"], now()))
        elif "you" in frame:
            for event in frame["you"]:
                apply_own(self.you, event)
        elif "bye" in frame:
            self._come_back_s = frame["after"] / 1000
            self.byes.append(frame["after"])

    def _take_shared(self, frame: Doc) -> None:
        if frame["to"] <= self.seq:
            return
        if frame["from"] > self.seq + 1:
            self.gaps += 1
            self._say_hello()
            return
        self._apply(frame["events"])
        self.seq = frame["to"]
        if frame["events"]:
            self.known.append((self.seq, now()))

    def _apply(self, events: list[Doc]) -> None:
        before = self.seq
        for event in events:
            if event["seq"] > before:
                apply_shared(self.snapshot, event)

    def _take_answer(self, frame: Doc) -> None:
        number = frame["re"]
        if number is None:
            self.trouble.append(frame["error"]["code"])
            self.final = not frame["error"]["retry"]
        elif number == self._hello:
            self._take_welcome(frame)
        elif answer := self._by_number.pop(number, None):
            if "ok" in frame:
                if answer.seq is not None and answer.seq != frame["ok"]["seq"]:
                    self.trouble.append(f"{answer.key} was acknowledged as {answer.seq} and as {frame['ok']['seq']}")
                answer.seq, answer.id, answer.acknowledged_at = frame["ok"]["seq"], frame["ok"]["id"], now()
                answer.done.set()
            else:
                self._take_refusal(answer, frame["error"])

    def _take_refusal(self, answer: Answer, error: Doc) -> None:
        self.refused[error["code"]] += 1
        self.sentences.add(error["message"])
        if error["retry"]:
            asyncio.get_running_loop().call_later(RETRY_AFTER_S, self._send, answer)
        else:
            answer.error = error["code"]
            answer.done.set()

    def _take_welcome(self, frame: Doc) -> None:
        if "error" in frame:
            self.trouble.append(frame["error"]["code"])
            self.final = not frame["error"]["retry"]
            self._lost.set()
            return
        welcome = frame["ok"]
        if "snapshot" in welcome:
            self.snapshot = welcome["snapshot"]
            self.restarted += bool(self.epoch)
            latest = self.snapshot["now"]
        else:
            self._apply(welcome["events"])
            self.resumed += 1
            latest = welcome.get("now", {})
        self.you, self.tally = welcome["you"], dict(latest.get("tally", {}))
        self.room = latest.get("room", self.room)
        self.epoch, self.seq, self._ping = welcome["epoch"], welcome["seq"], welcome["ping"]
        self.known.append((self.seq, now()))
        self.shown.append((self.seq, now()))
        self.live.set()
        for answer in self.outbox:
            self._send(answer)
