"""Who a socket belongs to. The address names a role; only that role's own credential grants it.

Runs in a hub's reading thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import SimpleNamespace
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user

from ..domain.state import State
from ..enums import Audience, Role
from ..errors import Code, Refused
from ..models import Member, Membership, StageLink
from ..models.ids import token_hash

RUNS_SESSIONS = (Role.CORE, Role.FACILITATOR)


class Grant(NamedTuple):
    """What a socket may be: a participant, a member, or a projector with the link that lets it in."""

    participant: int | None = None
    member: int | None = None
    name: str = ""
    role: str = ""
    link: int | None = None


def grant(*, audience: Audience, cookies: Mapping[str, str], state: State) -> Grant:
    """Return what the cookies grant in this session for this role. Raises Refused."""
    if audience is Audience.PHONE:
        return _grant_phone(cookies, state)
    if audience is Audience.STAGE and (found := _grant_stage_link(cookies, state)):
        return found
    return _grant_member(cookies, state)


def _grant_phone(cookies: Mapping[str, str], state: State) -> Grant:
    token = cookies.get(f"p_{state.session.public_id}", "")
    person = state.people_by_token.get(token_hash(token)) if token else None
    if person is None:
        raise Refused(Code.NOT_JOINED)
    return Grant(participant=person)


def _grant_stage_link(cookies: Mapping[str, str], state: State) -> Grant | None:
    token = cookies.get(f"stage_{state.session.public_id}", "")
    if not token:
        return None
    link = StageLink.objects.filter(
        session=state.session, token_hash=token_hash(token), revoked_at__isnull=True
    ).first()
    return Grant(link=link.pk) if link else None


def _grant_member(cookies: Mapping[str, str], state: State) -> Grant:
    member = member_of(cookies)
    role = (
        Membership.objects.filter(member=member, programme=state.programme).values_list("role", flat=True).first()
        if member
        else None
    )
    if member is None or role not in RUNS_SESSIONS:
        raise Refused(Code.NOT_ALLOWED)
    return Grant(member=member.pk, name=member.get_full_name() or member.get_username(), role=role)


def member_of(cookies: Mapping[str, str]) -> Member | None:
    """Return whom the browser with these cookies is signed in as."""
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(SimpleNamespace(session=store))  # type: ignore[arg-type]
    return user if isinstance(user, Member) and user.is_active else None
