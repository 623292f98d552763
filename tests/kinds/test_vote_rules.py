"""What a vote step asks for: a ballot with its rules; dots where nothing is said; and not another one too late."""

from __future__ import annotations

import json

import msgspec
import pytest

from sessions.ballots import all_ballots, read_rules
from sessions.domain.commands import AddRound, EditStep, OpenStep, RevealStep, TickCard, UndoStep
from sessions.domain.kind import kind_of
from sessions.enums import Audience
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.models import Round, Step

from ..factory import SessionHarness, make_room
from ..live.client import Watch

pytestmark = pytest.mark.usefixtures("database")
OPINION = {"ballot": "opinion"}
DOTS = {"ballot": "dots", "budget": 4, "most": 2}


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ({}, {"ballot": "dots", "budget": None, "most": 1}),
        ({"budget": 4, "max_per_item": 2}, DOTS),
        ({"live": True, "budget": None}, {"ballot": "dots", "budget": None, "most": 1}),
        ({"rules": {"ballot": "dots"}}, {"ballot": "dots", "budget": None, "most": 1}),
    ],
)
def test_what_says_no_ballot_is_of_dots(given: dict[str, object], rules: dict[str, object]) -> None:
    assert kind_of(Keys.VOTE).complete(given)["rules"] == rules


@pytest.mark.parametrize(
    "given",
    [
        {"rules": {"ballot": "none of ours"}},
        {"rules": {"ballot": "dots", "budget": 51}},
        {"rules": {"ballot": "opinion", "budget": 3}},
        {"rules": {"ballot": "opinion", "agree": {"nl": "x" * 33, "en": "x"}}},
        {"rules": {"ballot": "opinion", "agree": {"nl": "", "en": "x"}}},
        {"rules": DOTS, "budget": 3},
    ],
)
def test_rules_that_a_ballot_has_not_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        kind_of(Keys.VOTE).read(given)
    room = make_room()
    with pytest.raises(Refused) as refused:
        room.lead(EditStep(step=room.step(Keys.VOTE).public_id, settings=given))
    assert refused.value.code in (Code.BAD_MESSAGE, Code.STEP_WRONG_KIND)


def test_words_of_answers_are_cleaned_as_every_text_is() -> None:
    room = make_room()
    step = room.step(Keys.VOTE)
    words = {"nl": "  Ja\u200b,   graag ", "en": "Yes"}
    room.lead(EditStep(step=step.public_id, settings={"rules": OPINION | {"agree": words}}))
    assert Step.objects.get(pk=step.pk).settings["rules"]["agree"] == {"nl": "Ja, graag", "en": "Yes"}
    for bad, code in ((" \u200b ", Code.TEXT_EMPTY), ("a\x00", Code.TEXT_BAD)):
        with pytest.raises(Refused) as refused:
            room.lead(EditStep(step=step.public_id, settings={"rules": OPINION | {"agree": {"nl": bad, "en": "x"}}}))
        assert refused.value.code is code


def prepared(room: SessionHarness) -> tuple[Step, Round]:
    collect, vote = room.step(Keys.COLLECT), room.step(Keys.VOTE)
    room.lead(OpenStep(step=collect.public_id))
    round_ = Round.objects.get(step=vote)
    cards = room.scribe(collect, "onderwijs", "overheden")
    room.lead_all([TickCard(round=round_.public_id, card=card, on=True) for card in cards])
    return vote, round_


def test_the_round_takes_the_ballot_until_it_opens_and_every_screen_knows() -> None:
    room = make_room()
    vote, round_ = prepared(room)
    watch = Watch(room, people=room.join("onderwijs", n=1))
    for rules in (OPINION, DOTS, OPINION):
        room.lead(EditStep(step=vote.public_id, settings={"rules": rules}))
        watch.check()
        assert Round.objects.get(pk=round_.pk).ballot == rules["ballot"]
    room.lead(OpenStep(step=vote.public_id))
    watch.check()
    (shown,) = watch.snapshots[Audience.PHONE]["rounds"]
    assert (shown["ballot"], shown["rules"]["ballot"], shown["rules"]["skip"]["nl"]) == (
        "opinion",
        "opinion",
        "Sla over",
    )
    with pytest.raises(Refused) as refused:
        room.lead(EditStep(step=vote.public_id, settings={"rules": DOTS}))
    assert refused.value.code is Code.STEP_HAS_ANSWERS
    # Nobody can have answered once its opening was undone.
    room.lead(UndoStep())
    room.lead(EditStep(step=vote.public_id, settings={"rules": DOTS}))
    room.lead(OpenStep(step=vote.public_id))
    assert Round.objects.get(pk=round_.pk).rules == {"budget": 4, "most": 2}


def test_another_round_keeps_the_ballot_and_may_have_other_words() -> None:
    room = make_room()
    vote, _ = prepared(room)
    room.lead(EditStep(step=vote.public_id, settings={"rules": OPINION}))
    room.lead_all([OpenStep(step=vote.public_id), RevealStep(step=vote.public_id)])
    made = room.lead(AddRound(step=vote.public_id)).id
    with pytest.raises(Refused) as refused:
        room.lead(EditStep(step=vote.public_id, settings={"rules": DOTS}))
    assert refused.value.code is Code.STEP_HAS_ANSWERS
    words = OPINION | {"agree": {"nl": "Eens", "en": "Agree"}}
    room.lead_all([EditStep(step=vote.public_id, settings={"rules": words}), OpenStep(step=vote.public_id)])
    second = Round.objects.get(public_id=made)
    assert second.rules is not None
    assert (second.ballot, second.rules["agree"]) == ("opinion", {"nl": "Eens", "en": "Agree"})


def test_no_criterion_is_there_twice() -> None:
    room = make_room()
    vote, _ = prepared(room)
    rules = json.loads(msgspec.json.encode(read_rules("matrix", {})))
    rules["up"]["name"]["nl"] = rules["across"]["name"]["nl"]
    with pytest.raises(Refused) as refused:
        room.lead(EditStep(step=vote.public_id, settings={"rules": {"ballot": "matrix"} | rules}))
    assert refused.value.code is Code.WORDS_TWICE


def test_every_ballot_can_be_asked_for() -> None:
    for kind in all_ballots():
        assert kind_of(Keys.VOTE).complete({"rules": {"ballot": kind.key}})["rules"]["ballot"] == kind.key
