"""The addresses of the table in permissions.py, cell by cell. One without a row makes a test fail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from sessions.enums import Role
from sessions.models import Session, SignInLink, StageLink
from sessions.models.ids import new_token, token_hash

from ..factory import SessionHarness, make_member, make_room, make_session
from .permissions import ADDRESSES, ROLES, RUNS, SIGN_IN_FIRST


@pytest.fixture
def room(transactional_db: None) -> SessionHarness:
    return make_room()


@pytest.fixture
def browsers(room: SessionHarness) -> dict[str, Client]:
    """One browser per role, made anew: what one does must not help the next."""
    return make_browsers(room)


def make_browsers(room: SessionHarness) -> dict[str, Client]:
    other_programme = make_room()
    other_session = make_session(room.session.programme)
    browsers = {role: Client() for role in ROLES}
    (person,) = room.join("onderwijs")
    browsers["participant"].cookies[f"p_{room.session.public_id}"] = room.tokens[person.id]
    neighbours = SessionHarness(session=other_session, member=room.member, sectors=room.sectors, pillars=room.pillars)
    (neighbour,) = neighbours.join("onderwijs")
    # Also under the name of this session's cookie, as somebody would who tries.
    for session in (room.session, other_session):
        browsers["elsewhere"].cookies[f"p_{session.public_id}"] = neighbours.tokens[neighbour.id]
    token = new_token()
    StageLink.objects.create(session=room.session, token_hash=token_hash(token), created_at=timezone.now())
    browsers["stage"].cookies[f"stage_{room.session.public_id}"] = token
    browsers["facilitator"].force_login(room.member)
    browsers["stranger"].force_login(other_programme.member)
    for role in (Role.CORE, Role.STEERING):
        browsers[role.value].force_login(make_member(room.session.programme, role))
    return browsers


def address(room: SessionHarness, name: str) -> str:
    name, _, file = name.partition(" ")
    session = room.session
    arguments: dict[str, dict[str, str]] = {
        "programme": {"slug": session.programme.slug},
        "programme-download": {"slug": session.programme.slug},
        "studio-session": {"of": session.programme.slug, "code": session.code},
        **{
            f"studio-{act}": {"of": session.programme.slug, "code": session.code}
            for act in ("revoke", "duplicate", "rehearse", "archive", "wipe", "delete")
        },
        "download": {"code": session.code, "file": file},
        "link": {"token": _link(room) if name == "link" else ""},
    }
    plain = (
        "home",
        "account_login",
        "account_logout",
        "api-description",
        "health-live",
        "health-ready",
        "metrics",
        "programmes",
        "guide",
        "guide-ballots",
        "receipt",
        "worker",
        "icon",
    )
    return reverse(name, kwargs=arguments.get(name, {} if name in plain else {"code": session.code}))


def _link(room: SessionHarness) -> str:
    token = new_token()
    expires = timezone.now() + dt.timedelta(hours=1)
    SignInLink.objects.create(member=room.member, token_hash=token_hash(token), expires_at=expires)
    return token


def body(room: SessionHarness, name: str) -> dict[str, Any]:
    sector = room.sectors["onderwijs"].public_id
    if name == "api-participants":
        return {"data": {"sector": sector}, "content_type": "application/json"}
    data = {"code": room.session.code, "sector": sector, "login": "nobody", "password": "wrong"}
    return {"data": data | {"title": room.session.title_nl}}


@pytest.mark.parametrize(("method", "name"), [key for key in ADDRESSES if key[0] == "POST"])
def test_address(room: SessionHarness, browsers: dict[str, Client], method: str, name: str) -> None:
    assert ask_as_everybody(room, browsers, method, name) == dict(zip(ROLES, ADDRESSES[method, name], strict=True))


def test_addresses_that_are_only_read(room: SessionHarness) -> None:
    """In one session, as reading changes nothing; and in browsers that have done nothing else."""
    cookies = {role: browser.cookies.output(header="") for role, browser in make_browsers(room).items()}
    found, wanted = {}, {}
    for (method, name), statuses in ADDRESSES.items():
        if method == "GET":
            browsers = {role: Client() for role in ROLES}
            for role, browser in browsers.items():
                browser.cookies.load(cookies[role])
            found[name] = ask_as_everybody(room, browsers, method, name)
            wanted[name] = dict(zip(ROLES, statuses, strict=True))
    assert found == wanted


def ask_as_everybody(room: SessionHarness, browsers: dict[str, Client], method: str, name: str) -> dict[str, int]:
    """Return role → status."""
    statuses = {}
    for role in ROLES:
        path = address(room, name)
        answer = browsers[role].get(path) if method == "GET" else browsers[role].post(path, **body(room, name))
        statuses[role] = answer.status_code
        if (
            answer.status_code == 302
            and name.split()[0] in SIGN_IN_FIRST
            and role in ("nobody", "participant", "stage")
        ):
            assert answer.headers["Location"].startswith("/signin/?next=")
    return statuses


REHEARSAL = {
    ("GET", "studio-wipe"): RUNS,
    ("POST", "studio-wipe"): (302, 302, 302, 302, 403, 302, 302, 403),
    ("GET", "studio-delete"): RUNS,
    ("POST", "studio-delete"): (302, 302, 302, 302, 403, 302, 403, 403),
}
"""Of a rehearsal. What the facilitator deleted is not there for the core team after that."""


@pytest.mark.parametrize(("method", "name"), REHEARSAL)
def test_address_of_a_rehearsal(room: SessionHarness, browsers: dict[str, Client], method: str, name: str) -> None:
    Session.objects.filter(pk=room.session.pk).update(rehearsal=True)
    assert ask_as_everybody(room, browsers, method, name) == dict(zip(ROLES, REHEARSAL[method, name], strict=True))


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _patterns(found)
        else:
            yield found


def test_every_address_has_a_row() -> None:
    names = {pattern.name for pattern in _patterns(get_resolver())}
    assert names == {name.split()[0] for _, name in ADDRESSES}
    for method in ("GET", "POST"):
        assert names == {name.split()[0] for found, name in ADDRESSES if found == method}


def test_every_file_has_a_row() -> None:
    from sessions.exchange.files import FILES

    rows = {name.split()[1] for method, name in ADDRESSES if method == "GET" and name.startswith("download ")}
    assert rows == {*FILES, "nothing.csv"}
