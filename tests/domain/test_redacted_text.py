"""Who is told the text of a redacted card, and what could tell it once it is destroyed."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from sessions.domain import moment
from sessions.domain.commands import (
    EditCard,
    OpenStep,
    RedactCard,
    TickCard,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.log import LogKind
from sessions.domain.redaction import destroyed_from, find_due
from sessions.domain.world import CommandRequest
from sessions.enums import Aspect, Audience, StepState
from sessions.errors import Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Event, Step

from ..factory import make_room
from ..live.client import Watch
from .redacting import REASONS, TEXT, age, destroy, write

pytestmark = pytest.mark.usefixtures("database")


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
    command = WriteCard(step=step.public_id, text=TEXT, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id)
    key, again = uuid4(), uuid4()
    card = room.ask(person, command, key=key).id
    assert card is not None
    room.ask(person, EditCard(card=card, text=TEXT + "!"), key=again)
    room.lead(RedactCard(card=card, reason="name"))
    age(card, seconds=10)
    destroy(room)
    lines = Event.objects.filter(session=room.session, kind__in=[LogKind.CARD_WRITTEN, LogKind.CARD_EDITED])
    assert [line.digest for line in lines] == [None, None]
    # A phone that never heard the answer is still told that it was stored.
    assert room.ask(person, command, key=key).id == card
    assert Contribution.objects.filter(session=room.session).count() == 1


def test_the_same_in_one_batch() -> None:
    room = make_room()
    person, card, _ = write(room)
    key = uuid4()
    edit = CommandRequest(person, EditCard(card=card, text="Ik heet Piet"), key)
    withdraw = CommandRequest(person, WithdrawCard(card=card), uuid4())
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
