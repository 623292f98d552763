"""By ranking the first two: 1 for place 1, 1/2 for place 2.

    Onderwijs: 6 × A, B. Onderzoek: 3 × A, B and 4 × B, C. Ondernemers: 5 × B, A. Overheden: 2 × C, B.

        onderwijs /6  onderzoek /7  ondernemers + overheden /7  all              balanced
    A   6             3             5/2                         11.5  57.5 %     (1 + 3/7 + 5/7) / 4 = 15/28
    B   3             11/2          5 + 2/2                     14.5  72.5 %     (1/2 + 11/14 + 12/7) / 4 = 3/4
    C   0             4/2           2                           4     20 %       (2/7 + 2 · 2/7) / 4 = 3/14
    First: A 9, B 9, C 2. Ranked: A 14, B 20, C 6. Mean place: A 19/14, B 31/20, C 10/6.

Round two, on A and C. Onderwijs: 6 × A, C. Onderzoek: 7 × C, A. Ondernemers: 5 × A. Overheden: 2 × C.

    A   6             7/2           5                           14.5  72.5 %     (1 + 1/2 + 10/7) / 4 = 41/56
    C   6/2           7             2                           12    60 %       (1/2 + 1 + 4/7) / 4 = 29/56
    First: A 11, C 9. Ranked: A 18, C 15. Mean place: A 25/18, C 21/15.
"""

from __future__ import annotations

from playwright.async_api import expect

from ..browser import Screen
from .declared import A, B, C, Declared, Round
from .evening import BallotEvening
from .fingers import rank

UP, BACK = 0, None


async def see_none_left(_: BallotEvening, phone: Screen) -> None:
    await expect(phone.page.get_by_text("Nog 1 van 2 plaatsen", exact=True)).to_be_visible()


