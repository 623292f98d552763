"""Authorisation of members and projectors, checked from current rows: at each hello, at each turn of a hub, in each
batch.

All rights but a participant's are judged here and nowhere else, so a socket, a command and a hello cannot disagree. A
participant's right is their own row, which the hub and the writer hold. Pages ask Django who is signed in; the rows
are the same.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ..enums import Role
from ..errors import Code
from ..models import Member, Membership, StageLink
from ..models.logins import SessionStore, names_of
from .bulk import in_list, read_rows

RUNS_SESSIONS = frozenset({Role.CORE, Role.FACILITATOR})
KEY_LENGTH = 40
"""No cookie of a browser session is longer."""

_MEMBERS, _ROLES, _LINKS = Member._meta.db_table, Membership._meta.db_table, StageLink._meta.db_table
_LOGINS = SessionStore.get_model_class()._meta.db_table


class Login(NamedTuple):
    """By what a member acts: the account, and the cookie of the browser session that is signed in to it.

    Without a key only the account and its role are judged.
    """

    member: int
    key: str = ""


class MemberRight(NamedTuple):
    """A member's valid right."""

    name: str
    role: str


class _SignedIn(NamedTuple):
    """What a browser session says: to which account, and under which password it was signed in."""

    member: str
    password: str


def find_login(key: str) -> Login | None:
    """Return the login of a browser session's key, as its cookie holds it. Whether it stands is still to be judged."""
    # A key is nothing but letters and figures; PostgreSQL could not even be asked for some of what a cookie can hold.
    if not (key.isascii() and key.isalnum() and len(key) <= KEY_LENGTH):
        return None
    found = _read_logins({key}).get(key)
    return Login(int(found.member), key) if found else None


def judge_members(*, programme: int, logins: Collection[Login]) -> dict[Login, MemberRight | Code]:
    """Return of each login the member's right to run sessions of the programme, or why there is none: two queries."""
    if not logins:
        return {}
    condition, param = in_list("m.id", {login.member for login in logins})
    accounts = {
        member.pk: member
        for member in Member.objects.raw(
            f"SELECT m.id, m.password, m.is_active, m.username, m.first_name, m.last_name, (SELECT r.role FROM {_ROLES}"  # noqa: S608
            f" r WHERE r.member_id = m.id AND r.programme_id = %s) AS role FROM {_MEMBERS} m WHERE {condition}",
            [programme, param],
        )
    }
    signed_in = _read_logins({login.key for login in logins if login.key})
    return {login: _judge(accounts.get(login.member), login, signed_in.get(login.key)) for login in logins}


def find_ended_links(*, session: int, links: Collection[int]) -> set[int]:
    """Return which of these projector links were revoked, or are gone."""
    if not links:
        return set()
    standing = read_rows(
        select=f"SELECT id FROM {_LINKS}",  # noqa: S608
        where="revoked_at IS NULL AND session_id = %s",
        fixed=[session],
        id=links,
    )
    return set(links) - {pk for (pk,) in standing}


def _judge(account: Member | None, login: Login, signed_in: _SignedIn | None) -> MemberRight | Code:
    """Check the account first: who has a closed account must not be told to sign in again."""
    if account is None or not account.is_active:
        return Code.ACCOUNT_CLOSED
    if login.key and not _is_signed_in(account, signed_in):
        return Code.SIGNED_OUT
    role = account.role  # type: ignore[attr-defined]  # of the query above
    if role not in RUNS_SESSIONS:
        return Code.NO_ROLE
    return MemberRight(name=account.get_full_name() or account.get_username(), role=role)


def _is_signed_in(account: Member, signed_in: _SignedIn | None) -> bool:
    """Whether the browser session still is this account's, and under its password of now."""
    if signed_in is None or signed_in.member != str(account.pk):
        return False
    now = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    return any(constant_time_compare(signed_in.password, each) for each in now)


def _read_logins(keys: Collection[str]) -> dict[str, _SignedIn]:
    """Return what these browser sessions say. One that ended, by signing out or by time, is not among them."""
    if not keys:
        return {}
    cookies = {name: key for key in keys for name in names_of(key)}
    marks = ", ".join(["%s"] * len(cookies))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT session_key, session_data FROM {_LOGINS} WHERE session_key IN ({marks}) AND expire_date > %s",  # noqa: S608
            [*cookies, connection.ops.adapt_datetimefield_value(timezone.now())],
        )
        rows = cursor.fetchall()
    return {cookies[name]: found for name, data in rows if (found := _decode(data)) is not None}


@lru_cache(maxsize=256)
def _decode(data: str) -> _SignedIn | None:
    """Return what a session's data say. They are the same at every look but the first, so they are read once."""
    content = SessionStore().decode(data)
    if content.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    member, password = content.get(SESSION_KEY), content.get(HASH_SESSION_KEY)
    return _SignedIn(member, password) if isinstance(member, str) and isinstance(password, str) else None
