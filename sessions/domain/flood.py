"""Unusual joining: many people who joined one after the other and never wrote, voted or connected a phone.

Joining costs one request, so one client can do it thousands of times. Whoever really comes connects a phone within
seconds, so a crowd of people who never did is not one. Who ever connected is never counted here, nor retired for it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import QuerySet

from ..enums import Source
from ..models import Ballot, Participant
from .documents import FloodDoc
from .moment import from_ms, to_ms
from .state import State
from .world import World

MS = dt.timedelta(milliseconds=1)
LEAST = 30
"""With fewer silent people it is no flood."""
GAP_MS = 60_000
"""A longer pause between two of them ends a flood."""
SETTLE = dt.timedelta(seconds=10)
"""Who joined just now may still be loading the page."""
TOLD_MS = 900_000
"""How long after the act it is told that it can be taken back."""


def find_flood(state: State, *, now: int) -> FloodDoc | None:
    """Return the flood that a console is told of. `now`: milliseconds since 1970."""
    silent = [pk for pk, person in state.people.items() if _is_silent(state, pk) and person.source == Source.OWN]
    joined = sorted(
        state.joined[pk] for pk in silent if pk in state.taking_part and state.joined[pk] <= now - SETTLE // MS
    )
    since = _begin(joined)
    retired_at, retired = _last_retired(state, silent, now)
    if since is None and retired_at is None:
        return None
    return FloodDoc(
        since=since,
        joined=0 if since is None else sum(at >= since for at in state.joined.values()),
        silent=0 if since is None else sum(at >= since for at in joined),
        retired=retired,
        retired_at=retired_at,
    )


def _is_silent(state: State, pk: int) -> bool:
    return pk not in state.seen and pk not in state.voted and not state.cards_of_person.get(pk)


def _begin(joined: list[int]) -> int | None:
    """Return when the first run of enough people began; `joined`: in order."""
    first = 0
    for place, at in enumerate(joined):
        if place and at - joined[place - 1] > GAP_MS:
            first = place
        if place - first + 1 >= LEAST:
            return joined[first]
    return None


def _last_retired(state: State, silent: list[int], now: int) -> tuple[int | None, int]:
    """Return when silent people were last retired together, and how many."""
    times = Counter(to_ms(at) for pk in silent if (at := state.people[pk].retired_at) is not None)
    together = [at for at, count in times.items() if at is not None and count > 1 and now - at <= TOLD_MS]
    return (max(together), times[max(together)]) if together else (None, 0)


def silent_since(world: World, since: int) -> list[Participant]:
    """Return who joined since then and is silent: read from the tables, where every process writes who was seen."""
    found = _silent(world).filter(
        joined_at__gte=from_ms(since), joined_at__lte=world.at - SETTLE, retired_at__isnull=True
    )
    voting = {person for _, person in world.ballots}
    return [person for person in found if person.pk not in voting]


def silent_retired(world: World, at: int) -> list[Participant]:
    """Return the silent people who were retired at this moment."""
    begin = from_ms(at)
    assert begin is not None
    return list(_silent(world).filter(retired_at__gte=begin, retired_at__lt=begin + MS))


def _silent(world: World) -> QuerySet[Participant]:
    people = Participant.objects.filter(session=world.session, source=Source.OWN, seen_at__isnull=True)
    voted = Ballot.objects.filter(round__session=world.session).values("participant")
    return people.filter(contributions__isnull=True).exclude(pk__in=voted).order_by("pk")
