"""The session as a whole: who may be in it, ask of it, and come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from ...enums import ActorKind
from ...errors import Code, Refused
from ...limits import MOST_CROWDS
from ..actor import Actor
from ..authorisation import MemberRight
from ..commands import CONSOLE_COMMANDS, PHONE_COMMANDS, STAGE_COMMANDS, SYSTEM_COMMANDS, Command
from ..kind import is_given_by
from ..lookup import require
from .people import HasLeft, check_not_retired

ALLOWED: dict[ActorKind, frozenset[type[Command]]] = {
    ActorKind.PARTICIPANT: frozenset(PHONE_COMMANDS),
    ActorKind.MEMBER: frozenset(CONSOLE_COMMANDS),
    ActorKind.STAGE: frozenset(STAGE_COMMANDS),
    ActorKind.SYSTEM: frozenset(SYSTEM_COMMANDS),
}


class MayBeRehearsal(Protocol):
    """A session of which it is known whether it is a rehearsal."""

    @property
    def rehearsal(self) -> bool: ...


def check_session_open(*, archived_at: dt.datetime | None, wiping_at: dt.datetime | None) -> None:
    """Nobody comes into an archived session, stays in it or changes it.

    While a rehearsal is being wiped everybody waits: what they have to send is kept and judged afterwards.
    """
    if wiping_at is not None:
        raise Refused(Code.UNAVAILABLE)
    if archived_at is not None:
        raise Refused(Code.SESSION_ARCHIVED)


def check_may_ask(*, actor: Actor, command: Command, person: HasLeft | None, member: MemberRight | Code | None) -> None:
    """A participant asks what phones ask and is still with us; members and projectors ask theirs, and still may.

    `member`: the right of the member or of the projector's link.
    """
    if type(command) not in ALLOWED[actor.kind] and not is_given_by(type(command), actor.kind):
        raise Refused(Code.NOT_ALLOWED)
    if actor.kind is ActorKind.PARTICIPANT:
        check_not_retired(require(person, Code.NOT_JOINED))
    if member is not None:
        require_member(member)


def require_member(found: MemberRight | Code) -> MemberRight:
    """Return what a member may do here, who may do something."""
    if isinstance(found, Code):
        raise Refused(found)
    return found


def check_same_content(*, stored: int | None, is_digest: Callable[[int], bool]) -> None:
    """A key stands for one command. A line without a digest is of a text that was destroyed: its key alone tells."""
    if stored is not None and not is_digest(stored):
        raise Refused(Code.KEY_REUSED)


def check_door_open(*, locked: bool) -> None:
    """Nobody new comes into a locked session."""
    if locked:
        raise Refused(Code.SESSION_LOCKED)


def check_waiting_room(*, waiting: int, most: int) -> None:
    """So many may wait to be let in, of whom no facilitator could look at each."""
    if waiting >= most:
        raise Refused(Code.JOIN_FULL)


def check_crowds(*, running: int) -> None:
    """`running`: the other rehearsals that have simulated people now."""
    if running >= MOST_CROWDS:
        raise Refused(Code.CROWD_LIMIT, limit=MOST_CROWDS)


def check_rehearsal(session: MayBeRehearsal) -> None:
    """Only what was no real evening is wiped."""
    if not session.rehearsal:
        raise Refused(Code.SESSION_NO_REHEARSAL)
