"""A card is taken away for a reason, can be given back for a while, and then its text is nowhere."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from sessions.domain import moment
from sessions.domain.actor import Actor
from sessions.domain.log import Kind
from sessions.domain.redaction import destroyed_from, find_due
from sessions.domain.sessions import set_archived
from sessions.domain.verbs import (
    CloseStep,
    DestroyRedacted,
    EditCard,
    OpenStep,
    RedactCard,
    RemoveStep,
    RestoreCard,
    SealStep,
    TickCard,
    Verb,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.world import Ask
from sessions.enums import Aspect, Audience, Reason, StepState
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Event, Step

from ..factory import Room, make_room
from ..live.client import Watch
from .checks import check_log
from .test_sealing import grow_old

pytestmark = pytest.mark.usefixtures("database")
TEXT = "Bel mevrouw Jansen op 06 12345678"
REASONS = ("name", "off_topic", "rude", "double")


def write(room: Room, *, text: str = TEXT) -> tuple[Actor, str, Step]:
    """Let a person write a card in a step that is open."""
    (person,) = room.join("onderwijs")
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    verb = WriteCard(step=step.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id)
    made = room.ask(person, verb).id
    assert made is not None
    return person, made, step


def age(card: str, *, seconds: float) -> None:
    """Let the card have been redacted this much longer ago."""
    Contribution.objects.filter(public_id=card).update(hidden_at=F("hidden_at") - dt.timedelta(seconds=seconds))


def destroy(room: Room) -> None:
    room.ask(Actor.system(), DestroyRedacted())


def refused(room: Room, verb: Verb, actor: Actor | None = None) -> Code:
    with pytest.raises(Refused) as no:
        room.ask(actor or room.facilitator, verb)
    return no.value.code


def kinds(room: Room) -> list[str]:
    return list(room.session.events.order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize("reason", REASONS)
def test_within_the_undo_time_every_card_can_be_restored(reason: str) -> None:
    room = make_room()
    _, card, _ = write(room)
    room.lead(RedactCard(card=card, reason=reason))  # type: ignore[arg-type]
    destroy(room)
    assert (room.card(card).text, room.card(card).reason) == (TEXT, reason)
    room.lead(RestoreCard(card=card))
    assert (room.card(card).hidden_at, room.card(card).reason) == (None, None)
    assert Kind.CARD_DESTROYED not in kinds(room)


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
    assert kinds(room).count(Kind.CARD_DESTROYED) == 1
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
    assert kinds(room)[-2:] == [Kind.STEP_SEALED, Kind.CARD_DESTROYED]


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
    assert kinds(room)[-1] == Kind.CARD_DESTROYED
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


def test_only_the_console_is_told_the_text_and_only_until_it_is_destroyed() -> None:
    room = make_room()
    person, card, step = write(room)
    vote = room.step(StepKind.VOTE)
    round_ = vote.rounds.get()
    other = room.scribe(step, "overheden")[0]
    room.lead_all([TickCard(round=round_.public_id, card=name, on=True) for name in (card, other)])
    room.lead(OpenStep(step=vote.public_id))
    room.lead(RedactCard(card=card, reason="name"))

    def told() -> dict[str, str]:
        watch = Watch(room, people=[person])
        own = {card["id"]: card for card in watch.you[person.id]["cards"]}[card]
        assert (own["text"], own["reason"]) == ("", "name")
        return {audience: str(watch.snapshots[audience]) for audience in Audience}

    before = told()
    assert [name for name, snapshot in before.items() if TEXT in snapshot] == [Audience.CONSOLE]
    items = [
        item for found in Watch(room, people=[person]).snapshots[Audience.PHONE]["rounds"] for item in found["items"]
    ]
    assert {item["card"]: (item["text"] == "", item["reason"]) for item in items} == {
        card: (True, "name"),
        other: (False, None),
    }
    age(card, seconds=10)
    destroy(room)
    assert not any(TEXT in snapshot for snapshot in told().values())
    items = [item for found in Watch(room).snapshots[Audience.CONSOLE]["rounds"] for item in found["items"]]
    assert card in {item["card"] for item in items}, "it keeps its place"


def test_the_stage_is_told_how_many_and_why_and_not_before_it_may_see_cards() -> None:
    room = make_room()
    person, first, step = write(room)
    second, third = room.scribe(step, "overheden", "onderzoek")
    room.lead_all(
        [
            RedactCard(card=first, reason="name"),
            RedactCard(card=second, reason="off_topic"),
            RedactCard(card=third, reason="off_topic"),
        ]
    )

    def hidden(audience: Audience) -> dict[str, int]:
        steps = {found["id"]: found for found in Watch(room, people=[person]).snapshots[audience]["steps"]}
        told: dict[str, int] = steps[step.public_id]["hidden"]
        return told

    assert hidden(Audience.STAGE) == {}
    Step.objects.filter(pk=step.pk).update(revealed_at=moment.now())
    assert hidden(Audience.STAGE) == hidden(Audience.PHONE) == {"name": 1, "off_topic": 2}
    assert hidden(Audience.CONSOLE) == {}


def test_what_could_tell_a_guessed_text_goes_with_it() -> None:
    """The digest that finds a key used twice is of the text: whoever has it can try names until one fits."""
    room = make_room()
    (person,) = room.join("onderwijs")
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    verb = WriteCard(step=step.public_id, text=TEXT, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id)
    key, again = uuid4(), uuid4()
    card = room.ask(person, verb, key=key).id
    assert card is not None
    room.ask(person, EditCard(card=card, text=TEXT + "!"), key=again)
    room.lead(RedactCard(card=card, reason="name"))
    age(card, seconds=10)
    destroy(room)
    lines = Event.objects.filter(session=room.session, kind__in=[Kind.CARD_WRITTEN, Kind.CARD_EDITED])
    assert [line.digest for line in lines] == [None, None]
    # A phone that never heard the answer is still told that it was stored.
    assert room.ask(person, verb, key=key).id == card
    assert Contribution.objects.filter(session=room.session).count() == 1


def test_the_same_in_one_batch() -> None:
    room = make_room()
    person, card, _ = write(room)
    key = uuid4()
    edit = Ask(person, EditCard(card=card, text="Ik heet Piet"), key)
    withdraw = Ask(person, WithdrawCard(card=card), uuid4())
    results = room.batch(edit, withdraw, edit)
    assert not any(isinstance(result, Refused) for result in results)
    assert Event.objects.get(session=room.session, key=key).digest is None


def test_the_database_keeps_a_destroyed_card_hidden() -> None:
    """Also from a server of the version before, which would show it again."""
    room = make_room()
    _, card, _ = write(room)
    room.lead(RedactCard(card=card, reason="name"))
    age(card, seconds=10)
    destroy(room)
    for change in ({"hidden_at": None}, {"text": "Toch"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Contribution.objects.filter(public_id=card).update(**change)


@given(
    reason=st.sampled_from([*REASONS, None]),
    ago=st.sampled_from([0, 9, 10, 11, 3600]),
    sealed=st.booleans(),
    state=st.sampled_from([StepState.OPEN, StepState.CLOSED, StepState.SUPERSEDED]),
    destroyed=st.booleans(),
)
def test_the_query_finds_what_the_rule_says(
    reason: str | None, ago: int, sealed: bool, state: StepState, destroyed: bool
) -> None:
    room = make_room()
    _, name, step = write(room)
    at = moment.now()
    hidden_at = at - dt.timedelta(seconds=ago, milliseconds=20)
    Contribution.objects.filter(public_id=name).update(
        reason=reason,
        hidden_at=hidden_at,
        text="" if destroyed else TEXT,
        destroyed_at=at if destroyed else None,
    )
    Step.objects.filter(pk=step.pk).update(state=state, sealed_at=at if sealed else None)
    step.refresh_from_db()
    card = room.card(name)
    from_ = destroyed_from(card, step)
    assert (room.session.pk in find_due()) == (not destroyed and from_ is not None and from_ <= moment.now())
