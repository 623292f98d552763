"""By a matrix of 5 cells along each side: across, then up. There are no places and no shares;
what is higher on both comes first.

    A       onderwijs           onderzoek    ondernemers + overheden   all, of 20      balanced
            5 × (5, 1), (4, 2)  7 × (3, 3)   7 × (1, 5)
    across  29/6 = 4.833333     3            1                         57/20 = 2.85    9.833333 / 4 = 2.458333
    up      7/6 = 1.166667      3            5                         63/20 = 3.15    14.166667 / 4 = 3.541667
    The groups lie (4.833333 − 1) / 4 = 0.958333 apart. Six stand at the right below, seven at the left above.
    B       (5, 5) by all

Round two: A (1, 3) by the two of overheden, (4, 3) by all others. B (5, 4) by onderzoek, (5, 5) by all others.

    A  across  4            4            22/7 = 3.142857               74/20 = 3.7     14.285714 / 4 = 3.571429
    A  up      3            3            3                             3               3
    B  up      5            4            5                             93/20 = 4.65    19 / 4 = 4.75
    The groups lie (4 − 3.142857) / 4 = 0.214286 apart on A, (5 − 4) / 4 = 0.25 on B.
"""

from __future__ import annotations

from playwright.async_api import expect

from ..browser import Screen
from .declared import A, B, Declared, Round
from .evening import BallotEvening
from .fingers import place

ACROSS, UP = "Hoe haalbaar is het?", "Hoeveel effect heeft het?"


async def see_field(evening: BallotEvening, *, means: str, groups: str) -> None:
    """Where the cards lie, and where the groups put A when it is chosen."""
    await turn_in_field(evening.stage, 2, A, "Waar elke kaart ligt in het veld.", place=means, groups=groups)


async def turn_in_field(stage: Screen, picture: int, text: str, title: str, *, place: str, groups: str) -> None:
    """To this card, in the picture of that number."""
    page = stage.page
    await page.keyboard.press(str(picture))
    await expect(page.get_by_text(title)).to_be_visible()
    await expect(page.locator(".field li", has_text=text)).to_contain_text(place)
    chosen = page.locator(".field li.chosen")
    while text not in "".join(stood := await chosen.all_inner_texts()):
        await page.keyboard.press("ArrowRight")
        await expect(chosen).not_to_have_text(stood)
    await expect(page.locator(".field li.said").first).to_have_text(groups)


async def see_where_it_lies(evening: BallotEvening) -> None:
    await see_field(
        evening,
        means=f"{ACROSS} 2,5; {UP} 3,5",
        groups="Onderwijs 4,8 · 1,2; Onderzoek 3,0 · 3,0; Ondernemers + Overheden 1,0 · 5,0",
    )


async def see_where_it_lies_again(evening: BallotEvening) -> None:
    await see_field(
        evening,
        means=f"{ACROSS} 3,6; {UP} 3,0",
        groups="Onderwijs 4,0 · 3,0; Onderzoek 4,0 · 3,0; Ondernemers + Overheden 3,1 · 3,0",
    )


