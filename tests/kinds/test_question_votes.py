"""Questions that are answered with a vote: a choice of options, and a number on a scale."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from sessions.domain.commands import (
    AddItems,
    AddRound,
    CastVote,
    CloseStep,
    Command,
    EditStep,
    OpenStep,
    RevealStep,
    TickCard,
)
from sessions.domain.commands.items import NewItem
from sessions.domain.reading_along import read_along
from sessions.domain.sessions import duplicate
from sessions.enums import Audience
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.models import Ballot, Item, Session

from ..factory import make_room
from ..live.client import Watch
from .exported import export

pytestmark = pytest.mark.usefixtures("database")

OPTIONS = [{"nl": "Fietspad", "en": "Cycle path"}, {"nl": "Café", "en": ""}, {"nl": "", "en": "Evening bus"}]
SHOWN = ["Fietspad", "Café", "Evening bus"]


class Hall:
    """Six people of two O's and a question, not opened yet."""

    def __init__(self, **settings: Any) -> None:
        self.room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        words = {"prompt_nl": "Waar eerst?", "prompt_en": "Where first?"}
        self.step = self.room.step(Keys.QUESTION, **settings, **words).public_id
        self.watch = Watch(self.room, people=self.people)

    def does(self, command: Command) -> str | None:
        """Return the code of a refusal."""
        try:
            self.room.lead(command)
        except Refused as refused:
            return refused.code.value
        return None

    def set(self, **settings: Any) -> str | None:
        return self.does(EditStep(step=self.step, settings=settings))

    def rounds(self) -> list[dict[str, Any]]:
        """Return the rounds as the console has them; every screen has caught up."""
        self.watch.check()
        found: list[dict[str, Any]] = self.watch.snapshots[Audience.CONSOLE]["rounds"]
        return found

    def texts(self) -> list[str]:
        return [item["text"] for item in self.rounds()[-1]["items"]]

    def answer(self, *values: int) -> None:
        """Let people choose the option with this number, or give this number on the scale."""
        self.room.lead(OpenStep(step=self.step))
        round_ = self.rounds()[-1]
        for person, value in zip(self.people, values, strict=False):
            chooses = round_["ballot"] == "choice"
            item = round_["items"][value if chooses else 0]["id"]
            cast = CastVote(round=round_["id"], item=item, value=1 if chooses else value, tap=1)
            self.room.ask(person, cast)
        self.room.lead_all([CloseStep(step=self.step)])

    def read(self, file: str) -> list[dict[str, str]]:
        text = export(Session.objects.get(pk=self.room.session.pk), file)
        return [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["step"] == self.step]


def test_options_are_put_to_the_vote_as_they_stand_in_the_question() -> None:
    hall = Hall(mode="choice", options=OPTIONS)
    assert hall.texts() == SHOWN
    assert hall.set(options=OPTIONS[::-1]) is None
    assert hall.texts() == SHOWN[::-1]
    assert hall.set(options=[*OPTIONS, {"nl": " ", "en": ""}]) is None
    assert hall.texts() == SHOWN, "what has no words is no option"
    assert Item.objects.filter(session=hall.room.session).count() == len(OPTIONS)


def test_nothing_else_is_put_to_that_vote() -> None:
    hall = Hall(mode="choice", options=OPTIONS)
    (round_,) = hall.rounds()
    collect = hall.room.step(Keys.COLLECT)
    hall.room.lead(OpenStep(step=collect.public_id))
    (card,) = hall.room.scribe(collect, "onderwijs")
    for command in (
        TickCard(round=round_["id"], card=card, on=True),
        AddItems(round=round_["id"], items=[NewItem(text_nl="Park")]),
    ):
        assert hall.does(command) == Code.STEP_WRONG_KIND.value
    assert hall.texts() == SHOWN


def test_no_option_is_there_twice() -> None:
    hall = Hall(mode="choice", options=OPTIONS)
    twice = [OPTIONS[0], {"nl": "", "en": "CYCLE path"}]
    assert hall.set(options=twice) == Code.WORDS_TWICE.value
    assert hall.set(options=[*OPTIONS, {"nl": "", "en": ""}, {"nl": "", "en": ""}]) is None, "empty ones are left out"


