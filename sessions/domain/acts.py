"""What members did, for the core team to read: from the logs of the sessions, and what these do not hold."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.utils import timezone

from ..enums import ActorKind
from ..models import Event, Member, MemberAct, Programme, Session
from .log import LogKind

MOST = 300
"""Lines on the page: the newest."""


class Act(StrEnum):
    EXPORTED = "exported"
    ERASED = "erased"
    DELETED = "deleted"
    WIPED = "wiped"
    ARCHIVED = "archived"
    REOPENED = "reopened"
    KEPT = "kept"
    REVEALED = "revealed"
    REDACTED = "redacted"
    RESTORED = "restored"
    EDITED = "edited"
    SIGNED_OFF = "signed_off"
    MOVED = "moved"
    DOOR = "door"
    MESSAGE = "message"


_OF_LINES = {
    LogKind.STEP_REVEALED: Act.REVEALED,
    LogKind.ROUND_PUBLISHED: Act.REVEALED,
    LogKind.CARD_REDACTED: Act.REDACTED,
    LogKind.ITEM_REDACTED: Act.REDACTED,
    LogKind.CARD_RESTORED: Act.RESTORED,
    LogKind.ITEM_RESTORED: Act.RESTORED,
    LogKind.SESSION_EDITED: Act.EDITED,
    LogKind.SESSION_LOCKED: Act.DOOR,
    LogKind.MESSAGE_PUT: Act.MESSAGE,
    LogKind.MESSAGE_REMOVED: Act.MESSAGE,
    LogKind.PARTICIPANT_RETIRED: Act.SIGNED_OFF,
    LogKind.PARTICIPANT_MOVED: Act.MOVED,
}
"""Lines of a session's log that are acts of whoever gave them; no line holds a text."""


class Done(NamedTuple):
    at: dt.datetime
    act: Act
    member: str
    """Empty: somebody whose account is gone."""
    session: Session | None
    """None: a session that was deleted since, or the whole programme."""
    file: str


def note_act(act: Act, *, by: Member, programme: Programme, session: Session | None = None, file: str = "") -> None:
    MemberAct.objects.create(programme=programme, session=session, member=by, act=act, file=file, at=timezone.now())


def read_acts(programme: Programme) -> list[Done]:
    """Return the newest acts of members in a programme, the newest first. Four queries."""
    noted = list(MemberAct.objects.filter(programme=programme).order_by("-at", "-pk")[:MOST])
    lines = Event.objects.filter(
        session__in=Session.objects.filter(programme=programme),
        actor_kind=ActorKind.MEMBER,
        kind__in=[kind.value for kind in _OF_LINES],
    )
    told = list(lines.order_by("-at", "-pk").values_list("at", "kind", "actor_id", "session_id")[:MOST])
    members = {found.member_id for found in noted if found.member_id} | {member for *_, member, _ in told}
    names = {member.pk: member.get_full_name() or member.username for member in Member.objects.filter(pk__in=members)}
    pks = {found.session_id for found in noted if found.session_id} | {pk for *_, pk in told}
    sessions = Session.objects.in_bulk(pks)
    found = [
        Done(row.at, Act(row.act), names.get(row.member_id or 0, ""), sessions.get(row.session_id or 0), row.file)
        for row in noted
    ]
    found += [
        Done(at, _OF_LINES[LogKind(kind)], names.get(member, ""), sessions.get(pk), "") for at, kind, member, pk in told
    ]
    return sorted(found, key=lambda done: done.at, reverse=True)[:MOST]
