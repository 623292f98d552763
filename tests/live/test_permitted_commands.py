"""The table of permissions.py over sockets and over HTTP: who may enter, and which commands they may give there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from sessions.enums import Role
from sessions.errors import Code
from sessions.live.protocol import COMMAND_TYPES
from sessions.models import StageLink
from sessions.models.ids import new_token, token_hash

from ..conversation import CommandRefused, Talk
from ..factory import SessionHarness, make_member, make_room, make_session
from ..server import RunningServer
from .client import member_cookies
from .permissions import COMMANDS, NOT, OF_THE_STAGE, OF_THE_SYSTEM, ROLES, SOCKETS


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
