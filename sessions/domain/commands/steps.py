"""The course of a session: steps, clock, projectors."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ...enums import Picture
from ..command import MOMENTARY_MS, Command, Id, Moment, Outbox, People, Reads


class OpenStep(Command, frozen=True):
    """Make it the step that is on; the one that was is closed.

    A reveal step reveals its subject; a vote needs items.
    """

    do = "step.open"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id


class CloseStep(Command, frozen=True):
    """Close the step that is on. Answers under way are still filed for 30 seconds."""

    do = "step.close"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id


class RevealStep(Command, frozen=True):
    """Show the cards of a collect step or the result of a vote; a vote that is open is closed by it. A collect step
    that is open stays open, and later cards show at once.
    """

    do = "step.reveal"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id


class SealStep(Command, frozen=True):
    """Close a step for good.

    With `confirmed` of `of` phones as the facilitator saw, both or neither, and no more than all; not `whole`: `of` may
    not have been all phones. Only once closed, and 30 seconds after that or after the reveal. It is not opened
    again, by undo neither, and takes no typed card; a second one changes nothing.
    """

    do = "step.seal"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id
    confirmed: People | None = None
    of: People | None = None
    whole: bool = True


class UndoStep(Command, frozen=True):
    """Take back the last opening, closing or reveal, a card put into an open vote, or a member's turn of the
    projectors, within 10 seconds: see `session.undo`. `until`: as it stands there, so that nothing is taken back but
    what was seen when it was pressed; left out: whatever is the last.
    """

    do = "step.undo"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    until: Moment | msgspec.UnsetType = msgspec.UNSET


class SayDone(Command, frozen=True):
    """Say that one is done with the step that is on, or is not after all. A later answer takes it back, and so does the
    end of the step.
    """

    do = "step.done"
    outbox = Outbox(collapses=("step",))
    step: Id
    on: bool


class AddTime(Command, frozen=True):
    """Give or take time on the clock of the step that is on."""

    do = "clock.add"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id
    seconds: Annotated[int, msgspec.Meta(ge=-3600, le=3600)]


class PauseClock(Command, frozen=True):
    """Let the clock of the step that is on stand still."""

    do = "clock.pause"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id


class StartClock(Command, frozen=True):
    """Start the clock, or let it run on after a pause."""

    do = "clock.start"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id


class ShowStage(Command, frozen=True):
    """Turn the projectors, all at once, in what they show of `step`. Only the fields that are given change.

    `picture` of a result; `first`: a card on the page to show, or an item that is none; null: the first page; `held`:
    pages do not turn by themselves; `card`: one card large over all else, null: none. Another `picture` begins at its
    first page.
    """

    do = "stage.show"
    reads = Reads(card="card")
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    step: Id
    picture: Picture | msgspec.UnsetType = msgspec.UNSET
    first: Id | msgspec.UnsetType | None = msgspec.UNSET
    held: bool | msgspec.UnsetType = msgspec.UNSET
    card: Id | msgspec.UnsetType | None = msgspec.UNSET


class EndPractice(Command, frozen=True):
    """By the system only: close what people practise in a session that was archived, so that nothing of it stays."""

    do = "practice.end"