MATRIX = Declared(
    key="matrix",
    name="Matrix",
    rule=f"Geef elke kaart een plek: {ACROSS} {UP}",
    hand=place(ACROSS, UP),
    columns=("status", "place", "of", "seen", "share", "spread", "high_high", "high_low", "low_high", "low_low"),
    group_columns=("n", "of", "share"),
    first=Round(
        items=[A, B],
        crowd={
            "onderwijs": [{A: [5, 1], B: [5, 5]}] * 5,
            "onderzoek": [{A: [3, 3], B: [5, 5]}] * 7,
            "ondernemers": [{A: [1, 5], B: [5, 5]}] * 4,
            "overheden": [{A: [1, 5], B: [5, 5]}] * 2,
        },
        of_w=[(A, [4, 2]), (B, [5, 5])],
        of_n=[(A, [1, 5]), (B, [5, 5])],
        heads=[(B, f"{ACROSS} 5,0 {UP} 5,0", "20 mensen"), (A, f"{ACROSS} 2,9 {UP} 3,2", "20 mensen")],
        own=see_where_it_lies,
        phone=[
            (B, "20 mensen", f"{ACROSS} 5,0 {UP} 5,0"),
            (A, "20 mensen", f"{ACROSS} 2,9 {UP} 3,2"),
        ],
        said={
            A: (f"Jij zei: {ACROSS} 4 van 5, {UP} 2 van 5", f"Jij zei: {ACROSS} 1 van 5, {UP} 5 van 5"),
            B: (f"Jij zei: {ACROSS} 5 van 5, {UP} 5 van 5", f"Jij zei: {ACROSS} 5 van 5, {UP} 5 van 5"),
        },
        desk=[
            (B, f"{ACROSS} 5,0 · {UP} 5,0", "5,0 · 5,0", "20 mensen", "5,0 · 5,0 5,0 · 5,0 5,0 · 5,0"),
            (A, f"{ACROSS} 2,9 · {UP} 3,2", "2,5 · 3,5", "20 mensen", "4,8 · 1,2 3,0 · 3,0 1,0 · 5,0"),
        ],
        studio=[
            (B, f"{ACROSS} 5,0 · {UP} 5,0", "5,0 · 5,0 5,0 · 5,0 5,0 · 5,0 5,0 · 5,0"),
            (A, f"{ACROSS} 2,9 · {UP} 3,2", "2,5 · 3,5 4,8 · 1,2 3,0 · 3,0 1,0 · 5,0"),
        ],
        results={
            A: [("shown", "", "20", "20", "", "0.958333", "0", "6", "7", "0"),
                ("6", "6", ""), ("7", "7", ""), ("7", "7", ""),
                ("all", "1", "20", "2.850000", "2.458333", ""), ("onderwijs", "1", "6", "4.833333", "", ""),
                ("onderzoek", "1", "7", "3.000000", "", ""), ("ondernemers+overheden", "1", "7", "1.000000", "", ""),
                ("all", "2", "20", "3.150000", "3.541667", ""), ("onderwijs", "2", "6", "1.166667", "", ""),
                ("onderzoek", "2", "7", "3.000000", "", ""), ("ondernemers+overheden", "2", "7", "5.000000", "", "")],
            B: [("shown", "", "20", "20", "", "0.000000", "20", "0", "0", "0"),
                ("6", "6", ""), ("7", "7", ""), ("7", "7", ""),
                ("all", "1", "20", "5.000000", "5.000000", ""), ("onderwijs", "1", "6", "5.000000", "", ""),
                ("onderzoek", "1", "7", "5.000000", "", ""), ("ondernemers+overheden", "1", "7", "5.000000", "", ""),
                ("all", "2", "20", "5.000000", "5.000000", ""), ("onderwijs", "2", "6", "5.000000", "", ""),
                ("onderzoek", "2", "7", "5.000000", "", ""), ("ondernemers+overheden", "2", "7", "5.000000", "", "")],
        },
        votes={
            A: {"1: 5": 5, "1: 4": 1, "1: 3": 7, "1: 1": 7, "2: 1": 5, "2: 2": 1, "2: 3": 7, "2: 5": 7},
            B: {"1: 5": 20, "2: 5": 20},
        },
    ),
    second=Round(
        items=[A, B],
        crowd={
            "onderwijs": [{A: [4, 3], B: [5, 5]}] * 5,
            "onderzoek": [{A: [4, 3], B: [5, 4]}] * 7,
            "ondernemers": [{A: [4, 3], B: [5, 5]}] * 4,
            "overheden": [{A: [1, 3], B: [5, 5]}] * 2,
        },
        of_w=[(A, [4, 3]), (B, [5, 5])],
        of_n=[(A, [4, 3]), (B, [5, 5])],
        heads=[(B, f"{ACROSS} 5,0 {UP} 4,7", "20 mensen"), (A, f"{ACROSS} 3,7 {UP} 3,0", "20 mensen")],
        own=see_where_it_lies_again,
        phone=[
            (B, "20 mensen", f"{ACROSS} 5,0 {UP} 4,7"),
            (A, "20 mensen", f"{ACROSS} 3,7 {UP} 3,0"),
        ],
        said={
            A: (f"Jij zei: {ACROSS} 4 van 5, {UP} 3 van 5", f"Jij zei: {ACROSS} 4 van 5, {UP} 3 van 5"),
            B: (f"Jij zei: {ACROSS} 5 van 5, {UP} 5 van 5", f"Jij zei: {ACROSS} 5 van 5, {UP} 5 van 5"),
        },
        desk=[
            (B, f"{ACROSS} 5,0 · {UP} 4,7", "5,0 · 4,8", "20 mensen", "5,0 · 5,0 5,0 · 4,0 5,0 · 5,0"),
            (A, f"{ACROSS} 3,7 · {UP} 3,0", "3,6 · 3,0", "20 mensen", "4,0 · 3,0 4,0 · 3,0 3,1 · 3,0"),
        ],
        studio=[
            (B, f"{ACROSS} 5,0 · {UP} 4,7", "5,0 · 4,8 5,0 · 5,0 5,0 · 4,0 5,0 · 5,0"),
            (A, f"{ACROSS} 3,7 · {UP} 3,0", "3,6 · 3,0 4,0 · 3,0 4,0 · 3,0 3,1 · 3,0"),
        ],
        results={
            A: [("shown", "", "20", "20", "", "0.214286", "0", "0", "0", "0"),
                ("6", "6", ""), ("7", "7", ""), ("7", "7", ""),
                ("all", "1", "20", "3.700000", "3.571429", ""), ("onderwijs", "1", "6", "4.000000", "", ""),
                ("onderzoek", "1", "7", "4.000000", "", ""), ("ondernemers+overheden", "1", "7", "3.142857", "", ""),
                ("all", "2", "20", "3.000000", "3.000000", ""), ("onderwijs", "2", "6", "3.000000", "", ""),
                ("onderzoek", "2", "7", "3.000000", "", ""), ("ondernemers+overheden", "2", "7", "3.000000", "", "")],
            B: [("shown", "", "20", "20", "", "0.250000", "20", "0", "0", "0"),
                ("6", "6", ""), ("7", "7", ""), ("7", "7", ""),
                ("all", "1", "20", "5.000000", "5.000000", ""), ("onderwijs", "1", "6", "5.000000", "", ""),
                ("onderzoek", "1", "7", "5.000000", "", ""), ("ondernemers+overheden", "1", "7", "5.000000", "", ""),
                ("all", "2", "20", "4.650000", "4.750000", ""), ("onderwijs", "2", "6", "5.000000", "", ""),
                ("onderzoek", "2", "7", "4.000000", "", ""), ("ondernemers+overheden", "2", "7", "5.000000", "", "")],
        },
        votes={A: {"1: 4": 18, "1: 1": 2, "2: 3": 20}, B: {"1: 5": 20, "2: 5": 13, "2: 4": 7}},
    ),
)  # fmt: skip
