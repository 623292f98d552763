"""Items that are carried into a round: from another one of the session, and from another session of the programme."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.domain import moment
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    CarryItems,
    DestroyRedacted,
    EditItem,
    RedactCard,
    RemoveItems,
    UndoStep,
)
from sessions.domain.redaction import find_due
from sessions.enums import ItemSource
from sessions.errors import Code, Refused
from sessions.models import Event, Item, RoundItem, Session

from ..factory import SessionHarness, make_session
from ..live.client import Watch
from .voted_items import DOCUMENT, PARTICIPANT, Preparation, item

pytestmark = pytest.mark.usefixtures("database")
NOWHERE = "0" * 12


def refused(vote: Preparation, command: object) -> Code:
    with pytest.raises(Refused) as found:
        vote.room.lead(command)  # type: ignore[arg-type]
    return found.value.code


def beside(vote: Preparation, *, rehearsal: bool = False) -> Preparation:
    """Return a vote in another session of the same programme."""
    room = vote.room
    session = make_session(room.session.programme, rehearsal=rehearsal)
    return Preparation(SessionHarness(session=session, member=room.member, sectors=room.sectors, pillars=room.pillars))


def test_within_a_session_they_stay_the_same_items() -> None:
    vote = Preparation()
    made = vote.add("Fietspad", price=5)
    other = vote.another()
    watch = Watch(vote.room)
    other.carry(vote)
    watch.check()
    assert other.order() == vote.order()
    assert other.prices() == vote.prices()
    # Each round has a price of its own; words are the item's, in both.
    other.give(EditItem, item=made[0], price=9, text_nl="Breed fietspad")
    watch.check()
    assert (vote.prices()[made[0]], other.prices()[made[0]]) == (5, 9)
    assert vote.texts()[-1] == "Breed fietspad"


def test_some_of_them_join_what_is_there_and_what_is_there_stays() -> None:
    vote = Preparation()
    a, b, c = vote.add("a", "b", "c")
    other = vote.another()
    own = other.add("eigen")
    other.carry(vote, [c, a, c])
    other.carry(vote, [b, a])
    assert other.order() == [*own, c, a, b]
    seq = vote.room.lead(CarryItems(round=other.name, of=vote.name, items=[a])).seq
    assert vote.room.lead(CarryItems(round=other.name, of=other.name)).seq == seq
    assert refused(vote, CarryItems(round=other.name, of=vote.name, items=[a, *own])) is Code.ITEM_UNKNOWN
    assert refused(vote, CarryItems(round=other.name, of=NOWHERE)) is Code.ROUND_UNKNOWN
    assert refused(vote, CarryItems(round=other.name, of=vote.another().name)) is Code.ROUND_EMPTY
    vote.open()
    assert refused(vote, CarryItems(round=vote.name, of=other.name)) is Code.ROUND_STARTED


def test_what_was_shown_in_a_vote_keeps_its_words_where_it_is_carried() -> None:
    vote = Preparation()
    (made,) = vote.add("Fietspad", price=5)
    vote.open()
    vote.vote(made)
    vote.reveal()
    other = vote.another()
    other.carry(vote)
    assert refused(vote, EditItem(round=other.name, item=made, text_nl="Autoweg")) is Code.ITEM_SEEN
    other.give(EditItem, item=made, price=6)
    assert (vote.prices()[made], other.prices()[made]) == (5, 6)


def test_a_redacted_card_stays_behind() -> None:
    vote = Preparation()
    vote.room.lead(RedactCard(card=vote.cards[0], reason="rude"))
    other = vote.another()
    other.carry(vote)
    assert other.order() == [vote.order()[1]] or other.order() == [vote.order()[0]]
    assert len(other.order()) == 1
    hidden = Item.objects.get(contribution__public_id=vote.cards[0]).public_id
    assert refused(vote, CarryItems(round=other.name, of=vote.name, items=[hidden])) is Code.ITEM_UNKNOWN


def shown() -> tuple[Preparation, str]:
    vote = Preparation()
    (made,) = vote.add("Uit de visie", whose=DOCUMENT, document="Visie", price=7)
    vote.open()
    vote.vote(made)
    vote.reveal()
    return vote, made


def test_from_another_session_come_the_words_and_whose_they_are() -> None:
    vote, made = shown()
    later = beside(vote)
    later.carry(vote)
    carried = list(RoundItem.objects.filter(round=later.round, item__contribution=None).select_related("item"))
    assert {place.item.origin for place in carried} == set(vote.order())
    assert not {place.item.public_id for place in carried} & set(vote.order())
    of_document = next(place for place in carried if place.item.origin == made)
    found = of_document.item
    assert (found.text_nl, found.whose, found.document, of_document.price) == ("Uit de visie", DOCUMENT, "Visie", 7)
    of_person = next(place.item for place in carried if place.item.origin != made)
    assert (of_person.whose, of_person.source) == (PARTICIPANT, ItemSource.STATEMENT)
    # A participant's words are not the facilitator's to change; what a document says may have been mistyped.
    assert refused(later, EditItem(round=later.name, item=of_person.public_id, text_nl="Anders")) is Code.ITEM_IS_CARD
    later.give(EditItem, item=found.public_id, text_nl="Uit de visie van 2040")
    # What is carried again is the same item.
    before = later.order()
    later.carry(vote)
    assert later.order() == before


def test_of_a_chain_of_sessions_the_first_is_remembered() -> None:
    vote, made = shown()
    second = beside(vote)
    second.carry(vote, [made])
    second.open()
    second.vote(second.order()[-1])
    second.reveal()
    third = beside(vote)
    third.carry(second, [second.order()[-1]])
    assert item(third.order()[-1]).origin == made


def test_only_what_a_result_showed_leaves_its_session() -> None:
    vote, _ = shown()
    vote.room.lead(UndoStep())
    later = beside(vote)
    carry = CarryItems(round=later.name, of=vote.name)
    assert refused(later, carry) is Code.ROUND_UNKNOWN
    vote.reveal()
    Session.objects.filter(pk=vote.room.session.pk).update(deleting_at=moment.now())
    assert refused(later, carry) is Code.ROUND_UNKNOWN
    Session.every.filter(pk=vote.room.session.pk).update(deleting_at=None)
    later.carry(vote)
    elsewhere = Preparation()
    assert refused(elsewhere, CarryItems(round=elsewhere.name, of=vote.name)) is Code.ROUND_UNKNOWN


def test_what_was_said_in_a_rehearsal_stays_in_rehearsals() -> None:
    vote, _ = shown()
    rehearsal = beside(vote, rehearsal=True)
    rehearsal.carry(vote)
    rehearsal.open()
    rehearsal.vote(rehearsal.order()[0])
    rehearsal.reveal()
    real, another = beside(vote), beside(vote, rehearsal=True)
    assert refused(real, CarryItems(round=real.name, of=rehearsal.name)) is Code.ROUND_UNKNOWN
    another.carry(rehearsal)


def test_carried_words_are_destroyed_with_the_card_they_are_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of a chain, after people voted on them, on every screen. The other words stay."""
    vote, made = shown()
    later = beside(vote)
    later.carry(vote)
    card = Item.objects.get(contribution__public_id=vote.cards[0])
    copy = Item.objects.get(session=later.room.session, origin=card.public_id)
    later.open()
    later.vote(copy.public_id)
    later.reveal()
    text = copy.text_nl
    assert text
    watch = Watch(later.room, people=later.people[:1])
    vote.room.lead(RedactCard(card=vote.cards[0], reason="name"))
    assert later.room.session.pk not in find_due()
    at = moment.now() + dt.timedelta(seconds=11)
    monkeypatch.setattr(moment, "now", lambda: at)
    assert vote.room.session.pk in find_due()
    vote.room.ask(Actor.system(), DestroyRedacted())
    assert later.room.session.pk in find_due()
    later.room.ask(Actor.system(), DestroyRedacted())
    assert not {later.room.session.pk, vote.room.session.pk} & {*find_due()}
    watch.check()
    copy.refresh_from_db()
    assert (copy.text_nl, copy.text_en) == ("", "")
    for found in watch.snapshots.values():
        (told,) = [each for round_ in found["rounds"] for each in round_["items"] if each["id"] == copy.public_id]
        assert (told["text"], told["hidden"], told["reason"]) == ("", True, "unknown")
    assert item(made).text_nl == "Uit de visie"
    assert not any(text in str(line.data) for line in Event.objects.filter(session=later.room.session))
    # It is not carried on either.
    third = beside(vote)
    hidden = CarryItems(round=third.name, of=later.name, items=[copy.public_id])
    assert refused(third, hidden) is Code.ITEM_UNKNOWN
    assert refused(third, CarryItems(round=third.name, of=vote.name, items=[card.public_id])) is Code.ITEM_UNKNOWN


def test_a_carried_card_can_be_taken_out_and_stays_a_card() -> None:
    vote = Preparation()
    other = vote.another()
    other.carry(vote)
    other.give(RemoveItems, items=other.order())
    assert other.order() == []
    assert len(vote.order()) == 2
