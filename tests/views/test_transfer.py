"""Another browser, the same person: the page "I was here already", and what it says to whom."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sessions.live.guess_limiter import CODES, GuessLimiter, Rate, Rates
from sessions.live.join_code_guesses import places
from sessions.models import JoinRequest, Session
from sessions.models.ids import CODE_ALPHABET, MOVE_LENGTH, receipt_code, token_hash
from sessions.views import transfer as view

from .conftest import join


def joined(session: Session, sector: str = "onderwijs") -> Client:
    browser = Client()
    join(browser, session, sector)
    return browser


def secret(browser: Client, session: Session) -> str:
    return browser.cookies[f"p_{session.public_id}"].value


def short_code(browser: Client, session: Session) -> str:
    answer = browser.post(f"/api/v1/sessions/{session.code}/move-code")
    assert answer.status_code == 201
    assert "no-store" in answer.headers["Cache-Control"]
    code: str = answer.json()["code"]
    assert re.fullmatch(f"[{CODE_ALPHABET}]{{{MOVE_LENGTH}}}", code)
    return code


def go_on(browser: Client, session: Session, code: str) -> int:
    return browser.post(f"/s/{session.code}/here/", {"code": code}).status_code


@pytest.mark.parametrize("by", ["short code", "receipt"])
@pytest.mark.parametrize("locked", [False, True])
def test_another_browser_goes_on_as_the_same_person_also_when_the_door_is_closed(
    session: Session, by: str, locked: bool
) -> None:
    old, new = joined(session), Client()
    session.locked = locked
    session.save(update_fields=["locked"])
    door = new.get(f"/join/{session.code}/")
    assert door.status_code == (403 if locked else 200)
    assert f'href="/s/{session.code}/here/"' in door.text
    code = short_code(old, session) if by == "short code" else receipt_code(secret(old, session))
    assert go_on(new, session, code) == 302
    person = session.participants.get()
    assert person.token_hash == token_hash(secret(new, session))
    assert new.get(f"/s/{session.code}/").status_code == 200
    # The first one is led to a page that says so, and offers no O: here the person would count twice.
    page = old.get(f"/s/{session.code}/", follow=True)
    assert page.redirect_chain == [(f"/join/{session.code}/", 302)]
    assert "Je bent verdergegaan in een andere browser" in page.text
    assert "data-sector" not in page.text
    assert old.post(f"/api/v1/sessions/{session.code}/move-code").json()["error"]["code"] == "auth.went_on"
    again = old.post(
        f"/api/v1/sessions/{session.code}/participants", {"sector": "onderwijs"}, content_type="application/json"
    )
    assert (again.status_code, again.json()["error"]["code"]) == (403, "auth.went_on")
    old.post(f"/join/{session.code}/", {"sector": person.sector.public_id})
    assert session.participants.count() == 1
    # And back again, by a code of the other.
    assert go_on(old, session, short_code(new, session)) == 302
    assert old.get(f"/s/{session.code}/").status_code == 200
    assert session.participants.count() == 1


def test_somebody_else_can_join_in_a_browser_that_was_left(session: Session) -> None:
    old, new = joined(session), Client()
    go_on(new, session, short_code(old, session))
    page = old.get(f"/join/{session.code}/")
    assert f'href="/join/{session.code}/?new=1"' in page.text
    assert "data-sector" in old.get(f"/join/{session.code}/?new=1").text
    sector = session.programme.sectors.get(key="overheden").public_id
    assert old.post(f"/join/{session.code}/?new=1", {"sector": sector}).status_code == 302
    assert session.participants.count() == 2


def test_who_joined_again_in_the_other_browser_is_told_and_becomes_the_first_again(session: Session) -> None:
    first, second = joined(session), joined(session)
    ghost = session.participants.get(token_hash=token_hash(secret(second, session)))
    assert ghost.tag in second.get(f"/s/{session.code}/here/").text
    assert go_on(second, session, short_code(first, session)) == 302
    ghost.refresh_from_db()
    assert ghost.retired_at is not None
    assert session.participants.filter(retired_at=None).count() == 1


def test_who_waits_to_be_let_in_and_was_here_already_waits_no_more(session: Session) -> None:
    old, new = joined(session), Client()
    session.approval = True
    session.save(update_fields=["approval"])
    new.post(f"/join/{session.code}/", {"sector": session.programme.sectors.get(key="overheden").public_id})
    assert JoinRequest.objects.count() == 1
    assert f'href="/s/{session.code}/here/"' in new.get(f"/join/{session.code}/").text
    assert go_on(new, session, short_code(old, session)) == 302
    assert JoinRequest.objects.count() == 0
    assert new.get(f"/s/{session.code}/").status_code == 200
    assert session.participants.count() == 1


def test_pressing_twice_is_one_move(session: Session) -> None:
    old, new = joined(session), Client(enforce_csrf_checks=True)
    code = short_code(old, session)
    page = new.get(f"/s/{session.code}/here/")
    found = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert found is not None
    typed = {"code": code, "csrfmiddlewaretoken": found[1]}
    assert new.post(f"/s/{session.code}/here/", typed | {"csrfmiddlewaretoken": "x"}).status_code == 403
    first = new.post(f"/s/{session.code}/here/", typed)
    token = secret(new, session)
    del new.cookies[f"p_{session.public_id}"]
    second = new.post(f"/s/{session.code}/here/", typed)
    assert (first.status_code, second.status_code, secret(new, session)) == (302, 302, token)


@pytest.mark.parametrize("typed", ["", "QQQQQQQQ", "QQQQ-QQQQ-QQQQ-QQQQ", "abc", "\0\ud800"])
def test_a_wrong_code_says_so_and_stays_to_be_compared(session: Session, client: Client, typed: str) -> None:
    answer = client.post(f"/s/{session.code}/here/", {"code": typed.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 404
    assert "Bij deze code hoort hier niemand" in answer.text
    assert session.participants.count() == 0


def test_guesses_are_braked_and_a_right_code_is_let_in_while_wrong_ones_wait(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert view.move_brake._rates == CODES
    few = Rates(plain=Rate(6, 20), further=Rate(4, 20), common=Rate(100, 120), own=Rate(2, 1))
    monkeypatch.setattr(view, "move_brake", GuessLimiter(few, clock=lambda: 0.0))  # no minute passes meanwhile
    old, guesser = joined(session), Client()

    def guess(number: int) -> int:
        return go_on(guesser, session, "QQQQQQ" + CODE_ALPHABET[number // 31] + CODE_ALPHABET[number % 31])

    assert [guess(number) for number in range(9)] == [404] * 6 + [429] * 3
    new = Client()
    assert go_on(new, session, short_code(old, session)) == 302
    assert guess(20) == 429
    # Nothing is left, but people of the session are here: a right code is still looked at.
    newer = Client()
    assert go_on(newer, session, short_code(new, session)) == 302
    assert {guess(number) for number in range(30, 40)} == {429}
    # From where nobody of the session is, nothing but a receipt is.
    places.forget()
    code = short_code(newer, session)
    receipt = receipt_code(secret(newer, session))
    places.forget()
    assert go_on(Client(), session, code) == 429
    assert go_on(Client(), session, receipt) == 302


def test_where_people_of_one_session_are_codes_of_another_are_not_guessed(
    session: Session, second_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = Rates(plain=Rate(0, 0), further=Rate(0, 0), common=Rate(100, 120), own=Rate(2, 1))
    monkeypatch.setattr(view, "move_brake", GuessLimiter(none, clock=lambda: 0.0))
    joined(session)
    elsewhere = joined(second_session)
    code = short_code(elsewhere, second_session)
    places.forget()
    joined(session)
    assert go_on(Client(), second_session, code) == 429


def test_only_a_phone_of_the_session_gets_a_code(session: Session, second_session: Session) -> None:
    address = f"/api/v1/sessions/{second_session.code}/move-code"
    assert Client().post(address).json()["error"]["code"] == "auth.not_joined"
    assert joined(session).post(address).json()["error"]["code"] == "auth.not_joined"
    person = joined(second_session)
    assert person.post(address, headers={"origin": "https://elsewhere.example"}).status_code == 403
    session_person = second_session.participants.get()
    second_session.participants.update(retired_at=session_person.joined_at)
    assert person.post(address).json()["error"]["code"] == "auth.retired"


def test_nobody_has_codes_made_faster_than_anybody_could_type_them(session: Session) -> None:
    """Each is a commit beside the writer: a phone that asks for them without end would hold up the room's dots."""
    address = f"/api/v1/sessions/{session.code}/move-code"
    greedy, other = joined(session), joined(session)
    told = [greedy.post(address) for _ in range(30)]
    assert [answer.status_code for answer in told] == [201] * 6 + [429] * 24
    assert told[-1].json()["error"]["code"] == "rate.slow_down"
    assert "Retry-After" in told[-1].headers
    # The last one that was given is good, and others have theirs.
    assert go_on(Client(), session, told[5].json()["code"]) == 302
    assert other.post(address).status_code == 201


def test_a_page_of_before_sent_once_more_leads_to_a_fresh_secret(session: Session) -> None:
    """There, back, and there again by the browser's Back: the secret of a browser that was left is never good again."""
    old, new = joined(session), Client(enforce_csrf_checks=True)
    receipt = receipt_code(secret(old, session))
    page = new.get(f"/s/{session.code}/here/")
    found = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert found is not None
    typed = {"code": receipt, "csrfmiddlewaretoken": found[1]}
    secrets = []
    for _ in range(3):
        assert new.post(f"/s/{session.code}/here/", typed).status_code == 302
        secrets.append(secret(new, session))
        assert session.participants.get().token_hash == token_hash(secrets[-1])
        assert go_on(old, session, receipt) == 302
    assert len(set(secrets)) == 3
