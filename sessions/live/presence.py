"""Presence: who is connected to this process, and to the others by their reports.

Reports are for several processes only: without Redis there is one, and nothing is written.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from channels.layers import get_channel_layer
from django.db import DatabaseError, InterfaceError

from ..domain import documents as doc
from ..domain import moment as clock
from ..domain.attendance import ConfirmationReport, RemoteObservation, StepObservation, merge_reports
from ..domain.state import State
from ..enums import Audience
from ..models import PresenceReport
from .credentials import Grant
from .reader_threads import read

log = logging.getLogger(__name__)

PROCESS = f"{os.getpid()}-{secrets.token_hex(4)}"
REPORT_S = 5.0
COUNTING_REPORT_S = 1.0
"""Report interval while phones confirm a closing, so that consoles of other processes count down as well."""
PRESENT_S = 12.0
"""Maximum age of another process's report."""
KEPT_S = 24 * 3600.0
"""How long a report is kept for what its process saw of a step, also when it ended."""


@dataclass(slots=True)
class LocalPresence:
    """A hub's own connections at the start of a turn."""

    people: dict[int, int]
    """Participant → answers their phone still has to send."""
    told: dict[int, ConfirmationReport]
    """Participant → what their phones say of the step closed last."""
    consoles: dict[str, int]
    """Member's name → screens."""
    health: doc.HealthDoc | None
    audiences: set[Audience]
    grants: set[Grant]
    """What consoles and stages were granted; judged again at every turn."""
    phones: set[Grant] = field(default_factory=set)
    """What phones were granted; judged with them."""
    process: str = PROCESS


@dataclass(slots=True)
class Presence:
    """Who is connected to any process."""

    people: dict[int, int]
    told: dict[int, ConfirmationReport]
    consoles: Counter[str]
    health: doc.HealthDoc | None

    def add(self, people: dict[str, int], held: dict[str, list[Any]], consoles: dict[str, int]) -> None:
        """Add what another process reported."""
        for name, waiting in people.items():
            pk = int(name)
            said = ConfirmationReport(*held[name]) if name in held else None
            told = merge_reports(self.told.get(pk), said) if pk in self.people else said
            if told is not None:
                self.told[pk] = told
            else:
                self.told.pop(pk, None)
            self.people[pk] = max(waiting, self.people.get(pk, 0))
        self.consoles.update(consoles)

    def per_sector(self, state: State) -> dict[int, int]:
        """Return how many of each O are connected."""
        present: dict[int, int] = {sector.pk: 0 for sector in state.sectors}
        for pk in self.people:
            person = state.people.get(pk)
            if person is not None and person.retired_at is None:
                present[person.sector_id] += 1
        return present


def everybody(*, session_id: int, here: LocalPresence) -> Presence:
    """Return who is connected anywhere: here, and as other processes reported. In a reading thread."""
    room = Presence(dict(here.people), dict(here.told), Counter(here.consoles), here.health)
    if get_channel_layer() is None:
        return room
    rows = PresenceReport.objects.filter(session=session_id, seen_at__gte=_ago(PRESENT_S))
    for report, held, consoles in rows.exclude(process=here.process).values_list("people", "held", "consoles"):
        room.add(report, held or {}, consoles or {})
    return room


def seen_elsewhere(*, session_id: int, process: str = PROCESS) -> list[RemoteObservation]:
    """Return what other processes saw of steps, also those that ended. In a reading thread."""
    if get_channel_layer() is None:
        return []
    rows = PresenceReport.objects.filter(session=session_id, seen_at__gte=_ago(KEPT_S)).exclude(process=process)
    found = []
    for people, seen, seen_at in rows.values_list("people", "seen", "seen_at"):
        # One that ends in an orderly way says that nobody is with it any more. One that was killed may have seen people
        # until its next report was due.
        killed = bool(people) and seen_at < _ago(PRESENT_S)
        lost_at = int((seen_at.timestamp() + REPORT_S) * 1000) if killed else None
        found.append(RemoteObservation({step: StepObservation(*told) for step, told in (seen or {}).items()}, lost_at))
    return found


def _ago(seconds: float) -> dt.datetime:
    return clock.now() - dt.timedelta(seconds=seconds)


class Reports:
    """This process's reports about one session."""

    def __init__(self, session_id: int) -> None:
        self._session_id = session_id
        self._told_at = 0.0

    def are_due(self, moment: float, *, counting: bool) -> bool:
        """`moment`: by `time.monotonic`. `counting`: a closing is being counted."""
        every = COUNTING_REPORT_S if counting else REPORT_S
        return get_channel_layer() is not None and moment - self._told_at > every

    async def tell(self, here: LocalPresence, seen: dict[str, StepObservation], moment: float) -> None:
        """Write a report. A failed one is replaced by the next."""
        self._told_at = moment
        try:
            await read(lambda: self._write(here, seen))
        except (DatabaseError, InterfaceError) as error:
            log.warning("A hub could not report: %s", type(error).__name__)

    async def tell_end(self, here: LocalPresence, seen: dict[str, StepObservation]) -> None:
        """Write an empty report: this process ends in an orderly way."""
        if get_channel_layer() is not None:
            await self.tell(replace(here, people={}, told={}, consoles={}), seen, self._told_at)

    def _write(self, here: LocalPresence, seen: dict[str, StepObservation]) -> None:
        PresenceReport.objects.update_or_create(
            session_id=self._session_id,
            process=here.process,
            defaults={
                "people": {str(person): waiting for person, waiting in here.people.items()},
                "held": {str(person): list(told) for person, told in here.told.items()},
                "consoles": dict(here.consoles),
                "seen": {step: list(told) for step, told in seen.items()},
                "seen_at": clock.now(),
            },
        )
        # Of all sessions: a process that was killed leaves its report behind, and may have been the last of its own.
        PresenceReport.objects.filter(seen_at__lt=_ago(KEPT_S)).delete()
