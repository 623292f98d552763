"""By a budget of 100,000 euros: see chosen.py. It buys C (40,000) and then B (50,000); of the 10,000 that are left
neither A nor D can be paid. Of A and B it buys A alone (60,000): with B it would be 110,000.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playwright.async_api import expect

from ..browser import Screen
from . import chosen
from .declared import A, B, C, D, Declared, Round, Row
from .evening import BallotEvening
from .fingers import row, tap, why
from .reading import picture

PRICES = {A: "€ 60.000", B: "€ 50.000", C: "€ 40.000", D: "€ 30.000"}
BOUGHT = [
    ["1", C, "gekocht", "€ 40.000 75 %"],
    ["2", B, "gekocht", "€ 50.000 46 %"],
    ["3", A, "niet gekocht", "€ 60.000 39 %"],
    ["4", D, "niet gekocht", "€ 30.000 25 %"],
]
BOUGHT_AGAIN = [["1", A, "gekocht", "€ 60.000 86 %"], ["2", B, "niet gekocht", "€ 50.000 14 %"]]


async def buy_what_costs_too_much(_: BallotEvening, phone: Screen) -> None:
    await expect(phone.page.get_by_role("heading", name="Nog € 40.000 van de € 100.000")).to_be_visible()
    await expect(row(phone, B).get_by_text("€ 10.000 te kort")).to_be_visible()
    await row(phone, B).get_by_role("button").press("Enter")
    await why(phone, "€ 10.000 te kort. Neem eerst iets terug.")


async def see_bought(evening: BallotEvening) -> None:
    assert [line[:4] for line in await picture(evening.stage, 4, "Wat het budget koopt.")] == BOUGHT
    await expect(evening.stage.page.get_by_text("€ 90.000 van € 100.000.")).to_be_visible()


async def see_bought_again(evening: BallotEvening) -> None:
    assert [line[:4] for line in await picture(evening.stage, 4, "Wat het budget koopt.")] == BOUGHT_AGAIN
    await expect(evening.stage.page.get_by_text("€ 60.000 van € 100.000.")).to_be_visible()


def results(rows: Mapping[str, Sequence[Row]], bought: list[str]) -> dict[str, list[Row]]:
    """The same figures, and which are bought."""
    return {text: [(*everyone, "1" if text in bought else "0"), *groups] for text, (everyone, *groups) in rows.items()}


def priced(rows: Mapping[str, Row], bought: list[str], yes: str, no: str) -> list[Row]:
    return [(*row, PRICES[text], *filter(None, [yes if text in bought else no])) for text, row in rows.items()]


BUDGET = Declared(
    key="budget",
    name="Budget verdelen",
    numbers={"Wat iemand kan uitgeven, in hele euro’s": 100_000},
    prices={A: 60_000, B: 50_000, C: 40_000, D: 30_000},
    rule="Geef hoogstens € 100.000 uit.",
    hand=tap("Koop voor"),
    try_out=buy_what_costs_too_much,
    pictures=4,
    columns=(*chosen.COLUMNS, "chosen"),
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
        own=see_bought,
        phone=priced(chosen.PHONE, [C, B], "past in € 100.000", ""),
        said={
            A: ("Door jou: gekocht", ""),
            B: ("", "Door jou: gekocht"),
            C: ("Door jou: gekocht", "Door jou: gekocht"),
            D: ("", ""),
        },
        desk=priced(chosen.DESK, [C, B], "gekocht", "niet gekocht"),
        studio=priced(chosen.STUDIO, [C, B], "gekocht", "niet gekocht"),
        results=results(chosen.RESULTS, [C, B]),
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
        own=see_bought_again,
        change=chosen.CHANGE,
        phone=priced(chosen.PHONE_AGAIN, [A], "past in € 100.000", ""),
        said={A: ("Door jou: gekocht", "Door jou: gekocht"), B: ("", "")},
        desk=priced(chosen.DESK_AGAIN, [A], "gekocht", "niet gekocht"),
        studio=priced(chosen.STUDIO_AGAIN, [A], "gekocht", "niet gekocht"),
        results=results(chosen.RESULTS_AGAIN, [A]),
        votes=chosen.VOTES_AGAIN,
    ),
)
