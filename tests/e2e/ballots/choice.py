"""By a choice of one.

        onderwijs /6  onderzoek /7  ondernemers + overheden /7  people /20  balanced
    A   6             3             0                           9   45 %    (1 + 3/7 + 0) / 4 = 5/14
    B   0             4             4                           8   40 %    (4/7 + 2 · 4/7) / 4 = 3/7
    C   0             0             1 + 2                       3   15 %    (2 · 3/7) / 4 = 3/14

Round two, on A and B: the first three O's choose A, overheden chooses B. See chosen.py.
"""

from __future__ import annotations

from . import chosen
from .declared import A, B, C, Declared, Round
from .fingers import choose

MINE = "Door jou: gekozen"

CHOICE = Declared(
    key="choice",
    name="Keuze",
    rule="Kies er één.",
    hand=choose,
    columns=chosen.COLUMNS,
    group_columns=chosen.GROUP_COLUMNS,
    is_people=True,
    first=Round(
        items=[A, B, C],
        crowd={
            "onderwijs": [{A: 1}] * 5,
            "onderzoek": [*[{A: 1}] * 3, *[{B: 1}] * 4],
            "ondernemers": [{B: 1}] * 4,
            "overheden": [{C: 1}] * 2,
        },
        of_w=[(C, 1), (A, 1)],
        of_n=[(B, 1), (A, 1), (C, 1)],
        heads=[("1", A, "9 mensen"), ("2", B, "8 mensen"), ("3", C, "3 mensen")],
        equal=[
            ("1", B, "43%", "0 %", "57 %", "57 %"),
            ("2", A, "36%", "100 %", "43 %", "0 %"),
            ("3", C, "21%", "0 %", "0 %", "43 %"),
        ],
        apart={A: "100 %-punten", B: "57 %-punten", C: "43 %-punten"},
        phone=[
            ("Plek 1", A, "45 %", "9 van 20", "O’s gelijk: 36 %"),
            ("Plek 2", B, "40 %", "8 van 20", "O’s gelijk: 43 %"),
            ("Plek 3", C, "15 %", "3 van 20", "O’s gelijk: 21 %"),
        ],
        said={A: (MINE, ""), B: ("", ""), C: ("", MINE)},
        desk=[
            (f"1 {B}", "43 %", "8 mensen", "0 % 57 % 57 %"),
            (f"2 {A}", "36 %", "9 mensen", "100 % 43 % 0 %"),
            (f"3 {C}", "21 %", "3 mensen", "0 % 0 % 43 %"),
        ],
        studio=[
            (f"1 {B}", "43 % 0 % 0–31 57 % 29–81 57 % 29–81"),
            (f"2 {A}", "36 % 100 % 69–100 43 % 19–71 0 % 0–28"),
            (f"3 {C}", "21 % 0 % 0–31 0 % 0–28 43 % 19–71"),
        ],
        results={
            B: [("shown", "1", "8", "20", "0.400000", "0.428571", "0.571429", "8"),
                ("6", "0", "0.000000"), ("7", "4", "0.571429"), ("7", "4", "0.571429")],
            A: [("shown", "2", "9", "20", "0.450000", "0.357143", "1.000000", "9"),
                ("6", "6", "1.000000"), ("7", "3", "0.428571"), ("7", "0", "0.000000")],
            C: [("shown", "3", "3", "20", "0.150000", "0.214286", "0.428571", "3"),
                ("6", "0", "0.000000"), ("7", "0", "0.000000"), ("7", "3", "0.428571")],
        },
        votes={A: {"1": 9, "0": 11}, B: {"1": 8, "0": 12}, C: {"1": 3, "0": 17}},
    ),
    second=Round(
        items=[A, B],
        crowd=chosen.CROWD_AGAIN,
        of_w=[(A, 1)],
        of_n=[(A, 1)],
        heads=chosen.HEADS_AGAIN,
        equal=chosen.EQUAL_AGAIN,
        apart=chosen.APART_AGAIN,
        change={A: ("100", "29"), B: ("57", "29")},
        phone=list(chosen.PHONE_AGAIN.values()),
        said={A: (MINE, MINE), B: ("", "")},
        desk=list(chosen.DESK_AGAIN.values()),
        studio=list(chosen.STUDIO_AGAIN.values()),
        results=chosen.RESULTS_AGAIN,
        votes=chosen.VOTES_AGAIN,
    ),
)  # fmt: skip
