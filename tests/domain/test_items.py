"""Items that are typed: put into a round, changed, put in order, taken out, until people may have seen them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from sessions.ballots.opinion import OpinionRules
from sessions.domain.commands import (
    AddItems,
    AddRound,
    EditItem,
    EditStep,
    MoveItem,
    NewItem,
    OpenStep,
    RemoveItems,
    RemoveRound,
    RemoveStep,
    TickCard,
    UndoStep,
)
from sessions.domain.world import CommandRequest
from sessions.enums import Audience, ItemSource
from sessions.errors import Code, Refused
from sessions.limits import MOST_ITEMS
from sessions.models import Event, Item, RoundItem

from ..live.client import Watch
from .checks import codes
from .voted_items import DOCUMENT, PARTICIPANT, TEAM, Preparation, item

pytestmark = pytest.mark.usefixtures("database")


def refused(vote: Preparation, command: Any) -> Code:
    with pytest.raises(Refused) as found:
        vote.room.lead(command)
    return found.value.code


def test_items_are_cleaned_and_stand_behind_what_was_there_in_the_order_typed() -> None:
    vote = Preparation()
    before = vote.order()
    made = vote.add("  Fietspad \u200b langs de  A35 ", "Overdekt plein", "Een sleutel", price=25_000)
    assert vote.order() == [*before, *made]
    assert [item(name).text_nl for name in made] == ["Fietspad langs de A35", "Overdekt plein", "Een sleutel"]
    assert [vote.prices()[name] for name in made] == [25_000] * 3
    assert {(item(name).whose, item(name).source) for name in made} == {(TEAM, ItemSource.STATEMENT)}


def test_no_text_of_an_item_is_in_the_log() -> None:
    vote = Preparation()
    (made,) = vote.add("Geheim plan")
    vote.give(EditItem, item=made, text_nl="Ander geheim plan")
    told = [str(line.data) for line in Event.objects.filter(session=vote.room.session)]
    assert not any("plan" in line for line in told)


def test_all_of_them_or_none() -> None:
    vote = Preparation()
    items = [NewItem(text_nl="Een"), NewItem(text_nl=" \u200b ")]
    assert refused(vote, AddItems(round=vote.name, items=items)) is Code.TEXT_EMPTY
    assert len(vote.order()) == 2
    assert refused(vote, AddItems(round=vote.name, items=[NewItem(text_en="a\x00b")])) is Code.TEXT_BAD


def test_a_document_has_its_name_and_only_a_document() -> None:
    vote = Preparation()
    (of_document,) = vote.add("Uit de visie", whose=DOCUMENT, document=" Omgevingsvisie  2040 ")
    (of_person,) = vote.add("Gezegd", whose=PARTICIPANT, document="Omgevingsvisie")
    assert (item(of_document).document, item(of_person).document) == ("Omgevingsvisie 2040", "")
    nameless = AddItems(round=vote.name, items=[NewItem(text_nl="a")], whose=DOCUMENT, document=" ")
    assert refused(vote, nameless) is Code.ITEM_DOCUMENT
    assert refused(vote, EditItem(round=vote.name, item=of_person, whose=DOCUMENT)) is Code.ITEM_DOCUMENT
    vote.give(EditItem, item=of_document, whose=TEAM)
    assert item(of_document).document == ""


def test_words_price_and_whose_change_alone() -> None:
    vote = Preparation()
    (made,) = vote.add("Fietspad", price=10)
    vote.give(EditItem, item=made, text_en="Cycle path")
    vote.give(EditItem, item=made, price=25)
    vote.give(EditItem, item=made, whose=PARTICIPANT)
    found = item(made)
    assert (found.text_nl, found.text_en, found.whose, vote.prices()[made]) == (
        "Fietspad",
        "Cycle path",
        PARTICIPANT,
        25,
    )
    vote.give(EditItem, item=made, price=None, text_nl="")
    assert (item(made).text_nl, vote.prices()[made]) == ("", None)
    assert refused(vote, EditItem(round=vote.name, item=made, text_en="")) is Code.TEXT_EMPTY
    # Nothing new is no line of the log.
    seq = vote.room.lead(EditItem(round=vote.name, item=made, text_en="Cycle path")).seq
    assert vote.room.lead(EditItem(round=vote.name, item=made, price=None)).seq == seq


def test_of_a_card_only_the_price_changes() -> None:
    vote = Preparation()
    card = vote.order()[0]
    vote.give(EditItem, item=card, price=0)
    assert vote.prices()[card] == 0
    for change in ({"text_nl": "Anders"}, {"whose": TEAM}, {"text_en": "Else", "price": 4}):
        assert refused(vote, EditItem(round=vote.name, item=card, **change)) is Code.ITEM_IS_CARD
    assert vote.prices()[card] == 0


def test_an_item_goes_behind_another_or_to_the_start() -> None:
    vote = Preparation()
    made = vote.add("a", "b", "c")
    first, second = vote.order()[:2]
    vote.give(MoveItem, item=made[2])
    assert vote.order() == [made[2], first, second, made[0], made[1]]
    vote.give(MoveItem, item=first, after=made[1])
    assert vote.order() == [made[2], second, made[0], made[1], first]
    assert refused(vote, MoveItem(round=vote.name, item=first, after=first)) is Code.ITEM_UNKNOWN
    assert refused(vote, MoveItem(round=vote.name, item=first, after="0" * 12)) is Code.ITEM_UNKNOWN
    seq = vote.room.lead(MoveItem(round=vote.name, item=first, after=made[1])).seq
    assert vote.room.lead(MoveItem(round=vote.name, item=made[2])).seq == seq


def test_there_is_always_room_behind_the_last() -> None:
    vote = Preparation()
    RoundItem.objects.filter(round=vote.round).update(rank=2**31 - 1)
    vote.room.writer = type(vote.room.writer)()  # what it remembers no longer holds
    before = vote.order()
    watch = Watch(vote.room)
    made = vote.add("a", "b")
    assert vote.order() == [*before, *made]
    watch.check()
    # Two that have the same rank part when one of them moves.
    RoundItem.objects.filter(round=vote.round).update(rank=7)
    vote.room.writer = type(vote.room.writer)()
    last = vote.order()[-1]
    vote.give(MoveItem, item=last)
    assert vote.order()[0] == last


def test_what_is_taken_out_is_deleted_once_it_lies_nowhere() -> None:
    vote = Preparation()
    kept, gone = vote.add("blijft", "gaat")
    other = vote.another()
    other.carry(vote, [kept])
    card = vote.order()[0]
    vote.give(RemoveItems, items=[kept, gone, card, gone])
    assert set(Item.objects.values_list("public_id", flat=True)) >= {kept, card}
    assert not Item.objects.filter(public_id=gone).exists()
    vote.give(RemoveItems, items=[gone])
    other.give(RemoveItems, items=[kept])
    assert not Item.objects.filter(public_id=kept).exists()


def test_items_of_a_step_that_goes_go_with_it() -> None:
    vote = Preparation()
    made = vote.add("a", "b")
    vote.room.lead(RemoveStep(step=vote.step.public_id))
    assert not Item.objects.filter(public_id__in=made).exists()
    assert vote.room.session.items.count() == 2


def test_once_people_may_have_seen_it_a_round_holds_what_it_holds() -> None:
    vote = Preparation()
    (made,) = vote.add("Fietspad", price=5)
    vote.open()
    started = [
        AddItems(round=vote.name, items=[NewItem(text_nl="b")]),
        MoveItem(round=vote.name, item=made),
        RemoveItems(round=vote.name, items=[made]),
        EditItem(round=vote.name, item=made, price=6),
    ]
    assert [refused(vote, command) for command in started] == [Code.ROUND_STARTED] * 4
    assert refused(vote, EditItem(round=vote.name, item=made, text_nl="Autoweg")) is Code.ITEM_SEEN
    assert refused(vote, EditItem(round=vote.name, item=made, whose=PARTICIPANT)) is Code.ITEM_SEEN
    vote.vote(made)
    vote.room.lead(UndoStep())
    assert [refused(vote, command) for command in started] == [Code.ROUND_STARTED] * 4


def test_another_round_has_the_prices_of_the_one_before_and_its_own_from_then_on() -> None:
    vote = Preparation()
    (made,) = vote.add("Fietspad", price=5)
    vote.open()
    vote.vote(made)
    vote.reveal()
    again = vote.room.lead(AddRound(step=vote.step.public_id)).id
    assert again is not None
    vote.room.lead(EditItem(round=again, item=made, price=8))
    prices = RoundItem.objects.filter(item__public_id=made).order_by("round__number").values_list("price", flat=True)
    assert list(prices) == [5, 8]
    assert refused(vote, EditItem(round=again, item=made, text_nl="Anders")) is Code.ITEM_SEEN
    vote.room.lead(AddItems(round=again, items=[NewItem(text_nl="Erbij")]))
    vote.room.lead(RemoveItems(round=again, items=[made]))
    assert Item.objects.filter(public_id=made).exists()
    vote.room.lead(RemoveRound(round=again))
    assert not Item.objects.filter(text_nl="Erbij").exists()


def test_a_round_takes_so_many_however_they_come() -> None:
    """Two facilitators press at once: what would be too many is refused, whichever comes second."""
    vote = Preparation()
    for turn in range(2):
        vote.add(*[f"punt {turn} {n}" for n in range(100)])
    both = [AddItems(round=vote.name, items=[NewItem(text_nl=f"{who} {n}") for n in range(60)]) for who in "ab"]
    results = vote.room.batch(*[CommandRequest(vote.room.facilitator, command, uuid4()) for command in both])
    assert codes(results) == [None, Code.ITEM_LIMIT]
    assert len(vote.order()) == 262
    vote.add(*[f"rest {n}" for n in range(MOST_ITEMS - 262)])
    collect = vote.room.session.steps.get(position=1)
    (card,) = vote.room.scribe(collect, "onderwijs")
    assert refused(vote, TickCard(round=vote.name, card=card, on=True)) is Code.ITEM_LIMIT


def test_a_repeat_adds_nothing() -> None:
    vote = Preparation()
    key, command = uuid4(), AddItems(round=vote.name, items=[NewItem(text_nl="Eens")])
    for _ in range(2):
        vote.room.ask(vote.room.facilitator, command, key=key)
    assert len(vote.order()) == 3


def test_everybody_converges_and_phones_hear_of_it_at_the_opening() -> None:
    vote = Preparation()
    watch = Watch(vote.room, people=vote.people[:2])
    made = vote.add("Fietspad", "Plein", price=1_000, whose=DOCUMENT, document="Visie")
    watch.check()
    for change in (
        EditItem(round=vote.name, item=made[0], text_en="Cycle path", price=None),
        MoveItem(round=vote.name, item=made[1]),
        RemoveItems(round=vote.name, items=[vote.order()[0]]),
    ):
        seq, known = watch.seq, {audience: dict(found) for audience, found in watch.snapshots.items()}
        vote.room.lead(change)
        watch.check()
        watch.check_resume(known, seq=seq)
    heard = {who: texts for who, texts in watch.received.items() if who is not Audience.CONSOLE}
    assert not any("Fietspad" in text for texts in heard.values() for text in texts)
    vote.open()
    watch.check()
    for audience in (Audience.PHONE, Audience.STAGE, Audience.CONSOLE):
        (round_,) = watch.snapshots[audience]["rounds"]
        shown = next(found for found in round_["items"] if found["id"] == made[0])
        assert shown | {"rank": 0} == {
            "id": made[0],
            "card": None,
            "source": "statement",
            "pillar": None,
            "aspect": None,
            "text": "Fietspad",
            "words": {"nl": "Fietspad", "en": "Cycle path"},
            "hidden": False,
            "rank": 0,
            "reason": None,
            "price": None,
            "whose": "document",
            "document": "Visie",
            "answered": False,
        }
    vote.vote(made[0])
    vote.reveal()
    watch.check()


def test_every_ballot_may_be_about_them() -> None:
    """Also one of another kind than dots: a vote with typed items only."""
    vote = Preparation()
    other = vote.another()
    other.room.lead(
        EditStep(step=other.step.public_id, settings={"rules": {"ballot": OpinionRules.__struct_config__.tag}})
    )
    other.add("Stelling een", "Stelling twee", source="option")
    other.room.lead(OpenStep(step=other.step.public_id))
    other.vote(*other.order())
    other.reveal()
    assert {found.source for found in vote.room.session.items.filter(contribution=None)} == {ItemSource.OPTION}


def test_nobody_has_to_choose_between_the_same_words() -> None:
    """In a list, beside what is there, and when words change; in either language. Cards are people's own."""
    vote = Preparation()
    both = [NewItem(text_nl="Meer groen", text_en="More green"), NewItem(text_nl="meer  Groen")]
    assert refused(vote, AddItems(round=vote.name, items=both)) is Code.WORDS_TWICE
    vote.add("Meer groen", "Avondbus")
    assert refused(vote, AddItems(round=vote.name, items=both[1:])) is Code.WORDS_TWICE
    there = len(vote.order())
    bus = vote.order()[-1]
    assert refused(vote, EditItem(round=vote.name, item=bus, text_nl="MEER GROEN")) is Code.WORDS_TWICE
    vote.room.lead(EditItem(round=vote.name, item=bus, text_nl="avondbus"))
    collect = vote.room.session.steps.get(position=1)
    for card in vote.room.scribe(collect, "onderwijs", "overheden", text="Meer groen"):
        vote.room.lead(TickCard(round=vote.name, card=card, on=True))
    assert len(vote.order()) == there + 2
