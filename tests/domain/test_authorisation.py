"""A member's right is judged in the batch that stores, by one rule, in as many queries for one as for hundreds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions.domain.actor import Actor
from sessions.domain.authorisation import Login, MemberRight, find_ended_links, find_login, judge_members
from sessions.domain.commands import CastVote, LockSession
from sessions.domain.world import CommandRequest, CommandResult
from sessions.enums import Role
from sessions.errors import Code, Refused
from sessions.models import Event, Member, Membership, Session, StageLink
from sessions.models.ids import new_token, token_hash

from ..factory import SessionHarness, make_member, make_programme, make_room, make_session
from ..live.client import member_cookies

pytestmark = pytest.mark.usefixtures("database")


def sign_in(member: Member) -> Login:
    return Login(member.pk, member_cookies(member)[settings.SESSION_COOKIE_NAME])


def lock(room: SessionHarness, login: Login) -> Code | None:
    """Give a command as this member; return why it was refused. Refused, it has left nothing."""
    before = Event.objects.filter(session=room.session).count()
    (result,) = room.batch(CommandRequest(Actor.member(login.member), LockSession(on=True), uuid4(), login))
    if isinstance(result, CommandResult):
        return None
    assert Event.objects.filter(session=room.session).count() == before
    assert not Session.objects.get(pk=room.session.pk).locked
    return result.code


def leave(member: Member) -> None:
    Membership.objects.filter(member=member).delete()


def steer(member: Member) -> None:
    Membership.objects.filter(member=member).update(role=Role.STEERING)


def move_elsewhere(member: Member) -> None:
    Membership.objects.filter(member=member).update(programme=make_programme())


def close(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)


def change_password(member: Member) -> None:
    # As it is stored: the rule reads the column, and hashing a password takes a second.
    Member.objects.filter(pk=member.pk).update(password="another")


def sign_out(member: Member) -> None:
    BrowserSession.objects.all().delete()


def expire(member: Member) -> None:
    BrowserSession.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))


ENDS: dict[Callable[[Member], None], Code] = {
    leave: Code.NO_ROLE,
    steer: Code.NO_ROLE,
    move_elsewhere: Code.NO_ROLE,
    close: Code.ACCOUNT_CLOSED,
    change_password: Code.SIGNED_OUT,
    sign_out: Code.SIGNED_OUT,
    expire: Code.SIGNED_OUT,
}


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_a_command_after_the_end_is_refused_and_not_stored(end: Callable[[Member], None]) -> None:
    room = make_room()
    login = sign_in(room.member)
    end(room.member)
    assert lock(room, login) is ENDS[end]


def test_a_deleted_account_commands_nothing() -> None:
    room = make_room()
    login = sign_in(room.member)
    room.member.delete()
    assert lock(room, login) is Code.ACCOUNT_CLOSED


@pytest.mark.parametrize("role", [Role.CORE, Role.FACILITATOR])
def test_roles_that_run_sessions_go_on(role: Role) -> None:
    room = make_room()
    login = sign_in(make_member(room.session.programme, role))
    assert lock(room, login) is None


def test_a_browser_session_serves_its_own_member_alone() -> None:
    room = make_room()
    core = make_member(room.session.programme, Role.CORE)
    assert lock(room, Login(core.pk, sign_in(room.member).key)) is Code.SIGNED_OUT


def test_a_page_that_judged_the_sign_in_itself_is_still_judged_by_account_and_role() -> None:
    room = make_room()
    steer(room.member)
    (result,) = room.batch(CommandRequest(room.facilitator, LockSession(on=True), uuid4()))
    assert isinstance(result, Refused)
    assert result.code is Code.NO_ROLE


def test_one_whose_right_ended_takes_nobody_along() -> None:
    room = make_room()
    gone, (person,) = sign_in(make_member(room.session.programme)), room.join("onderwijs")
    round_, items = room.open_vote()
    leave(Member.objects.get(pk=gone.member))
    results = room.batch(
        CommandRequest(Actor.member(gone.member), LockSession(on=True), uuid4(), gone),
        CommandRequest(person, CastVote(round=round_.public_id, item=items[0], value=1, tap=1), uuid4()),
        CommandRequest(room.facilitator, LockSession(on=True), uuid4(), sign_in(room.member)),
    )
    assert [isinstance(result, CommandResult) for result in results] == [False, True, True]


def test_votes_cost_no_query_for_it_and_hundreds_of_members_two() -> None:
    room = make_room()
    people = room.join("onderwijs", n=3)
    round_, items = room.open_vote()
    votes = [
        CommandRequest(person, CastVote(round=round_.public_id, item=items[0], value=1, tap=1), uuid4())
        for person in people
    ]
    with CaptureQueriesContext(
        connection,
    ) as taken:
        room.batch(*votes)
    tables = [Member._meta.db_table, Membership._meta.db_table, BrowserSession._meta.db_table]
    assert not [query["sql"] for query in taken if any(table in query["sql"] for table in tables)]
    programme = room.session.programme
    logins = [sign_in(make_member(programme)) for _ in range(60)]
    with CaptureQueriesContext(connection) as taken:
        judged = judge_members(programme=programme.pk, logins=logins)
    assert len(taken) == 2
    assert all(isinstance(found, MemberRight) for found in judged.values())
    with CaptureQueriesContext(connection) as taken:
        assert judge_members(programme=programme.pk, logins=[]) == {}
    assert len(taken) == 0


def test_a_revoked_link_a_deleted_one_and_one_of_another_session_have_ended() -> None:
    room = make_room()
    other = make_session(room.session.programme)
    links = [
        StageLink.objects.create(session=session, token_hash=token_hash(new_token()), created_at=timezone.now())
        for session in (room.session, room.session, room.session, other)
    ]
    StageLink.objects.filter(pk=links[1].pk).update(revoked_at=timezone.now())
    names = [link.pk for link in links]
    links[2].delete()
    assert find_ended_links(session=room.session.pk, links=names) == set(names[1:])


@pytest.mark.parametrize("key", ["", "x", "a" * 41, "sleutel\x00", "ключ", "' OR 1=1 --", "0" * 32])
def test_a_key_that_is_none_finds_nobody(key: str) -> None:
    assert find_login(key) is None
