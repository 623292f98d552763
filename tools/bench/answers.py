"""What one phone sends in a round of any ballot: commands that its rules take, drawn as simulated people vote."""

from __future__ import annotations

import json
from random import Random
from typing import Any, NamedTuple

import msgspec

from sessions.ballots import Ballot, ballot_of
from sessions.ballots.ballot import Act, OwnMarks, SimulatedVoter
from sessions.ballots.mark import Mark, read_mark

TRIES = 1_000
"""A simulated person often leaves a vote as it is, and is asked again; so often means that there is nothing to cast."""


class Answer(NamedTuple):
    """One command: as it is sent, and the marks that stand once it is acknowledged."""

    text: bytes
    tap: int
    marks: dict[str, Mark]

    @property
    def votes(self) -> int:
        """How many votes it sets: one per item and criterion that has a value, and one for an item taken back."""
        return sum(max(1, len(mark) - mark.count(None)) for mark in self.marks.values())


class Voter:
    """A phone's own marks in one round, by the ballot's own rules."""

    def __init__(self, *, number: int, vote: dict[str, Any]) -> None:
        self._number, self._round = number, vote["round"]
        self._kind: Ballot = ballot_of(vote["ballot"])
        self._rules: Any = msgspec.convert(vote["rules"], self._kind.Rules)
        self._prices: dict[str, int] = vote["prices"]
        self._chance = Random(f"{vote['ballot']} {number}")
        self._items = list(self._prices)
        self._chance.shuffle(self._items)
        self._marks: dict[str, Mark] = {}
        self._spent = 0

    def answer(self, *, tap: int) -> Answer:
        """Cast once more. Raises Refused where a ballot's simulated people cast what it does not take."""
        act = self._act()
        criteria = len(self._kind.criteria(self._rules))
        marks = {item: read_mark(value, criteria=criteria) for item, value in act.items()}
        mine = OwnMarks(self._spent, {item: self._marks.get(item, ()) for item in marks})
        self._spent = self._kind.check(rules=self._rules, mine=mine, marks=marks, prices=self._prices)
        self._marks |= marks
        return Answer(self._write(act, tap=tap), tap, marks)

    def _act(self) -> Act:
        person = SimulatedVoter(marks=self._marks, weigh=lambda _: 1.0, chance=self._chance, prices=self._prices)
        for _ in range(TRIES):
            if acts := self._kind.act(rules=self._rules, items=self._items, person=person):
                found: Act = acts[0]
                return found
        raise RuntimeError(f"nothing to cast any more by {self._kind.key}")

    def _write(self, act: Act, *, tap: int) -> bytes:
        (item, value), *others = act.items()
        content: dict[str, Any] = {"round": self._round, "item": item, "value": value, "tap": tap}
        if others:
            content["marks"] = [{"item": other, "value": given} for other, given in others]
        return json.dumps({"id": tap, "do": "vote.cast", "key": key_of(self._number, tap), "with": content}).encode()


def key_of(number: int, tap: int) -> str:
    """Return the key of a phone's command: both can be read in it again."""
    return f"b{tap:07x}-0000-4000-8000-{number:012x}"


def number_of(key: str) -> int:
    return int(key[-12:], 16)
