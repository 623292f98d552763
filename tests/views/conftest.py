"""The Kennispark programme, a second one, and browsers of the people in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from sessions.live.join_code_guesses import join_brake, places
from sessions.live.write_limiter import move_codes
from sessions.management.demo import make_demo
from sessions.models import Member, Membership, Programme, Sector, Session
from sessions.models.ids import new_code
from sessions.views.receipt import receipt_brake
from sessions.views.signin import password_brake
from sessions.views.transfer import move_brake

from .programme_pages import page_of


@pytest.fixture(autouse=True)
def no_guesses_yet() -> Iterator[None]:
    forget_guesses()
    yield
    forget_guesses()


def forget_guesses() -> None:
    """As after a restart: nobody guessed, and nobody is known to be anywhere."""
    for brake in (join_brake, move_brake, receipt_brake, password_brake):
        brake.forget()
    places.forget()
    move_codes.forget()


@pytest.fixture
def session(transactional_db: None) -> Session:
    """The demo's session: joining goes through the writer, which has its own connection."""
    found, _ = make_demo()
    return Session.objects.select_related("programme").get(pk=found.pk)


@pytest.fixture
def second_session(session: Session) -> Session:
    """Another session of the same programme."""
    return Session.objects.create(programme=session.programme, code=new_code(), title_nl="Tweede", title_en="Second")


@pytest.fixture
def elsewhere(session: Session) -> Session:
    """A session of another programme, with an O of the same name."""
    programme = Programme.objects.create(slug="elders", name_nl="Elders", name_en="Elsewhere")
    Sector.objects.create(
        programme=programme,
        key="onderwijs",
        position=1,
        name_nl="Onderwijs",
        name_en="Education",
        letter_nl="W",
        letter_en="E",
    )
    return Session.objects.create(programme=programme, code=new_code(), title_nl="Elders", title_en="Elsewhere")


@pytest.fixture
def phone(session: Session) -> Client:
    """A browser that joined as onderwijs."""
    browser = Client()
    join(browser, session, "onderwijs")
    return browser


@pytest.fixture
def facilitator(session: Session) -> Client:
    return sign_in("facilitator")


@pytest.fixture
def core(session: Session) -> Client:
    return sign_in("core")


@pytest.fixture
def steering(session: Session) -> Client:
    member = Member.objects.create_user("steering")
    Membership.objects.create(programme=session.programme, member=member, role="steering")
    return sign_in("steering")


def sign_in(name: str) -> Client:
    """Return a browser in which this member is signed in."""
    browser = Client()
    browser.force_login(Member.objects.get(username=name))
    return browser


def join(browser: Client, session: Session, key: str) -> None:
    """Join by the form, as this O."""
    sector = session.programme.sectors.get(key=key)
    answer = browser.post(f"/join/{session.code}/", {"sector": sector.public_id})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/s/{session.code}/")


@pytest.fixture
def rehearsal(session: Session, facilitator: Client) -> Session:
    facilitator.post(page_of(session, "rehearse"))
    return Session.objects.get(rehearsal=True)
