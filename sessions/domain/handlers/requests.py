"""Letting people in: who asked to join, and what the facilitator answers.

Nothing of it is in the log: who waits is nobody of the session yet, and whoever comes in is logged as joining.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from ...models import JoinRequest, Sector
from .. import rules
from ..actor import Actor
from ..commands import AdmitRequest, AdmitRequests, Join, RefuseRequest, RefuseRequests
from ..moment import from_ms
from ..waiting_room import KEPT, MOST, WAITS, count_waiting
from ..world import World

MS = dt.timedelta(milliseconds=1)


def find_asked(*, world: World, command: Join) -> JoinRequest | None:
    """Return what whoever joins now had asked with the same secret."""
    if world.has_requests is None:
        world.has_requests = JoinRequest.objects.filter(session=world.session).exists()
    if not world.has_requests:
        return None
    return JoinRequest.objects.filter(session=world.session, token_hash=command.token_hash).first()


def has_to_wait(*, world: World, asked: JoinRequest | None) -> bool:
    """Whoever still waits when the facilitator no longer wants to be asked may come in too."""
    return world.session.approval and (asked is None or asked.admitted_at is None)


def ask_to_join(*, world: World, command: Join, sector: Sector) -> None:
    """Note that somebody wants to come in."""
    if world.waiting is None:
        world.waiting = count_waiting(world.session.pk)
    rules.check_waiting_room(waiting=world.waiting, most=MOST)
    JoinRequest.objects.create(session=world.session, token_hash=command.token_hash, sector=sector, asked_at=world.at)
    world.waiting += 1
    world.has_requests = True


def admit_request(*, world: World, actor: Actor, command: AdmitRequest) -> None:
    """Let one person in. One who came in or was refused meanwhile stays as they are."""
    _admit(world, _waiting(world).filter(public_id=command.request))


def admit_requests(*, world: World, actor: Actor, command: AdmitRequests) -> None:
    _admit(world, _asked_until(world, command.until))


def refuse_request(*, world: World, actor: Actor, command: RefuseRequest) -> None:
    _waiting(world).filter(public_id=command.request).delete()


def refuse_requests(*, world: World, actor: Actor, command: RefuseRequests) -> None:
    _asked_until(world, command.until).delete()


def _waiting(world: World) -> QuerySet[JoinRequest]:
    """Return who waits, to be answered."""
    world.waiting = None
    return JoinRequest.objects.filter(WAITS, session=world.session)


def _asked_until(world: World, until: int) -> QuerySet[JoinRequest]:
    """Return who waits and asked until then, as the facilitator saw them: not who came since."""
    end = from_ms(until)
    assert end is not None
    return _waiting(world).filter(asked_at__lt=end + MS)


def _admit(world: World, found: QuerySet[JoinRequest]) -> None:
    found.update(admitted_at=world.at)
    JoinRequest.objects.filter(session=world.session, admitted_at__lt=world.at - KEPT).delete()
