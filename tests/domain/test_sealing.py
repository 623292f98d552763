"""A step closed for good: when it may be, and what can no longer be done then."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from sessions.domain.commands import CloseStep, OpenStep, RevealStep, ScribeCard, SealStep, UndoStep, WriteCard
from sessions.domain.log import LogKind
from sessions.enums import Aspect
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Round, Session, Step

from ..factory import SessionHarness, make_room
from .checks import check_log

pytestmark = pytest.mark.usefixtures("database")


def refused(room: SessionHarness, command: object) -> Code:
    with pytest.raises(Refused) as no:
        room.lead(command)  # type: ignore[arg-type]
    return no.value.code


def grow_old(step: Step, *, seconds: float) -> None:
    """Let the step and its rounds be closed this much longer ago."""
    earlier = dt.timedelta(seconds=seconds)
    Step.objects.filter(pk=step.pk).update(closed_at=F("closed_at") - earlier)
    Round.objects.filter(step=step).update(closed_at=F("closed_at") - earlier)
    Session.objects.filter(pk=step.session_id).update(structure=F("structure") + 1)


def test_a_step_is_sealed_after_the_grace_time_once_and_logged_with_its_count() -> None:
    room = make_room()
    step = room.step(StepKind.COLLECT)
    seal = SealStep(step=step.public_id, confirmed=38, of=41)
    assert refused(room, seal) is Code.STEP_NOT_OPEN
    room.lead(OpenStep(step=step.public_id))
    assert refused(room, seal) is Code.STEP_NOT_CLOSED
    room.lead(CloseStep(step=step.public_id))
    with pytest.raises(Refused) as early:
        room.lead(seal)
    assert early.value.code is Code.SEAL_TOO_EARLY
    assert 0 < int(early.value.fields["seconds"]) <= 30
    grow_old(step, seconds=31)
    first = room.lead(seal)
    again = room.lead(SealStep(step=step.public_id, confirmed=0, of=0))
    assert (again.noted, first.noted) == (False, True)
    step.refresh_from_db()
    assert (step.sealed_confirmed, step.sealed_of, step.sealed_whole) == (38, 41, True)
    (line,) = room.session.events.filter(kind=LogKind.STEP_SEALED)
    assert line.data == {"step": step.public_id, "confirmed": 38, "of": 41, "whole": True}
    check_log(room)


@pytest.mark.parametrize(("confirmed", "of"), [(99, 3), (1, 0), (3, None), (None, 3), (0, None)])
def test_a_count_that_cannot_be_is_refused_and_nothing_is_sealed(confirmed: int | None, of: int | None) -> None:
    room = make_room()
    round_, _ = room.open_vote()
    room.lead(RevealStep(step=round_.step.public_id))
    assert refused(room, SealStep(step=round_.step.public_id, confirmed=confirmed, of=of)) is Code.SEAL_COUNT
    step = Step.objects.get(pk=round_.step_id)
    assert (step.sealed_at, step.sealed_confirmed, step.sealed_of) == (None, None, None)
    room.lead(SealStep(step=step.public_id, confirmed=3, of=3))
    assert Step.objects.get(pk=step.pk).sealed_confirmed == 3


def test_after_a_reveal_there_is_nothing_to_wait_for() -> None:
    room = make_room()
    round_, _ = room.open_vote()
    room.lead(RevealStep(step=round_.step.public_id))
    room.lead(SealStep(step=round_.step.public_id))
    step = Step.objects.get(pk=round_.step_id)
    assert step.sealed_at is not None
    assert (step.sealed_confirmed, step.sealed_of, step.sealed_whole) == (None, None, None)


def test_what_was_sealed_is_not_opened_again_nor_by_an_undo() -> None:
    room = make_room()
    round_, (item, *_) = room.open_vote()
    (person,) = room.join("onderwijs")
    room.lead(RevealStep(step=round_.step.public_id))
    room.lead(SealStep(step=round_.step.public_id))
    assert refused(room, UndoStep()) is Code.STEP_SEALED
    assert refused(room, OpenStep(step=round_.step.public_id)) is Code.STEP_SEALED
    with pytest.raises(Refused) as late:
        room.vote(person, round_, item, tap=1)
    assert late.value.code is Code.ROUND_CLOSED


def test_a_reveal_of_what_was_sealed_can_be_undone_and_lets_nothing_in() -> None:
    room = make_room()
    step = room.step(StepKind.COLLECT)
    (person,) = room.join("onderwijs")
    room.lead_all([OpenStep(step=step.public_id), CloseStep(step=step.public_id), RevealStep(step=step.public_id)])
    room.lead_all([SealStep(step=step.public_id), UndoStep()])
    step.refresh_from_db()
    assert (step.revealed_at, step.state) == (None, "closed")
    card = {"step": step.public_id, "text": "te laat", "aspect": Aspect.BOTH, "lang": "nl"}
    pillar = room.pillars[0].public_id
    with pytest.raises(Refused) as late:
        room.ask(person, WriteCard(**card, pillar=pillar))  # type: ignore[arg-type]
    assert late.value.code is Code.STEP_CLOSED
    typed = ScribeCard(**card, sector=room.sectors["onderwijs"].public_id, pillar=pillar)  # type: ignore[arg-type]
    assert refused(room, typed) is Code.STEP_SEALED


def test_only_what_takes_answers_is_sealed() -> None:
    room = make_room()
    step = room.step(StepKind.BREAK)
    room.lead_all([OpenStep(step=step.public_id), CloseStep(step=step.public_id)])
    assert refused(room, SealStep(step=step.public_id)) is Code.STEP_WRONG_KIND
