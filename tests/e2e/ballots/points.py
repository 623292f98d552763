"""By a hundred points.

        onderwijs  onderzoek  ondernemers + overheden      all           balanced
    A   6 × 60     7 × 30     0                            570 of 2,000  (0.6 + 0.3 + 0) / 4 = 0.225
    B   0          0          5 × 50 of 700                250           (2 · 250/700) / 4 = 5/28
    C   6 × 40     0          5 × 50 + 2 × 100 of 700      690           (0.4 + 2 · 450/700) / 4 = 0.421429
    D   0          7 × 70     0                            490           0.7 / 4 = 0.175

Round two, on A and B: onderwijs, onderzoek and ondernemers give A 100, overheden gives B 100.

    A   600        700        500 of 700                   1,800         (1 + 1 + 10/7) / 4 = 6/7
    B   0          0          200 of 700                   200           (4/7) / 4 = 1/7
"""

from __future__ import annotations

from playwright.async_api import expect

from ..browser import Screen
from .declared import A, B, C, D, Declared, Round, alike
from .evening import BallotEvening
from .fingers import row, tap_in, type_points, why


async def give_one_too_many(evening: BallotEvening, phone: Screen) -> None:
    """By buttons, which go in steps of five; then all of it is taken back."""
    await expect(phone.page.get_by_role("heading", name="Nog 40 van 100 punten")).to_be_visible()
    for _ in range(8):
        await tap_in(evening, phone, C, "Meer punten")
    await expect(phone.page.get_by_role("heading", name="Nog 0 van 100 punten")).to_be_visible()
    await row(phone, D).get_by_role("button", name="Meer punten").press("Enter")
    await why(phone, "Alle punten zijn gegeven.")
    for _ in range(8):
        await row(phone, C).get_by_role("button", name="Minder punten").click()


POINTS = Declared(
    key="points",
    name="Punten verdelen",
    rule="Verdeel 100 punten.",
    hand=type_points,
    try_out=give_one_too_many,
    columns=("status", "place", "of", "share", "balanced", "spread", "points", "mean"),
    group_columns=("n", "share"),
    first=Round(
        items=[A, B, C, D],
        crowd={
            "onderwijs": [{A: 60, C: 40}] * 5,
            "onderzoek": [{A: 30, D: 70}] * 7,
            "ondernemers": [{B: 50, C: 50}] * 4,
            "overheden": [{C: 100}] * 2,
        },
        of_w=[(A, 60), (C, 40)],
        of_n=[(B, 50), (C, 50)],
        heads=[
            ("1", C, "35 % 34,5 per persoon"),
            ("2", A, "29 % 28,5 per persoon"),
            ("3", D, "25 % 24,5 per persoon"),
            ("4", B, "13 % 12,5 per persoon"),
        ],
        equal=[
            ("1", C, "42%", "40 %", "0 %", "64 %"),
            ("2", A, "23%", "60 %", "30 %", "0 %"),
            ("3", B, "18%", "0 %", "0 %", "36 %"),
            ("4", D, "18%", "0 %", "70 %", "0 %"),
        ],
        apart={A: "60 %-punten", B: "36 %-punten", C: "64 %-punten", D: "70 %-punten"},
        phone=[
            ("Plek 1", C, "35 %", "gemiddeld 34,5 van 100", "O’s gelijk: 42 %"),
            ("Plek 2", A, "29 %", "gemiddeld 28,5 van 100", "O’s gelijk: 23 %"),
            ("Plek 3", D, "25 %", "gemiddeld 24,5 van 100", "O’s gelijk: 18 %"),
            ("Plek 4", B, "13 %", "gemiddeld 12,5 van 100", "O’s gelijk: 18 %"),
        ],
        said={
            A: ("Van jou: 60 punten", ""),
            B: ("", "Van jou: 50 punten"),
            C: ("Van jou: 40 punten", "Van jou: 50 punten"),
            D: ("", ""),
        },
        desk=[
            (f"1 {C}", "42,1", "690 punten", "40 % 0 % 64 %"),
            (f"2 {A}", "22,5", "570 punten", "60 % 30 % 0 %"),
            (f"3 {B}", "17,9", "250 punten", "0 % 0 % 36 %"),
            (f"4 {D}", "17,5", "490 punten", "0 % 70 % 0 %"),
        ],
        studio=[
            (f"1 {C}", "42 %", "40 %", "0 %", "64 %", "690 punten"),
            (f"2 {A}", "23 %", "60 %", "30 %", "0 %", "570 punten"),
            (f"3 {B}", "18 %", "0 %", "36 %", "250 punten"),
            (f"4 {D}", "18 %", "0 %", "70 %", "490 punten"),
        ],
        results={
            C: [("shown", "1", "20", "0.345000", "0.421429", "0.642857", "690", "34.500000"),
                ("6", "0.400000"), ("7", "0.000000"), ("7", "0.642857")],
            A: [("shown", "2", "20", "0.285000", "0.225000", "0.600000", "570", "28.500000"),
                ("6", "0.600000"), ("7", "0.300000"), ("7", "0.000000")],
            B: [("shown", "3", "20", "0.125000", "0.178571", "0.357143", "250", "12.500000"),
                ("6", "0.000000"), ("7", "0.000000"), ("7", "0.357143")],
            D: [("shown", "4", "20", "0.245000", "0.175000", "0.700000", "490", "24.500000"),
                ("6", "0.000000"), ("7", "0.700000"), ("7", "0.000000")],
        },
        votes={
            A: {"60": 6, "30": 7, "0": 7},
            B: {"50": 5, "0": 15},
            C: {"40": 6, "50": 5, "100": 2, "0": 7},
            D: {"70": 7, "0": 13},
        },
    ),
    second=Round(
        items=[A, B],
        crowd=alike({A: 100}, {B: 100}),
        of_w=[(A, 100)],
        of_n=[(A, 100)],
        heads=[("1", A, "90 % 90,0 per persoon"), ("2", B, "10 % 10,0 per persoon")],
        equal=[("1", A, "86%", "100 %", "100 %", "71 %"), ("2", B, "14%", "0 %", "0 %", "29 %")],
        apart={A: "29 %-punten", B: "29 %-punten"},
        change={A: ("60", "29"), B: ("36", "29")},
        phone=[
            ("Plek 1", A, "90 %", "gemiddeld 90,0 van 100", "O’s gelijk: 86 %"),
            ("Plek 2", B, "10 %", "gemiddeld 10,0 van 100", "O’s gelijk: 14 %"),
        ],
        said={A: ("Van jou: 100 punten", "Van jou: 100 punten"), B: ("", "")},
        desk=[
            (f"1 {A}", "85,7", "1.800 punten", "100 % 100 % 71 %"),
            (f"2 {B}", "14,3", "200 punten", "0 % 0 % 29 %"),
        ],
        studio=[
            (f"1 {A}", "86 %", "100 %", "71 %", "1.800 punten"),
            (f"2 {B}", "14 %", "0 %", "29 %", "200 punten"),
        ],
        results={
            A: [("shown", "1", "20", "0.900000", "0.857143", "0.285714", "1800", "90.000000"),
                ("6", "1.000000"), ("7", "1.000000"), ("7", "0.714286")],
            B: [("shown", "2", "20", "0.100000", "0.142857", "0.285714", "200", "10.000000"),
                ("6", "0.000000"), ("7", "0.000000"), ("7", "0.285714")],
        },
        votes={A: {"100": 18, "0": 2}, B: {"100": 2, "0": 18}},
    ),
)  # fmt: skip
