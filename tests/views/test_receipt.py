"""The receipt: what its code shows, in both languages, and that nothing but the phone leads to it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddRound,
    CloseStep,
    EditCard,
    OpenStep,
    RedactCard,
    RetireParticipant,
    RevealStep,
    TickCard,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.receipt import read_receipt, space_receipt, tidy_receipt
from sessions.enums import Aspect, Role
from sessions.exchange.files import FILES
from sessions.kinds import Keys as StepKind
from sessions.live.guess_limiter import CODES, GuessLimiter, Rate, Rates
from sessions.models import Participant
from sessions.models.ids import CODE_ALPHABET, RECEIPT_LENGTH, new_token, receipt_code, token_hash
from sessions.views import receipt as view

from ..factory import SessionHarness, make_member, make_room
from ..live.client import Watch


def page_of_phone(room: SessionHarness, token: str) -> str:
    browser = Client()
    browser.cookies[f"p_{room.session.public_id}"] = token
    return browser.get(reverse("phone", kwargs={"code": room.session.code})).content.decode()


def look_up(code: str, *, lang: str = "en") -> str:
    answer = Client().post("/receipt/", {"code": code}, headers={"accept-language": lang})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def evening() -> tuple[SessionHarness, list[int], str]:
    """Five people write and vote; return the room, the people and the first one's code."""
    room = make_room(threshold=5)
    people = room.join("onderwijs", n=5)
    collect, vote = room.step(StepKind.COLLECT), room.step(StepKind.VOTE, budget=2)
    room.lead(OpenStep(step=collect.public_id))

    def write(number: int, text: str) -> str:
        command = WriteCard(
            step=collect.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id
        )
        made = room.ask(people[number], command).id
        assert made is not None
        return made

    mine, hidden, gone, other = (
        write(0, "Mijn kaart"),
        write(0, "Verstopte kaart"),
        write(0, "Weg"),
        write(1, "Van een ander"),
    )
    room.ask(people[0], EditCard(card=mine, text="Mijn betere kaart"))
    room.ask(people[0], WithdrawCard(card=gone))
    room.lead(RedactCard(card=hidden, reason="double"))
    round_ = vote.rounds.get()
    room.lead_all([TickCard(round=round_.public_id, card=card, on=True) for card in (mine, other)])
    room.lead_all([CloseStep(step=collect.public_id), OpenStep(step=vote.public_id)])
    items = dict(round_.round_items.values_list("item__contribution__public_id", "item__public_id"))
    for person in people:
        room.vote(person, round_, items[other], tap=1)
    room.vote(people[0], round_, items[mine], tap=2)
    return room, [person.id for person in people], space_receipt(receipt_code(room.tokens[people[0].id]))


@pytest.mark.django_db(transaction=True)
def test_it_shows_own_cards_and_votes_and_what_came_of_them() -> None:
    room, people, code = evening()
    assert code in page_of_phone(room, room.tokens[people[0]])
    vote = room.session.steps.get(kind=StepKind.VOTE)
    before = look_up(code)
    assert "Mijn betere kaart" in before
    assert "changed by you" in before
    assert "it was there already" in before
    assert "Verstopte kaart" not in before
    assert "You withdrew it" in before
    assert "The result was not shown yet." in before
    assert "people put a dot on it" not in before
    room.lead(RevealStep(step=vote.public_id))
    after = look_up(code.lower().replace("-", " "))
    assert "5 of 5 people put a dot on it: place 1 of 2." in after
    assert "1 of 5 people put a dot on it: place 2 of 2." in after
    assert "1 van 5 mensen" in look_up(code, lang="nl")
    # A retired person's too.
    room.lead(RetireParticipant(participant=Participant.objects.get(pk=people[0]).public_id))
    assert "This phone was signed off" in look_up(code)


@pytest.mark.django_db(transaction=True)
def test_dots_of_several_rounds_say_of_which() -> None:
    room, people, code = evening()
    assert code in page_of_phone(room, room.tokens[people[0]])
    vote = room.session.steps.get(kind=StepKind.VOTE)
    room.lead(RevealStep(step=vote.public_id))
    assert "Round 1" not in look_up(code)
    made = room.lead(AddRound(step=vote.public_id)).id
    room.lead(OpenStep(step=vote.public_id))
    second = vote.rounds.get(public_id=made)
    (item, *_) = second.round_items.values_list("item__public_id", flat=True)
    room.vote(Actor.participant(people[0]), second, item, tap=3)
    page = look_up(code)
    assert page.index("Round 1: <strong>1 dot") < page.index("Round 2: <strong>1 dot")


@pytest.mark.django_db(transaction=True)
def test_a_receipt_reads_what_its_person_gave_however_many_others_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    room, people, code = evening()
    page_of_phone(room, room.tokens[people[0]])
    room.lead(RevealStep(step=room.session.steps.get(kind=StepKind.VOTE).public_id))
    read: Counter[str] = Counter()
    real = Model.from_db.__func__  # type: ignore[attr-defined]

    def from_db(cls: type[Model], *row: Any) -> Any:
        read[cls.__name__] += 1
        return real(cls, *row)

    monkeypatch.setattr(Model, "from_db", classmethod(from_db))

    def cost() -> tuple[Counter[str], int]:
        read.clear()
        with CaptureQueriesContext(connection) as queries:
            assert read_receipt(tidy_receipt(code)) is not None
        tables = " ".join(query["sql"] for query in queries)
        # Counted anew are votes nowhere: what was shown is kept.
        assert "workshop_ballot" not in tables
        return read.copy(), len(queries)

    before = cost()
    assert before[0]["Vote"] == 2
    room.join("onderzoek", n=20)
    room.scribe(room.session.steps.get(kind=StepKind.COLLECT), *["overheden"] * 20)
    assert cost() == before


