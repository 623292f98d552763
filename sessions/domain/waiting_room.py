"""The waiting room: people who asked to join where the facilitator admits them. They are counted nowhere.

It is told to consoles and to the waiting browser itself, from the table each time: nothing of it is in the log.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Max, Q

from ..models import JoinRequest, Session
from ..models.ids import token_hash
from .documents import DoorDoc, RequestDoc
from .moment import to_ms
from .state import State

MOST = 2_000
"""Maximum number of people waiting in one session: bounds what a flood of requests stores."""
LISTED = 200
"""So many of them, the first who asked, are told to a console; of the others only how many."""
KEPT = dt.timedelta(hours=1)
"""How long somebody who was let in may take to come in."""
WAITS = Q(admitted_at=None)


def find_request(session: Session, token: str) -> JoinRequest | None:
    """Return what somebody with this secret asked, unless they were refused."""
    found = JoinRequest.objects.filter(session=session, token_hash=token_hash(token))
    return found.select_related("sector").first()


def count_waiting(session_id: int) -> int:
    return JoinRequest.objects.filter(WAITS, session=session_id).count()


def show_door(state: State) -> DoorDoc | None:
    """Return who waits at the door, as consoles are told; None when there is nobody to let in."""
    session = state.session
    if not session.approval or session.locked:
        return None
    waiting = JoinRequest.objects.filter(WAITS, session=session).order_by("asked_at", "pk")
    listed = list(waiting.values_list("public_id", "tag", "sector_id", "asked_at")[:LISTED])
    if not listed:
        return None
    n, until = len(listed), listed[-1][-1]
    if n == LISTED:
        found = waiting.aggregate(n=Count("pk"), until=Max("asked_at"))
        n, until = found["n"], found["until"]
    people = [RequestDoc(name, tag, state.sector_names[sector]) for name, tag, sector, _ in listed]
    return DoorDoc(waiting=n, until=to_ms(until), people=people)
