"""What people were told when they wrote or voted stays true: silent and live are not switched any more."""

from __future__ import annotations

import pytest

from sessions.domain.commands import CloseStep, EditStep, OpenStep, UndoStep
from sessions.errors import Code
from sessions.kinds import Keys as StepKind

from ..factory import make_room
from .reveals import Vote, W, refused


def test_live_is_not_switched_on_once_voting_began(vote: Vote) -> None:
    """Whoever voted did so in the belief that nobody sees a figure before the reveal."""
    on, off = EditStep(step=vote.step, settings={"live": True}), EditStep(step=vote.step, settings={"live": False})
    assert refused(vote.room, on) is Code.STEP_HAS_ANSWERS
    vote.room.lead(off)
    vote.room.lead(CloseStep(step=vote.step))
    assert refused(vote.room, on) is Code.STEP_HAS_ANSWERS
    vote.reveal()
    assert refused(vote.room, on) is Code.STEP_HAS_ANSWERS
    planned = vote.room.step(StepKind.VOTE)
    vote.room.lead(EditStep(step=planned.public_id, settings={"live": True}))


def test_live_is_not_switched_off_once_voting_began(database: str) -> None:
    """Whoever votes next would be the difference between the last tally and the result."""
    vote = Vote(live=True)
    vote.room.lead(EditStep(step=vote.step, settings={"live": True}))
    assert refused(vote.room, EditStep(step=vote.step, settings={"live": False})) is Code.STEP_HAS_ANSWERS
    vote.cast(W, yes=5, no=0)
    assert refused(vote.room, EditStep(step=vote.step, settings={"live": False})) is Code.STEP_HAS_ANSWERS


@pytest.mark.parametrize("silent", [True, False])
def test_silent_is_not_switched_after_an_undone_opening_in_which_somebody_wrote(database: str, silent: bool) -> None:
    """Whoever wrote did so in the belief that nobody sees it before the reveal, or that everybody does."""
    room = make_room()
    step = room.step(StepKind.COLLECT, silent=silent)
    room.lead(OpenStep(step=step.public_id))
    room.lead(UndoStep())
    room.lead(EditStep(step=step.public_id, settings={"silent": not silent}))
    room.lead(EditStep(step=step.public_id, settings={"silent": silent}))
    room.lead(OpenStep(step=step.public_id))
    room.scribe(step, W)
    room.lead(UndoStep())
    step.refresh_from_db()
    assert step.opened_at is None
    assert refused(room, EditStep(step=step.public_id, settings={"silent": not silent})) is Code.STEP_HAS_ANSWERS


def test_live_is_not_switched_on_after_an_undone_opening_in_which_somebody_voted(database: str) -> None:
    vote = Vote()
    vote.room.lead(UndoStep())
    vote.room.lead(EditStep(step=vote.step, settings={"live": True}))
    vote.room.lead(EditStep(step=vote.step, settings={"live": False}))
    vote.room.lead(OpenStep(step=vote.step))
    vote.cast(W, yes=1, no=0)
    vote.conceal()
    vote.round.refresh_from_db()
    assert vote.round.opened_at is None
    assert refused(vote.room, EditStep(step=vote.step, settings={"live": True})) is Code.STEP_HAS_ANSWERS