def test_options_stay_once_people_saw_them_also_beside_another_round() -> None:
    hall = Hall(mode="choice", options=OPTIONS)
    hall.answer(0, 0, 1, 1, 1, 2)
    for _ in range(2):
        assert hall.set(options=OPTIONS[:2]) == Code.STEP_HAS_ANSWERS.value
        assert hall.set(rules={"ballot": "choice", "most": 2}) == Code.STEP_HAS_ANSWERS.value
        hall.room.lead(RevealStep(step=hall.step))
        items = [item["id"] for item in hall.rounds()[0]["items"][:2]]
        if len(hall.rounds()) == 1:
            hall.room.lead(AddRound(step=hall.step, items=items))
            assert hall.does(EditStep(step=hall.step, title_nl="Anders")) is None
    assert sorted(len(round_["items"]) for round_ in hall.rounds()) == [2, 3]


def test_a_choice_has_a_result_and_its_files() -> None:
    hall = Hall(mode="choice", options=OPTIONS)
    hall.answer(0, 0, 1, 1, 1, 2)
    assert hall.watch.snapshots[Audience.STAGE]["results"] == []
    hall.room.lead(RevealStep(step=hall.step))
    hall.watch.check()
    for audience in Audience:
        (result,) = hall.watch.snapshots[audience]["results"]
        heads = {item["item"]: item["heads"] for item in result["items"]}
        assert [heads[item["id"]] for item in hall.rounds()[0]["items"]] == [2, 3, 1]
    cast = [row for row in hall.read("votes.csv") if row["first_at"]]
    assert len(cast) == 6
    told = {row["item"] for row in hall.read("results.csv")}
    assert told == {item["id"] for item in hall.rounds()[0]["items"]}
    (step,) = read_along(hall.room.session.pk).steps
    assert [len(found.rows) for found in step.rounds] == [3]


def test_a_scale_asks_the_question_itself_as_it_was_opened() -> None:
    hall = Hall(mode="scale")
    assert hall.texts() == ["Waar eerst?"]
    assert hall.does(EditStep(step=hall.step, prompt_nl="Hoe ver zijn we?")) is None
    assert hall.texts() == ["Hoe ver zijn we?"]
    hall.answer(7, 8, 9, 2, 3, 4)
    assert hall.does(EditStep(step=hall.step, prompt_nl="Hoe ver bent u?")) is None
    assert hall.texts() == ["Hoe ver zijn we?"], "words that people voted on stay"
    hall.room.lead(RevealStep(step=hall.step))
    hall.watch.check()
    (result,) = hall.watch.snapshots[Audience.PHONE]["results"]
    assert [mean["mean"] for mean in result["items"][0]["means"]] == [5.5]


def test_another_mode_before_the_opening_is_another_ballot_or_none() -> None:
    hall = Hall(mode="choice", options=OPTIONS)
    assert hall.set(mode="scale", rules={"ballot": "scale", "lowest": 1, "highest": 5}) is None
    (round_,) = hall.rounds()
    assert (round_["ballot"], hall.texts()) == ("scale", ["Waar eerst?"])
    assert hall.set(mode="words") is None
    assert hall.rounds() == [] and not Item.objects.filter(session=hall.room.session).exists()
    assert hall.set(mode="qa") is None
    assert [(found["ballot"], found["items"]) for found in hall.rounds()] == [("approve", [])]
    assert hall.set(mode="choice") is None
    assert hall.texts() == SHOWN


def test_a_copy_has_the_options_once() -> None:
    hall = Hall(mode="choice", options=OPTIONS)
    copy = duplicate(session=Session.objects.get(pk=hall.room.session.pk))
    (round_,) = copy.rounds.all()
    assert [place.item.text_nl or place.item.text_en for place in round_.round_items.order_by("rank")] == SHOWN


def test_practice_is_thrown_away() -> None:
    hall = Hall(mode="choice", options=OPTIONS, practice=True)
    hall.answer(0, 1, 2)
    hall.watch.check()
    assert not Ballot.objects.filter(round__session=hall.room.session).exists()
    assert hall.does(RevealStep(step=hall.step)) == Code.STEP_NOT_REVEALABLE.value
    assert hall.texts() == SHOWN
