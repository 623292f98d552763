"""Flood detection: many people who joined in a row and contributed nothing.

Joining costs one request, so one client can do it thousands of times. Whoever really comes connects a phone within
seconds, so a crowd of people who never did is not one: they are *silent*. One client can connect as many phones too.
Those are told apart by what they give alone: a room comes in through one address within a minute as well, and nobody is
refused for it. Who connected a phone and neither wrote nor voted, though there were minutes to do so, is *quiet*; they
are told of when they are more than twice those who gave something. Retired for it they are only when that is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from ..enums import Source
from ..models import Ballot, Participant, Step
from .documents import FloodDoc
from .moment import from_ms, to_ms
from .rules import takes_answers
from .state import State
from .world import World

MS = dt.timedelta(milliseconds=1)
LEAST = 30
"""Minimum number of people in a flood."""
GAP_MS = 60_000
"""Maximum gap between two joins of a flood."""
PATIENCE_MS = 180_000
"""For so long something was asked since they joined, before anybody is quiet."""
TIMES = 2
"""So many times as many as those who gave something have to be quiet."""
SETTLE = dt.timedelta(seconds=10)
"""Grace for somebody who just joined: the page may still be loading."""
TOLD_MS = 900_000
"""How long the undo of mass retirement is offered."""


def find_flood(state: State, *, now: int) -> FloodDoc | None:
    """Return the flood that a console is told of. `now`: milliseconds since 1970."""
    idle = [pk for pk, person in state.people.items() if person.source == Source.OWN and _gave_nothing(state, pk)]
    there = [pk for pk in idle if pk in state.taking_part]
    settled = now - SETTLE // MS
    silent = sorted(state.joined[pk] for pk in there if pk not in state.seen and state.joined[pk] <= settled)
    quiet = _find_quiet(state, there, now)
    begins = [at for at in (_begin(silent), _begin(quiet)) if at is not None]
    since = min(begins, default=None)
    retired_at, retired = _last_retired(state, idle, now)
    if since is None and retired_at is None:
        return None
    return FloodDoc(
        since=since,
        joined=_count_since(state.joined.values(), since),
        silent=_count_since(silent, since),
        quiet=_count_since(quiet, since),
        retired=retired,
        retired_at=retired_at,
    )


def _gave_nothing(state: State, pk: int) -> bool:
    return pk not in state.voted and not state.cards_of_person.get(pk)


def _find_quiet(state: State, there: list[int], now: int) -> list[int]:
    """Return, in order, when those joined who connected a phone and are quiet; none when they are not so many."""
    asked = last_asked(state.steps.values(), now=now)
    if asked is None:
        return []
    quiet = sorted(state.joined[pk] for pk in there if pk in state.seen and state.joined[pk] <= asked)
    gave = len(state.taking_part) - len(there)
    return quiet if len(quiet) > TIMES * gave else []


def last_asked(steps: Iterable[Step], *, now: int) -> int | None:
    """Return the last moment of joining since which something was asked for `PATIENCE_MS` altogether."""
    times = [(to_ms(step.opened_at), to_ms(step.closed_at)) for step in steps if takes_answers(step)]
    left = PATIENCE_MS
    for opened, closed in sorted(((begin, now if end is None else end) for begin, end in times if begin), reverse=True):
        if closed - opened >= left:
            return closed - left
        left -= max(0, closed - opened)
    return None


def _count_since(times: Iterable[int], since: int | None) -> int:
    return 0 if since is None else sum(at >= since for at in times)


def _begin(joined: list[int]) -> int | None:
    """Return when the first run of enough people began; `joined`: in order."""
    first = 0
    for place, at in enumerate(joined):
        if place and at - joined[place - 1] > GAP_MS:
            first = place
        if place - first + 1 >= LEAST:
            return joined[first]
    return None


def _last_retired(state: State, idle: list[int], now: int) -> tuple[int | None, int]:
    """Return when people who gave nothing were last retired together, and how many."""
    times = Counter(to_ms(at) for pk in idle if (at := state.people[pk].retired_at) is not None)
    together = [at for at, count in times.items() if at is not None and count > 1 and now - at <= TOLD_MS]
    return (max(together), times[max(together)]) if together else (None, 0)


def idle_since(world: World, since: int, *, quiet: bool) -> list[Participant]:
    """Return who joined since then and is silent, or quiet as well when those are asked for.

    Read from the tables, where every process writes who was seen.
    """
    meant = Q(seen_at__isnull=True, joined_at__lte=world.at - SETTLE)
    now = to_ms(world.at)
    assert now is not None
    if quiet and (asked := last_asked(world.structure.steps.values(), now=now)) is not None:
        meant |= Q(joined_at__lte=from_ms(asked))
    found = _idle(world).filter(meant, joined_at__gte=from_ms(since), retired_at__isnull=True)
    voting = {person for _, person in world.ballots}
    return [person for person in found if person.pk not in voting]


def idle_retired(world: World, at: int) -> list[Participant]:
    """Return the people who gave nothing and were retired at this moment."""
    begin = from_ms(at)
    assert begin is not None
    return list(_idle(world).filter(retired_at__gte=begin, retired_at__lt=begin + MS))


def _idle(world: World) -> QuerySet[Participant]:
    people = Participant.objects.filter(session=world.session, source=Source.OWN)
    voted = Ballot.objects.filter(round__session=world.session).values("participant")
    return people.filter(contributions__isnull=True).exclude(pk__in=voted).order_by("pk")
