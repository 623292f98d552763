"""Where the projectors are: turned by absolute values, in the step they show, and taken back like any step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.domain import moment
from sessions.domain.actor import Actor
from sessions.domain.commands import OpenStep, RedactCard, RestoreCard, RevealStep, ShowStage, UndoStep
from sessions.domain.rules import undo_until
from sessions.domain.world import CommandRequest, CommandResult
from sessions.enums import Picture
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Session, StageLink, Step

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def room() -> SessionHarness:
    room = make_room()
    room.join("onderwijs", n=2)
    room.open_vote()
    return room


def lead(room: SessionHarness, command: object, actor: Actor | None = None) -> Code | None:
    (result,) = room.batch(CommandRequest(actor or room.facilitator, command))  # type: ignore[arg-type]
    if isinstance(result, Refused):
        return result.code
    assert isinstance(result, CommandResult)
    return None


def where(room: SessionHarness) -> tuple[object, ...]:
    stage = Session.objects.get(pk=room.session.pk).stage
    return tuple(stage[name] for name in ("step", "picture", "first", "held", "card"))


def until(room: SessionHarness) -> int:
    """Return until when the last change can be taken back, as consoles are told it."""
    undo = Session.objects.get(pk=room.session.pk).undo
    assert undo is not None
    return undo_until(undo)


def step(room: SessionHarness, kind: StepKind) -> str:
    return room.session.steps.get(kind=kind).public_id


def card(room: SessionHarness) -> str:
    return Contribution.objects.filter(session=room.session).order_by("pk")[0].public_id


def test_what_is_given_changes_and_the_rest_stays(room: SessionHarness) -> None:
    vote = step(room, StepKind.VOTE)
    assert where(room) == (vote, "heads", None, False, None)
    assert lead(room, ShowStage(step=vote, picture=Picture.APART, held=True)) is None
    assert where(room) == (vote, "apart", None, True, None)
    assert lead(room, ShowStage(step=vote, first=card(room))) is None
    assert lead(room, ShowStage(step=vote, card=card(room))) is None
    assert where(room) == (vote, "apart", card(room), True, card(room))


def test_another_picture_begins_at_its_first_page(room: SessionHarness) -> None:
    vote = step(room, StepKind.VOTE)
    lead(room, ShowStage(step=vote, first=card(room)))
    lead(room, ShowStage(step=vote, picture=Picture.EQUAL))
    assert where(room) == (vote, "equal", None, False, None)


def test_the_same_press_twice_is_one(room: SessionHarness) -> None:
    vote = step(room, StepKind.VOTE)
    lead(room, ShowStage(step=vote, picture=Picture.APART))
    seq = Session.objects.get(pk=room.session.pk).seq
    lead(room, ShowStage(step=vote, picture=Picture.APART))
    assert Session.objects.get(pk=room.session.pk).seq == seq


def test_a_press_that_was_meant_for_another_step_turns_nothing(room: SessionHarness) -> None:
    collect = step(room, StepKind.COLLECT)
    assert lead(room, ShowStage(step=collect, held=True)) is Code.STAGE_ELSEWHERE
    lead(room, OpenStep(step=collect))
    assert where(room) == (collect, "heads", None, False, None)
    assert lead(room, ShowStage(step=collect, held=True)) is None


def test_only_what_the_projectors_have_is_made_large(room: SessionHarness) -> None:
    collect = step(room, StepKind.COLLECT)
    lead(room, OpenStep(step=collect))
    Step.objects.filter(public_id=collect).update(revealed_at=None)
    room.session.refresh_from_db()
    Session.objects.filter(pk=room.session.pk).update(structure=room.session.structure + 1)
    assert lead(room, ShowStage(step=collect, card=card(room))) is Code.CARD_UNKNOWN
    lead(room, RevealStep(step=collect))
    assert lead(room, ShowStage(step=collect, card=card(room))) is None


def test_a_card_that_is_taken_away_does_not_come_back_large(room: SessionHarness) -> None:
    vote, one = step(room, StepKind.VOTE), card(room)
    lead(room, ShowStage(step=vote, card=one))
    lead(room, RedactCard(card=one, reason="rude"))
    lead(room, RestoreCard(card=one))
    assert where(room)[-1] is None
    lead(room, RedactCard(card=one, reason="rude"))
    assert lead(room, ShowStage(step=vote, card=one)) is Code.CARD_UNKNOWN


def test_the_last_turn_is_taken_back_and_then_the_step_change_under_it(room: SessionHarness) -> None:
    vote = step(room, StepKind.VOTE)
    lead(room, RevealStep(step=vote))
    lead(room, ShowStage(step=vote, picture=Picture.EQUAL))
    lead(room, ShowStage(step=vote, picture=Picture.APART))
    assert lead(room, UndoStep()) is None
    assert where(room)[1] == "equal"
    assert Step.objects.get(public_id=vote).revealed_at is not None
    assert lead(room, UndoStep()) is None
    assert Step.objects.get(public_id=vote).revealed_at is None
    assert lead(room, UndoStep()) is Code.UNDO_TOO_LATE


def test_a_turn_is_not_taken_back_for_ever(room: SessionHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    vote, later = step(room, StepKind.VOTE), moment.now() + timedelta(seconds=11)
    lead(room, ShowStage(step=vote, picture=Picture.EQUAL))
    monkeypatch.setattr(moment, "now", lambda: later)
    assert lead(room, UndoStep()) is Code.UNDO_TOO_LATE


def test_a_projector_turns_and_does_nothing_else(room: SessionHarness) -> None:
    vote, projector = step(room, StepKind.VOTE), room.projector()
    assert lead(room, ShowStage(step=vote, held=True), projector) is None
    assert lead(room, RevealStep(step=vote), projector) is Code.NOT_ALLOWED
    assert lead(room, UndoStep(), projector) is Code.NOT_ALLOWED


def test_a_link_that_was_revoked_turns_nothing_from_that_moment_on(room: SessionHarness) -> None:
    """Also when its socket is still there: as with members, each batch asks anew."""
    vote = step(room, StepKind.VOTE)
    link, other = (
        StageLink.objects.create(session=room.session, token_hash=name, created_at=timezone.now()) for name in "ab"
    )
    assert lead(room, ShowStage(step=vote, held=True), Actor.stage(link.pk)) is None
    StageLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())
    assert lead(room, ShowStage(step=vote, held=False), Actor.stage(link.pk)) is Code.LINK_REVOKED
    assert where(room) == (vote, "heads", None, True, None)
    elsewhere = make_room()
    stranger = StageLink.objects.create(session=elsewhere.session, token_hash="c", created_at=timezone.now())
    assert lead(room, ShowStage(step=vote, held=False), Actor.stage(stranger.pk)) is Code.LINK_REVOKED
    assert lead(room, ShowStage(step=vote, held=False), Actor.stage(other.pk)) is None


def test_whoever_has_a_projector_link_keeps_nobody_from_undoing(room: SessionHarness) -> None:
    vote, projector = step(room, StepKind.VOTE), room.projector()
    lead(room, RevealStep(step=vote))
    assert lead(room, ShowStage(step=vote, picture=Picture.EQUAL), projector) is None
    undo = Session.objects.get(pk=room.session.pk).undo
    assert undo is not None
    assert undo["do"] == RevealStep.do
    assert lead(room, UndoStep()) is None
    assert Step.objects.get(public_id=vote).revealed_at is None


def test_what_is_named_is_taken_back_also_under_a_turn_that_came_in_between(room: SessionHarness) -> None:
    vote = step(room, StepKind.VOTE)
    lead(room, RevealStep(step=vote))
    seen = until(room)
    lead(room, ShowStage(step=vote, picture=Picture.EQUAL))
    assert lead(room, UndoStep(until=seen)) is None
    assert Step.objects.get(public_id=vote).revealed_at is None
    assert where(room)[1] == "heads"


def test_two_who_press_undo_at_once_take_back_one_turn_and_nothing_under_it(
    room: SessionHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote = step(room, StepKind.VOTE)
    lead(room, RevealStep(step=vote))
    later = moment.now() + timedelta(seconds=1)
    monkeypatch.setattr(moment, "now", lambda: later)
    lead(room, ShowStage(step=vote, picture=Picture.EQUAL))
    seen = until(room)
    assert lead(room, UndoStep(until=seen)) is None
    assert lead(room, UndoStep(until=seen)) is Code.UNDO_TOO_LATE
    assert Step.objects.get(public_id=vote).revealed_at is not None
    assert where(room)[1] == "heads"


def test_a_card_that_was_taken_away_does_not_come_back_by_undoing_a_turn(room: SessionHarness) -> None:
    vote, one = step(room, StepKind.VOTE), card(room)
    lead(room, ShowStage(step=vote, card=one))
    lead(room, ShowStage(step=vote, card=None))
    lead(room, RedactCard(card=one, reason="rude"))
    assert lead(room, UndoStep()) is None
    lead(room, RestoreCard(card=one))
    assert where(room)[-1] is None
