"""What a report is made of, read at one moment. Everything in it was shown: walls and results as the room had them
(domain/reading_along.py), counts of people as the small-group rule allows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...domain.authorisation import RUNS_SESSIONS
from ...domain.consent import Content, may_hold
from ...domain.documents import GroupDoc
from ...domain.editions import pick_held
from ...domain.kind import kind_of
from ...domain.publication import read_moments
from ...domain.reading_along import Shown, read_along
from ...domain.results import pool_groups
from ...enums import ELSEWHERE, Role, StepState
from ...models import Participant, Pillar, Sector, Session, Step
from .agreed import keep_agreed
from .trail import Act, read_acts


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took part: `n` is None below the threshold; no groups where none may be told apart."""

    n: int | None
    groups: Sequence[GroupDoc]
    absent: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facts:
    session: Session
    role: Role
    is_closed: bool
    sectors: Sequence[Sector]
    pillars: Sequence[Pillar]
    steps: Sequence[Step]
    """Of the agenda: those that were opened."""
    unheld: Sequence[Step]
    """Those that were planned and never opened."""
    taken: Taken
    shown: Shown
    published: Mapping[str, dt.datetime]
    """Round id → when its result was published."""
    acts: Sequence[Act]

    @property
    def has_texts(self) -> bool:
        """Whether this reader gets cards and questions: the steering group reads results, and people may have agreed
        to figures only.
        """
        return self.role in RUNS_SESSIONS and may_hold(self.session.consent, Content.WORDS)


def read_facts(*, session: Session, role: Role) -> Facts:
    """The caller is in a transaction whose reads all see one moment."""
    sectors = pick_held(session.programme.sectors.all(), session)
    steps = list(Step.objects.filter(session=session).exclude(state=StepState.SUPERSEDED))
    steps = [step for step in steps if not kind_of(step).is_practice(step)]
    closed = is_closed(session)
    shown = read_along(session.pk)
    kept = [found for found in shown.steps if not kind_of(found.step).is_practice(found.step)]
    shown = replace(shown, steps=[keep_agreed(step, consent=session.consent) for step in kept])
    return Facts(
        session=session,
        role=role,
        is_closed=closed,
        sectors=sectors,
        pillars=pick_held(session.programme.pillars.all(), session),
        steps=[step for step in steps if step.opened_at is not None],
        unheld=[step for step in steps if step.opened_at is None],
        taken=_read_taken(session, sectors, is_closed=closed),
        shown=shown,
        published=read_moments(session.pk),
        acts=read_acts(session, [found.step for found in shown.steps]),
    )


def is_closed(session: Session) -> bool:
    """Whether the session is over: it was held, and none of its steps is open."""
    steps = Step.objects.filter(session=session)
    if steps.filter(state=StepState.OPEN).exists():
        return False
    return session.archived_at is not None or steps.filter(state=StepState.CLOSED).exists()


def _read_taken(session: Session, sectors: Sequence[Sector], *, is_closed: bool) -> Taken:
    """Count people per O. While the session goes on they are told undivided: a count per O that moves by one shows who
    came or went.
    """
    here = Participant.objects.filter(session=session, retired_at__isnull=True).exclude(source__in=ELSEWHERE)
    # Who was erased took part: a count that went down with a card would tell of which O its writer was.
    counts = Counter(here.values_list("sector__public_id", flat=True)) + Counter(session.erased_of or {})
    threshold = session.programme.threshold
    n = sum(counts.values())
    if n < threshold:
        return Taken(None, [], [])
    there = [sector.public_id for sector in sectors if counts[sector.public_id]]
    absent = [sector.public_id for sector in sectors if not counts[sector.public_id]]
    if not is_closed:
        return Taken(n, [], [])
    company = session.company or {}
    together = dict.fromkeys(
        frozenset(there).intersection(others) for others in company.values() if len(set(there).intersection(others)) > 1
    )
    groups = pool_groups(people=counts, sectors=there, threshold=threshold, together=together)
    if not groups and len(there) == 1:
        groups = [GroupDoc(sectors=there, n=n)]
    return Taken(n, groups, absent)
