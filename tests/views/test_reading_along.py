"""The page of what was on the screen: what the stage shows, in words and tables, and nothing else."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from sessions.domain.actor import Actor
from sessions.domain.verbs import CloseStep, OpenStep, RedactCard, RetireParticipant, RevealStep, TickCard, WriteCard
from sessions.enums import Aspect, Role, StepKind
from sessions.exchange.files import FILES, read_file
from sessions.models import Participant

from ..factory import Room, make_room

pytestmark = pytest.mark.django_db(transaction=True)


def write(room: Room, person: int, text: str) -> str:
    step = room.session.steps.get(kind=StepKind.COLLECT)
    pillar = room.pillars[0].public_id
    verb = WriteCard(step=step.public_id, text=text, aspect=Aspect.SOFTWARE, lang="nl", pillar=pillar)
    made = room.ask(people_of(room)[person], verb).id
    assert made is not None
    return made


def people_of(room: Room) -> list[Actor]:
    return [Actor.participant(pk) for pk in room.tokens]


def evening() -> tuple[Room, list[str]]:
    """Five of one O and two of another, in silence: a wall of four cards, of which three go to a vote."""
    room = make_room(threshold=5)
    room.join("onderwijs", n=5)
    room.join("overheden", n=2)
    collect = room.step(StepKind.COLLECT)
    room.step(StepKind.VOTE, budget=2)
    room.lead(OpenStep(step=collect.public_id))
    texts = ["Terrassen in de zon", "<b>Avondbus</b> & fiets", "Bel mevrouw Jansen", "Open lab"]
    return room, [write(room, number + (number == 3) * 2, text) for number, text in enumerate(texts)]


def vote_on(room: Room, cards: list[str]) -> None:
    collect, vote = (room.session.steps.get(kind=kind) for kind in (StepKind.COLLECT, StepKind.VOTE))
    round_ = vote.rounds.get()
    room.lead_all([TickCard(round=round_.public_id, card=card, on=True) for card in cards])
    room.lead_all([CloseStep(step=collect.public_id), OpenStep(step=vote.public_id)])
    items = dict(round_.round_items.values_list("item__contribution__public_id", "item__public_id"))
    for number, person in enumerate(people_of(room)):
        room.vote(person, round_, items[cards[0]], tap=1)
        if number < 3:
            room.vote(person, round_, items[cards[1]], tap=2)


def look(room: Room, *, lang: str = "en") -> str:
    browser = Client()
    browser.cookies[f"p_{room.session.public_id}"] = next(iter(room.tokens.values()))
    answer = browser.get(reverse("read", kwargs={"code": room.session.code}), headers={"accept-language": lang})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def tables(page: str) -> list[list[list[str]]]:
    return [
        [
            [
                unescape(re.sub("<[^>]+>", "", cell)).strip()
                for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r"<table>(.*?)</table>", page, re.DOTALL)
    ]


def test_nothing_is_on_it_before_the_reveal() -> None:
    room, cards = evening()
    assert "Nothing was shown yet" in look(room)
    vote_on(room, cards[:2])
    page = look(room)
    assert "Nothing was shown yet" in page
    assert "Terrassen" not in page


def test_the_wall_is_on_it_as_the_stage_shows_it() -> None:
    room, cards = evening()
    collect = room.session.steps.get(kind=StepKind.COLLECT)
    room.lead(RevealStep(step=collect.public_id))
    (wall,) = tables(look(room))
    # The pillar of all of them stands above.
    assert wall[0] == ["Card", "About", "O"]
    assert re.search(r"<caption[^>]*>4 cards, \w+", look(room))
    # Marks of O's of enough people only; with one card of one pooled O the mark of the other would tell it.
    found = {row[0]: row[1:] for row in wall[1:]}
    assert set(found) == {"Terrassen in de zon", "<b>Avondbus</b> & fiets", "Bel mevrouw Jansen", "Open lab"}
    assert {row[0] for row in found.values()} == {"software"}
    assert "Overheden" not in str(found) and "Government" not in str(found)
    room.lead(RedactCard(card=cards[2], reason="name"))
    page = look(room)
    assert "Jansen" not in page
    assert "1 card hidden: a name" in page
    assert "1 kaart verborgen: een naam" in look(room, lang="nl")


def test_figures_are_those_of_the_publication_and_of_the_file() -> None:
    room, cards = evening()
    vote_on(room, cards[:3])
    vote = room.session.steps.get(kind=StepKind.VOTE)
    room.lead(RevealStep(step=vote.public_id))
    room.lead(RedactCard(card=cards[2], reason="rude"))
    (shown,) = tables(look(room))
    file = b"".join(read_file(found=FILES["results.csv"], session_id=room.session.pk, role=Role.STEERING)).decode()
    lines = [line for line in csv.DictReader(io.StringIO(file, newline="")) if line["text"] and line["group"] == "all"]
    assert [(row[0], row[1]) for row in shown[1:]] == [(line["place"], line["text"]) for line in lines]
    everyone = shown[0].index("Everyone")
    assert [row[everyone].split(" (")[0] for row in shown[1:]] == [f"{line['heads']} of {line['n']}" for line in lines]
    assert shown[1][everyone] == "7 of 7 (100\u202f%)"
    assert "7 people voted" in look(room)
    assert "7 mensen stemden" in look(room, lang="nl")
    # Retiring somebody afterwards changes nothing of what was shown.
    room.lead(RetireParticipant(participant=Participant.objects.filter(session=room.session).last().public_id))
    assert tables(look(room)) == [shown]


def test_a_result_of_too_few_has_no_figures() -> None:
    room = make_room(threshold=5)
    (person,) = room.join("onderwijs")
    round_, (item, *_) = room.open_vote()
    room.vote(person, round_, item, tap=1)
    room.lead(RevealStep(step=round_.step.public_id))
    page = look(room)
    assert "Too few people voted to show a result." in page
    assert not tables(page)


def test_it_is_for_people_of_the_session_only() -> None:
    room, _ = evening()
    address = reverse("read", kwargs={"code": room.session.code})
    assert Client().get(address).headers["Location"] == f"/join/{room.session.code}/"
    elsewhere = make_room()
    elsewhere.join("onderwijs")
    browser = Client()
    browser.cookies[f"p_{room.session.public_id}"] = next(iter(elsewhere.tokens.values()))
    assert browser.get(address).status_code == 302
    retired = Client()
    retired.cookies[f"p_{room.session.public_id}"] = next(iter(room.tokens.values()))
    person = Participant.objects.get(pk=next(iter(room.tokens)))
    room.lead(RetireParticipant(participant=person.public_id))
    assert retired.get(address).status_code == 302
