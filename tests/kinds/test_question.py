"""Short answers: which are the same, and when they are told to whom. Questions from the room, and their support."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from sessions.domain.commands import (
    AddItems,
    CastVote,
    CloseStep,
    EditStep,
    NewItem,
    OpenStep,
    RedactCard,
    RemoveStep,
    RevealStep,
    ScribeCard,
    ShowStage,
    TickCard,
    WithdrawCard,
    WriteCard,
)
from sessions.enums import Aspect, Audience, Role
from sessions.errors import Code, Refused
from sessions.exchange.rounds import read_results, read_rounds
from sessions.kinds import Keys
from sessions.kinds.question.commands import AnswerQuestion
from sessions.kinds.question.words import Said, count_words, fold
from sessions.limits import MOST_ITEMS
from sessions.models import Contribution, Item, Round, RoundItem, Session

from ..factory import make_room
from ..live.client import Watch
from .exported import export


@pytest.mark.parametrize(
    ("one", "other"), [("Stil", "stil"), (" stil ", "stil"), ("café", "CAFE"), ("van  de", "van de"), ("ÉÉN", "een")]
)
def test_the_same_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("text", "folded"), json.loads(Path(__file__).with_name("folded_words.json").read_text()))
def test_words_are_folded_as_on_the_phone(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("one", "other"), [("stil", "stilte"), ("stil.", "stil"), ("van de", "vande")])
def test_another_word(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_people_are_counted_and_the_spelling_of_most_of_them_stands_there() -> None:
    said = [Said(1, "Leeg"), Said(2, "leeg"), Said(3, "leeg "), Said(1, "LEEG"), Said(1, "stil"), Said(2, "donker")]
    assert count_words(said) == [("leeg", 3), ("donker", 1), ("stil", 1)]


def test_nothing_tells_who_was_first() -> None:
    said = [Said(1, "Stil"), Said(2, "stil"), Said(3, "Leeg"), Said(4, "leeg")]
    assert count_words(said) == count_words(said[::-1]) == [("Leeg", 2), ("Stil", 2)]


class Hall:
    """Six people of two O's and a question."""

    def __init__(self, **settings: Any) -> None:
        self.room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        self.step = self.room.step(Keys.QUESTION, **settings)
        self.watch = Watch(self.room, people=self.people)
        self.room.lead(OpenStep(step=self.step.public_id))

    def write(self, person: int, text: str) -> str:
        card = WriteCard(step=self.step.public_id, text=text, aspect=Aspect.UNSURE, lang="nl")
        made = self.room.ask(self.people[person], card).id
        assert made is not None
        return made

    def scribe(self, text: str) -> None:
        """Type an answer in for somebody without a phone."""
        sector = self.room.sectors["onderwijs"].public_id
        card = ScribeCard(step=self.step.public_id, text=text, aspect=Aspect.UNSURE, lang="nl", sector=sector)
        self.room.lead(card)

    def told(self, audience: Audience) -> Any:
        self.watch.check()
        (step,) = [found for found in self.watch.snapshots[audience]["steps"] if found["id"] == self.step.public_id]
        return step["summary"]

    def items(self, audience: Audience = Audience.PHONE) -> dict[str, Any]:
        """Return text → item."""
        self.watch.check()
        (round_,) = self.watch.snapshots[audience]["rounds"]
        return {item["text"]: item for item in round_["items"]}

    def like(self, person: int, text: str, value: int = 1, tap: int = 1) -> None:
        item = self.items()[text]["id"]
        (round_,) = self.watch.snapshots[Audience.PHONE]["rounds"]
        self.room.ask(self.people[person], CastVote(round=round_["id"], item=item, value=value, tap=tap))


pytestmark = pytest.mark.usefixtures("database")


def test_words_are_told_at_the_reveal_to_everybody_alike() -> None:
    hall = Hall()
    for person, word in enumerate(["donker", "Donker", "donker", "stil", "leeg"]):
        hall.write(person, word)
    assert [hall.told(audience) for audience in Audience] == [None] * 3
    hall.room.lead(RevealStep(step=hall.step.public_id))
    whole = {
        "people": 5,
        "words": [{"text": "donker", "n": 3}, {"text": "leeg", "n": 1}, {"text": "stil", "n": 1}],
        "others": 0,
        "mentions": 0,
    }
    assert [hall.told(audience) for audience in Audience] == [whole] * 3


def test_fewer_people_than_the_threshold_are_told_nothing_of() -> None:
    hall = Hall()
    hall.write(0, "stil")
    hall.write(0, "leeg")
    hall.write(1, "stil")
    hall.room.lead(RevealStep(step=hall.step.public_id))
    assert hall.told(Audience.STAGE) == {"people": None, "words": [], "others": 0, "mentions": 0}


