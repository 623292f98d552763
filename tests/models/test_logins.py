"""The cookie by which a member is signed in stands in no table; one that a version before kept goes on to its end."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from django.urls import reverse

from sessions.domain.authorisation import Login, MemberRight, find_login, judge_members
from sessions.errors import Code
from sessions.models.logins import SessionStore

from ..domain.test_deletion import everything
from ..factory import SessionHarness, make_room
from ..live.client import member_cookies

pytestmark = pytest.mark.usefixtures("database")


def sign_in(room: SessionHarness) -> str:
    (cookie,) = member_cookies(room.member).values()
    return cookie


def sign_in_as_before(room: SessionHarness) -> str:
    """Sign in as Django alone does it: the row is named by the cookie."""
    now = sign_in(room)
    before = db.SessionStore()
    before.update(dict(SessionStore(now).items()))
    before.create()
    SessionStore(now).delete()
    assert before.session_key is not None
    assert BrowserSession.objects.filter(pk=before.session_key).exists()
    return before.session_key


def browser_with(cookie: str) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return browser


def console(room: SessionHarness, browser: Client) -> int:
    return browser.get(reverse("console", kwargs={"code": room.session.code})).status_code


def standing(room: SessionHarness, login: Login) -> MemberRight | Code:
    return judge_members(programme=room.session.programme_id, logins=[login])[login]


def test_no_table_has_the_cookie_and_what_a_table_has_lets_nobody_in() -> None:
    room = make_room()
    before = set(BrowserSession.objects.values_list("pk", flat=True))
    cookie = sign_in(room)
    assert console(room, browser_with(cookie)) == 200
    assert cookie not in everything()
    (name,) = set(BrowserSession.objects.values_list("pk", flat=True)) - before
    assert console(room, browser_with(name)) == 302
    assert find_login(name) is None


def test_a_sign_in_of_before_goes_on_until_it_ends() -> None:
    room = make_room()
    cookie = sign_in_as_before(room)
    browser = browser_with(cookie)
    assert console(room, browser) == 200
    login = find_login(cookie)
    assert login is not None and isinstance(standing(room, login), MemberRight)
    assert db.SessionStore(cookie).exists(cookie), "a process of before goes on knowing it"
    assert browser.post(reverse("account_logout")).status_code == 200
    assert standing(room, login) is Code.SIGNED_OUT
    assert cookie not in everything()


def test_signing_in_anew_ends_how_it_was_kept_before() -> None:
    """The same member in the same browser: Django keeps the cookie, and the sign-in lasts two weeks more."""
    room = make_room()
    cookie = sign_in_as_before(room)
    browser = browser_with(cookie)
    browser.force_login(room.member)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value == cookie
    assert console(room, browser) == 200
    assert cookie not in everything()


def test_what_waits_for_the_database_elsewhere_keeps_no_cookie_either() -> None:
    """Nothing of ours uses Django's other half of the interface; whoever does must not store cookies by it."""
    make_room()
    made = SessionStore()
    made["of"] = "the other half"
    async_to_sync(made.asave)()
    cookie = made.session_key
    assert cookie is not None and cookie not in everything()
    assert async_to_sync(made.aexists)(cookie) and SessionStore(cookie)["of"] == "the other half"
    assert async_to_sync(SessionStore(cookie).aget)("of") == "the other half"
    async_to_sync(SessionStore(cookie).adelete)()
    assert not made.exists(cookie)
