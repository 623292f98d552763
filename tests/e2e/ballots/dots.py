"""By dots, three each and at most two on one. In a cell: people, and behind a point their dots.

        onderwijs /6  onderzoek /7  ondernemers + overheden /7   people  dots  balanced
    A   6 · 12        4 · 4         0                            10      16    (1 + 4/7 + 0) / 4 = 11/28
    B   0             3 · 3         5 · 10 + 0                   8       13    (0 + 3/7 + 10/7) / 4 = 13/28
    C   6 · 6         0             5 · 5 + 2 · 2                13      13    (1 + 0 + 2) / 4 = 3/4
    D   0             7 · 14        0                            7       14    (0 + 1 + 0) / 4 = 1/4

Round two, on A and B:

    A   6 · 12        7 · 7         5 · 10 + 0                   18      29    (1 + 1 + 10/7) / 4 = 6/7
    B   0             0             0 + 2 · 2                    2       2     (0 + 0 + 4/7) / 4 = 1/7
"""

from __future__ import annotations

from ..browser import Screen
from .declared import A, B, C, D, Declared, Round
from .evening import BallotEvening
from .fingers import row, tap, tap_in, why


async def put_one_too_many(evening: BallotEvening, phone: Screen) -> None:
    await tap_in(evening, phone, A, "Stip zetten")
    await phone.page.get_by_role("button", name=f"Stip zetten: {A}").press("Enter")
    await why(phone, "Hooguit 2 stippen op één kaart.")
    await row(phone, A).get_by_role("button", name="Stip terugnemen").click()


DOTS = Declared(
    key="dots",
    name="Stippen",
    numbers={"Stippen per persoon": 3, "Stippen op één kaart": 2},
    rule="Zet 3 stippen. Hoogstens 2 stippen per kaart.",
    hand=tap("Stip zetten"),
    try_out=put_one_too_many,
    columns=("status", "place", "heads", "of", "share", "balanced", "spread", "dots"),
    group_columns=("n", "heads", "share"),
    is_people=True,
    first=Round(
        items=[A, B, C, D],
        crowd={
            "onderwijs": [{A: 2, C: 1}] * 5,
            "onderzoek": [*[{A: 1, D: 2}] * 4, *[{B: 1, D: 2}] * 3],
            "ondernemers": [{B: 2, C: 1}] * 4,
            "overheden": [{C: 1}] * 2,
        },
        of_w=[(A, 1), (A, 2), (C, 1)],
        of_n=[(B, 1), (C, 1), (B, 2)],
        heads=[
            ("1", C, "13 mensen"),
            ("2", A, "10 mensen 16 stippen"),
            ("3", B, "8 mensen 13 stippen"),
            ("4", D, "7 mensen 14 stippen"),
        ],
        equal=[
            ("1", C, "75%", "100 %", "0 %", "100 %"),
            ("2", B, "46%", "0 %", "43 %", "71 %"),
            ("3", A, "39%", "100 %", "57 %", "0 %"),
            ("4", D, "25%", "0 %", "100 %", "0 %"),
        ],
        apart={A: "100 %-punten", B: "71 %-punten", C: "100 %-punten", D: "100 %-punten"},
        phone=[
            ("Plek 1", C, "65 %", "13 van 20", "O’s gelijk: 75 %"),
            ("Plek 2", A, "50 %", "10 van 20", "O’s gelijk: 39 %"),
            ("Plek 3", B, "40 %", "8 van 20", "O’s gelijk: 46 %"),
            ("Plek 4", D, "35 %", "7 van 20", "O’s gelijk: 25 %"),
        ],
        said={A: ("2 stippen van jou", ""), B: ("", "2 stippen van jou"), C: ("1 stip van jou", "1 stip van jou"),
              D: ("", "")},
        desk=[
            (f"1 {C}", "75 %", "13 mensen", "100 % 0 % 100 %"),
            (f"2 {B}", "46 %", "8 mensen", "0 % 43 % 71 %"),
            (f"3 {A}", "39 %", "10 mensen", "100 % 57 % 0 %"),
            (f"4 {D}", "25 %", "7 mensen", "0 % 100 % 0 %"),
        ],
        studio=[
            (f"1 {C}", "75 % 100 % 69–100 0 % 0–28 100 % 72–100"),
            (f"2 {B}", "46 % 0 % 0–31 43 % 19–71 71 % 41–90"),
            (f"3 {A}", "39 % 100 % 69–100 57 % 29–81 0 % 0–28"),
            (f"4 {D}", "25 % 0 % 0–31 100 % 72–100 0 % 0–28"),
        ],
        results={
            C: [("shown", "1", "13", "20", "0.650000", "0.750000", "1.000000", "13"),
                ("6", "6", "1.000000"), ("7", "0", "0.000000"), ("7", "7", "1.000000")],
            B: [("shown", "2", "8", "20", "0.400000", "0.464286", "0.714286", "13"),
                ("6", "0", "0.000000"), ("7", "3", "0.428571"), ("7", "5", "0.714286")],
            A: [("shown", "3", "10", "20", "0.500000", "0.392857", "1.000000", "16"),
                ("6", "6", "1.000000"), ("7", "4", "0.571429"), ("7", "0", "0.000000")],
            D: [("shown", "4", "7", "20", "0.350000", "0.250000", "1.000000", "14"),
                ("6", "0", "0.000000"), ("7", "7", "1.000000"), ("7", "0", "0.000000")],
        },
        votes={A: {"2": 6, "1": 4, "0": 10}, B: {"2": 5, "1": 3, "0": 12}, C: {"1": 13, "0": 7}, D: {"2": 7, "0": 13}},
    ),
    second=Round(
        items=[A, B],
        crowd={
            "onderwijs": [{A: 2}] * 5,
            "onderzoek": [{A: 1}] * 7,
            "ondernemers": [{A: 2}] * 4,
            "overheden": [{B: 1}] * 2,
        },
        of_w=[(A, 1), (A, 2)],
        of_n=[(A, 1), (A, 2)],
        heads=[("1", A, "18 mensen 29 stippen"), ("2", B, "2 mensen")],
        equal=[("1", A, "86%", "100 %", "100 %", "71 %"), ("2", B, "14%", "0 %", "0 %", "29 %")],
        apart={A: "29 %-punten", B: "29 %-punten"},
        change={A: ("100", "29"), B: ("71", "29")},
        phone=[
            ("Plek 1", A, "90 %", "18 van 20", "O’s gelijk: 86 %"),
            ("Plek 2", B, "10 %", "2 van 20", "O’s gelijk: 14 %"),
        ],
        said={A: ("2 stippen van jou", "2 stippen van jou"), B: ("", "")},
        desk=[(f"1 {A}", "86 %", "18 mensen", "100 % 100 % 71 %"), (f"2 {B}", "14 %", "2 mensen", "0 % 0 % 29 %")],
        studio=[
            (f"1 {A}", "86 % 100 % 69–100 100 % 72–100 71 % 41–90"),
            (f"2 {B}", "14 % 0 % 0–31 0 % 0–28 29 % 10–59"),
        ],
        results={
            A: [("shown", "1", "18", "20", "0.900000", "0.857143", "0.285714", "29"),
                ("6", "6", "1.000000"), ("7", "7", "1.000000"), ("7", "5", "0.714286")],
            B: [("shown", "2", "2", "20", "0.100000", "0.142857", "0.285714", "2"),
                ("6", "0", "0.000000"), ("7", "0", "0.000000"), ("7", "2", "0.285714")],
        },
        votes={A: {"2": 11, "1": 7, "0": 2}, B: {"1": 2, "0": 18}},
    ),
)  # fmt: skip
