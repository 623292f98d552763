"""Paper ballots: what a facilitator types in for somebody who voted without a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from ...limits import MOST_ITEMS, MOST_PAPERS
from ..command import Command, Id, Reads
from .votes import MARKS_PER_VOTE, MarkGiven, count_values

Marks = Annotated[list[MarkGiven], msgspec.Meta(min_length=1, max_length=MOST_ITEMS)]
PaperNumber = Annotated[int, msgspec.Meta(ge=1, le=MOST_PAPERS)]


def _weigh(marks: Sequence[MarkGiven]) -> float:
    """As of a vote: each criterion is a row, and what is refused for its length costs as much as the longest."""
    return 1.0 + min(sum(count_values(mark.value) for mark in marks), MOST_ITEMS) / MARKS_PER_VOTE


class AddBallot(Command, frozen=True):
    """A whole paper ballot of somebody of this O. The reply has the `id` of the participant that it is. Until the step
    is closed for good, also after the reveal: then it counts in the next publication (`round.publish`).

    `number`: written on the paper; null: the next one. A number that stands on a paper of another round of the session
    is the same person, who must be of the same O.
    """

    do = "ballot.add"
    round: Id
    sector: Id
    marks: Marks
    number: PaperNumber | None = None

    def weight(self) -> float:
        return _weigh(self.marks)


class EditBallot(Command, frozen=True):
    """Let a paper ballot say this and nothing else: it is typed anew from the paper."""

    do = "ballot.edit"
    reads = Reads(participant="participant")
    round: Id
    participant: Id
    sector: Id
    marks: Marks

    def weight(self) -> float:
        return _weigh(self.marks)


class RemoveBallot(Command, frozen=True):
    """Take a paper ballot back. Its number is free again. `step.undo` lets it count as it stood, unless its number was
    given to another.
    """

    do = "ballot.remove"
    reads = Reads(participant="participant")
    round: Id
    participant: Id
