"""A form at another address than PUBLIC_URL: the page and the log name both."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from pytest_django import Settings

from sessions.live import origin
from sessions.models import Session

HERE, THERE = "http://192.0.2.7:8000", "https://workshops.example.org"
PASSWORDS = {"login": "core", "password": "whatever"}


@pytest.fixture
def elsewhere(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A server that was set up for HTTPS under a name."""
    monkeypatch.setattr(origin, "_told", set())
    settings.PUBLIC_URL, settings.HTTPS, settings.CSRF_TRUSTED_ORIGINS = THERE, True, [THERE]
    settings.CSRF_COOKIE_SECURE = settings.SESSION_COOKIE_SECURE = True
    return settings


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/signin/", "/join/{code}/"])
def test_a_form_that_cannot_work_names_both_addresses(
    elsewhere: Settings, session: Session, caplog: pytest.LogCaptureFixture, place: str
):
    path = place.format(code=session.code)
    browser = Client(enforce_csrf_checks=True, headers={"host": "192.0.2.7:8000", "origin": HERE})
    with caplog.at_level(logging.WARNING, logger="sessions.live.origin"):
        answers = [browser.post(path, PASSWORDS) for _ in range(3)]
    for answer in answers:
        assert answer.status_code == 403
        assert HERE in answer.text and THERE in answer.text
        assert f'href="{THERE}{path}"' in answer.text
    (line,) = [record.getMessage() for record in caplog.records if record.name == "sessions.live.origin"]
    assert HERE in line and THERE in line


@pytest.mark.django_db
def test_the_sign_in_page_says_so_before_somebody_types(elsewhere: Settings):
    told = Client(headers={"host": "192.0.2.7:8000"}).get("/signin/").text
    assert HERE in told and THERE in told
    assert "PUBLIC_URL" not in Client(headers={"host": "localhost:8000"}).get("/signin/").text
    fine = Client(headers={"host": "workshops.example.org", "x-forwarded-proto": "https"})
    assert "PUBLIC_URL" not in fine.get("/signin/", secure=True).text


@pytest.mark.django_db
def test_a_proxy_that_changes_the_name_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """Without it the browser's own address would be the server's, and the form would work."""
    monkeypatch.setattr(origin, "_told", set())
    settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = "http://localhost:8000", ["http://localhost:8000"]
    changed = Client(enforce_csrf_checks=True, headers={"host": "app:8000", "origin": "https://people.example.org"})
    answer = changed.post("/signin/", PASSWORDS)
    assert "https://people.example.org" in answer.text and "http://localhost:8000" in answer.text


@pytest.mark.django_db
def test_a_form_that_is_only_old_says_nothing_of_addresses(settings: Settings):
    settings.PUBLIC_URL = "http://192.0.2.7:8000"
    for host in ("localhost:8000", "192.0.2.7:8000"):
        answer = Client(enforce_csrf_checks=True, headers={"host": host, "origin": f"http://{host}"}).post("/signin/")
        assert answer.status_code == 403
        assert "PUBLIC_URL" not in answer.text


def test_what_is_logged_is_an_address_and_not_much(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    monkeypatch.setattr(origin, "_told", set())
    with caplog.at_level(logging.WARNING, logger="sessions.live.origin"):
        origin.tell_other_address("https://a.example\nforged line")
        for number in range(100):
            origin.tell_other_address(f"https://{number}.example")
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == origin.TOLD_MOST
    assert "forged" not in "".join(said)
