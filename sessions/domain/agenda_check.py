"""Does an agenda fit its time and its people? Pure: a plan in, warnings out, each with what it was counted from and,
where one act mends it, the commands of that act (WORKSHOP.md section 1 has the numbers).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

FITS_A_WALL = 80
"""Cards that a room can still read together."""
MOST_TO_CHOOSE_FROM = 20
BREAK_DUE, BREAK_OVERDUE, BREAK_MINUTES = 60, 90, 12
"""Minutes since the last break; and how long the proposed one is."""
SHORTEST = 5
"""No step is proposed to be shorter than this."""


class Warns(StrEnum):
    """What an agenda is warned of."""

    WALL = "wall"
    BREAK_DUE = "break_due"
    BREAK_OVERDUE = "break_overdue"
    LONG_STEP = "long_step"
    TOO_LONG = "too_long"
    NO_BUFFER = "no_buffer"
    MANY_ITEMS = "many_items"
    MANY_DOTS = "many_dots"
    NOBODY_INVITED = "nobody_invited"
    POOLED = "pooled"
    FEW_PEOPLE = "few_people"


class PlannedStep(NamedTuple):
    """What is asked of a step."""

    id: str
    minutes: int
    rests: bool = False
    """A break."""
    cards: int = 0
    """That a person may write for the wall; 0: none."""
    items: int = 0
    """That were put to the vote so far."""
    one_by_one: bool = False
    """Its items are judged one at a time, so nobody has to read all of them first."""
    dots: int | None = None
    """Per person, where somebody said so."""
    quarter: int = 0
    """Dots per person that its items call for."""
    rules: Mapping[str, Any] = {}
    """How it is voted."""
    counts: bool = False
    """It has a result with figures per O."""


class Plan(NamedTuple):
    """An agenda with its time and its people."""

    steps: tuple[PlannedStep, ...]
    minutes: int | None = None
    """In all; none: nobody said."""
    invited: Mapping[str, int] | None = None
    """O → people; none: nobody said."""
    sectors: tuple[str, ...] = ()
    threshold: int = 5
    is_timed: bool = True
    """People sit through it together: no interview, no open round of weeks."""
    by_sector: bool = True
    """Figures per O are wanted: no expert session, no interview."""
    rest_kind: str = ""
    single_rules: Mapping[str, Any] = {}
    """Of the way of voting that asks about one item at a time."""


class Act(NamedTuple):
    """One command to the session. An act is one or more of them."""

    do: str
    content: Mapping[str, Any]


class Warned(NamedTuple):
    """`figures`: the sum, by name. `sector`, `step`: what it is about. No acts: people mend it, not a command."""

    what: Warns
    figures: Mapping[str, int]
    step: str | None = None
    sector: str | None = None
    acts: tuple[Act, ...] = ()


def check_agenda(plan: Plan) -> list[Warned]:
    """Return the warnings, those about time first."""
    found = [*_time(plan), *_breaks(plan)] if plan.is_timed else []
    return [*found, *_wall(plan), *_votes(plan), *_people(plan)]


def _time(plan: Plan) -> Iterator[Warned]:
    """A tenth of the time is left free: something always takes longer."""
    if plan.minutes is None or not plan.steps:
        return
    total = sum(step.minutes for step in plan.steps)
    wanted = -(-plan.minutes // 10)
    left = plan.minutes - total
    if left >= wanted:
        return
    figures = {"total": total, "minutes": plan.minutes, "left": left, "over": -left, "wanted": wanted}
    yield Warned(
        Warns.TOO_LONG if left < 0 else Warns.NO_BUFFER,
        figures | {"need": wanted - left},
        acts=_shorten(plan, by=wanted - left) or (Act("session.edit", {"minutes": -(-total * 10 // 9)}),),
    )


def _shorten(plan: Plan, *, by: int) -> tuple[Act, ...]:
    """Take minutes from what is longest; none when that is not enough."""
    minutes = {step.id: step.minutes for step in plan.steps if not step.rests}
    for _ in range(by):
        longest = max(minutes, key=lambda step: minutes[step], default=None)
        if longest is None or minutes[longest] <= SHORTEST:
            return ()
        minutes[longest] -= 1
    return tuple(
        Act("agenda.edit", {"step": step.id, "minutes": minutes[step.id]})
        for step in plan.steps
        if step.id in minutes and minutes[step.id] != step.minutes
    )


def _breaks(plan: Plan) -> Iterator[Warned]:
    for stretch in _stretches(plan.steps):
        total = sum(step.minutes for step in stretch)
        if total <= BREAK_DUE:
            continue
        first = stretch[0]
        if first.minutes > BREAK_DUE:
            shorter = Act("agenda.edit", {"step": first.id, "minutes": BREAK_DUE})
            yield Warned(Warns.LONG_STEP, {"minutes": first.minutes, "due": BREAK_DUE}, first.id, acts=(shorter,))
            continue
        sat, after = 0, first
        for step in stretch:
            if sat + step.minutes > BREAK_DUE:
                break
            sat, after = sat + step.minutes, step
        rest = {"kind": plan.rest_kind, "after": after.id, "minutes": BREAK_MINUTES}
        rest |= {"title_nl": "Pauze", "title_en": "Break"}
        yield Warned(
            Warns.BREAK_OVERDUE if total > BREAK_OVERDUE else Warns.BREAK_DUE,
            {"total": total, "due": BREAK_DUE, "overdue": BREAK_OVERDUE, "at": sat, "minutes": BREAK_MINUTES},
            after.id,
            acts=(Act("agenda.add", rest),),
        )


def _stretches(steps: tuple[PlannedStep, ...]) -> Iterator[list[PlannedStep]]:
    """Yield what people sit through without a break."""
    stretch: list[PlannedStep] = []
    for step in steps:
        if not step.rests:
            stretch.append(step)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _wall(plan: Plan) -> Iterator[Warned]:
    people = sum((plan.invited or {}).values())
    writing = [step for step in plan.steps if step.cards]
    each = sum(step.cards for step in writing)
    if people * each <= FITS_A_WALL:
        return
    fewer = FITS_A_WALL // (people * len(writing))
    acts = [Act("agenda.edit", {"step": step.id, "settings": {"max_cards": fewer}}) for step in writing]
    figures = {"people": people, "each": each, "total": people * each, "fits": FITS_A_WALL, "fewer": fewer}
    yield Warned(
        Warns.WALL, figures | {"left": people * len(writing) * fewer}, writing[0].id, acts=tuple(acts if fewer else ())
    )


def _votes(plan: Plan) -> Iterator[Warned]:
    for step in plan.steps:
        if step.items > MOST_TO_CHOOSE_FROM and not step.one_by_one:
            single = Act("agenda.edit", {"step": step.id, "settings": {"rules": dict(plan.single_rules)}})
            yield Warned(Warns.MANY_ITEMS, {"items": step.items, "most": MOST_TO_CHOOSE_FROM}, step.id, acts=(single,))
        elif step.items and step.dots is not None and step.dots > step.quarter:
            rules = {**step.rules, "budget": step.quarter}
            yield Warned(
                Warns.MANY_DOTS,
                {"items": step.items, "budget": step.dots, "quarter": step.quarter},
                step.id,
                acts=(Act("agenda.edit", {"step": step.id, "settings": {"rules": rules}}),),
            )


def _people(plan: Plan) -> Iterator[Warned]:
    """Figures per O need as many people of each as the threshold says; below it an O is counted with another."""
    if plan.invited is None or not plan.by_sector:
        return
    total = sum(plan.invited.values())
    if total < 2 * plan.threshold and any(step.counts for step in plan.steps):
        figures = {"people": total, "threshold": plan.threshold, "wanted": 2 * plan.threshold}
        yield Warned(Warns.FEW_PEOPLE, figures, acts=(Act("session.edit", {"kind": "expert"}),))
        return
    for sector in plan.sectors:
        n = plan.invited.get(sector, 0)
        if n >= plan.threshold:
            continue
        more = Act("session.edit", {"invited": {**plan.invited, sector: plan.threshold}})
        figures = {"people": n, "threshold": plan.threshold, "more": plan.threshold - n}
        yield Warned(Warns.POOLED if n else Warns.NOBODY_INVITED, figures, sector=sector, acts=(more,))
