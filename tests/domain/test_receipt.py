"""What the holder of a receipt is told: what they gave, and of results what everybody may see."""

from __future__ import annotations

import pytest

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    EditCard,
    OpenStep,
    RedactCard,
    RevealStep,
    TickCard,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.deletion import mark_deleting
from sessions.domain.receipt import Receipt, issue_receipt, read_receipt, space_receipt, tidy_receipt
from sessions.enums import Aspect, ItemSource
from sessions.kinds import Keys
from sessions.models import Item, Participant
from sessions.models.ids import RECEIPT_LENGTH, receipt_code

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.django_db(transaction=True)


class Given:
    """Five people of one O; the first two write, one of their cards is redacted, and all vote on two."""

    def __init__(self) -> None:
        self.room: SessionHarness = make_room(threshold=5)
        self.people = self.room.join("onderwijs", n=5)
        self.collect, self.vote = self.room.step(Keys.COLLECT), self.room.step(Keys.VOTE, budget=2)
        self.round = self.vote.rounds.get()
        self.room.lead(OpenStep(step=self.collect.public_id))
        self.mine, self.other = self.write(0, "Mijn"), self.write(1, "Van een ander")

    def write(self, number: int, text: str) -> str:
        pillar = self.room.pillars[0].public_id
        command = WriteCard(step=self.collect.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        made = self.room.ask(self.people[number], command).id
        assert made is not None
        return made

    def open_vote(self) -> None:
        ticks = [TickCard(round=self.round.public_id, card=card, on=True) for card in (self.mine, self.other)]
        self.room.lead_all([*ticks, OpenStep(step=self.vote.public_id)])
        self.items = dict(self.round.round_items.values_list("item__contribution__public_id", "item__public_id"))

    def cast(self, *people: Actor, card: str, tap: int = 1, value: int = 1) -> None:
        for person in people:
            self.room.vote(person, self.round, self.items[card], value, tap=tap)

    def code(self, number: int = 0) -> str:
        token = self.room.tokens[self.people[number].id]
        return issue_receipt(person=self.room.person(self.people[number]), token=token)

    def receipt(self, number: int = 0) -> Receipt:
        found = read_receipt(self.code(number))
        assert found is not None
        return found


def test_a_code_is_read_however_it_was_typed() -> None:
    code = "Q" * RECEIPT_LENGTH
    assert tidy_receipt(space_receipt(code)) == code
    assert tidy_receipt(f" {code.lower()} ") == code
    assert tidy_receipt("o0" * (RECEIPT_LENGTH // 2)) == code[: RECEIPT_LENGTH // 2 * 2]
    assert len(tidy_receipt("Q" * 60)) == RECEIPT_LENGTH + 1, "one too many is not cut to a code"
    assert read_receipt("Q" * (RECEIPT_LENGTH + 1)) is None


def test_nobody_has_another_code_nor_one_of_a_session_that_is_deleted() -> None:
    given = Given()
    code = given.code()
    assert read_receipt("Q" * RECEIPT_LENGTH) is None
    assert read_receipt(code) is not None
    mark_deleting(given.room.session.pk)
    assert read_receipt(code) is None


def test_who_came_before_there_were_receipts_gets_one_when_it_is_asked_for() -> None:
    given = Given()
    person = given.room.person(given.people[0])
    token = given.room.tokens[person.pk]
    assert person.receipt_hash is None
    assert given.code() == receipt_code(token)
    stored = Participant.objects.get(pk=person.pk).receipt_hash
    assert stored is not None
    assert given.code() == receipt_code(token)
    assert Participant.objects.get(pk=person.pk).receipt_hash == stored


def test_it_holds_ones_own_cards_and_votes_and_nothing_before_the_reveal() -> None:
    given = Given()
    extra = given.write(0, "Weg")
    given.room.ask(given.people[0], EditCard(card=given.mine, text="Mijn betere kaart"))
    given.room.ask(given.people[0], WithdrawCard(card=extra))
    given.open_vote()
    given.cast(*given.people, card=given.other)
    receipt = given.receipt()
    assert (receipt.session, receipt.sector) == (given.room.session, given.room.sectors["onderwijs"])
    collect, vote = receipt.steps
    assert [card.card.text for card in collect.cards] == ["Mijn betere kaart", ""]
    ((outcome,), none) = (card.outcomes for card in collect.cards)
    assert (outcome.revealed, outcome.n, none) == (False, None, [])
    (voted,) = vote.votes
    assert (voted.item, voted.value, voted.text.nl) == (given.items[given.other], 1, "Van een ander")
    assert voted.outcome.revealed is False
    assert given.receipt(4).steps[0].cards == []


def test_after_the_reveal_it_says_how_many_of_how_many() -> None:
    given = Given()
    given.open_vote()
    given.cast(*given.people, card=given.other)
    given.cast(given.people[0], card=given.mine, tap=2)
    given.room.lead(RedactCard(card=given.other, reason="rude"))
    given.room.lead(RevealStep(step=given.vote.public_id))
    collect, vote = given.receipt().steps
    (outcome,) = collect.cards[0].outcomes
    assert (outcome.revealed, outcome.n, outcome.heads, outcome.place, outcome.of) == (True, 5, 1, 2, 2)
    texts = {voted.item: voted.text.nl for voted in vote.votes}
    assert texts == {given.items[given.mine]: "Mijn", given.items[given.other]: ""}, "redacted here too"
    assert vote.late == []


def test_of_too_few_it_says_no_number() -> None:
    given = Given()
    given.open_vote()
    given.cast(*given.people[:2], card=given.mine)
    given.room.lead(RevealStep(step=given.vote.public_id))
    (outcome,) = given.receipt().steps[0].cards[0].outcomes
    assert (outcome.revealed, outcome.n) == (True, None)


def test_ballots_that_came_after_a_result_are_counted_as_late() -> None:
    given = Given()
    given.open_vote()
    given.cast(*given.people, card=given.other)
    given.room.lead(RevealStep(step=given.vote.public_id))
    given.room.lead(UndoStep())
    (newcomer,) = given.room.join("onderwijs")
    given.cast(newcomer, card=given.mine)
    given.room.lead(RevealStep(step=given.vote.public_id))
    assert given.receipt().steps[1].late == [1]


def test_a_dot_that_was_taken_back_is_none_and_an_item_of_its_own_has_its_own_words() -> None:
    given = Given()
    given.open_vote()
    given.cast(given.people[0], card=given.other)
    given.cast(given.people[0], card=given.other, tap=2, value=0)
    assert given.receipt().steps[1].votes == []
    given.cast(given.people[0], card=given.mine, tap=3)
    item = Item.objects.get(public_id=given.items[given.mine])
    item.source, item.contribution = ItemSource.STATEMENT, None
    item.text_nl, item.text_en = "Een stelling", ""
    item.save()
    (voted,) = given.receipt().steps[1].votes
    assert (voted.text.nl, voted.text.en) == ("Een stelling", "Een stelling")


def test_of_what_has_no_result_it_promises_none() -> None:
    """A card in a practice vote, and support for a question."""
    given = Given()
    practice = given.room.step(Keys.VOTE, practice=True)
    tried = practice.rounds.get()
    given.room.lead_all([TickCard(round=tried.public_id, card=given.mine, on=True), OpenStep(step=practice.public_id)])
    question = given.room.step(Keys.QUESTION, mode="qa")
    given.room.lead(OpenStep(step=question.public_id))
    asked = WriteCard(step=question.public_id, text="Wie beslist er?", aspect=Aspect.UNSURE, lang="nl")
    given.room.ask(given.people[0], asked)
    place = question.rounds.get().round_items.get()
    given.room.vote(given.people[0], place.round, place.item.public_id, tap=1)
    receipt = read_receipt(given.code())
    assert receipt is not None
    collect, qa = receipt.steps
    assert [card.outcomes for card in [*collect.cards, *qa.cards]] == [[], []]
    assert [vote.outcome for vote in qa.votes] == [None]