@pytest.mark.django_db(transaction=True)
def test_who_came_after_the_result_is_told_that_it_may_not_count_theirs() -> None:
    room = make_room(threshold=5)
    people = room.join("onderwijs", n=7)
    round_, (item, *_) = room.open_vote()
    step = round_.step.public_id
    for person in people[:5]:
        room.vote(person, round_, item, tap=1)
    room.lead(RevealStep(step=step))
    mine, silent = (receipt_code(room.tokens[person.id]) for person in people[5:])
    for person in people[5:]:
        page_of_phone(room, room.tokens[person.id])
    room.lead(UndoStep())
    room.vote(people[5], round_, item, tap=1)
    assert "came after the result" not in look_up(mine)
    room.lead(RevealStep(step=step))
    told = look_up(mine)
    assert "5 of 5 people put a dot on it" in told
    assert "1 ballot came after the result and is not in it, perhaps yours." in told
    assert "1 stembiljet kwam na de uitslag en zit er niet in, misschien dat van jou." in look_up(mine, lang="nl")
    assert "came after the result" not in look_up(silent)


@pytest.mark.django_db(transaction=True)
def test_a_result_of_too_few_stays_hidden_in_a_receipt() -> None:
    room = make_room(threshold=5)
    (person,) = room.join("onderwijs")
    round_, (item, *_) = room.open_vote()
    room.vote(person, round_, item, tap=1)
    page_of_phone(room, room.tokens[person.id])
    room.lead(RevealStep(step=round_.step.public_id))
    assert "Too few people voted to show a result." in look_up(receipt_code(room.tokens[person.id]))


@pytest.mark.django_db(transaction=True)
def test_who_joined_before_there_were_receipts_gets_theirs_when_the_phone_comes_back() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    Participant.objects.filter(pk=person.id).update(receipt_hash=None)
    code = receipt_code(room.tokens[person.id])
    assert Client().post("/receipt/", {"code": code}).status_code == 404
    assert space_receipt(code) in page_of_phone(room, room.tokens[person.id])
    assert room.session.title_en in look_up(code)


@pytest.mark.django_db(transaction=True)
def test_nothing_but_the_phone_leads_to_the_code_or_its_hash() -> None:
    room, people, code = evening()
    watch = Watch(room, people=[])
    page_of_phone(room, room.tokens[people[0]])
    plain = tidy_receipt(code)
    hashed = token_hash(plain)
    assert Participant.objects.get(pk=people[0]).receipt_hash == hashed
    core = Client()
    core.force_login(make_member(room.session.programme, Role.CORE))
    told = [text for texts in watch.received.values() for text in texts]
    told += [json.dumps(line) for line in room.session.events.values_list("data", flat=True)]
    for file in FILES:
        answer = core.get(reverse("download", kwargs={"code": room.session.code, "file": file}))
        told.append(b"".join(answer).decode("latin1"))  # type: ignore[arg-type]
    told.append(core.get(f"/api/v1/sessions/{room.session.code}").content.decode())
    told += [
        core.get(reverse(name, kwargs={"code": room.session.code})).content.decode() for name in ("console", "stage")
    ]
    secrets = (plain, code, hashed, token_hash(room.tokens[people[0]]))
    assert len(told) > 10
    assert not [text[:80] for text in told for secret in secrets if secret in text]
    # Nor does the page of one phone tell another's.
    assert code not in page_of_phone(room, room.tokens[people[1]])


@pytest.mark.django_db(transaction=True)
def test_wrong_receipts_are_told_to_wait_and_a_right_one_is_always_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert view.receipt_brake._rates == CODES
    few = Rates(plain=Rate(6, 20), further=Rate(4, 20), common=Rate(100, 120), own=Rate(2, 1))
    monkeypatch.setattr(view, "receipt_brake", GuessLimiter(few, clock=lambda: 0.0))  # no minute passes meanwhile
    room, people, code = evening()
    page_of_phone(room, room.tokens[people[0]])
    plain, further = int(few.plain.burst), int(few.further.burst)
    browser = Client()
    for _ in range(3):
        assert look_up(code)
    statuses = [browser.post("/receipt/", {"code": new_receipt()}).status_code for _ in range(plain + 2)]
    assert statuses == [404] * plain + [429] * 2
    # Wrong ones wait, a right one is shown.
    assert browser.post("/receipt/", {"code": code}).status_code == 200
    statuses = [browser.post("/receipt/", {"code": new_receipt()}).status_code for _ in range(further)]
    assert statuses == [429] * further
    # Nothing is left for this address.
    braked = browser.post("/receipt/", {"code": new_receipt()})
    assert (braked.status_code, braked.headers["Retry-After"]) == (429, "60")
    for visitor in (browser, Client()):
        assert visitor.post("/receipt/", {"code": code}).status_code == 200
    assert browser.post("/receipt/", {"code": new_receipt()}).status_code == 429


def new_receipt() -> str:
    return receipt_code(new_token())


@pytest.mark.django_db
def test_the_form_needs_its_token_and_takes_no_code_from_an_address() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/receipt/", {"code": "A" * 16}).status_code == 403
    assert strict.get("/receipt/?code=" + "A" * 16).status_code == 200


def test_codes_are_long_unlike_and_read_as_typed() -> None:
    codes = {new_receipt() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == RECEIPT_LENGTH and set(code) <= set(CODE_ALPHABET) for code in codes)
    assert len(CODE_ALPHABET) ** RECEIPT_LENGTH > 2**75
    assert all(tidy_receipt(f"  {space_receipt(code).lower()} ") == code for code in codes)
    assert tidy_receipt("x" * 17) != "X" * 16
