"""The agenda of a session as its check counts with it: read from the tables, kinds and ways of voting."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import Count

from ..ballots import all_ballots, ballot_of, read_rules, write_rules
from ..enums import SessionKind, StepState
from ..models import Round, Session, Step
from .agenda_check import Plan, PlannedStep
from .editions import sectors_of
from .kind import Input, all_kinds, kind_of

_UNTIMED = {SessionKind.OPEN, SessionKind.INTERVIEW}
_UNDIVIDED = {SessionKind.EXPERT, SessionKind.INTERVIEW}


def read_plan(session: Session) -> Plan:
    """Return it. Three queries; what was superseded is no part of it."""
    rounds = Round.objects.filter(session=session).annotate(n=Count("round_items")).order_by("number")
    items = {round_.step_id: round_.n for round_ in rounds}
    steps = session.steps.exclude(state=StepState.SUPERSEDED).order_by("position", "id")
    return Plan(
        steps=tuple(_planned(step, items.get(step.pk, 0)) for step in steps),
        minutes=session.minutes,
        invited=session.invited,
        sectors=tuple(sector.public_id for sector in sectors_of(session)),
        threshold=session.programme.threshold,
        is_timed=session.kind not in _UNTIMED,
        by_sector=session.kind not in _UNDIVIDED,
        rest_kind=next(kind.key for kind in all_kinds() if kind.rests),
        single_rules=_single_rules(),
    )


def _planned(step: Step, items: int) -> PlannedStep:
    kind = kind_of(step)
    planned = PlannedStep(
        id=step.public_id,
        minutes=step.minutes,
        rests=kind.rests,
        cards=kind.most_cards(step) if _is_for_the_wall(step) else 0,
    )
    if not kind.has_rounds(step):
        return planned
    counts = kind.has_result(step) and not kind.is_practice(step)
    if kind.offers(step) is not None:
        return planned._replace(counts=counts)
    key, stored = kind.ballot(step), kind.ballot_rules(step)
    dots, quarter = _dots(key, stored, items)
    return planned._replace(
        items=items,
        one_by_one=ballot_of(key).has_opinions,
        dots=dots,
        quarter=quarter,
        rules={"ballot": key, **stored},
        counts=counts,
    )


def _single_rules() -> dict[str, Any]:
    ballot = next(ballot for ballot in all_ballots() if ballot.has_opinions)
    return {"ballot": ballot.key, **write_rules(ballot.Rules())}


def _is_for_the_wall(step: Step) -> bool:
    kind = kind_of(step)
    return kind.input_of(step) is Input.CARDS and kind.about and not kind.is_practice(step)


def _dots(key: str, stored: dict[str, Any], items: int) -> tuple[int | None, int]:
    """Return how many dots somebody set, and how many the items call for, where a ballot can tell by itself."""
    ballot, rules = ballot_of(key), read_rules(key, stored)
    if getattr(ballot.Rules(), "budget", 0) is not None or rules.budget is None:
        return None, 0
    called_for = ballot.complete(msgspec.structs.replace(rules, budget=None), items=items)
    return rules.budget, called_for.budget
