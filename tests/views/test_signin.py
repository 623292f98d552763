"""Members sign in with a password or a one-time link."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django import Settings

from sessions.live.guess_limiter import PASSWORDS, GuessLimiter
from sessions.models import Member, Session, SignInLink
from sessions.views import signin
from sessions.views.signin import new_sign_in_link


@pytest.fixture
def link(session: Session) -> str:
    member = Member.objects.get(username="facilitator")
    return new_sign_in_link(member, next_path=f"/s/{session.code}/console/", base="")


def test_a_link_shows_a_button_and_pressing_it_signs_in_once(session: Session, link: str) -> None:
    browser = Client()
    for _ in range(2):
        page = browser.get(link)
        assert (page.status_code, "<form" in page.text) == (200, True)
    answer = browser.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/s/{session.code}/console/")
    assert browser.get(answer.headers["Location"]).status_code == 200
    for again in (Client().get(link), Client().post(link)):
        assert again.status_code == 410
        assert "<h1>Deze link werkt niet meer</h1>" in again.text


def test_one_of_many_presses_at_once_signs_in(link: str) -> None:
    def press(_: int) -> int:
        try:
            return Client().post(link).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as presses:
        answers = sorted(presses.map(press, range(6)))
    assert answers == [302, 410, 410, 410, 410, 410]


def test_a_link_lasts_a_day_and_only_its_hash_is_kept(link: str) -> None:
    kept = SignInLink.objects.get()
    assert kept.token_hash not in link and link.strip("/").split("/")[1] not in str(vars(kept))
    assert timedelta(hours=23, minutes=59) < kept.expires_at - timezone.now() <= timedelta(hours=24)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post(link).status_code == 410


def test_who_runs_a_session_makes_a_link_for_another_device(session: Session, facilitator: Client) -> None:
    """It signs in the same member, on the same console, once and for ten minutes."""
    console = f"/s/{session.code}/console/"
    made = facilitator.post(f"{console}link/")
    assert "no-store" in made.headers["Cache-Control"]
    answer = made.json()
    assert sorted(answer["qr"]) == ["path", "size"]
    kept = SignInLink.objects.get()
    assert kept.member.username == "facilitator"
    assert abs(kept.expires_at.timestamp() * 1000 - answer["until"]) < 1000
    assert timedelta(minutes=9, seconds=50) < kept.expires_at - timezone.now() <= timedelta(minutes=10)
    path = "/" + answer["url"].split("/", 3)[3]
    second = Client()
    assert second.post(path).headers["Location"] == console
    assert second.get(console).status_code == 200
    assert Client().post(path).status_code == 410
    # The first one goes on.
    assert facilitator.get(console).status_code == 200


def test_making_a_link_for_oneself_needs_the_form_token(session: Session, facilitator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = facilitator.cookies
    assert strict.post(f"/s/{session.code}/console/link/").status_code == 403
    assert not SignInLink.objects.exists()


def test_a_link_of_a_closed_account_does_not_work(link: str) -> None:
    Member.objects.update(is_active=False)
    assert Client().post(link).status_code == 410


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_a_link_leads_to_no_other_site(session: Session, path: str) -> None:
    link = new_sign_in_link(Member.objects.get(username="core"), next_path=path, base="")
    assert Client().post(link).headers["Location"] == "/programmes/"


@pytest.mark.parametrize("token", ["nothing", "%00", "é" * 30, "x" * 3000])
def test_an_unknown_link_is_a_page(client: Client, session: Session, token: str) -> None:
    assert client.get(f"/link/{token}/").status_code == 410


def test_a_password_signs_in_and_leads_back(session: Session, client: Client) -> None:
    member = Member.objects.get(username="facilitator")
    member.set_password("a rather long one")
    member.save()
    console = f"/s/{session.code}/console/"
    asked = client.get(console)
    assert asked.headers["Location"] == f"/signin/?next={console}"
    page = client.get(asked.headers["Location"])
    assert f'name="next" value="{console}"' in page.text
    wrong = client.post("/signin/", {"login": "facilitator", "password": "not it", "next": console})
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text and "not it" not in wrong.text
    right = client.post("/signin/", {"login": "facilitator", "password": "a rather long one", "next": console})
    assert (right.status_code, right.headers["Location"]) == (302, console)
    assert client.get(console).status_code == 200
    out = client.post("/signout/")
    assert out.status_code == 200
    assert client.get(console).status_code == 302


def test_signing_in_leads_to_no_other_site(session: Session, client: Client) -> None:
    member = Member.objects.get(username="core")
    member.set_password("a rather long one")
    member.save()
    values = {"login": "core", "password": "a rather long one", "next": "https://evil.example/"}
    assert client.post("/signin/", values).headers["Location"] == "/programmes/"


def test_an_account_without_a_password_cannot_be_guessed(session: Session, client: Client) -> None:
    for password in ("", "!", "facilitator"):
        assert client.post("/signin/", {"login": "facilitator", "password": password}).status_code == 400


def guess(name: str = "core", *, address: str = "192.0.2.1", host: str = "testserver", password: str = "guess") -> int:  # noqa: S107
    """Try a password; return the status."""
    values = {"login": name, "password": password}
    return Client(REMOTE_ADDR=address).post("/signin/", values, headers={"Host": host}).status_code


@pytest.fixture
def password(session: Session, monkeypatch: pytest.MonkeyPatch, settings: Any) -> str:
    """The password of core, by a hash that is quickly made. No minute passes meanwhile."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(signin, "password_brake", GuessLimiter(PASSWORDS, clock=lambda: 0.0))
    member = Member.objects.get(username="core")
    member.email = "core@example.org"
    member.set_password("a rather long one")
    member.save()
    return "a rather long one"


