"""Votes, what is voted on, and rounds."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ...ballots.mark import Value
from ...errors import Code
from ...limits import MOST_ITEMS
from ..command import Command, Id, MarkValue, Outbox, Reads, Tap

MARKS_PER_VOTE = 5.2
"""Values of one command that cost as much as one command of one mark: rows and lines are written in bulk. The most
that a command holds, 300, costs less than a full token bucket (60)."""


class MarkGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One more mark of a `vote.cast`."""

    item: Id
    value: MarkValue


class CastVote(Command, frozen=True):
    """Let `value` stand on an item: what it may be says the round's ballot; null: nothing. A ballot that asks about
    several criteria takes a list. `marks`: further items of the same answer; all of them stand or fall together, with
    one `tap`, which counts up per device. At most 300 values in all, each criterion counted.
    """

    do = "vote.cast"
    reads = Reads(marks=True)
    outbox = Outbox(collapses=("round", "item"), told=(Code.ROUND_CLOSED,))
    round: Id
    item: Id
    value: MarkValue
    tap: Tap
    marks: Annotated[list[MarkGiven], msgspec.Meta(max_length=MOST_ITEMS - 1)] = []

    def given(self) -> list[tuple[str, Value]]:
        """Return the marks: item and value."""
        given: list[tuple[str, Value]] = [(self.item, self.value)]
        if self.marks:
            given += [(mark.item, mark.value) for mark in self.marks]
        return given

    def weight(self) -> float:
        """Each criterion is a row. What is refused for its length costs as much as the longest."""
        if not self.marks and not isinstance(self.value, list):
            return 1.0
        values = count_values(self.value)
        for mark in self.marks:
            values += count_values(mark.value)
        return 1.0 + min(values - 1, MOST_ITEMS - 1) / MARKS_PER_VOTE

    def places(self) -> list[tuple[str, str]]:
        places = [(self.round, self.item)]
        if self.marks:
            places += [(self.round, mark.item) for mark in self.marks]
        return places


def count_values(value: Value) -> int:
    """Return how many rows a mark is: one for each criterion."""
    return len(value) if isinstance(value, list) else 1


class TickCard(Command, frozen=True):
    """Whether a card goes to the vote. Into it also while people vote, which `step.undo` takes back, but not where
    answers on several items hold together: in pairs, and in points that come together. Out of it only before the vote
    was opened. Not once the round was closed.
    """

    do = "card.tick"
    reads = Reads(card="card")
    round: Id
    card: Id
    on: bool


class AddRound(Command, frozen=True):
    """Prepare another round of a vote whose newest round was revealed: on these of its items (ids of items, not of
    cards), or on all of them. One whose card is redacted does not come along. The reply has its `id`.
    """

    do = "round.add"
    step: Id
    items: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_ITEMS)] | None = None


class RemoveRound(Command, frozen=True):
    """Drop a round that was prepared and never opened."""

    do = "round.remove"
    round: Id


class PublishRound(Command, frozen=True):
    """Show the result of a revealed round anew, with the ballots that came after it. Refused while that would expose
    somebody: then the earlier result stands, and says how many came later (`late`).
    """

    do = "round.publish"
    round: Id


class CompareRound(Command, frozen=True):
    """By the system only: a publication's differences were compared with chance. No `line`: nothing to compare."""

    do = "round.compare"
    round: Id
    publication: int
    line: float | None = None
    runs: int = 0
    seed: int = 0


class AdoptRounds(Command, frozen=True):
    """By the system only: rounds that code of before revealed become publications, as they were shown."""

    do = "round.adopt"
