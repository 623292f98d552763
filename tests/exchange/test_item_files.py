"""Items with words of their own in every file and on every page: what they say, whose words it is, what it costs."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils.translation import override

from sessions.domain.commands import EditItem, RedactCard
from sessions.domain.deletion import clear_slice, mark_wiping
from sessions.domain.receipt import issue_receipt, read_receipt
from sessions.domain.sessions import duplicate, make_rehearsal
from sessions.enums import Role
from sessions.models import Item, RoundItem, Session
from sessions.views.studio_data import tell_session
from sessions.wording.items import tell_about

from ..domain.voted_items import DOCUMENT, PARTICIPANT, Preparation
from ..factory import make_member
from .reading import export, rows

pytestmark = pytest.mark.django_db


@dataclass
class Voted:
    vote: Preparation
    plan: str
    said: str

    @property
    def session(self) -> Session:
        return self.vote.room.session


@pytest.fixture
def voted() -> Voted:
    """Two cards, a document's words in two languages with a price, and a participant's; everybody voted on both."""
    vote = Preparation()
    (plan,) = vote.add("Fietspad", whose=DOCUMENT, document="Visie; 2040", price=25_000)
    (said,) = vote.add("=Gezegd", whose=PARTICIPANT)
    vote.give(EditItem, item=plan, text_en="Cycle path")
    vote.open()
    vote.vote(plan, said)
    vote.reveal()
    return Voted(vote, plan, said)


def test_results_say_whose_words_and_what_they_cost(voted: Voted) -> None:
    told = {row["item"]: row for row in rows(voted.session, "results.csv", Role.STEERING) if row["group"] == "all"}
    plan, said = told[voted.plan], told[voted.said]
    assert (plan["text"], plan["whose"], plan["document"], plan["price"]) == (
        "Fietspad",
        "document",
        "Visie; 2040",
        "25000",
    )
    assert {plan[key] for key in ("contribution", "pillar_number", "pillar_nl", "aspect")} == {""}
    assert (said["whose"], said["document"], said["price"], said["heads"]) == ("participant", "", "", "6")
    assert {row["whose"] for row in told.values() if row["contribution"]} == {"participant"}
    per_group = [row for row in rows(voted.session, "results.csv") if row["item"] == voted.plan]
    assert {(row["whose"], row["price"]) for row in per_group} == {("document", "25000")}
    assert len({len(row) for row in per_group}) == 1


def test_votes_name_the_item_and_no_card(voted: Voted) -> None:
    told = [row for row in rows(voted.session, "votes.csv") if row["item"] == voted.plan]
    assert {(row["contribution"], row["value"]) for row in told} == {("", "1")}
    assert len(told) == len(voted.vote.people)


def test_the_session_says_what_its_items_are(voted: Voted) -> None:
    document = json.loads(export(voted.session, "session.json"))
    items = {item["id"]: item for item in document["items"]}
    assert items[voted.plan] == {
        "id": voted.plan,
        "source": "statement",
        "contribution": None,
        "text": {"nl": "Fietspad", "en": "Cycle path"},
        "redacted": None,
        "whose": "document",
        "document": "Visie; 2040",
        "origin": None,
    }
    (round_,) = document["rounds"]
    assert [each["item"] for each in round_["items"]] == voted.vote.order()
    assert {each["item"]: each["price"] for each in round_["items"]}[voted.plan] == 25_000


@pytest.mark.parametrize(("language", "text"), [("nl", "Fietspad"), ("en", "Cycle path")])
def test_the_studio_has_them_in_the_language_of_its_page(voted: Voted, language: str, text: str) -> None:
    with override(language):
        (round_,) = tell_session(session=voted.session, role=Role.CORE)["rounds"]
    plan = next(item for item in round_["items"] if item["id"] == voted.plan)
    assert (plan["text"], plan["card"], plan["pillar"], plan["aspect"]) == (text, None, None, None)
    assert (plan["whose"], plan["document"], plan["price"]) == ("document", "Visie; 2040", 25_000)
    member = make_member(voted.session.programme, Role.CORE)
    browser = Client()
    browser.force_login(member)
    assert browser.get(f"/programmes/{voted.session.programme.slug}/sessions/{voted.session.code}/").status_code == 200


def test_a_receipt_says_whose_words_were_voted_on(voted: Voted) -> None:
    actor = voted.vote.people[0]
    code = issue_receipt(person=voted.vote.room.person(actor), token=voted.vote.room.tokens[actor.id])
    found = read_receipt(code.replace("-", ""))
    assert found is not None
    given = {vote.item: vote for step in found.steps for vote in step.votes}
    plan = given[voted.plan]
    assert (plan.text.nl, plan.text.en, plan.source) == ("Fietspad", "Cycle path", "statement")
    with override("nl"):
        about = tell_about(source=plan.source, whose=plan.whose, document=plan.document, price=plan.price)
    assert about == "€\u00a025.000 · uit: Visie; 2040"
    page = Client().post("/receipt/", {"code": code}, headers={"Accept-Language": "nl"}).content.decode()
    assert "uit: Visie; 2040" in page
    assert "woorden van een deelnemer" in page


def test_who_reads_along_is_told_whose_words_they_are(voted: Voted) -> None:
    actor = voted.vote.people[0]
    browser = Client(headers={"Accept-Language": "en"})
    browser.cookies[f"p_{voted.session.public_id}"] = voted.vote.room.tokens[actor.id]
    page = browser.get(f"/s/{voted.session.code}/read/").content.decode()
    assert "Cycle path" in page
    assert "€25,000 · from: Visie; 2040" in page


def texts_of(session: Session) -> list[tuple[str, int | None]]:
    places = RoundItem.objects.filter(round__session=session).order_by("rank")
    return [(place.item.text_nl, place.price) for place in places.select_related("item")]


def test_a_copy_is_prepared_with_what_was_typed_and_without_cards(voted: Voted) -> None:
    for copy in (duplicate(session=voted.session), make_rehearsal(session=voted.session)):
        assert texts_of(copy) == [("Fietspad", 25_000), ("=Gezegd", None)]
        assert set(copy.items.values_list("whose", "document")) == {("document", "Visie; 2040"), ("participant", "")}
        assert not copy.items.filter(public_id__in=[voted.plan, voted.said]).exists()


def test_a_wiped_rehearsal_keeps_what_was_typed_for_it() -> None:
    vote = Preparation()
    Session.objects.filter(pk=vote.room.session.pk).update(rehearsal=True)
    vote.add("Fietspad", price=5)
    other = vote.another()
    other.carry(vote)
    vote.open()
    vote.vote(vote.order()[-1])
    vote.room.lead(RedactCard(card=vote.cards[0], reason="rude"))
    mark_wiping(vote.room.session.pk)
    while clear_slice(vote.room.session.pk):
        pass
    assert texts_of(vote.room.session) == [("Fietspad", 5), ("Fietspad", 5)]
    assert list(Item.objects.filter(session=vote.room.session).values_list("contribution", flat=True)) == [None]


def test_what_can_be_carried_is_told_to_whoever_runs_a_session(voted: Voted) -> None:
    later = Preparation(
        voted.vote.room.__class__(
            session=duplicate(session=voted.session),
            member=voted.vote.room.member,
            sectors=voted.vote.room.sectors,
            pillars=voted.vote.room.pillars,
        )
    )
    browser = Client()
    browser.force_login(later.room.member)
    address = f"/s/{later.room.session.code}/console/earlier/"
    (round_,) = browser.get(address).json()["rounds"]
    assert (round_["id"], round_["number"]) == (voted.vote.name, 1)
    items = browser.get(address, {"round": round_["id"]}).json()["items"]
    told = {item["item"]: item for item in items}
    assert told[voted.plan] == {
        "item": voted.plan,
        "text": {"nl": "Fietspad", "en": "Cycle path"},
        "place": 1,
        "whose": "document",
        "document": "Visie; 2040",
        "price": 25_000,
    }
    assert browser.get(address, {"round": later.name}).status_code == 409
    # Of its own session it is told over the socket.
    own = f"/s/{voted.session.code}/console/earlier/"
    assert browser.get(own).json()["rounds"] == []
