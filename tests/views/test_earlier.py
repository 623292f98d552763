"""The pages of earlier steps over HTTP: the rights and the eyes of a phone's socket, and no work for nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.domain.actor import Actor
from sessions.domain.commands import AddBallot, MarkGiven, RedactCard, RetireParticipant, RevealStep, SayDone, UndoStep
from sessions.domain.deletion import mark_deleting
from sessions.domain.sessions import set_archived
from sessions.enums import Reason
from sessions.live import write_limiter
from sessions.live.deletion_job import archive_session, delete_session
from sessions.live.guess_limiter import Rate
from sessions.live.write_limiter import WriteLimiter
from sessions.models import Round, Session
from sessions.views import api_person, join_cache, reading_along
from sessions.views import earlier as kept
from sessions.views.kept_pages import drop_stale_pages

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    kept._pages.forget()
    write_limiter.earlier_pages.forget()


def evening() -> tuple[SessionHarness, Round, list[str], list[Actor]]:
    """A vote of eight people, which is open."""
    room = make_room()
    people = [*room.join("onderwijs", n=4), *room.join("overheden", n=4)]
    round_, items = room.open_vote(items=3)
    for number, person in enumerate(people):
        room.vote(person, round_, items[number % 2], tap=1)
    return room, round_, items, people


def phone_of(room: SessionHarness, person: Actor) -> Client:
    browser = Client()
    browser.cookies[f"p_{room.session.public_id}"] = room.tokens[person.id]
    return browser


def address(room: SessionHarness, page: object = 0) -> str:
    return f"/api/v1/sessions/{room.session.code}/earlier?page={page}"


def look(room: SessionHarness, person: Actor) -> dict[str, Any]:
    answer = phone_of(room, person).get(address(room))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    told: dict[str, Any] = answer.json()
    assert told["pages"] == 1
    return told


def test_a_result_is_there_once_it_is_shown_and_no_longer() -> None:
    room, round_, _, people = evening()
    step = round_.step.public_id
    assert look(room, people[0])["results"] == []
    room.lead(RevealStep(step=step))
    (result,) = look(room, people[0])["results"]
    assert (result["round"], result["n"]) == (round_.public_id, 8)
    room.lead(UndoStep())
    assert look(room, people[0])["results"] == []


def test_no_author_no_card_of_others_and_no_text_of_a_redacted_card_is_on_it() -> None:
    room, round_, _, people = evening()
    room.lead(RevealStep(step=round_.step.public_id))
    before = look(room, people[0])
    item = before["rounds"][0]["items"][0]
    room.lead(RedactCard(card=item["card"], reason=Reason.NAME))
    after = json.dumps(look(room, people[0]))
    assert item["text"] in json.dumps(before) and item["text"] not in after
    assert before.keys() == {"epoch", "number", "pages", "steps", "rounds", "results"}
    names = {room.person(person).public_id for person in people} | {room.person(person).tag for person in people}
    assert not [name for name in names if f'"{name}"' in after]


def test_who_is_nobody_of_the_session_gets_nothing() -> None:
    room, *_, people = evening()
    browser = phone_of(room, people[0])
    assert browser.get(address(room), headers={"origin": "https://elsewhere.example"}).status_code == 403

    def code(browser: Client) -> str:
        answer = browser.get(address(room))
        assert answer.status_code == 403
        return str(answer.json()["error"]["code"])

    assert code(Client()) == "auth.not_joined"
    elsewhere, *_, others = evening()
    assert code(phone_of(elsewhere, others[0])) == "auth.not_joined"
    room.lead(RetireParticipant(participant=room.person(people[0]).public_id))
    assert code(browser) == "auth.retired"
    set_archived(elsewhere.session.pk, on=True)
    join_cache._kept.clear()
    archived = phone_of(elsewhere, others[0]).get(address(elsewhere))
    assert (archived.status_code, archived.json()["error"]["code"]) == (403, "session.archived")


def test_it_is_read_once_until_something_of_it_changes() -> None:
    room, round_, items, people = evening()
    look(room, people[0])
    number = look(room, people[1])["number"]
    room.vote(people[0], round_, items[2], tap=2)
    room.join("onderzoek")
    # Nor do they tell when somebody is done, or that a paper ballot is typed in.
    room.ask(people[0], SayDone(step=round_.step.public_id, on=True))
    given = [MarkGiven(item=items[0], value=1)]
    room.lead(AddBallot(round=round_.public_id, sector=room.sectors["onderwijs"].public_id, marks=given))
    with CaptureQueriesContext(connection) as asked:
        assert look(room, people[2])["number"] == number
    assert len(asked) <= 5, [query["sql"] for query in asked]
    room.lead(RevealStep(step=round_.step.public_id))
    assert look(room, people[2])["number"] > number


def test_who_has_it_already_is_told_so() -> None:
    room, round_, _, people = evening()
    browser = phone_of(room, people[0])
    mark = browser.get(address(room)).headers["ETag"]
    again = browser.get(address(room), headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")
    room.lead(RevealStep(step=round_.step.public_id))
    assert browser.get(address(room), headers={"if-none-match": mark}).status_code == 200


def test_a_session_that_begins_anew_shows_nothing_of_before() -> None:
    room, *_, people = evening()
    look(room, people[0])
    Session.objects.filter(pk=room.session.pk).update(epoch="another")
    assert look(room, people[0])["epoch"] == "another"


def test_pages_end_with_the_session_at_once() -> None:
    """In memory too: those of earlier steps, and the page to read along."""
    room, round_, _, people = evening()
    room.lead(RevealStep(step=round_.step.public_id))

    def keep() -> None:
        look(room, people[0])
        assert phone_of(room, people[0]).get(reverse("read", kwargs={"code": room.session.code})).status_code == 200
        assert [room.session.pk in cache.sessions() for cache in (kept._pages, reading_along._pages)] == [True, True]

    def is_kept() -> bool:
        return any(room.session.pk in cache.sessions() for cache in (kept._pages, reading_along._pages))

    keep()
    archive_session(room.session.pk, on=True)
    assert not is_kept()
    set_archived(room.session.pk, on=False)
    join_cache._kept.clear()
    keep()
    drop_stale_pages()
    assert is_kept(), "nothing happened since"
    item = look(room, people[0])["rounds"][0]["items"][0]
    room.lead(RedactCard(card=item["card"], reason=Reason.NAME))
    drop_stale_pages()
    assert not is_kept(), "a card was redacted"
    keep()
    Session.objects.filter(pk=room.session.pk).update(epoch="another")
    drop_stale_pages()
    assert not is_kept(), "the session was restored"
    keep()
    mark_deleting(room.session.pk)  # by another process, of which nobody here is told
    drop_stale_pages()
    assert not is_kept(), "the session is being deleted"


def test_deleting_drops_the_pages_before_it_returns() -> None:
    room, *_, people = evening()
    look(room, people[0])
    delete_session(room.session.pk, wait_s=20)
    assert room.session.pk not in kept._pages.sessions()


def test_what_is_as_before_stays_kept() -> None:
    """A vote and somebody who joins change nothing of the earlier steps."""
    room, round_, items, people = evening()
    look(room, people[0])
    room.vote(people[0], round_, items[2], tap=2)
    room.join("onderzoek")
    drop_stale_pages()
    assert room.session.pk in kept._pages.sessions()


def test_a_page_that_there_is_not() -> None:
    room, *_, people = evening()
    browser = phone_of(room, people[0])
    assert [browser.get(address(room, page)).status_code for page in ("x", "-1", "١", "99999")] == [400] * 4
    assert browser.get(address(room, 7)).json()["pages"] == 1


def test_one_person_gets_so_many_and_others_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    room, *_, people = evening()
    monkeypatch.setattr(api_person, "earlier_pages", WriteLimiter(Rate(burst=3, per_minute=1), clock=lambda: 0.0))
    greedy = phone_of(room, people[0])
    told = [greedy.get(address(room)) for _ in range(5)]
    assert [answer.status_code for answer in told] == [200] * 3 + [429] * 2
    assert told[-1].json()["error"]["code"] == "rate.slow_down"
    assert "Retry-After" in told[-1].headers
    assert phone_of(room, people[1]).get(address(room)).status_code == 200
