"""A phone, console or stage on a connection that a test holds in its hand: it sends, reads and comes back when told.

It does what docs/protocol.md asks of a client, with the reducer of tests/live/client.py.
"""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sessions.enums import Audience
from sessions.management.simulation.reducer import apply_now, apply_own, apply_shared

from .process import Process, SimulatedConnection

Doc = dict[str, Any]


@dataclass(eq=False)
class Sent:
    """A command as it was given here. `answers`: every answer that came, in order."""

    do: str
    content: Doc
    key: str
    answers: list[Doc] = field(default_factory=list)
    over: bool = False


@dataclass
class Memory:
    """What a screen knew at one moment, as when it fell asleep."""

    epoch: str
    seq: int
    snapshot: Doc
    now: Doc


class Screen:
    def __init__(self, *, audience: Audience, cookies: Mapping[str, str], actor: int = 0) -> None:
        self.audience, self.cookies, self.actor = audience, cookies, actor
        self.connection: SimulatedConnection | None = None
        self.live = False
        self.turned_away: str | None = None
        self.snapshot: Doc = {}
        self.you: Doc = {}
        self.now: Doc = {}
        """Latest values."""
        self.epoch, self.seq = "", 0
        self.outbox: list[Sent] = []
        self.given: list[Sent] = []
        self.memories: list[Memory] = []
        self.gaps = 0
        self.tape: list[Doc] = []
        """What happened here, for another client to live through."""
        self._numbers = itertools.count(1)
        self._by_number: dict[int, Sent] = {}
        self._hello = 0

    # -- the connection ------------------------------------------------------------------------------------------

    @property
    def tally(self) -> Doc:
        tally: Doc = self.now.get("tally", {})
        return tally

    @property
    def is_connected(self) -> bool:
        return self.connection is not None and self.connection.is_open

    def connect(self, process: Process, check: Callable[[str], None], *, back: Memory | None = None) -> None:
        """Open a connection and say hello; with `back`, as one that knows no more than it did then."""
        if back is not None:
            self.snapshot, self.now = copy.deepcopy(back.snapshot), copy.deepcopy(back.now)
            self.epoch, self.seq = back.epoch, back.seq
        self.tape.append({"is": "open", "old": back is not None})
        self.live = False
        self._by_number.clear()
        self.connection = process.open(audience=self.audience, cookies=self.cookies, check=check)
        self.say_hello()

    def forget(self) -> None:
        """Know nothing, as a page that was loaded anew. Its outbox stays."""
        self.snapshot, self.you, self.now, self.epoch, self.seq = {}, {}, {}, "", 0
        self.memories.clear()
        self.tape.append({"is": "load"})

    def say_hello(self) -> None:
        hello: Doc = {"protocol": 2, "lang": "en"}
        if self.epoch:
            hello |= {"epoch": self.epoch, "seq": self.seq}
        self._hello, self.live = next(self._numbers), False
        self.tape.append({"is": "hello", "said": hello})
        self._write({"id": self._hello, "do": "hello", "with": hello})

    def drop(self, *, noticed: bool) -> None:
        if self.connection is not None:
            self.connection.hang_up(noticed=noticed)
        self.connection, self.live = None, False

    # -- out -----------------------------------------------------------------------------------------------------

    def give(self, do: str, content: Doc, *, key: str = "", lost: bool = False) -> Sent:
        """Hand in a command; it is sent when there is a connection. `lost`: it never gets there."""
        sent = Sent(do, content, key or str(uuid4()))
        self.outbox.append(sent)
        self.given.append(sent)
        if self.live and not lost:
            self._send(sent)
        return sent

    def resend(self) -> None:
        """Send again what is not answered, as after a while."""
        if self.live and self.is_connected:
            for sent in list(self.outbox):
                self._send(sent)

    def write_raw(self, frame: str) -> None:
        if self.connection is not None and self.connection.is_open:
            self.connection.write(frame)

    def _send(self, sent: Sent) -> None:
        number = next(self._numbers)
        self._by_number[number] = sent
        self._write({"id": number, "do": sent.do, "key": sent.key, "with": sent.content})

    def _write(self, frame: Doc) -> None:
        if self.connection is not None and self.connection.is_open:
            self.connection.write(json.dumps(frame))

    # -- in ------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Take everything that has arrived."""
        while self.connection is not None and self.connection.unread:
            text = self.connection.unread.popleft()
            frame = json.loads(text)
            if "re" not in frame:
                self.tape.append({"is": "frame", "text": text})
            self._hear(frame)
        if self.connection is not None and not self.connection.is_open and not self.connection.unread:
            self.drop(noticed=True)

    def _hear(self, frame: Doc) -> None:
        if "re" in frame:
            if frame["re"] is None:
                self.turned_away = frame["error"]["code"]
            elif frame["re"] == self._hello:
                self._welcome(frame["ok"])
            elif sent := self._by_number.pop(frame["re"], None):
                self._take_answer(sent, frame)
        elif not self.live:
            # Under way before the server took the hello; the welcome holds it too.
            return
        elif "from" in frame:
            self._take_shared(frame)
        elif "you" in frame:
            for event in frame["you"]:
                apply_own(self.you, event)
        elif "now" in frame:
            apply_now(self.now, frame["now"])

    def _take_shared(self, frame: Doc) -> None:
        if frame["to"] <= self.seq:
            return
        if frame["from"] > self.seq + 1:
            self.gaps += 1
            self.say_hello()
            return
        self._apply(frame["events"])
        self.seq = frame["to"]

    def _apply(self, events: list[Doc]) -> None:
        fresh = [event for event in events if event["seq"] > self.seq]
        for event in fresh:
            apply_shared(self.snapshot, event)

    def _welcome(self, welcome: Doc) -> None:
        self.tape.append({"is": "welcome", "ok": copy.deepcopy(welcome)})
        if "snapshot" in welcome:
            self.snapshot = welcome["snapshot"]
            latest = self.snapshot["now"]
        else:
            self._apply(welcome["events"])
            latest = welcome["now"]
        self.you, self.now = welcome["you"], copy.deepcopy(latest)
        self.epoch, self.seq = welcome["epoch"], welcome["seq"]
        self.memories.append(Memory(self.epoch, self.seq, copy.deepcopy(self.snapshot), copy.deepcopy(self.now)))
        self.live = True
        self.resend()

    def _take_answer(self, sent: Sent, frame: Doc) -> None:
        sent.answers.append(frame)
        if "error" in frame and frame["error"]["retry"]:
            return
        sent.over = True
        if sent in self.outbox:
            self.outbox.remove(sent)
        if "ok" in frame and sent.do == "vote.cast":
            self._settle_vote(sent.content, frame["ok"]["seq"])

    def _settle_vote(self, vote: Doc, seq: int) -> None:
        """A socket is not told twice that its vote is stored. One whose tap is not newer changed nothing."""
        self.tape.append({"is": "stored", "vote": vote, "seq": seq})
        known = [
            found for found in self.you["votes"] if (found["round"], found["item"]) == (vote["round"], vote["item"])
        ]
        if not known or known[0]["tap"] < vote["tap"]:
            fixes = any(found["fixes_sector"] for found in self.snapshot["rounds"] if found["id"] == vote["round"])
            event = {"type": "you.vote", "vote": vote, "sector_fixed": self.you["sector_fixed"] or fixes}
            apply_own(self.you, event)
