"""What an export covers: session, role, and the rows that several files share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, F, Value, When

from ..domain.consent import Content, may_hold
from ..domain.editions import pick_held
from ..domain.kind import kind_of
from ..enums import Role
from ..models import Participant, Pillar, Round, Sector, Session, Step
from .cells import quote_cells
from .moments import StoredMoment, tell_day
from .rounds import read_rounds
from .statements import SessionRows


class ExportedPerson(NamedTuple):
    pk: int
    name: str
    """The pseudonym."""
    sector: str
    source: str
    seed: int
    joined_at: str
    retired_at: str | None


SECTOR_KEY = Case(When(in_sector=True, then=F("sector__key")), default=Value(""))
"""Empty for somebody who was imported without a group."""

_PEOPLE = SessionRows(
    lambda session: (
        Participant.objects.filter(session=session)
        .order_by("public_id")
        .values_list(
            "pk",
            "public_id",
            SECTOR_KEY,
            "source",
            "order_seed",
            StoredMoment("joined_at"),
            StoredMoment("retired_at"),
        )
    )
)


def number_for(role: Role, session: Session) -> int | None:
    """Return the number of the last event; none for the steering group, who would see by it that somebody writes."""
    return None if role is Role.STEERING else session.seq


@dataclass(frozen=True)
class Scope:
    """Files of one scope and one moment belong together. What is read here is read once for all of them."""

    session: Session
    role: Role

    def may_hold(self, content: Content) -> bool:
        """Whether people agreed that a file may hold this."""
        return may_hold(self.session.consent, content)

    @property
    def core(self) -> bool:
        return self.role is Role.CORE

    @cached_property
    def which_session(self) -> str:
        """The cells of `columns.WHICH_SESSION`."""
        session = self.session
        day = tell_day(session.planned_at, zone=session.programme.time_zone)
        return quote_cells(session.public_id, session.code, session.title_nl, session.title_en, day)

    @cached_property
    def pillars(self) -> list[Pillar]:
        """The pillars that hold in the session, in order."""
        return pick_held(self.session.programme.pillars.all(), self.session)

    @cached_property
    def sectors(self) -> list[Sector]:
        """The O's that hold in the session, in order."""
        return pick_held(self.session.programme.sectors.all(), self.session)

    @cached_property
    def steps(self) -> list[Step]:
        """The agenda in order, also what was taken out of it."""
        steps = Step.objects.filter(session=self.session).select_related("pillar", "subject")
        return list(steps.order_by("position", "public_id"))

    @cached_property
    def practice(self) -> frozenset[str]:
        """The steps in which people practised: nothing of them is in a file."""
        return frozenset(step.public_id for step in self.steps if kind_of(step).is_practice(step))

    @cached_property
    def rounds(self) -> list[Round]:
        """The rounds with their steps, in the order of the agenda."""
        return read_rounds(self.session)

    @cached_property
    def people(self) -> list[ExportedPerson]:
        """The people in the order of their pseudonyms, which are random."""
        return [ExportedPerson(*row) for row in _PEOPLE.read(self.session)]
