"""The agenda: what is added, changed, moved and removed, and what stays of a step that people answered in."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.domain.commands import (
    AddStep,
    AddTime,
    CloseStep,
    EditSession,
    EditStep,
    MoveStep,
    OpenStep,
    RemoveStep,
    StepFields,
    TickCard,
    UndoStep,
)
from sessions.domain.moment import to_ms
from sessions.enums import Audience, SessionKind, StepState
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.models import Event, Item, Round, Session, Step

from ..factory import SessionHarness, make_room
from .evening import Evening, all_of, only

pytestmark = pytest.mark.django_db(transaction=True)


def names(room: SessionHarness) -> list[str]:
    """Return the names of the steps in their order."""
    steps = room.session.steps.exclude(state=StepState.SUPERSEDED).order_by("position")
    return [step.public_id for step in steps]


def agenda(room: SessionHarness) -> list[str]:
    """Return them, numbered without a gap."""
    found = names(room)
    assert [room.session.steps.get(public_id=name).position for name in found] == list(range(1, len(found) + 1))
    return found


def lines(room: SessionHarness, kind: str) -> list[dict[str, object]]:
    return list(Event.objects.filter(session=room.session, kind=kind).order_by("seq").values_list("data", flat=True))


def test_a_session_is_renamed_planned_and_says_whether_people_are_let_in() -> None:
    room = make_room()
    at = dt.datetime(2026, 12, 1, 19, 30, tzinfo=dt.UTC)
    room.lead(EditSession(title_nl="  Tweede   avond ", kind=SessionKind.EXPERT, planned_at=to_ms(at), approval=True))
    stored = Session.objects.get(pk=room.session.pk)
    assert (stored.title_nl, stored.title_en) == ("Tweede avond", "Evening")
    assert (stored.kind, stored.planned_at, stored.approval) == (SessionKind.EXPERT, at, True)
    (line,) = lines(room, "session.edited")
    assert line["fields"] == ["approval", "kind", "planned_at", "title_nl"]
    room.lead(EditSession(title_en="Evening", approval=True))
    assert len(lines(room, "session.edited")) == 1, "nothing changed"
    room.lead(EditSession(planned_at=None))
    assert Session.objects.get(pk=room.session.pk).planned_at is None


@pytest.mark.parametrize("setting", ["sound", "bilingual"])
def test_projectors_are_set_for_everybody_and_told_once(setting: str) -> None:
    evening = Evening()
    assert evening.does(EditSession(**{setting: True})) == all_of("session.put")
    assert {evening.watch.snapshots[who]["session"][setting] for who in Audience} == {True}
    assert evening.does(EditSession(**{setting: True})) == only(console=[]), "it is so already"
    evening.does(EditSession(title_nl="Avond twee"))
    assert getattr(Session.objects.get(pk=evening.room.session.pk), setting) is True
    evening.does(EditSession(**{setting: False}))
    assert getattr(Session.objects.get(pk=evening.room.session.pk), setting) is False


def test_a_step_is_added_at_the_start_or_behind_another_and_the_others_make_room() -> None:
    room = make_room()
    first, second = (room.step(Keys.WELCOME).public_id for _ in range(2))
    top = room.lead(AddStep(kind=Keys.COLLECT, title_nl="a", title_en="a", pillar=room.pillars[0].public_id)).id
    assert top is not None
    middle = room.lead(AddStep(kind=Keys.VOTE, title_nl="b", title_en="b", after=first, prompt_nl=" Wat\nnu? ")).id
    assert middle is not None
    shown = room.lead(AddStep(kind=Keys.REVEAL, title_nl="c", title_en="c", after=second, subject=middle)).id
    assert shown is not None
    assert agenda(room) == [top, first, middle, second, shown]
    stored = Step.objects.get(public_id=middle)
    assert Round.objects.get(step=stored).ballot == "dots"
    assert Step.objects.get(public_id=shown).subject == stored
    assert Step.objects.get(public_id=top).pillar == room.pillars[0]
    assert [line["moved"] for line in lines(room, "step.added")] == [[first, second], [second], []]


def test_a_step_is_moved_to_the_start_or_behind_another_or_stays() -> None:
    room = make_room()
    one, two, three = (room.step(Keys.WELCOME).public_id for _ in range(3))
    room.lead(MoveStep(step=three))
    assert agenda(room) == [three, one, two]
    room.lead(MoveStep(step=three, after=two))
    assert agenda(room) == [one, two, three]
    room.lead(MoveStep(step=three, after=two))
    assert len(lines(room, "step.moved")) == 2, "it stood there already"


def test_words_minutes_pillar_and_subject_are_edited_and_what_is_not_named_stays() -> None:
    room = make_room()
    collect, shown = room.step(Keys.COLLECT), room.step(Keys.REVEAL)
    room.lead(EditStep(step=collect.public_id, title_nl="Kaarten", minutes=9, pillar=room.pillars[1].public_id))
    stored = Step.objects.get(pk=collect.pk)
    assert (stored.title_nl, stored.title_en, stored.minutes) == ("Kaarten", collect.title_en, 9)
    assert stored.pillar == room.pillars[1]
    room.lead(EditStep(step=collect.public_id, pillar=None))
    assert Step.objects.get(pk=collect.pk).pillar is None
    room.lead(EditStep(step=shown.public_id, subject=collect.public_id))
    assert Step.objects.get(pk=shown.pk).subject == collect
    room.lead(EditStep(step=shown.public_id, subject=None))
    assert Step.objects.get(pk=shown.pk).subject is None
    before = len(lines(room, "step.edited"))
    room.lead(EditStep(step=shown.public_id))
    assert len(lines(room, "step.edited")) == before, "nothing was given"


def test_settings_change_one_by_one_and_some_are_frozen_once_people_may_have_answered() -> None:
    room = make_room()
    vote = room.step(Keys.VOTE)
    room.lead(EditStep(step=vote.public_id, settings={"live": True}))
    room.lead(EditStep(step=vote.public_id, settings={"rules": {"ballot": "opinion"}}))
    stored = Step.objects.get(pk=vote.pk)
    assert (stored.settings["live"], stored.settings["rules"]["ballot"]) == (True, "opinion")
    assert Round.objects.get(step=vote).ballot == "opinion"
    other = make_room()
    other.open_vote()
    opened = other.session.steps.get(kind=Keys.VOTE)
    with pytest.raises(Refused):
        other.lead(EditStep(step=opened.public_id, settings={"rules": {"ballot": "opinion"}}))
    assert Step.objects.get(pk=opened.pk).settings == opened.settings


def test_a_step_that_nobody_answered_in_is_deleted_with_its_round_and_its_places() -> None:
    room = make_room()
    collect, vote = room.step(Keys.COLLECT), room.step(Keys.VOTE)
    shown = room.step(Keys.REVEAL, subject=vote)
    room.lead(OpenStep(step=collect.public_id))
    (card,) = room.scribe(collect, "onderwijs")
    round_ = Round.objects.get(step=vote)
    room.lead(TickCard(round=round_.public_id, card=card, on=True))
    room.lead(RemoveStep(step=vote.public_id))
    assert not Step.objects.filter(pk=vote.pk).exists() and not Round.objects.filter(pk=round_.pk).exists()
    assert Step.objects.get(pk=shown.pk).subject is None
    (line,) = lines(room, "step.removed")
    assert line["rounds"] == [round_.public_id] and line["cards"] == [card]
    assert Item.objects.filter(session=room.session, contribution__public_id=card).count() == 1
    assert names(room) == [collect.public_id, shown.public_id]


def test_a_step_that_was_begun_is_taken_out_and_kept_also_when_its_opening_was_undone() -> None:
    room = make_room()
    collect, welcome = room.step(Keys.COLLECT), room.step(Keys.WELCOME)
    room.lead(OpenStep(step=collect.public_id))
    room.scribe(collect, "onderwijs")
    room.lead(UndoStep())
    assert Step.objects.get(pk=collect.pk).opened_at is None
    room.lead(RemoveStep(step=collect.public_id))
    assert Step.objects.get(pk=collect.pk).state == StepState.SUPERSEDED
    assert names(room) == [welcome.public_id]
    for command in (
        OpenStep(step=collect.public_id),
        EditStep(step=collect.public_id, title_nl="a"),
        RemoveStep(step=collect.public_id),
        MoveStep(step=welcome.public_id, after=collect.public_id),
    ):
        with pytest.raises(Refused) as caught:
            room.lead(command)
        assert caught.value.code is Code.STEP_UNKNOWN


def test_a_vote_that_began_and_was_undone_is_kept() -> None:
    room = make_room()
    round_, items = room.open_vote()
    (person,) = room.join("onderwijs")
    room.vote(person, round_, items[0], tap=1)
    room.lead(UndoStep())
    room.lead(RemoveStep(step=round_.step.public_id))
    assert Step.objects.get(pk=round_.step_id).state == StepState.SUPERSEDED


def test_what_is_on_is_neither_removed_nor_opened_twice_and_a_closed_step_stays_closed() -> None:
    room = make_room()
    step = room.step(Keys.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    seq = room.lead(OpenStep(step=step.public_id)).seq
    assert seq == Session.objects.get(pk=room.session.pk).seq
    with pytest.raises(Refused):
        room.lead(RemoveStep(step=step.public_id))
    room.lead(CloseStep(step=step.public_id))
    room.lead(CloseStep(step=step.public_id))
    assert len(lines(room, "step.closed")) == 1
    with pytest.raises(Refused):
        room.lead(AddTime(step=step.public_id, seconds=5))


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused_and_loses_no_word() -> None:
    room = make_room()
    step = room.step(Keys.COLLECT)
    name, before = step.public_id, step.prompt_nl
    room.lead(EditStep(step=name, prompt_nl="Van Anna", was=StepFields(prompt_nl=before, settings={"max_cards": 20})))
    with pytest.raises(Refused) as refused:
        room.lead(EditStep(step=name, prompt_nl="Van Bram", minutes=9, was=StepFields(prompt_nl=before)))
    assert refused.value.code is Code.AGENDA_CHANGED
    stored = Step.objects.get(public_id=name)
    assert (stored.prompt_nl, stored.minutes) == ("Van Anna", step.minutes), "all of it or nothing"
    room.lead(EditStep(step=name, minutes=9, was=StepFields(minutes=step.minutes, pillar=None, subject=None)))
    for wrong in ({"max_cards": 3}, {"silent": False}):
        with pytest.raises(Refused) as refused:
            room.lead(EditStep(step=name, settings={"max_cards": 4}, was=StepFields(settings=wrong)))
        assert refused.value.code is Code.AGENDA_CHANGED
    room.lead(EditStep(step=name, settings={"max_cards": 4}, was=StepFields(settings={"max_cards": 20})))
    assert Step.objects.get(public_id=name).settings["max_cards"] == 4


def test_a_session_says_how_long_it_takes_and_who_was_invited() -> None:
    room = make_room()
    first, second = room.session.programme.sectors.order_by("position")[:2]
    room.lead(EditSession(minutes=150, invited={first.public_id: 12, second.public_id: 0}))
    stored = Session.objects.get(pk=room.session.pk)
    assert (stored.minutes, stored.invited) == (150, {first.public_id: 12})
    with pytest.raises(Refused):
        room.lead(EditSession(invited={"0" * 12: 3}))
    room.lead(EditSession(minutes=None, invited={}))
    stored.refresh_from_db()
    assert (stored.minutes, stored.invited) == (None, None)
