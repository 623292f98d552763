"""A card is taken away for a reason, can be given back for a while, and then its text is nowhere."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.domain import moment
from sessions.domain.commands import (
    CloseStep,
    EditCard,
    RedactCard,
    RemoveStep,
    RestoreCard,
    SealStep,
    WithdrawCard,
)
from sessions.domain.log import LogKind
from sessions.domain.redaction import find_due
from sessions.domain.sessions import set_archived
from sessions.enums import Audience, Reason
from sessions.errors import Code
from sessions.models import Contribution, Step

from ..factory import make_room
from ..live.client import Watch
from .checks import check_log
from .redacting import REASONS, TEXT, age, destroy, kinds, refused, write
from .test_sealing import grow_old

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("reason", REASONS)
def test_within_the_undo_time_every_card_can_be_restored(reason: str) -> None:
    room = make_room()
    _, card, _ = write(room)
    room.lead(RedactCard(card=card, reason=reason))  # type: ignore[arg-type]
    destroy(room)
    assert (room.card(card).text, room.card(card).reason) == (TEXT, reason)
    room.lead(RestoreCard(card=card))
    assert (room.card(card).hidden_at, room.card(card).reason) == (None, None)
    assert LogKind.CARD_DESTROYED not in kinds(room)


def test_a_name_is_destroyed_when_the_undo_time_is_over_and_nobody_can_restore_it() -> None:
    room = make_room()
    _, card, _ = write(room)
    room.lead(RedactCard(card=card, reason="name"))
    assert room.session.pk not in find_due()
    age(card, seconds=10)
    assert room.session.pk in find_due()
    # By the clock: also before the text is destroyed.
    assert refused(room, RestoreCard(card=card)) is Code.UNDO_TOO_LATE
    assert refused(room, RedactCard(card=card, reason="rude")) is Code.UNDO_TOO_LATE
    destroy(room)
    destroy(room)  # as two processes do
    assert room.card(card).text == ""
    assert kinds(room).count(LogKind.CARD_DESTROYED) == 1
    assert room.session.pk not in find_due()
    assert refused(room, RestoreCard(card=card)) is Code.UNDO_TOO_LATE
    check_log(room)


@pytest.mark.parametrize("reason", REASONS[1:])
def test_other_reasons_wait_for_the_seal_and_go_in_its_commit(reason: str) -> None:
    room = make_room()
    _, card, step = write(room)
    room.lead(RedactCard(card=card, reason=reason))  # type: ignore[arg-type]
    age(card, seconds=3600)
    destroy(room)
    assert room.card(card).text == TEXT
    room.lead(RestoreCard(card=card))
    room.lead(RedactCard(card=card, reason=reason))  # type: ignore[arg-type]
    age(card, seconds=60)
    room.lead(CloseStep(step=step.public_id))
    grow_old(step, seconds=31)
    room.lead(SealStep(step=step.public_id))
    assert room.card(card).text == ""
    assert kinds(room)[-2:] == [LogKind.STEP_SEALED, LogKind.CARD_DESTROYED]


def test_a_card_redacted_at_the_last_moment_or_after_the_seal_still_has_its_undo_time() -> None:
    room = make_room()
    _, last, step = write(room)
    late = room.scribe(step, "overheden", text="Te laat gezien")[0]
    room.lead(CloseStep(step=step.public_id))
    grow_old(step, seconds=31)
    room.lead_all([RedactCard(card=last, reason="double"), SealStep(step=step.public_id)])
    room.lead(RedactCard(card=late, reason="off_topic"))
    assert room.card(last).text == TEXT
    room.lead(RestoreCard(card=last))
    age(late, seconds=10)
    assert room.session.pk in find_due()
    destroy(room)
    assert (room.card(last).text, room.card(late).text) == (TEXT, "")


@pytest.mark.parametrize("reason", REASONS)
def test_an_archived_session_takes_no_command_and_its_redacted_texts_are_destroyed_all_the_same(reason: str) -> None:
    room = make_room()
    _, card, _ = write(room)
    room.lead(RedactCard(card=card, reason=reason))  # type: ignore[arg-type]
    set_archived(room.session.pk, on=True)
    assert refused(room, RestoreCard(card=card)) is Code.SESSION_ARCHIVED
    destroy(room)
    assert room.card(card).text == TEXT, "the time to undo it is not over"
    age(card, seconds=10)
    assert room.session.pk in find_due()
    destroy(room)
    assert room.card(card).text == ""
    assert kinds(room)[-1] == LogKind.CARD_DESTROYED
    assert room.session.pk not in find_due()


def test_a_step_taken_out_of_the_agenda_is_for_good_as_well() -> None:
    room = make_room()
    _, card, step = write(room)
    room.lead(RedactCard(card=card, reason="rude"))
    room.lead(CloseStep(step=step.public_id))
    room.lead(RemoveStep(step=step.public_id))
    age(card, seconds=10)
    assert room.session.pk in find_due()
    destroy(room)
    assert room.card(card).text == ""


def test_a_card_hidden_by_an_older_version_is_redacted_without_a_known_reason() -> None:
    room = make_room()
    _, card, step = write(room)
    Contribution.objects.filter(public_id=card).update(hidden_at=moment.now() - dt.timedelta(days=1))
    shown = {card["id"]: card for card in Watch(room).snapshots[Audience.CONSOLE]["cards"]}
    assert (shown[card]["reason"], shown[card]["until"]) == (Reason.UNKNOWN, None)
    room.lead(CloseStep(step=step.public_id))
    # Closed for good by that version, too: the first look of the eraser finds it.
    Step.objects.filter(pk=step.pk).update(sealed_at=moment.now())
    assert room.session.pk in find_due()


def test_its_writer_cannot_change_a_redacted_card_and_may_withdraw_it() -> None:
    room = make_room()
    person, card, _ = write(room)
    room.lead(RedactCard(card=card, reason="off_topic"))
    assert refused(room, EditCard(card=card, text="Anders"), person) is Code.CARD_REDACTED
    room.ask(person, WithdrawCard(card=card))
    age(card, seconds=60)
    assert room.session.pk not in find_due()
    assert refused(room, RestoreCard(card=card)) is Code.CARD_UNKNOWN


def test_a_destroyed_card_may_be_withdrawn_too() -> None:
    room = make_room()
    person, card, _ = write(room)
    room.lead(RedactCard(card=card, reason="name"))
    age(card, seconds=11)
    destroy(room)
    room.ask(person, WithdrawCard(card=card))
    assert room.card(card).withdrawn_at is not None
