"""Questions from the room, and their support."""

from __future__ import annotations

import pytest

from sessions.domain.commands import (
    AddItems,
    CloseStep,
    EditStep,
    NewItem,
    OpenStep,
    RemoveStep,
    ShowStage,
    TickCard,
)
from sessions.enums import Audience, Consent, Role
from sessions.errors import Code, Refused
from sessions.exchange.rounds import read_results, read_rounds
from sessions.kinds import Keys
from sessions.kinds.question.commands import AnswerQuestion
from sessions.limits import MOST_ITEMS
from sessions.models import Item, Round, RoundItem, Session

from ..live.client import Watch
from .hall import Hall

pytestmark = pytest.mark.usefixtures("database")


def test_a_question_within_the_grace_time_stands_among_the_others() -> None:
    hall = Hall(mode="qa")
    hall.room.lead(CloseStep(step=hall.step.public_id))
    hall.write(0, "Wie beslist er?")
    assert list(hall.items()) == ["Wie beslist er?"]


def test_a_question_stands_among_the_others_at_once_and_is_supported_from_one_on() -> None:
    hall = Hall(mode="qa")
    hall.write(0, "Wie beslist er?")
    hall.write(1, "Komt er een bus?")
    hall.like(2, "Wie beslist er?")
    item = hall.items()["Wie beslist er?"]["id"]
    for audience in Audience:
        (tally,) = hall.watch.snapshots[audience]["now"]["tally"].values()
        assert tally[item] == [1, 1]
    hall.like(2, "Wie beslist er?", value=0, tap=2)
    hall.watch.check()


def test_one_support_per_person_and_question() -> None:
    hall = Hall(mode="qa")
    hall.write(0, "Wie beslist er?")
    with pytest.raises(Refused) as refused:
        hall.like(1, "Wie beslist er?", value=2)
    assert refused.value.code is Code.BAD_MARK


def test_a_question_that_has_to_be_let_through_is_the_facilitators_until_then() -> None:
    hall = Hall(mode="qa", approve=True)
    card = hall.write(0, "Wie beslist er?")
    assert hall.items() == {} and hall.items(Audience.STAGE) == {}
    assert [found["text"] for found in hall.watch.snapshots[Audience.CONSOLE]["cards"]] == ["Wie beslist er?"]
    (round_,) = hall.watch.snapshots[Audience.CONSOLE]["rounds"]
    hall.room.lead(TickCard(round=round_["id"], card=card, on=True))
    assert set(hall.items()) == {"Wie beslist er?"}


def test_a_question_is_answered_and_phones_know_which_stands_large() -> None:
    hall = Hall(mode="qa")
    card = hall.write(0, "Wie beslist er?")
    item = hall.items()["Wie beslist er?"]
    (round_,) = hall.watch.snapshots[Audience.CONSOLE]["rounds"]
    hall.room.lead(ShowStage(step=hall.step.public_id, card=card))
    hall.watch.check()
    assert hall.watch.snapshots[Audience.PHONE]["session"]["stage"]["card"] == card
    for on in (True, False, True):
        hall.room.lead(AnswerQuestion(round=round_["id"], item=item["id"], on=on))
        assert hall.items()["Wie beslist er?"]["answered"] is on
    hall.room.lead(CloseStep(step=hall.step.public_id))
    hall.watch.check()


def test_nothing_is_answered_in_a_vote() -> None:
    hall = Hall()
    round_, (item, *_) = hall.room.open_vote()
    with pytest.raises(Refused) as refused:
        hall.room.lead(AnswerQuestion(round=round_.public_id, item=item, on=True))
    assert refused.value.code is Code.STEP_WRONG_KIND


def test_support_is_in_no_result() -> None:
    hall = Hall(mode="qa")
    hall.write(0, "Wie beslist er?")
    for person in range(5):
        hall.like(person, "Wie beslist er?")
    hall.room.lead(CloseStep(step=hall.step.public_id))
    rounds = read_rounds(hall.room.session)
    assert len(rounds) == 1
    sectors = list(hall.room.sectors.values())
    for role in Role:
        assert read_results(rounds=rounds, sectors=sectors, role=role, threshold=3, consent=Consent.FULL) == []


def test_when_there_are_as_many_as_a_screen_gets_further_ones_stay_with_the_facilitator() -> None:
    hall = Hall(mode="qa")
    (round_,) = Round.objects.filter(step=hall.step)
    made = Item.objects.bulk_create(
        Item(session=hall.room.session, source="statement", text_nl=f"Vraag {number}")
        for number in range(MOST_ITEMS - 1)
    )
    RoundItem.objects.bulk_create(RoundItem(round=round_, item=item) for item in made)
    Session.objects.filter(pk=hall.room.session.pk).update(structure=1000)
    cards = [hall.write(person, f"Nog een {person}") for person in (0, 1)]
    placed = RoundItem.objects.filter(round=round_)
    assert placed.count() == MOST_ITEMS
    assert [placed.filter(item__contribution__public_id=card).exists() for card in cards] == [True, False]


def test_a_question_that_asks_for_words_after_all_loses_its_round_and_what_was_put_into_it() -> None:
    hall = Hall()
    step = hall.room.step(Keys.QUESTION, mode="qa")
    round_ = Round.objects.get(step=step).public_id
    hall.room.lead(AddItems(round=round_, items=[NewItem(text_nl="Wie beslist er?")]))
    watch = Watch(hall.room, people=hall.people)
    hall.room.lead(EditStep(step=step.public_id, settings={"mode": "words"}))
    watch.check()
    assert not Item.objects.filter(session=hall.room.session).exists()
    hall.room.lead(EditStep(step=step.public_id, settings={"mode": "qa"}))
    watch.check()


def test_a_reveal_step_shows_nothing_of_what_became_questions_from_the_room() -> None:
    hall = Hall()
    step, reveal = hall.room.step(Keys.QUESTION), hall.room.step(Keys.REVEAL)
    hall.room.lead(EditStep(step=reveal.public_id, subject=step.public_id))
    hall.room.lead(EditStep(step=step.public_id, settings={"mode": "qa"}))
    hall.room.lead(OpenStep(step=step.public_id))
    with pytest.raises(Refused) as refused:
        hall.room.lead(OpenStep(step=reveal.public_id))
    assert refused.value.code is Code.STEP_NOT_REVEALABLE


def test_what_was_taken_out_of_the_agenda_is_counted_for_nobody() -> None:
    hall = Hall(mode="qa")
    hall.write(0, "Wie beslist er?")
    hall.like(1, "Wie beslist er?")
    hall.room.lead(CloseStep(step=hall.step.public_id))
    hall.watch.check()
    hall.room.lead(RemoveStep(step=hall.step.public_id))
    hall.watch.check()
    for audience in Audience:
        assert not hall.watch.snapshots[audience]["now"].get("tally")
