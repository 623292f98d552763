"""A phone, console or stage that keeps everything it is shown, comes back by itself, and counts what happens to it.

It does what frontend/src/lib does: an outbox sent again with the same keys until answered. Its connection is that of
the simulation. What it knows can be held against a fresh snapshot at any time.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sessions.management.simulation.connection import RETRY_AFTER_S, Connection, Dial
from sessions.management.simulation.connection import clock as now
from sessions.management.simulation.reducer import apply_own, apply_shared, apply_tally
from tests.live.client import settle

__all__ = ["Answer", "Client", "Dial", "Doc", "now"]

Doc = dict[str, Any]
SOON_S = 20.0
"""How long after losing its line a client does not wait longer than four seconds, as frontend/src/lib/connection.ts."""


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


class Client(Connection):
    """`answers` is all that was ever given here; `known` and `shown` when which number was on this screen."""

    def __init__(self, *, base: str, code: str, role: str, cookies: dict[str, str], dial: Dial | None = None) -> None:
        super().__init__(bases=[base], path=f"/ws/s/{code}/?as={role}", cookies=cookies, lang="nl", dial=dial)
        self.base, self.role = base, role
        self.snapshot: Doc = {}
        self.you: Doc = {}
        self.tally: Doc = {}
        self.room: Doc = {}
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
        self._chance = Random()
        self._by_number: dict[int, Answer] = {}
        self._task: asyncio.Task[None] | None = None

    # -- for who uses it -----------------------------------------------------------------------------------------

    async def start(self) -> Client:
        self._task = asyncio.create_task(self.stay())
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

    def state(self) -> Doc:
        """Return what this screen knows, as it can be compared."""
        known: Doc = settle(self.snapshot)
        known["session"]["undo"] = None  # it runs out by itself
        return {"snapshot": known, "you": settle(self.you), "seq": self.seq}

    # -- staying connected ---------------------------------------------------------------------------------------

    def pause(self, tries: int, *, away: float) -> float:
        most = 4.0 if away < SOON_S else 15.0
        return 0.1 + self._chance.uniform(0, min(most, 0.5 * 2 ** min(tries, 5)))

    def leave(self) -> None:
        self.live.clear()

    def hang_up(self, code: int) -> None:
        self.closed.append(code)

    # -- frames --------------------------------------------------------------------------------------------------

    def describe_load(self) -> Doc:
        return {"waiting": len(self.outbox)}

    def _send(self, answer: Answer) -> None:
        if answer.done.is_set() or not self.live.is_set():
            return
        number = next(self.numbers)
        self._by_number[number] = answer
        self.write({"id": number, "do": answer.do, "key": answer.key, "with": answer.content})

    def take_other(self, frame: Doc) -> None:
        if "now" in frame:
            apply_tally(self.tally, frame["now"].get("tally", {}))
            self.room = frame["now"].get("room", self.room)
            self.shown.append((frame["at"], now()))
        elif "you" in frame:
            for event in frame["you"]:
                apply_own(self.you, event)
        elif "bye" in frame:
            self.byes.append(frame["after"])

    def tell_gap(self) -> None:
        self.gaps += 1

    def tell_shared(self, frame: Doc) -> None:
        if frame["events"]:
            self.known.append((self.seq, now()))

    def apply(self, event: Doc) -> None:
        apply_shared(self.snapshot, event)

    def take_answer(self, frame: Doc) -> None:
        number = frame["re"]
        if number is None:
            self.trouble.append(frame["error"]["code"])
            self.is_final = not frame["error"]["retry"]
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

    def take_welcome(self, frame: Doc) -> None:
        if "error" in frame:
            self.trouble.append(frame["error"]["code"])
            self.is_final = not frame["error"]["retry"]
            self.lost.set()
            return
        welcome = frame["ok"]
        if "snapshot" in welcome:
            self.snapshot = welcome["snapshot"]
            self.restarted += bool(self.epoch)
            latest = self.snapshot["now"]
        else:
            self.apply_new(welcome["events"])
            self.resumed += 1
            latest = welcome.get("now", {})
        self.you, self.tally = welcome["you"], dict(latest.get("tally", {}))
        self.room = latest.get("room", self.room)
        self.epoch, self.seq, self.ping_s = welcome["epoch"], welcome["seq"], welcome["ping"]
        self.known.append((self.seq, now()))
        self.shown.append((self.seq, now()))
        self.live.set()
        for answer in self.outbox:
            self._send(answer)
