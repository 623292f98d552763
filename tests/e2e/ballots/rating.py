"""By rating from 1 to 5. A share is (mean − 1) / 4.

        onderwijs        onderzoek        ondernemers + overheden           all             balanced
    A   5 × 5, 3         7 × 3            4 × 1, 2 × 1; one does not know   55/19           (4.666667 + 3 + 2 · 1) / 4
        28/6 = 4.666667  3                6/6 = 1                           = 2.894737      = 2.416667
    B   6 × 4            5 × 4, 2 × 5     7 × 4                             82/20           (4 + 4.285714 + 2 · 4) / 4
        4                30/7 = 4.285714  4                                 = 4.1           = 4.071429

Round two: overheden gives A 2, all others A 4; onderzoek gives B 5, all others B 4.

    A   4                4                24/7 = 3.428571                   76/20 = 3.8     14.857143 / 4 = 3.714286
    B   4                5                4                                 87/20 = 4.35    (4 + 5 + 2 · 4) / 4 = 4.25
"""

from __future__ import annotations

from .declared import A, B, Declared, Round
from .fingers import number

RATING = Declared(
    key="rating",
    name="Waarderen",
    rule="1 kan wachten, 5 moet er komen",
    hand=number,
    columns=("status", "place", "heads", "of", "seen", "share", "balanced", "spread", "mean", "mean_balanced",
             "histogram"),
    group_columns=("n", "of", "share", "mean"),
    first=Round(
        items=[A, B],
        crowd={
            "onderwijs": [{A: 5, B: 4}] * 5,
            "onderzoek": [*[{A: 3, B: 4}] * 5, *[{A: 3, B: 5}] * 2],
            "ondernemers": [{A: 1, B: 4}] * 4,
            "overheden": [{A: 1, B: 4}] * 2,
        },
        of_w=[(A, 5), (A, 3), (B, 4)],
        of_n=[(A, -99), (B, 4)],
        # Over each number how many gave it, then the same in words for who hears it.
        heads=[
            ("1", B, "0 1 0 2 0 3 18 4 2 5 1: 0, 2: 0, 3: 0, 4: 18, 5: 2", "4,1 van 5 20 mensen"),
            ("2", A, "6 1 0 2 8 3 0 4 5 5 1: 6, 2: 0, 3: 8, 4: 0, 5: 5", "2,9 van 5 19 mensen, 1 weet niet"),
        ],
        equal=[("1", B, "4,1", "4,0", "4,3", "4,0"), ("2", A, "2,4", "4,7", "3,0", "1,0")],
        apart={A: "3,7 punten", B: "0,3 punten"},
        phone=[
            ("Plek 1", B, "4,1", "van 5 · 20 mensen", "O’s gelijk: 4,1 van 5", "18 mensen gaven 4"),
            ("Plek 2", A, "2,9", "van 5 · 19 mensen", "O’s gelijk: 2,4 van 5", "8 mensen gaven 3"),
        ],
        said={A: ("Jij zei: 3 van 5", "Jij zei: weet niet"), B: ("Jij zei: 4 van 5", "Jij zei: 4 van 5")},
        desk=[
            (f"1 {B}", "4,1", "1: 0 · 2: 0 · 3: 0 · 4: 18 · 5: 2", "20 mensen", "4,0 4,3 4,0"),
            (f"2 {A}", "2,4", "1: 6 · 2: 0 · 3: 8 · 4: 0 · 5: 5 · 1 weet niet",
             "19 mensen", "4,7 3,0 1,0"),
        ],
        studio=[
            (f"1 {B}", "gemiddeld 4,1 van 5", "1: 0 · 2: 0 · 3: 0 · 4: 18 · 5: 2", "4,1 4,0 4,3 4,0"),
            (f"2 {A}", "gemiddeld 2,9 van 5", "1: 6 · 2: 0 · 3: 8 · 4: 0 · 5: 5", "1 weet niet", "2,4 4,7 3,0 1,0"),
        ],
        results={
            B: [("shown", "1", "2", "20", "20", "0.775000", "0.767857", "0.071429", "4.100000", "4.071429",
                 "0 0 0 18 2"),
                ("6", "6", "0.750000", "4.000000"), ("7", "7", "0.821429", "4.285714"),
                ("7", "7", "0.750000", "4.000000")],
            A: [("shown", "2", "5", "19", "20", "0.473684", "0.354167", "0.916667", "2.894737", "2.416667",
                 "6 0 8 0 5"),
                ("6", "6", "0.916667", "4.666667"), ("7", "7", "0.500000", "3.000000"),
                ("7", "6", "0.000000", "1.000000")],
        },
        votes={A: {"5": 5, "3": 8, "1": 6, "-99": 1}, B: {"4": 18, "5": 2}},
    ),
    second=Round(
        items=[A, B],
        crowd={
            "onderwijs": [{A: 4, B: 4}] * 5,
            "onderzoek": [{A: 4, B: 5}] * 7,
            "ondernemers": [{A: 4, B: 4}] * 4,
            "overheden": [{A: 2, B: 4}] * 2,
        },
        of_w=[(A, 4), (B, 4)],
        of_n=[(A, 4), (B, 4)],
        heads=[
            ("1", B, "0 1 0 2 0 3 13 4 7 5 1: 0, 2: 0, 3: 0, 4: 13, 5: 7", "4,4 van 5 20 mensen"),
            ("2", A, "0 1 2 2 0 3 18 4 0 5 1: 0, 2: 2, 3: 0, 4: 18, 5: 0", "3,8 van 5 20 mensen"),
        ],
        equal=[("1", B, "4,3", "4,0", "5,0", "4,0"), ("2", A, "3,7", "4,0", "4,0", "3,4")],
        apart={A: "0,6 punten", B: "1,0 punt"},
        change={A: ("3,7", "0,6"), B: ("0,3", "1,0")},
        phone=[
            ("Plek 1", B, "4,4", "van 5 · 20 mensen", "O’s gelijk: 4,3 van 5", "7 mensen gaven 5"),
            ("Plek 2", A, "3,8", "van 5 · 20 mensen", "O’s gelijk: 3,7 van 5", "18 mensen gaven 4"),
        ],
        said={A: ("Jij zei: 4 van 5", "Jij zei: 4 van 5"), B: ("Jij zei: 4 van 5", "Jij zei: 4 van 5")},
        desk=[
            (f"1 {B}", "4,3", "1: 0 · 2: 0 · 3: 0 · 4: 13 · 5: 7", "20 mensen", "4,0 5,0 4,0"),
            (f"2 {A}", "3,7", "1: 0 · 2: 2 · 3: 0 · 4: 18 · 5: 0", "20 mensen", "4,0 4,0 3,4"),
        ],
        studio=[
            (f"1 {B}", "gemiddeld 4,4 van 5", "1: 0 · 2: 0 · 3: 0 · 4: 13 · 5: 7", "4,3 4,0 5,0 4,0"),
            (f"2 {A}", "gemiddeld 3,8 van 5", "1: 0 · 2: 2 · 3: 0 · 4: 18 · 5: 0", "3,7 4,0 4,0 3,4"),
        ],
        results={
            B: [("shown", "1", "7", "20", "20", "0.837500", "0.812500", "0.250000", "4.350000", "4.250000",
                 "0 0 0 13 7"),
                ("6", "6", "0.750000", "4.000000"), ("7", "7", "1.000000", "5.000000"),
                ("7", "7", "0.750000", "4.000000")],
            A: [("shown", "2", "0", "20", "20", "0.700000", "0.678571", "0.142857", "3.800000", "3.714286",
                 "0 2 0 18 0"),
                ("6", "6", "0.750000", "4.000000"), ("7", "7", "0.750000", "4.000000"),
                ("7", "7", "0.607143", "3.428571")],
        },
        votes={A: {"4": 18, "2": 2}, B: {"4": 13, "5": 7}},
    ),
)  # fmt: skip
