"""The page of what was on the screen: what the stage shows, in words and tables, and nothing else."""

from __future__ import annotations

import csv
import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sessions.ballots import Ballot, all_ballots
from sessions.ballots.opinion import OpinionRules
from sessions.ballots.words import AnswerWords
from sessions.domain.actor import Actor
from sessions.domain.commands import CloseStep, OpenStep, RedactCard, RetireParticipant, RevealStep, TickCard, WriteCard
from sessions.enums import Aspect, Role
from sessions.exchange.files import FILES, read_file
from sessions.kinds import Keys as StepKind
from sessions.models import Participant, Session
from sessions.views import reading_along as view
from sessions.wording.figures import say_percent

from ..factory import SessionHarness, make_room
from ..kinds.voting import Voted

pytestmark = pytest.mark.django_db(transaction=True)


def write(room: SessionHarness, person: int, text: str) -> str:
    step = room.session.steps.get(kind=StepKind.COLLECT)
    pillar = room.pillars[0].public_id
    command = WriteCard(step=step.public_id, text=text, aspect=Aspect.SOFTWARE, lang="nl", pillar=pillar)
    made = room.ask(people_of(room)[person], command).id
    assert made is not None
    return made


def people_of(room: SessionHarness) -> list[Actor]:
    return [Actor.participant(pk) for pk in room.tokens]


def evening(*, silent: bool = True, live: bool = False) -> tuple[SessionHarness, list[str]]:
    """Five of one O and two of another: a wall of four cards, of which three go to a vote."""
    room = make_room(threshold=5)
    room.join("onderwijs", n=5)
    room.join("overheden", n=2)
    collect = room.step(StepKind.COLLECT, silent=silent)
    room.step(StepKind.VOTE, budget=2, live=live)
    room.lead(OpenStep(step=collect.public_id))
    texts = ["Terrassen in de zon", "<b>Avondbus</b> & fiets", "Bel mevrouw Jansen", "Open lab"]
    return room, [write(room, number + (number == 3) * 2, text) for number, text in enumerate(texts)]


def vote_on(room: SessionHarness, cards: list[str]) -> None:
    collect, vote = (room.session.steps.get(kind=kind) for kind in (StepKind.COLLECT, StepKind.VOTE))
    round_ = vote.rounds.get()
    room.lead_all([TickCard(round=round_.public_id, card=card, on=True) for card in cards])
    room.lead_all([CloseStep(step=collect.public_id), OpenStep(step=vote.public_id)])
    items = dict(round_.round_items.values_list("item__contribution__public_id", "item__public_id"))
    for number, person in enumerate(people_of(room)):
        room.vote(person, round_, items[cards[0]], tap=1)
        if number < 3:
            room.vote(person, round_, items[cards[1]], tap=2)


def look(room: SessionHarness, *, lang: str = "en", status: int = 200) -> str:
    browser = Client()
    browser.cookies[f"p_{room.session.public_id}"] = next(iter(room.tokens.values()))
    answer = browser.get(reverse("read", kwargs={"code": room.session.code}), headers={"accept-language": lang})
    assert answer.status_code == status
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


def test_an_open_wall_is_on_it_too() -> None:
    """Of a step that is not silent, as on the stage: also before anything was revealed."""
    room, _ = evening(silent=False)
    (wall,) = tables(look(room))
    assert {row[0] for row in wall[1:]} >= {"Terrassen in de zon", "Open lab"}
    collect = room.session.steps.get(kind=StepKind.COLLECT)
    room.lead(CloseStep(step=collect.public_id))
    assert tables(look(room)) == [wall]


def test_a_vote_that_shows_how_it_stands_says_where() -> None:
    """The count itself is not on it; with the result it says so no more."""
    room, cards = evening(live=True)
    vote = room.session.steps.get(kind=StepKind.VOTE)
    vote_on(room, cards[:2])
    said = "How it stands while people vote is on the screen only."
    page = look(room)
    assert said in page and not tables(page)
    assert "alleen op het scherm" in look(room, lang="nl")
    room.lead(RevealStep(step=vote.public_id))
    page = look(room)
    assert said not in page and len(tables(page)) == 1


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


