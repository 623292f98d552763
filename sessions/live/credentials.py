"""Who a socket belongs to, and whether it still may. The address names a role; only that role's credential grants it.

Whether a right stands is the domain's word (domain/authorisation.py), asked at the hello and at every turn after it.
Runs in a hub's reading thread.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.conf import settings

from ..domain.authorisation import Login, find_ended_links, find_login, judge_members
from ..domain.lookup import require
from ..domain.rules import require_member, require_person
from ..domain.state import State
from ..domain.transfer import has_left
from ..enums import Audience
from ..errors import Code, Refused
from ..models import StageLink
from ..models.ids import token_hash


class Grant(NamedTuple):
    """What was granted to a socket: participant, member, or projector with its link."""

    participant: int | None = None
    token: str = ""
    """The hash of the secret by which a participant was let in: after they went on elsewhere it is another."""
    login: Login | None = None
    name: str = ""
    role: str = ""
    link: int | None = None


class RightsChange(NamedTuple):
    """Changes of rights since they were granted; unchanged ones are left out."""

    ended: dict[Grant, Code]
    changed: dict[Grant, Grant]


def grant(*, audience: Audience, cookies: Mapping[str, str], state: State) -> Grant:
    """Return what the cookies grant in this session for this role. Raises Refused."""
    if audience is Audience.PHONE:
        return _grant_phone(cookies, state)
    if audience is Audience.STAGE and (token := cookies.get(f"stage_{state.session.public_id}")):
        return _grant_stage(token, cookies, state)
    return _grant_member(cookies, state)


def judge(grants: Collection[Grant], *, phones: Collection[Grant], state: State) -> RightsChange:
    """Judge rights that were granted, all at once: three queries at the most, however many there are.

    `phones`: what participants were granted. Their right is their row, which the state has.
    """
    ended = {granted: code for granted in phones if (code := _judge_phone(granted, state)) is not None}
    links = {granted.link for granted in grants if granted.link is not None}
    revoked = find_ended_links(session=state.session.pk, links=links)
    ended |= {granted: Code.LINK_REVOKED for granted in grants if granted.link in revoked}
    changed: dict[Grant, Grant] = {}
    logins = {granted.login for granted in grants if granted.login is not None}
    judged = judge_members(programme=state.programme.pk, logins=logins)
    for granted in grants:
        if granted.login is None:
            continue
        found = judged[granted.login]
        if isinstance(found, Code):
            ended[granted] = found
        elif (granted.name, granted.role) != found:
            changed[granted] = granted._replace(name=found.name, role=found.role)
    return RightsChange(ended, changed)


def _judge_phone(granted: Grant, state: State) -> Code | None:
    person = state.people.get(granted.participant or 0)
    if person is None:
        return Code.NOT_JOINED
    return None if person.token_hash == granted.token else Code.WENT_ON


def _grant_phone(cookies: Mapping[str, str], state: State) -> Grant:
    token = cookies.get(f"p_{state.session.public_id}", "")
    hashed = token_hash(token)
    person = state.people_by_token.get(hashed) if token else None
    require_person(person, went_on=lambda: bool(token) and has_left(session=state.session, token=token))
    return Grant(participant=person, token=hashed)


def _grant_stage(token: str, cookies: Mapping[str, str], state: State) -> Grant:
    """Let a projector in by its link, or by the member who is signed in there when the link was revoked."""
    link = StageLink.objects.filter(
        session=state.session, token_hash=token_hash(token), revoked_at__isnull=True
    ).first()
    if link is not None:
        return Grant(link=link.pk)
    try:
        return _grant_member(cookies, state)
    except Refused as refused:
        raise Refused(Code.LINK_REVOKED) from refused


def _grant_member(cookies: Mapping[str, str], state: State) -> Grant:
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    login = require(find_login(key) if key else None, Code.SIGNED_OUT)
    found = require_member(judge_members(programme=state.programme.pk, logins=[login])[login])
    return Grant(login=login, name=found.name, role=found.role)
