"""A template takes the place of an agenda, and that agenda comes back: all of it or nothing, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from sessions.domain.commands import (
    AddItems,
    AddStep,
    EditStep,
    MoveStep,
    NewItem,
    OpenStep,
    RemoveStep,
    ReplaceAgenda,
    RestoreAgenda,
)
from sessions.domain.kept_agendas import keep_agenda, keep_step
from sessions.domain.templates import TEMPLATES, step_title
from sessions.enums import SessionKind, StepState
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.limits import MOST_STEPS
from sessions.models import Event, Round, RoundItem, Step

from ..factory import SessionHarness, make_room
from .test_agenda import names

pytestmark = pytest.mark.django_db(transaction=True)
EVENT = TEMPLATES["event"]


def planned(room: SessionHarness) -> list[str]:
    steps = room.session.steps.filter(state=StepState.PLANNED).order_by("position")
    return [step.public_id for step in steps]


def replace(room: SessionHarness, template: str = "event") -> list[str]:
    """Use a template. Returns its steps."""
    first = room.lead(ReplaceAgenda(template=template, steps=planned(room))).id
    steps = names(room)
    return steps[steps.index(str(first)) :]


def refuses(code: Code, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code is code


def test_a_template_takes_the_place_of_what_was_not_opened() -> None:
    room = make_room()
    on, gone = room.step(Keys.COLLECT), room.step(Keys.BREAK)
    room.lead(OpenStep(step=on.public_id))
    made = replace(room)
    assert names(room) == [on.public_id, *made]
    stored = list(room.session.steps.filter(public_id__in=made).order_by("position"))
    assert [step.title_en for step in stored] == [
        step_title(wanted, language="en", pillars={pillar.number: pillar for pillar in room.pillars})
        for wanted in EVENT.steps
    ]
    shown = [step for step in stored if step.subject is not None]
    assert shown and all(step.subject in stored for step in shown)
    votes = [step.pk for step in stored if step.kind == Keys.VOTE]
    assert Round.objects.filter(step__in=votes).count() == len(votes)
    room.session.refresh_from_db()
    assert (room.session.kind, room.session.minutes) == (EVENT.kind, EVENT.minutes)
    assert Step.objects.get(pk=gone.pk).state == StepState.SUPERSEDED


def test_what_it_took_the_place_of_comes_back_whole_and_where_it_stood() -> None:
    room = make_room()
    before = [room.step(kind).public_id for kind in (Keys.WELCOME, Keys.VOTE, Keys.BREAK)]
    round_ = Round.objects.get(step__public_id=before[1])
    room.lead(AddItems(round=round_.public_id, items=[NewItem(text_nl="Een plein")]))
    made = replace(room)
    # Both ways, as often as one likes.
    for _ in range(2):
        room.lead(RestoreAgenda(steps=made, kind=SessionKind.WORKSHOP))
        assert names(room) == before
        assert RoundItem.objects.get(round=round_).item.text_nl == "Een plein"
        room.session.refresh_from_db()
        assert (room.session.kind, room.session.minutes) == (SessionKind.WORKSHOP, None)
        room.lead(RestoreAgenda(steps=before, kind=SessionKind.EVENT, minutes=60))
        assert names(room) == made


def test_who_did_not_see_what_goes_changes_nothing() -> None:
    room = make_room()
    one = room.step(Keys.WELCOME).public_id
    seen = planned(room)
    # Somebody else adds a step, and somebody else again takes the one away that was seen.
    other = str(room.lead(AddStep(kind=Keys.BREAK, title_nl="a", title_en="a", after=one)).id)
    before = Event.objects.filter(session=room.session).count()
    refuses(Code.AGENDA_CHANGED, lambda: room.lead(ReplaceAgenda(template="event", steps=seen)))
    room.lead(RemoveStep(step=one))
    refuses(Code.AGENDA_CHANGED, lambda: room.lead(ReplaceAgenda(template="event", steps=[one, other])))
    assert names(room) == [other]
    assert Event.objects.filter(session=room.session).count() == before + 1
    # Two who replace the same agenda: the second is told.
    replace(room)
    refuses(Code.AGENDA_CHANGED, lambda: room.lead(ReplaceAgenda(template="expert", steps=[other])))


def test_words_that_come_in_between_are_in_what_comes_back() -> None:
    room = make_room()
    one, two = (room.step(Keys.WELCOME).public_id for _ in range(2))
    seen = planned(room)
    room.lead(EditStep(step=one, title_en="Somebody wrote this"))
    room.lead(MoveStep(step=two))
    first = str(room.lead(ReplaceAgenda(template="event", steps=seen)).id)
    refuses(Code.STEP_UNKNOWN, lambda: room.lead(EditStep(step=one, title_en="too late")))
    made = names(room)
    assert made[0] == first
    # What somebody adds to the new agenda stays, and what somebody opened of it.
    added = str(room.lead(AddStep(kind=Keys.BREAK, title_nl="a", title_en="a", after=made[-1])).id)
    room.lead(OpenStep(step=first))
    room.lead(RestoreAgenda(steps=made, kind=SessionKind.WORKSHOP))
    assert set(names(room)) == {one, two, added, first}
    assert names(room).index(two) < names(room).index(one)
    assert Step.objects.get(public_id=one).title_en == "Somebody wrote this"


def test_the_next_template_deletes_what_was_put_away() -> None:
    room = make_room()
    first = room.step(Keys.VOTE)
    second = replace(room)
    third = replace(room, "expert")
    assert not Step.objects.filter(pk=first.pk).exists()
    assert names(room) == third
    room.lead(RestoreAgenda(steps=third, kind=SessionKind.EVENT, minutes=60))
    assert names(room) == second


def test_nothing_comes_back_where_nothing_was_put_away() -> None:
    room = make_room()
    room.step(Keys.WELCOME)
    refuses(Code.AGENDA_CHANGED, lambda: room.lead(RestoreAgenda(steps=[], kind=SessionKind.EVENT)))


def test_what_a_programme_keeps_is_used_and_a_kept_step_is_no_agenda() -> None:
    room = make_room()
    step = room.step(Keys.BREAK)
    kept = keep_agenda(room.session, name="Ours")
    single = keep_step(room.session, step=step.public_id, name="One")
    (made,) = replace(room, kept.public_id)
    assert Step.objects.get(public_id=made).kind == Keys.BREAK
    for key in (single.public_id, "gone", "event "):
        refuses(Code.TEMPLATE_UNKNOWN, lambda key=key: room.lead(ReplaceAgenda(template=key, steps=planned(room))))


def test_an_agenda_has_an_end() -> None:
    room = make_room()
    steps = [room.step(Keys.BREAK) for _ in range(MOST_STEPS)]
    add = AddStep(kind=Keys.BREAK, title_nl="a", title_en="a")
    refuses(Code.AGENDA_FULL, lambda: room.lead(add))
    # What was taken out leaves room.
    room.lead(RemoveStep(step=steps[0].public_id))
    room.lead(add)
    assert len(names(room)) == MOST_STEPS
    Step.objects.filter(session=room.session).update(state=StepState.CLOSED)
    room.session.structure += 1
    room.session.save(update_fields=["structure"])
    refuses(Code.AGENDA_FULL, lambda: room.lead(ReplaceAgenda(template="event")))


def test_the_same_key_twice_is_one_replacement() -> None:
    room = make_room()
    room.step(Keys.WELCOME)
    command = ReplaceAgenda(template="event", steps=planned(room))
    key = uuid4()
    one, two = (room.ask(room.facilitator, command, key=key) for _ in range(2))
    assert (one.id, len(names(room))) == (two.id, len(EVENT.steps))
