"""By approval, two at most: see chosen.py."""

from __future__ import annotations

from ..browser import Screen
from . import chosen
from .declared import A, B, C, D, Declared, Round
from .evening import BallotEvening
from .fingers import row, tap, tap_in, why


async def choose_one_too_many(evening: BallotEvening, phone: Screen) -> None:
    await tap_in(evening, phone, D, "Kies")
    await row(phone, B).get_by_role("button").press("Enter")
    await why(phone, "Je kunt er hoogstens 2 kiezen.")
    await row(phone, D).get_by_role("button").click()


APPROVE = Declared(
    key="approve",
    name="Goedkeuren",
    numbers={"Kaarten die iemand hoogstens kan kiezen; leeg: zoveel als hij wil": 2},
    rule="Kies er hoogstens 2.",
    hand=tap("Kies"),
    try_out=choose_one_too_many,
    columns=chosen.COLUMNS,
    group_columns=chosen.GROUP_COLUMNS,
    is_people=True,
    first=Round(
        items=[A, B, C, D],
        crowd=chosen.CROWD,
        of_w=[(A, 1), (C, 1)],
        of_n=[(B, 1), (C, 1)],
        heads=chosen.HEADS,
        equal=chosen.EQUAL,
        apart=chosen.APART,
        phone=list(chosen.PHONE.values()),
        said={
            A: ("Door jou: gekozen", ""),
            B: ("", "Door jou: gekozen"),
            C: ("Door jou: gekozen", "Door jou: gekozen"),
            D: ("", ""),
        },
        desk=list(chosen.DESK.values()),
        studio=list(chosen.STUDIO.values()),
        results=chosen.RESULTS,
        votes=chosen.VOTES,
    ),
    second=Round(
        items=[A, B],
        crowd=chosen.CROWD_AGAIN,
        of_w=[(A, 1)],
        of_n=[(A, 1)],
        heads=chosen.HEADS_AGAIN,
        equal=chosen.EQUAL_AGAIN,
        apart=chosen.APART_AGAIN,
        change=chosen.CHANGE,
        phone=list(chosen.PHONE_AGAIN.values()),
        said={A: ("Door jou: gekozen", "Door jou: gekozen"), B: ("", "")},
        desk=list(chosen.DESK_AGAIN.values()),
        studio=list(chosen.STUDIO_AGAIN.values()),
        results=chosen.RESULTS_AGAIN,
        votes=chosen.VOTES_AGAIN,
    ),
)
