"""The addresses of the table in permissions.py, cell by cell. One without a row makes a test fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sessions.models import Session

from ..factory import SessionHarness, make_room
from .browsers import ask_as_everybody, make_browsers
from .permissions import ADDRESSES, ROLES, RUNS


@pytest.fixture
def room(transactional_db: None) -> SessionHarness:
    return make_room()


@pytest.fixture
def browsers(room: SessionHarness) -> dict[str, Client]:
    """One browser per role, made anew: what one does must not help the next."""
    return make_browsers(room)


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


REHEARSAL = {
    ("GET", "crowd"): RUNS,
    # Without a number of people.
    ("POST", "crowd"): (302, 302, 302, 400, 403, 302, 400, 403),
    ("POST", "crowd-stop"): RUNS,
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
