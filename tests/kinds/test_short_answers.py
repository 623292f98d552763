"""Short answers: which are the same, and when they are told to whom."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sessions.domain.commands import (
    OpenStep,
    RedactCard,
    RevealStep,
    WithdrawCard,
)
from sessions.enums import Audience
from sessions.errors import Code, Refused
from sessions.kinds.question.words import Said, count_words, fold
from sessions.models import Contribution, Session

from .exported import export
from .hall import Hall


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
