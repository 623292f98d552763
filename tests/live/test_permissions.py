"""The table of permissions.py, cell by cell. An address or a command without a row makes a test fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from sessions.enums import Role
from sessions.errors import Code
from sessions.live.protocol import COMMAND_TYPES
from sessions.models import Session, StageLink
from sessions.models.ids import new_token, token_hash

from ..conversation import CommandRefused, Talk
from ..factory import SessionHarness, make_member, make_room, make_session
from ..server import RunningServer
from .browsers import ask_as_everybody, make_browsers
from .client import member_cookies
from .permissions import ADDRESSES, COMMANDS, NOT, OF_THE_STAGE, OF_THE_SYSTEM, ROLES, RUNS, SOCKETS


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


# -- commands ----------------------------------------------------------------------------------------------------


def test_every_command_has_a_row() -> None:
    assert set(COMMANDS) == {*COMMAND_TYPES, *OF_THE_SYSTEM}


@pytest.fixture(scope="module")
def served(server: RunningServer, django_db_blocker: Any) -> tuple[str, dict[str, dict[str, str]]]:
    """A session on the running server, and the cookies of every role."""
    with django_db_blocker.unblock(), server.database():
        room, elsewhere = make_room(), make_room()
        other = SessionHarness(
            session=make_session(room.session.programme), member=room.member, sectors=room.sectors, pillars=room.pillars
        )
        (person,), (neighbour,) = room.join("onderwijs"), other.join("onderwijs")
        token = new_token()
        StageLink.objects.create(session=room.session, token_hash=token_hash(token), created_at=timezone.now())
        cookies = {
            "nobody": {},
            "participant": {f"p_{room.session.public_id}": room.tokens[person.id]},
            "elsewhere": {
                f"p_{session.public_id}": other.tokens[neighbour.id] for session in (room.session, other.session)
            },
            "facilitator": member_cookies(room.member),
            "stranger": member_cookies(elsewhere.member),
            "stage": {f"stage_{room.session.public_id}": token},
            "core": member_cookies(make_member(room.session.programme, Role.CORE)),
            "steering": member_cookies(make_member(room.session.programme, Role.STEERING)),
        }
        return room.session.code, cookies


Answer = Callable[..., str]


async def answer_to(talk: Talk, do: str, content: dict[str, Any]) -> str:
    """Return the code of the refusal, or "ok". Where too much was asked before to be judged, ask again."""
    while True:
        try:
            await talk.call(do, content)
        except CommandRefused as refused:
            if refused.code == Code.SLOW_DOWN:
                await asyncio.sleep(0.25)
                continue
            return refused.code
        return "ok"


@pytest.mark.parametrize("over", ["socket", "http"])
@pytest.mark.parametrize("audience", SOCKETS)
def test_socket(server: RunningServer, served: tuple[str, dict[str, dict[str, str]]], audience: str, over: str) -> None:
    code, cookies = served

    async def enter(role: str) -> str | None:
        talk = Talk(base=server.base, code=code, role=audience, cookies=cookies[role], over=over)
        try:
            await talk.connect()
        except ConnectionError:
            assert talk.closed == 4500
            told = next(frame for frame in talk.frames if "error" in frame)
            assert told["re"] is None
            return str(told["error"]["code"])
        await talk.close()
        return None

    async def enter_all() -> list[str | None]:
        return [await enter(role) for role in ROLES]

    assert dict(zip(ROLES, asyncio.run(enter_all()), strict=True)) == dict(zip(ROLES, SOCKETS[audience], strict=True))


@pytest.mark.parametrize(
    ("role", "audience"),
    [
        ("participant", "phone"),
        ("facilitator", "console"),
        ("core", "console"),
        ("stage", "stage"),
        ("facilitator", "stage"),
        ("core", "stage"),
    ],
)
@pytest.mark.parametrize("over", ["socket", "http"])
def test_commands(
    server: RunningServer, served: tuple[str, dict[str, dict[str, str]]], role: str, audience: str, over: str
) -> None:
    code, cookies = served

    async def give_all() -> dict[str, str]:
        talk = await Talk(base=server.base, code=code, role=audience, cookies=cookies[role], over=over).connect()
        answers = {do: await answer_to(talk, do, content) for do, (content, *_) in COMMANDS.items()}
        await talk.close()
        return answers

    expected = {
        do: {
            "phone": phone,
            "console": console,
            "stage": console if do in OF_THE_STAGE else "command.unknown" if do in OF_THE_SYSTEM else NOT,
        }[audience]
        for do, (_, phone, console) in COMMANDS.items()
    }
    assert asyncio.run(give_all()) == expected


@pytest.mark.parametrize("do", COMMANDS)
def test_the_domain_keeps_the_same_table(transactional_db: None, do: str) -> None:
    """Whatever a socket might let through: a participant, a member and the system each have their own commands."""
    import msgspec

    from sessions.domain.actor import Actor
    from sessions.domain.world import CommandRequest
    from sessions.errors import Refused

    room = make_room()
    (person,) = room.join("onderwijs")
    link = StageLink.objects.create(session=room.session, token_hash="link", created_at=timezone.now())
    projector = Actor.stage(link.pk)
    content, phone, console = COMMANDS[do]
    own, answer = OF_THE_SYSTEM.get(do, (None, ""))
    command = msgspec.convert(content, own or COMMAND_TYPES[do])
    expected = (
        {person: NOT, room.facilitator: NOT, projector: NOT, Actor.system(): answer}
        if own
        else {
            person: phone,
            room.facilitator: console,
            projector: console if do in OF_THE_STAGE else NOT,
            Actor.system(): NOT,
        }
    )
    for actor, code in expected.items():
        (result,) = room.batch(CommandRequest(actor, command))
        assert (result.code.value if isinstance(result, Refused) else "ok") == code, actor