RANKING = Declared(
    key="ranking",
    name="Rangschikken",
    numbers={"Plaatsen die iemand geeft": 2},
    rule="Zet je 2 belangrijkste op volgorde.",
    hand=rank,
    try_out=see_none_left,
    columns=("status", "place", "heads", "of", "share", "balanced", "spread", "first", "ranked", "mean"),
    group_columns=("n", "share"),
    first=Round(
        items=[A, B, C],
        crowd={
            "onderwijs": [{A: 1, B: 2}] * 5,
            "onderzoek": [*[{A: 1, B: 2}] * 3, *[{B: 1, C: 2}] * 4],
            "ondernemers": [{B: 1, A: 2}] * 4,
            "overheden": [{C: 1, B: 2}] * 2,
        },
        of_w=[(B, 1), (A, 2), (A, UP)],
        of_n=[(C, 1), (C, BACK), (B, 1), (A, 2)],
        heads=[
            ("1", B, "9 op plaats 1 11 op een lagere plaats", "73 % gemiddelde plaats 1,6"),
            ("2", A, "9 op plaats 1 5 op een lagere plaats", "58 % gemiddelde plaats 1,4"),
            ("3", C, "2 op plaats 1 4 op een lagere plaats", "20 % gemiddelde plaats 1,7"),
        ],
        equal=[
            ("1", B, "75%", "50 %", "79 %", "86 %"),
            ("2", A, "54%", "100 %", "43 %", "36 %"),
            ("3", C, "21%", "0 %", "29 %", "29 %"),
        ],
        apart={A: "64 %-punten", B: "36 %-punten", C: "29 %-punten"},
        phone=[
            ("Plek 1", B, "73 %", "gemiddelde plaats 1,6", "O’s gelijk: 75 %", "9 keer op 1 · 20 mensen"),
            ("Plek 2", A, "58 %", "gemiddelde plaats 1,4", "O’s gelijk: 54 %", "9 keer op 1 · 14 mensen"),
            ("Plek 3", C, "20 %", "gemiddelde plaats 1,7", "O’s gelijk: 21 %", "2 keer op 1 · 6 mensen"),
        ],
        said={
            A: ("Door jou: plaats 1", "Door jou: plaats 2"),
            B: ("Door jou: plaats 2", "Door jou: plaats 1"),
            C: ("", ""),
        },
        desk=[
            (f"1 {B}", "75 %", "20 mensen gaven het een plaats", "50 % 79 % 86 %"),
            (f"2 {A}", "54 %", "14 mensen gaven het een plaats", "100 % 43 % 36 %"),
            (f"3 {C}", "21 %", "6 mensen gaven het een plaats", "0 % 29 % 29 %"),
        ],
        studio=[
            (f"1 {B}", "75 %", "50 %", "79 %", "86 %", "20 mensen gaven het een plaats"),
            (f"2 {A}", "54 %", "100 %", "43 %", "36 %", "14 mensen gaven het een plaats"),
            (f"3 {C}", "21 %", "0 %", "29 %", "6 mensen gaven het een plaats"),
        ],
        results={
            B: [("shown", "1", "9", "20", "0.725000", "0.750000", "0.357143", "9", "20", "1.550000"),
                ("6", "0.500000"), ("7", "0.785714"), ("7", "0.857143")],
            A: [("shown", "2", "9", "20", "0.575000", "0.535714", "0.642857", "9", "14", "1.357143"),
                ("6", "1.000000"), ("7", "0.428571"), ("7", "0.357143")],
            C: [("shown", "3", "2", "20", "0.200000", "0.214286", "0.285714", "2", "6", "1.666667"),
                ("6", "0.000000"), ("7", "0.285714"), ("7", "0.285714")],
        },
        votes={A: {"1": 9, "2": 5, "": 6}, B: {"1": 9, "2": 11}, C: {"1": 2, "2": 4, "": 14}},
    ),
    second=Round(
        items=[A, C],
        crowd={
            "onderwijs": [{A: 1, C: 2}] * 5,
            "onderzoek": [{C: 1, A: 2}] * 7,
            "ondernemers": [{A: 1}] * 4,
            "overheden": [{C: 1}] * 2,
        },
        of_w=[(A, 1), (C, 2)],
        of_n=[(A, 1)],
        heads=[
            ("1", A, "11 op plaats 1 7 op een lagere plaats", "73 % gemiddelde plaats 1,4"),
            ("2", C, "9 op plaats 1 6 op een lagere plaats", "60 % gemiddelde plaats 1,4"),
        ],
        equal=[("1", A, "73%", "100 %", "50 %", "71 %"), ("2", C, "52%", "50 %", "100 %", "29 %")],
        apart={A: "50 %-punten", C: "71 %-punten"},
        change={A: ("64", "50"), C: ("29", "71")},
        phone=[
            ("Plek 1", A, "73 %", "gemiddelde plaats 1,4", "O’s gelijk: 73 %", "11 keer op 1 · 18 mensen"),
            ("Plek 2", C, "60 %", "gemiddelde plaats 1,4", "O’s gelijk: 52 %", "9 keer op 1 · 15 mensen"),
        ],
        said={A: ("Door jou: plaats 1", "Door jou: plaats 1"), C: ("Door jou: plaats 2", "")},
        desk=[
            (f"1 {A}", "73 %", "18 mensen gaven het een plaats", "100 % 50 % 71 %"),
            (f"2 {C}", "52 %", "15 mensen gaven het een plaats", "50 % 100 % 29 %"),
        ],
        studio=[
            (f"1 {A}", "73 %", "100 %", "50 %", "71 %", "18 mensen gaven het een plaats"),
            (f"2 {C}", "52 %", "50 %", "100 %", "29 %", "15 mensen gaven het een plaats"),
        ],
        results={
            A: [("shown", "1", "11", "20", "0.725000", "0.732143", "0.500000", "11", "18", "1.388889"),
                ("6", "1.000000"), ("7", "0.500000"), ("7", "0.714286")],
            C: [("shown", "2", "9", "20", "0.600000", "0.517857", "0.714286", "9", "15", "1.400000"),
                ("6", "0.500000"), ("7", "1.000000"), ("7", "0.285714")],
        },
        votes={A: {"1": 11, "2": 7, "": 2}, C: {"1": 9, "2": 6, "": 5}},
    ),
)  # fmt: skip
