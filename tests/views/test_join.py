"""The way in: the code, the O, and who one is afterwards."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from sessions.models import Session
from sessions.models.ids import token_hash
from sessions.views.access import session_by_code, tidy_code

from .conftest import join


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_code_is_found_as_people_type_it(session: Session, client: Client, method: str) -> None:
    typed = f" {session.code[:3].lower()}-{session.code[3:].lower()} "
    answer = getattr(client, method)("/", {"code": typed})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/join/{session.code}/")


@pytest.mark.parametrize(
    "way", ["http://testserver/join/{}/", "testserver/{}", " https://testserver/s/{}/?lang=nl ", "/{}#x"]
)
def test_a_pasted_address_leads_in(session: Session, client: Client, way: str) -> None:
    answer = client.post("/", {"code": way.format(session.code.lower())})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/join/{session.code}/")


def test_the_code_behind_the_host_leads_in(session: Session, client: Client) -> None:
    answer = client.get(f"/{session.code}", follow=True)
    assert [place for place, _ in answer.redirect_chain] == [f"/{session.code}/", f"/join/{session.code}/"]
    assert "data-sector" in answer.text
    assert client.get("/signin").headers["Location"] == "/signin/"
    assert client.get("/NOSUCH1/").status_code == 404


@pytest.mark.parametrize(("code", "typed"), [("ABQ234", "ab0 234"), ("ABQ234", "ABO234"), ("KO2222", "k02222")])
def test_o_and_0_are_taken_for_each_other(session: Session, code: str, typed: str) -> None:
    Session.objects.filter(pk=session.pk).update(code=code)
    found = session_by_code(typed)
    assert found is not None and found.pk == session.pk


def test_tidying_takes_nothing_that_a_database_would_refuse() -> None:
    assert tidy_code("a\0b\ud800é１２ ü—c" + "X" * 100) == "AB12CXXXXXXXXXXX"


@pytest.mark.parametrize("code", ["", "   ", "ZZZZZZ", "\0\0", "'; --", "é" * 50])
def test_an_unknown_code_says_so(session: Session, client: Client, code: str) -> None:
    answer = client.post("/", {"code": code})
    assert answer.status_code == 404
    assert "Er is geen sessie met deze code" in answer.text


@pytest.mark.parametrize("path", ["/join/ZZZZZZ/", "/s/ZZZZZZ/", "/s/ZZZZZZ/stage/"])
def test_an_unknown_code_in_an_address_is_a_page_that_says_so(session: Session, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>Er is geen sessie met deze code</h1>" in answer.text


@pytest.mark.parametrize(
    ("name", "button"), [("Onderwijs", "Doe mee vanuit onderwijs"), ("Scholen", "Doe mee: Scholen")]
)
def test_the_button_names_an_o_as_it_is_called(session: Session, client: Client, name: str, button: str) -> None:
    """An O that was renamed keeps its key; the sentence of its old name is not its own any more."""
    session.programme.sectors.filter(key="onderwijs").update(name_nl=name)
    found = re.findall(r'<span class="as">(.+?)</span>', client.get(f"/join/{session.code}/").text)
    assert sorted(found) == sorted(
        [button, "Doe mee vanuit onderzoek", "Doe mee als ondernemer", "Doe mee als overheid"]
    )


def test_joining_makes_a_person_and_keeps_only_the_hash(session: Session, client: Client) -> None:
    page = client.get(f"/join/{session.code}/")
    assert page.status_code == 200
    for key in ("onderwijs", "onderzoek", "ondernemers", "overheden"):
        assert f'data-sector="{key}"' in page.text
    join(client, session, "onderzoek")
    person = session.participants.get()
    cookie = client.cookies[f"p_{session.public_id}"]
    assert person.sector.key == "onderzoek"
    assert person.token_hash == token_hash(cookie.value)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == ("/", True, "Lax", "")
    assert int(cookie["max-age"]) == 365 * 24 * 3600

    # Whose page it is the page's own script may know, from when the page has come; until then nobody's.
    assert client.cookies["seed"].value == ""
    client.get(f"/s/{session.code}/")
    seed = client.cookies["seed"]
    assert (seed.value, seed["path"], seed["httponly"]) == (str(person.order_seed), f"/s/{session.code}/", "")


def test_who_joined_stays_the_same_person(session: Session, phone: Client) -> None:
    for path in (f"/join/{session.code}/", f"/join/{session.code.lower()}/"):
        answer = phone.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/s/{session.code}/")
    sector = session.programme.sectors.get(key="overheden")
    phone.post(f"/join/{session.code}/", {"sector": sector.public_id})
    assert session.participants.get().sector.key == "onderwijs"
    assert phone.get(f"/s/{session.code}/").status_code == 200


def test_a_retired_phone_can_join_again_as_somebody_new(session: Session, phone: Client) -> None:
    old = session.participants.get()
    old.retired_at = old.joined_at
    old.save()
    assert phone.get(f"/join/{session.code}/").status_code == 200
    join(phone, session, "overheden")
    assert session.participants.count() == 2
    assert phone.cookies[f"p_{session.public_id}"].value
    assert session.participants.exclude(pk=old.pk).get().sector.key == "overheden"


def test_a_cookie_of_one_session_is_nothing_in_another(
    session: Session, second_session: Session, phone: Client
) -> None:
    token = phone.cookies[f"p_{session.public_id}"].value
    phone.cookies[f"p_{second_session.public_id}"] = token
    answer = phone.get(f"/s/{second_session.code}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/join/{second_session.code}/")


def test_a_locked_session_lets_in_only_who_joined_before(session: Session, phone: Client, client: Client) -> None:
    session.locked = True
    session.save(update_fields=["locked"])
    sector = session.programme.sectors.first()
    assert sector is not None
    for answer in (
        client.get(f"/join/{session.code}/"),
        client.post(f"/join/{session.code}/", {"sector": sector.public_id}),
    ):
        assert answer.status_code == 403
        assert "<h1>Deze sessie laat niemand meer binnen</h1>" in answer.text
        # Once the facilitator opened the door, one press leads in.
        assert f'href="/join/{session.code}/"' in answer.text
        assert f'href="/s/{session.code}/here/"' in answer.text
    assert phone.get(f"/join/{session.code}/").status_code == 302
    assert phone.get(f"/s/{session.code}/").status_code == 200
    assert session.participants.count() == 1


@pytest.mark.parametrize("sector", [None, "", "nothing", "\0", "x" * 5000, "é"])
def test_an_unknown_o_is_asked_again(session: Session, client: Client, sector: str | None) -> None:
    answer = client.post(f"/join/{session.code}/", {} if sector is None else {"sector": sector})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert not session.participants.exists()


def test_an_o_of_another_programme_is_unknown(session: Session, elsewhere: Session, client: Client) -> None:
    sector = elsewhere.programme.sectors.get()
    assert client.post(f"/join/{session.code}/", {"sector": sector.public_id}).status_code == 400


def test_two_taps_on_the_button_are_one_person(session: Session) -> None:
    first = Client(enforce_csrf_checks=True)
    token = token_on(first.get(f"/join/{session.code}/").text)
    sectors = [sector.public_id for sector in session.programme.sectors.all()]

    def tap(number: int) -> str:
        browser = Client(enforce_csrf_checks=True)
        browser.cookies["csrftoken"] = first.cookies["csrftoken"].value
        values = {"csrfmiddlewaretoken": token, "sector": sectors[number % 2]}
        try:
            assert browser.post(f"/join/{session.code}/", values).status_code == 302
            return str(browser.cookies[f"p_{session.public_id}"].value)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as taps:
        tokens = set(taps.map(tap, range(4)))
    assert len(tokens) == 1
    assert session.participants.get().token_hash == token_hash(tokens.pop())


def test_a_form_from_another_site_is_refused(session: Session) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(f"/join/{session.code}/", {"sector": "onderwijs"})
    assert answer.status_code == 403
    assert not session.participants.exists()


@pytest.mark.parametrize("form", ["/join/{}/", "/s/{}/here/", "/signin/"])
def test_a_browser_that_refuses_cookies_is_told_so(session: Session, form: str) -> None:
    path, browser = form.format(session.code), Client(enforce_csrf_checks=True)
    token = token_on(browser.get(path).text)
    browser.cookies.clear()
    answer = browser.post(path, {"sector": "onderwijs", "csrfmiddlewaretoken": token})
    assert answer.status_code == 403
    assert "<h1>Deze browser stuurde geen cookies mee</h1>" in answer.text
    assert f'href="{path}"' in answer.text
    assert not session.participants.exists()


def test_a_form_that_is_older_than_its_cookie_has_expired(session: Session) -> None:
    path, browser = f"/join/{session.code}/", Client(enforce_csrf_checks=True)
    token = token_on(browser.get(path).text)
    browser.cookies.clear()
    browser.get(path)
    answer = browser.post(path, {"sector": "onderwijs", "csrfmiddlewaretoken": token})
    assert answer.status_code == 403
    assert "<h1>Dit formulier is verlopen</h1>" in answer.text


def test_a_page_that_waits_does_not_come_anew_by_itself(session: Session, client: Client) -> None:
    Session.objects.filter(pk=session.pk).update(approval=True)
    client.post(f"/join/{session.code}/", {"sector": session.programme.sectors.get(key="onderwijs").public_id})
    page = client.get(f"/join/{session.code}/")
    assert "Refresh" not in page.headers and "http-equiv" not in page.text
    (without_script,) = re.findall("<noscript>(.*?)</noscript>", page.text)
    assert '<a href="?">Kijk opnieuw</a>' in without_script
    assert "data-look=" in page.text


def token_on(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]{64})"', page)
    assert found is not None
    return found[1]
