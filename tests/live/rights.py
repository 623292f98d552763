"""Every act that ends a right, whose it ends, and what the one concerned is told."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import httpx
from django.contrib.sessions.models import Session as BrowserSession
from django.db import connection
from django.utils import timezone

from sessions.domain.commands import OpenStep
from sessions.enums import Role
from sessions.kinds import Keys as StepKind
from sessions.models import Event, Member, Membership, Participant, Session, StageLink
from sessions.models.ids import new_token, token_hash
from sessions.models.logins import names_of

from ..conversation import PLAIN, Talk
from ..factory import SessionHarness, make_member, make_room
from ..server import RunningServer
from .client import member_cookies

Found = TypeVar("Found")


@dataclass
class Scene:
    """A session at a running server with one of everybody. `near`: where sockets are. `far`: where pages are asked."""

    near: RunningServer
    far: RunningServer
    room: SessionHarness
    cookies: dict[str, dict[str, str]]
    person: Participant

    @property
    def code(self) -> str:
        return self.room.session.code

    async def open(self, who: str, audience: str, *, over: str = "socket") -> Talk:
        cookies = self.cookies[who]
        return await Talk(base=self.near.base, code=self.code, role=audience, cookies=cookies, over=over).connect()

    async def do(self, act: Callable[[], Found]) -> Found:
        """Let a thread speak to the server's database, as another program would."""

        def closing() -> Found:
            try:
                return act()
            finally:
                connection.close()

        return await asyncio.to_thread(closing)

    async def post(self, path: str, who: str = "member", **typed: str) -> httpx.Response:
        """Send a form as this person's browser, from another tab."""
        token = secrets.token_hex(16)
        cookies = self.cookies[who] | {"csrftoken": token}
        async with httpx.AsyncClient(verify=PLAIN, base_url=self.far.base, cookies=cookies) as browser:
            return await browser.post(path, data=typed, headers={"X-CSRFToken": token})

    async def end(self, act: str, **typed: str) -> None:
        """Let somebody of the core team press one of the studio's buttons that end a session."""
        slug = self.room.session.programme.slug
        answer = await self.post(f"/programmes/{slug}/sessions/{self.code}/{act}/", "core", **typed)
        assert answer.status_code == 302, answer.text

    def stored(self) -> list[Any]:
        """What a command would change: the session's number, its lock, where the projectors are, its log."""
        session = Session.objects.filter(pk=self.room.session.pk).values_list("seq", "locked", "stage")
        return [*session, *Event.objects.filter(session=self.room.session.pk).values_list("seq", "kind")]


def set_scene(near: RunningServer, far: RunningServer) -> Scene:
    room = make_room()
    room.lead(OpenStep(step=room.step(StepKind.COLLECT).public_id))
    (person,) = room.join("onderwijs")
    room.member.set_password("een lang wachtwoord")
    room.member.save()
    token = new_token()
    StageLink.objects.create(session=room.session, token_hash=token_hash(token), created_at=timezone.now())
    signed_in = member_cookies(room.member)
    cookies = {
        "member": signed_in,
        "core": member_cookies(make_member(room.session.programme, Role.CORE)),
        "link": {f"stage_{room.session.public_id}": token},
        "phone": {f"p_{room.session.public_id}": room.tokens[person.id]},
    }
    return Scene(near, far, room, cookies, room.person(person))


async def delete_membership(scene: Scene) -> None:
    await scene.do(lambda: Membership.objects.filter(member=scene.room.member).delete())


async def make_steering(scene: Scene) -> None:
    await scene.do(lambda: Membership.objects.filter(member=scene.room.member).update(role=Role.STEERING))


async def deactivate(scene: Scene) -> None:
    await scene.do(lambda: Member.objects.filter(pk=scene.room.member.pk).update(is_active=False))


async def delete_account(scene: Scene) -> None:
    await scene.do(lambda: Member.objects.get(pk=scene.room.member.pk).delete())


async def change_password(scene: Scene) -> None:
    def change() -> None:
        member = Member.objects.get(pk=scene.room.member.pk)
        member.set_password("een ander wachtwoord")
        member.save()

    await scene.do(change)


async def sign_out(scene: Scene) -> None:
    assert (await scene.post("/signout/")).status_code == 200


async def let_sign_in_expire(scene: Scene) -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    (key,) = scene.cookies["member"].values()
    await scene.do(lambda: BrowserSession.objects.filter(pk__in=names_of(key)).update(expire_date=past))


async def flush_sign_ins(scene: Scene) -> None:
    (key,) = scene.cookies["member"].values()
    await scene.do(lambda: BrowserSession.objects.filter(pk__in=names_of(key)).delete())


async def revoke_at_the_console(scene: Scene) -> None:
    answer = await scene.post(f"/s/{scene.code}/stage/revoke/")
    assert (answer.status_code, answer.json()) == (200, {"revoked": 1})


async def revoke_in_the_studio(scene: Scene) -> None:
    slug = scene.room.session.programme.slug
    assert (await scene.post(f"/programmes/{slug}/sessions/{scene.code}/revoke/")).status_code == 302


async def delete_link(scene: Scene) -> None:
    await scene.do(lambda: StageLink.objects.filter(session=scene.room.session).delete())


async def erase_person(scene: Scene) -> None:
    await scene.do(lambda: Participant.objects.filter(pk=scene.person.pk).delete())


async def delete_session(scene: Scene) -> None:
    await scene.end("delete", title=scene.room.session.title_nl)


async def archive_session(scene: Scene) -> None:
    await scene.end("archive", on="1")


class Row(NamedTuple):
    act: Callable[[Scene], Awaitable[None]]
    who: str
    audience: str
    code: str


MEMBERS_ENDS = {
    delete_membership: "auth.no_role",
    make_steering: "auth.no_role",
    deactivate: "auth.account_closed",
    delete_account: "auth.account_closed",
    change_password: "auth.signed_out",
    sign_out: "auth.signed_out",
    let_sign_in_expire: "auth.signed_out",
    flush_sign_ins: "auth.signed_out",
}


ROWS = [
    *(Row(act, "member", audience, code) for act, code in MEMBERS_ENDS.items() for audience in ("console", "stage")),
    *(Row(act, "link", "stage", "auth.link_revoked") for act in (revoke_at_the_console, revoke_in_the_studio)),
    Row(delete_link, "link", "stage", "auth.link_revoked"),
    Row(erase_person, "phone", "phone", "auth.not_joined"),
    *(
        Row(act, who, audience, code)
        for act, code in ((delete_session, "session.deleted"), (archive_session, "session.archived"))
        for who, audience in (("member", "console"), ("member", "stage"), ("link", "stage"), ("phone", "phone"))
    ),
]


WIDE_ROWS = [
    Row(delete_membership, "member", "console", "auth.no_role"),
    Row(make_steering, "member", "stage", "auth.no_role"),
    Row(deactivate, "member", "console", "auth.account_closed"),
    Row(sign_out, "member", "console", "auth.signed_out"),
    Row(change_password, "member", "console", "auth.signed_out"),
    Row(revoke_at_the_console, "link", "stage", "auth.link_revoked"),
    Row(erase_person, "phone", "phone", "auth.not_joined"),
    Row(delete_session, "phone", "phone", "session.deleted"),
    Row(archive_session, "phone", "phone", "session.archived"),
    Row(archive_session, "link", "stage", "session.archived"),
]


def name(row: Row) -> str:
    return f"{row.act.__name__}-{row.who}-{row.audience}"
