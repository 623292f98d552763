"""Members are invited by a one-time link, given a role and ended; and who makes the very first account."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from sessions.domain.memberships import invite
from sessions.enums import Role
from sessions.models import Invitation, Member, Membership, Programme, Session

from .conftest import sign_in
from .programme_pages import ENGLISH, PROGRAMME

MEMBERS = f"{PROGRAMME}members/"
ACCOUNT = {"name": "Ada <Byron>", "login": "ada@example.org", "password": "analytical engine"}


@pytest.fixture
def programme(session: Session) -> Programme:
    return session.programme


def link_in(text: str) -> str:
    found = re.search(r'value="http[^"]*(/invitation/[^"]+)"', text)
    assert found is not None
    return found.group(1)


def invited(core: Client, **more: str) -> str:
    return link_in(core.post(MEMBERS, {"role": "facilitator"} | more, headers=ENGLISH).text)


def role_of(name: str, programme: Programme) -> str | None:
    found = Membership.objects.filter(member__username=name, programme=programme)
    return found.values_list("role", flat=True).first()


def test_somebody_new_comes_in_by_the_link(programme: Programme, core: Client) -> None:
    link = invited(core, name="Ada", email="ada@example.org")
    assert mail.outbox == [], "this server sends no mail"
    assert "Ada" in core.get(MEMBERS, headers=ENGLISH).text and link not in core.get(MEMBERS).text
    assert not Invitation.objects.filter(token_hash=link.split("/")[2]).exists(), "only its hash is kept"
    browser = Client()
    page = browser.get(link, headers=ENGLISH).text
    assert "Your role: Facilitator." in page and 'value="ada@example.org"' in page
    assert not Member.objects.filter(email="ada@example.org").exists(), "opening it changes nothing"
    answer = browser.post(link, ACCOUNT, headers=ENGLISH)
    assert answer.headers["Location"] == PROGRAMME
    assert browser.get(PROGRAMME).status_code == 200
    assert role_of("ada@example.org", programme) == "facilitator"
    page = core.get(MEMBERS, headers=ENGLISH).text
    assert "Ada &lt;Byron&gt;" in page and "Invited, not here yet" not in page
    assert Client().get(link, headers=ENGLISH).status_code == 410
    assert Client().post(link, ACCOUNT | {"login": "eve"}).status_code == 410
    again = Client()
    again.post("/signin/", {"login": "ada@example.org", "password": ACCOUNT["password"]})
    assert again.get(PROGRAMME).status_code == 200


def test_who_has_an_account_joins_with_it(programme: Programme, core: Client) -> None:
    Member.objects.create_user("eva")
    browser, link = sign_in("eva"), invited(core, role="steering")
    assert "You are signed in as eva." in browser.get(link, headers=ENGLISH).text
    browser.post(link)
    assert role_of("eva", programme) == "steering"
    another = invited(core)
    assert f"/signin/?next={another}" in Client().get(another).text


def test_who_has_a_role_keeps_it(programme: Programme, core: Client) -> None:
    core.post(invited(core, role="steering"))
    assert role_of("core", programme) == "core"


@pytest.mark.parametrize("how", ["used", "expired", "taken back", "another programme's"])
def test_a_link_that_no_longer_works(programme: Programme, elsewhere: Session, core: Client, how: str) -> None:
    link = invited(core)
    made = Invitation.objects.get()
    if how == "used":
        Client().post(link, ACCOUNT)
    elif how == "expired":
        Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    elif how == "taken back":
        core.post(f"{PROGRAMME}invitations/{made.public_id}/withdraw/")
    else:
        Invitation.objects.update(programme=elsewhere.programme)
        core.post(f"{PROGRAMME}invitations/{made.public_id}/withdraw/")
        assert Invitation.objects.filter(pk=made.pk).exists(), "only its own are taken back"
        return
    before = Member.objects.count()
    for answer in (Client().get(link, headers=ENGLISH), Client().post(link, ACCOUNT | {"login": "x"}, headers=ENGLISH)):
        assert answer.status_code == 410 and "This link no longer works" in answer.text
    assert Member.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Fill this in."),
        ({"login": " "}, "Fill this in."),
        ({"login": "CORE"}, "Somebody has this name already."),
        ({"password": "kort"}, "too short"),
        ({"password": "password1234"}, "too common"),
    ],
)
def test_an_account_is_not_made(programme: Programme, core: Client, wrong: dict[str, str], said: str) -> None:
    link, before = invited(core), Member.objects.count()
    answer = Client().post(link, ACCOUNT | wrong, headers=ENGLISH)
    assert answer.status_code == 400 and said in answer.text
    assert (ACCOUNT | wrong)["password"] not in answer.text
    assert Member.objects.count() == before
    assert Client().get(link).status_code == 200, "the link still works"


@pytest.mark.parametrize(
    ("password", "said"),
    [("kort", "Dit wachtwoord is te kort: minstens 10 tekens."), ("password1234", "Dit wachtwoord is te algemeen.")],
)
def test_a_password_is_refused_in_dutch(programme: Programme, core: Client, password: str, said: str) -> None:
    answer = Client().post(invited(core), ACCOUNT | {"password": password}, headers={"Accept-Language": "nl"})
    assert answer.status_code == 400 and said in answer.text


def test_the_last_one_of_the_core_team_stays(programme: Programme, core: Client) -> None:
    page = f"{MEMBERS}{Member.objects.get(username='core').pk}/"
    for sent in ({"act": "end"}, {"act": "role", "role": "steering"}):
        answer = core.post(page, sent, headers=ENGLISH)
        assert answer.status_code == 409 and "This is the last one of the core team." in answer.text
    assert role_of("core", programme) == "core"


def test_a_role_is_changed_and_ended(programme: Programme, core: Client, facilitator: Client) -> None:
    page = f"{MEMBERS}{Member.objects.get(username='facilitator').pk}/"
    core.post(page, {"act": "role", "role": "core"})
    assert facilitator.get(MEMBERS).status_code == 200
    core.post(page, {"act": "end"})
    assert facilitator.get(PROGRAMME).status_code == 403
    assert core.post(page, {"act": "role", "role": "king"}).status_code == 400


def test_last_seen(programme: Programme, core: Client, facilitator: Client) -> None:
    assert "not seen yet" in core.get(MEMBERS, headers=ENGLISH).text
    facilitator.get(PROGRAMME)
    assert "not seen yet" not in core.get(MEMBERS, headers=ENGLISH).text
    seen = Membership.objects.get(member__username="facilitator")
    facilitator.get(PROGRAMME)
    again = Membership.objects.get(pk=seen.pk)
    assert again.seen_at == seen.seen_at, "once an hour is enough"


def test_who_may_make_programmes(programme: Programme, core: Client, facilitator: Client) -> None:
    assert facilitator.get("/programmes/new/").status_code == 403
    page = f"{MEMBERS}{Member.objects.get(username='facilitator').pk}/"
    core.post(page, {"act": "makes"})
    assert facilitator.get("/programmes/new/").status_code == 200
    own = f"{MEMBERS}{Member.objects.get(username='core').pk}/"
    core.post(own, {"act": "makes-not"})
    assert core.get("/programmes/new/").status_code == 403
    assert core.post(page, {"act": "makes-not"}).status_code == 403, "who may not, lets nobody"
    Membership.objects.filter(member__username="facilitator").update(role="core")
    assert facilitator.post(page, {"act": "makes-not"}).status_code == 409, "somebody has to be able to"


def test_a_command_lets_somebody_make_programmes(
    programme: Programme, facilitator: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("programme_maker", "facilitator")
    assert capsys.readouterr().out == "facilitator may make programmes.\n"
    assert facilitator.get("/programmes/new/").status_code == 200
    with pytest.raises(CommandError, match="There is no active member called nobody"):
        call_command("programme_maker", "nobody")


def test_a_page_is_read_where_nothing_can_be_written(programme: Programme, core: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
        try:
            assert core.get(PROGRAMME).status_code == 200
        finally:
            cursor.execute("PRAGMA query_only=OFF")
    assert Membership.objects.get(member__username="core").seen_at is None


def test_the_link_is_mailed(programme: Programme, core: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    answer = core.post(MEMBERS, {"role": "core", "email": "ada@example.org"}, headers=ENGLISH)
    assert "It was sent by mail." in answer.text
    (sent,) = mail.outbox
    assert sent.to == ["ada@example.org"] and link_in(answer.text) in sent.body
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = core.post(MEMBERS, {"role": "core", "email": "ada@example.org"}, headers=ENGLISH)
    assert answer.status_code == 200
    assert "Sending it by mail did not work: pass it on yourself." in answer.text and link_in(answer.text)


@pytest.mark.usefixtures("transactional_db")
def test_the_first_account(capsys: pytest.CaptureFixture[str]) -> None:
    def first_link() -> str:
        call_command("first_account")
        return "/" + capsys.readouterr().out.strip().split("/", 3)[3]

    old, link = first_link(), first_link()
    assert Client().get(old).status_code == 410, "another one was printed since"
    browser = Client()
    assert "The first account" in browser.get(link, headers=ENGLISH).text
    answer = browser.post(link, ACCOUNT, headers=ENGLISH)
    assert answer.headers["Location"] == "/programmes/new/"
    assert browser.get("/programmes/new/").status_code == 200
    assert Client().get(link).status_code == 410
    with pytest.raises(CommandError, match="Somebody has an account already"):
        call_command("first_account")


def test_a_first_link_is_void_once_somebody_has_an_account(programme: Programme) -> None:
    _, token = invite(programme=None, role=Role.CORE)
    assert Client().get(f"/invitation/{token}/").status_code == 410
    assert Client().post(f"/invitation/{token}/", ACCOUNT).status_code == 410
