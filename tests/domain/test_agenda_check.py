"""A table of agendas: what each must and must not be warned of, by its sum, and that the act of a warning mends it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from sessions.domain.agenda_check import Plan, PlannedStep, Warned, Warns, check_agenda
from sessions.domain.commands import CONSOLE_COMMANDS, AddItems, EditSession, EditStep, NewItem
from sessions.domain.planned import read_plan
from sessions.errors import Refused
from sessions.kinds import Keys
from sessions.models import Session

from ..factory import SessionHarness, make_room

S, W = PlannedStep, Warns
COMMANDS = {command.do: command for command in CONSOLE_COMMANDS}


def steps(*minutes: int, **more: object) -> tuple[PlannedStep, ...]:
    """Steps of so many minutes; a negative number is a break."""
    return tuple(
        S(f"s{place}", abs(length), rests=length < 0, **more)  # type: ignore[arg-type]
        for place, length in enumerate(minutes)
    )


def people(*n: int) -> dict[str, int]:
    return {f"o{place}": many for place, many in enumerate(n) if many}


O4 = ("o0", "o1", "o2", "o3")
FORTY = people(10, 10, 10, 10)
VOTE = S("v", 10, counts=True)

TABLE: list[tuple[str, Plan, dict[Warns, dict[str, int]]]] = [
    ("nothing is planned", Plan(()), {}),
    ("nobody said how long", Plan(steps(50)), {}),
    ("a tenth is left", Plan(steps(50, -10, 40, -5, 30), minutes=150), {}),
    ("a minute less", Plan(steps(50, -10, 40, -5, 31), minutes=150), {W.NO_BUFFER: {"total": 136, "left": 14}}),
    ("nothing is left", Plan(steps(60), minutes=60), {W.NO_BUFFER: {"left": 0, "wanted": 6}}),
    ("seven too many", Plan(steps(60, -7, 60, -30), minutes=150), {W.TOO_LONG: {"total": 157, "over": 7}}),
    ("an hour in one go", Plan(steps(30, 30)), {}),
    ("an hour and a minute", Plan(steps(30, 31)), {W.BREAK_DUE: {"total": 61, "at": 30}}),
    ("an hour and a half", Plan(steps(30, 30, 30)), {W.BREAK_DUE: {"total": 90, "at": 60}}),
    ("longer", Plan(steps(30, 30, 31)), {W.BREAK_OVERDUE: {"total": 91, "at": 60}}),
    ("a break in between", Plan(steps(45, -15, 45)), {}),
    ("a break that comes too late", Plan(steps(45, 20, -15, 30)), {W.BREAK_DUE: {"total": 65, "at": 45}}),
    ("one step that nobody sits through", Plan(steps(75)), {W.LONG_STEP: {"minutes": 75}}),
    ("weeks", Plan(steps(600), minutes=60, is_timed=False), {}),
    ("40 people, 2 pillars, 3 cards", Plan(steps(7, 7, cards=3), invited=FORTY), {W.WALL: {"total": 240, "fewer": 1}}),
    ("40 people, 2 pillars, 1 card", Plan(steps(7, 7, cards=1), invited=FORTY), {}),
    ("nobody said how many people", Plan(steps(7, 7, cards=20)), {}),
    ("20 items", Plan((VOTE._replace(items=20),)), {}),
    ("21 items", Plan((VOTE._replace(items=21),)), {W.MANY_ITEMS: {"items": 21}}),
    ("21 items, one by one", Plan((VOTE._replace(items=21, one_by_one=True),)), {}),
    ("a quarter in dots", Plan((VOTE._replace(items=16, dots=4, quarter=4),)), {}),
    ("more dots", Plan((VOTE._replace(items=16, dots=5, quarter=4),)), {W.MANY_DOTS: {"budget": 5, "quarter": 4}}),
    ("all four O's", Plan((VOTE,), invited=FORTY, sectors=O4), {}),
    ("an O of nobody", Plan((VOTE,), invited=people(9, 9, 9), sectors=O4), {W.NOBODY_INVITED: {"people": 0}}),
    ("an O of four", Plan((VOTE,), invited=people(9, 9, 9, 4), sectors=O4), {W.POOLED: {"people": 4, "more": 1}}),
    ("eight people", Plan((VOTE,), invited=people(2, 2, 2, 2), sectors=O4), {W.FEW_PEOPLE: {"people": 8}}),
    ("eight people, who do not vote", Plan(steps(9), invited=people(8), sectors=("o0",)), {}),
    ("eight experts", Plan((VOTE,), invited=people(2, 2, 2, 2), sectors=O4, by_sector=False), {}),
]


@pytest.mark.parametrize(("plan", "wanted"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_an_agenda_is_warned_of_just_this(plan: Plan, wanted: dict[Warns, dict[str, int]]) -> None:
    found = {warned.what: warned.figures for warned in check_agenda(plan)}
    assert found.keys() == wanted.keys()
    for what, figures in wanted.items():
        assert figures.items() <= found[what].items()


def test_every_warning_has_a_row_that_must_have_it() -> None:
    assert {what for _, _, wanted in TABLE for what in wanted} == set(Warns)


def test_a_room_too_large_for_one_card_each_is_told_so_without_an_act() -> None:
    (warned,) = check_agenda(Plan(steps(7, cards=1), invited=people(100)))
    assert (warned.what, warned.acts) == (Warns.WALL, ())


def check(room: SessionHarness) -> list[Warned]:
    return check_agenda(read_plan(Session.objects.get(pk=room.session.pk)))


def do(room: SessionHarness, warned: Warned) -> None:
    assert warned.acts, warned
    for act in warned.acts:
        room.lead(msgspec.convert(dict(act.content), COMMANDS[act.do]))


def mend(room: SessionHarness, what: Warns) -> None:
    """Do its act; the same warning of the same step or O is gone then."""
    warned = next(found for found in check(room) if found.what is what)
    do(room, warned)
    assert (what, warned.step, warned.sector) not in {(left.what, left.step, left.sector) for left in check(room)}


@pytest.mark.django_db(transaction=True)
def test_the_act_of_each_warning_makes_it_go() -> None:
    room = make_room()
    sectors = list(room.session.programme.sectors.order_by("position"))
    collect, vote = room.step(Keys.COLLECT), room.step(Keys.VOTE)

    def plan_for(numbers: Iterable[int]) -> None:
        invited = {sector.public_id: n for sector, n in zip(sectors, numbers, strict=False)}
        room.lead(EditSession(kind="workshop", invited=invited))

    plan_for([2, 2, 2, 2])
    mend(room, Warns.FEW_PEOPLE)
    plan_for([20, 20, 4, 0])
    mend(room, Warns.POOLED)
    mend(room, Warns.NOBODY_INVITED)
    mend(room, Warns.WALL)
    for minutes, what in ((75, Warns.LONG_STEP), (58, Warns.BREAK_DUE)):
        room.lead(EditStep(step=collect.public_id, minutes=minutes))
        mend(room, what)
    room.lead(EditStep(step=collect.public_id, minutes=58))
    room.lead(EditStep(step=vote.public_id, minutes=58))
    if any(found.what is Warns.BREAK_OVERDUE for found in check(room)):
        mend(room, Warns.BREAK_OVERDUE)
    total = sum(step.minutes for step in read_plan(Session.objects.get(pk=room.session.pk)).steps)
    room.lead(EditSession(minutes=total - 5))
    mend(room, Warns.TOO_LONG)
    total = sum(step.minutes for step in read_plan(Session.objects.get(pk=room.session.pk)).steps)
    room.lead(EditSession(minutes=total + 1))
    mend(room, Warns.NO_BUFFER)
    round_ = room.session.rounds.get(step=vote)
    words = [NewItem(text_nl=f"Punt {n}", text_en=f"Item {n}") for n in range(24)]
    room.lead(EditStep(step=vote.public_id, settings={"rules": {"ballot": "dots", "budget": 9, "most": 1}}))
    room.lead(AddItems(round=round_.public_id, items=words[:12]))
    mend(room, Warns.MANY_DOTS)
    room.lead(AddItems(round=round_.public_id, items=words[12:]))
    mend(room, Warns.MANY_ITEMS)


@pytest.mark.django_db(transaction=True)
def test_an_o_that_is_not_there_is_not_planned_for() -> None:
    room = make_room()
    with pytest.raises(Refused):
        room.lead(EditSession(invited={"0" * 12: 9}))