@pytest.mark.parametrize("kind", all_ballots(), ids=lambda kind: kind.key)
def test_what_a_ballot_tells_besides_is_on_it(kind: Ballot) -> None:
    """By the same way for every ballot: a column for each, headed in the language of the page, with what is in the
    publication.
    """
    voted = Voted(kind, live=False)
    voted.act(Random(7), times=12)
    voted.room.lead(RevealStep(step=voted.step))
    result = voted.result()
    texts = dict(voted.round.round_items.values_list("item__public_id", "item__contribution__text"))
    columns = kind.columns(voted.voting.rules)
    assert [column.key for column in columns] == [told.key for told in kind.told]
    for lang in ("nl", "en"):
        (shown,) = tables(look(voted.room, lang=lang))
        card = shown[0].index("Kaart" if lang == "nl" else "Card")
        headings = [(words := getattr(column, lang))[:1].upper() + words[1:] for column in columns]
        places = [shown[0].index(heading) for heading in headings]
        # What a card costs stands behind its words.
        found = {row[card].partition(" €")[0]: [row[place] for place in places] for row in shown[1:]}
        assert found == {texts[told.item]: [str(told.told[column.key]) for column in columns] for told in result.items}


def test_opinions_stand_under_the_words_of_the_facilitator() -> None:
    room = make_room(threshold=5)
    people = room.join("onderwijs", n=7)
    rules = OpinionRules(agree=AnswerWords("Doen", "Do it"), disagree=AnswerWords("Niet doen", "Leave it"))
    round_, (item, *_) = room.open_vote(items=1, rules=rules)
    for person, value in zip(people, [1, 1, 1, 1, 0, -1, -1], strict=True):
        room.vote(person, round_, item, value, tap=1)
    room.lead(RevealStep(step=round_.step.public_id))
    (shown,) = tables(look(room))
    assert shown[0][2:] == ["Everyone", "Do it", "Pass", "Leave it"]
    assert shown[1][2:] == ["4 of 7 (57\u202f%)", "4", "1", "2"]
    (shown,) = tables(look(room, lang="nl"))
    assert shown[0][2:] == ["Iedereen", "Doen", "Sla over", "Niet doen"]


def test_what_a_statistic_means_can_stand_above_a_column() -> None:
    """That it is told over everyone only says the file itself."""
    for kind in all_ballots():
        for told in kind.told:
            assert "all)" not in told.nl + told.en, f"{kind.key}: {told.key}"


@pytest.mark.parametrize(
    ("share", "told"), [(1 / 6, 17), (1 / 3, 33), (0.145, 15), (0.005, 1), (0.994, 99), (0.0, 0), (1.0, 100)]
)
def test_shares_are_rounded_as_on_the_screens(share: float, told: int) -> None:
    assert say_percent(share) == f"{told}\u202f%"


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


def test_a_room_that_opens_it_at_once_has_it_made_once_also_while_the_number_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody is shown what was read before they asked; who asked meanwhile shares what is read after that."""
    room, _ = evening()
    people = 8
    asked, made = threading.Barrier(people), []
    read_along = view.read_along

    def make(session_id: int) -> object:
        made.append(session_id)
        Session.objects.filter(pk=session_id).update(seq=10_000 + len(made))  # as somebody votes meanwhile
        return read_along(session_id)

    def ask() -> str:
        asked.wait()
        try:
            return look(room)
        finally:
            connection.close()

    # All have asked before the first one is made.
    find_kept, waiting = view._find_kept, threading.Barrier(people)
    first = threading.local()

    def find(*args: Any, **kept: Any) -> str | None:
        found = find_kept(*args, **kept)
        if not hasattr(first, "is_over"):
            first.is_over = True
            waiting.wait()
        return found

    monkeypatch.setattr(view, "read_along", make)
    monkeypatch.setattr(view, "_find_kept", find)
    with ThreadPoolExecutor(people) as pool:
        pages = [found.result() for found in [pool.submit(ask) for _ in range(people)]]
    assert len(set(pages)) == 1
    assert len(made) == 1
    monkeypatch.setattr(view, "_find_kept", find_kept)
    look(room)
    assert len(made) == 2, "asked later, and the number has moved"


def test_a_session_that_is_being_deleted_is_unknown_here() -> None:
    room, _ = evening()
    look(room)
    Session.objects.filter(pk=room.session.pk).update(deleting_at=timezone.now())
    assert look(room, status=404)