def test_live_words_are_on_the_projector_and_not_beside_the_field() -> None:
    hall = Hall(live=True)
    for person in range(2):
        hall.write(person, "stil")
    assert hall.told(Audience.STAGE)["people"] is None
    card = hall.write(2, "leeg")
    assert hall.told(Audience.STAGE)["words"] == [{"text": "stil", "n": 2}, {"text": "leeg", "n": 1}]
    assert hall.told(Audience.PHONE) is None
    hall.room.ask(hall.people[2], WithdrawCard(card=card))
    assert hall.told(Audience.STAGE)["words"] == []


def test_a_redacted_word_is_counted_nowhere() -> None:
    hall = Hall()
    cards = [hall.write(person, word) for person, word in enumerate(["stil", "stil", "leeg", "grof"])]
    hall.room.lead(RevealStep(step=hall.step.public_id))
    hall.room.lead(RedactCard(card=cards[3], reason="rude"))
    assert [word["text"] for word in hall.told(Audience.PHONE)["words"]] == ["stil", "leeg"]


def test_taking_answers_away_tells_not_which_are_of_one_person() -> None:
    hall = Hall()
    for person, word in enumerate(["stil", "leeg", "donker"]):
        hall.write(person, word)
    cards = [hall.write(3, word) for word in ("grof", "ruw")]
    hall.room.lead(RevealStep(step=hall.step.public_id))
    for card in cards:
        hall.room.lead(RedactCard(card=card, reason="rude"))
        assert hall.told(Audience.PHONE)["people"] == 4


def test_what_was_shown_is_not_opened_again_and_what_is_typed_in_later_does_not_change_it() -> None:
    hall = Hall()
    for person in range(4):
        hall.write(person, "stil")
    hall.room.lead(RevealStep(step=hall.step.public_id))
    shown = hall.told(Audience.PHONE)
    with pytest.raises(Refused) as refused:
        hall.room.lead(OpenStep(step=hall.step.public_id))
    assert refused.value.code is Code.STEP_REVEALED
    hall.room.scribe(hall.step, "onderwijs", "overheden")
    assert hall.told(Audience.PHONE) == shown
    assert [row[2:] for row in read_words(hall)] == [("4", "4")]


def test_what_is_typed_in_counts_no_more_people_than_surely_gave_it() -> None:
    hall = Hall(most=2)
    for person in range(2):
        hall.write(person, "stil")
    for word in ("groen", "groen", "groen", "blauw"):
        hall.scribe(word)
    hall.room.lead(RevealStep(step=hall.step.public_id))
    told = hall.told(Audience.STAGE)
    assert (told["people"], [(word["text"], word["n"]) for word in told["words"]]) == (
        5,
        [("groen", 3), ("stil", 2), ("blauw", 1)],
    )


def test_many_words_of_one_table_are_not_many_people() -> None:
    hall = Hall(most=3)
    hall.write(0, "stil")
    for word in ("groen", "blauw", "rood"):
        hall.scribe(word)
    hall.room.lead(RevealStep(step=hall.step.public_id))
    assert hall.told(Audience.STAGE)["people"] is None, "two people at least, and perhaps no more"


def test_a_question_within_the_grace_time_stands_among_the_others() -> None:
    hall = Hall(mode="qa")
    hall.room.lead(CloseStep(step=hall.step.public_id))
    hall.write(0, "Wie beslist er?")
    assert list(hall.items()) == ["Wie beslist er?"]


def test_the_file_has_what_the_room_saw_and_nothing_before() -> None:
    hall = Hall()
    for person, word in enumerate(["donker", "Donker", "stil", "leeg"]):
        hall.write(person, word)
    assert read_words(hall) == []
    hall.room.lead(RevealStep(step=hall.step.public_id))
    assert read_words(hall) == [("1", "Donker", "2", "4"), ("2", "leeg", "1", "4"), ("2", "stil", "1", "4")]


def read_words(hall: Hall) -> list[tuple[str, ...]]:
    session = Session.objects.get(pk=hall.room.session.pk)
    rows = csv.DictReader(io.StringIO(export(session, "words.csv"), newline=""))
    return [(row["place"], row["word"], row["heads"], row["of"]) for row in rows]


def test_words_are_in_no_coverage() -> None:
    hall = Hall()
    hall.write(0, "stil")
    hall.watch.check()
    assert hall.watch.snapshots[Audience.CONSOLE]["now"].get("room", {}).get("coverage", {}) == {}
    assert Contribution.objects.get(step=hall.step).pillar == hall.room.pillars[0]


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
        assert read_results(rounds=rounds, sectors=sectors, role=role, threshold=3) == []


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