def test_a_right_password_is_let_in_while_wrong_ones_wait(password: str) -> None:
    plain, further = int(PASSWORDS.plain.burst), int(PASSWORDS.further.burst)
    assert [guess() for _ in range(plain + 2)] == [400] * plain + [429] * 2
    assert guess(password=password) == 302
    assert {guess() for _ in range(further)} == {429}
    assert guess(password=password) == 429


def leave_known(by: str, password: str) -> Client:
    """Sign core in and out again; return the browser, at the address of whoever guesses."""
    browser = Client(REMOTE_ADDR="192.0.2.1")
    if by == "password":
        answer = browser.post("/signin/", {"login": "core", "password": password})
    else:
        answer = browser.post(new_sign_in_link(Member.objects.get(username="core"), base=""))
    assert answer.status_code == 302
    assert browser.post("/signout/").status_code == 200
    return browser


def try_in(browser: Client, password: str, *, name: str = "core") -> int:
    return browser.post("/signin/", {"login": name, "password": password}).status_code


@pytest.mark.parametrize("by", ["password", "link"])
@pytest.mark.parametrize("aim", ["core", "nobody"])
def test_a_browser_that_was_signed_in_before_is_let_in_behind_the_address_of_a_guesser(
    password: str, by: str, aim: str
) -> None:
    """Whatever account is guessed at there, and also when nothing of the account is left."""
    browser = leave_known(by, password)
    for _ in range(int(PASSWORDS.plain.burst + PASSWORDS.further.burst)):
        guess(aim)
    assert guess(password=password) == 429, "another browser"
    assert try_in(browser, password) == 302


def test_the_mark_of_a_known_browser_is_good_for_its_account_only_and_for_few_guesses(password: str) -> None:
    other = Member.objects.get(username="facilitator")
    other.set_password(password)
    other.save()
    browser = leave_known("password", password)
    (mark,) = [name for name in browser.cookies if name.startswith("known_")]
    kept = browser.cookies[mark]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/signin/")
    for _ in range(int(PASSWORDS.plain.burst + PASSWORDS.further.burst)):
        guess("nobody")
    assert try_in(browser, password, name="facilitator") == 429
    forger = Client(REMOTE_ADDR="192.0.2.1")
    for value in ("x", f"{kept.value}x", f"y{kept.value}", kept.value.partition(":")[0]):
        forger.cookies[mark] = value
        assert try_in(forger, password) == 429
    plain, further = int(PASSWORDS.plain.burst), int(PASSWORDS.further.burst)
    assert [try_in(browser, "guess") for _ in range(plain + further)] == [400] * plain + [429] * further
    assert try_in(browser, password) == 429, "this browser guessed too often itself"


def test_an_account_that_is_guessed_at_from_everywhere_lets_its_owner_in(password: str) -> None:
    """What is left of the account is spent; each address has some tries of its own, and no more."""
    own = int(PASSWORDS.own.burst)
    for address in range(8):
        for _ in range(own):
            guess(address=f"198.51.100.{address}")
    assert guess(password=password, address="192.0.2.7") == 302
    assert [guess(address="192.0.2.7") for _ in range(own + 1)] == [400] * own + [429]
    assert guess(password=password, address="192.0.2.7") == 429
    # Another account is none the worse.
    assert guess("facilitator", address="192.0.2.8") == 400


@pytest.mark.parametrize("names", [("core",), ("core", "CORE", " core", "core@example.org", "Core@Example.org")])
def test_wrong_passwords_are_counted_whatever_the_server_and_the_account_are_called(
    password: str, names: tuple[str, ...]
) -> None:
    total = int(PASSWORDS.common.burst + PASSWORDS.own.burst)
    answers = [
        guess(names[number % len(names)], address=f"198.51.100.{number // 7}", host=f"name{number}.example")
        for number in range(28)
    ] + [guess(names[-1], address="203.0.113.1", host=f"other{number}.example") for number in range(total - 28 + 1)]
    assert answers == [400] * total + [429]


def test_a_name_that_nobody_has_is_braked_like_one_that_somebody_has(password: str) -> None:
    asked = int(PASSWORDS.plain.burst + PASSWORDS.further.burst) + 1
    known = [guess(address="192.0.2.3") for _ in range(asked)]
    assert [guess("nobody", address="192.0.2.4") for _ in range(asked)] == known


def test_nobody_can_sign_up_or_reset() -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "account_change_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_the_address_alone_signs_nobody_out(facilitator: Client, session: Session) -> None:
    assert facilitator.get("/signout/").status_code == 302
    assert facilitator.get(f"/s/{session.code}/console/").status_code == 200


def test_the_command_prints_the_address_of_the_server_that_runs(
    session: Session,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    settings.DATA_DIR = tmp_path
    call_command("sign_in_link", "core")
    assert "No server runs" in capsys.readouterr().err
    (tmp_path / "run.json").write_text('{"join": "http://192.0.2.7:9000/join/ABCDEF/"}')
    call_command("sign_in_link", "core")
    told = capsys.readouterr()
    assert told.out.startswith("http://192.0.2.7:9000/link/")
    assert told.err == ""
    monkeypatch.setenv("PUBLIC_URL", "https://workshops.example.org")
    settings.PUBLIC_URL = "https://workshops.example.org"
    call_command("sign_in_link", "core")
    assert capsys.readouterr().out.startswith("https://workshops.example.org/link/")


def test_the_command_prints_a_link(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sign_in_link", "core", next="/programmes/")
    address = capsys.readouterr().out.strip()
    answer = Client().post("/" + address.split("/", 3)[3])
    assert (answer.status_code, answer.headers["Location"]) == (302, "/programmes/")
    with pytest.raises(CommandError):
        call_command("sign_in_link", "nobody")
