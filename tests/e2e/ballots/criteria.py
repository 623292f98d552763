"""By two criteria from 1 to 5: difference for the area, which weighs double, and can be done. A score is
(2 · (first − 1) + (second − 1)) / 12. Whoever does not know one of them counts in no mean of that text.

A       onderwijs           onderzoek    ondernemers + overheden          all, of 19
        5 × (5, 1), (2, 4)  7 × (3, 3)   6 × (1, 5); one (3, not known)
    1   27 / 6              21 / 7       6 / 6                            54 / 19 = 2.842105
    2   9 / 6               21 / 7       30 / 6                           60 / 19 = 3.157895
        (2 · 21 + 3) / 72   6 / 12       4 / 12                           (2 · 35 + 41) / 228 = 0.486842
        = 0.625             = 0.5        = 0.333333                       balanced 1.791667 / 4 = 0.447917

B       5 × (4, 4), (4, 5)  7 × (4, 2)   6 × (2, 3), (5, 5)               of 20
    1   24 / 6              28 / 7       17 / 7                           69 / 20 = 3.45
    2   25 / 6              14 / 7       23 / 7                           62 / 20 = 3.1
        (2 · 18 + 19) / 72  7 / 12       (2 · 10 + 16) / 84               (2 · 49 + 42) / 240 = 0.583333
        = 0.763889          = 0.583333   = 0.428571                       balanced 2.204365 / 4 = 0.551091

Round two: A (5, 3) by 18, (1, 1) by the two of overheden. B (3, 3) by all.
    A   10 / 12             10 / 12      (2 · 20 + 10) / 84 = 0.595238    (2 · 72 + 36) / 240 = 0.75
        means 92 / 20 = 4.6 and 56 / 20 = 2.8                             balanced 2.857143 / 4 = 0.714286
    B   0.5 everywhere, means 3 and 3
"""

from __future__ import annotations

from .declared import A, B, Declared, Round, alike
from .fingers import weigh

EFFECT, FEASIBLE = "Verschil voor het gebied", "Te doen binnen vijf jaar"

CRITERIA = Declared(
    key="criteria",
    name="Criteria",
    numbers={"Gewicht naast de andere": 2},
    rule=f"Geef elke kaart een cijfer van 1 tot en met 5, voor: {EFFECT}; {FEASIBLE}.",
    hand=weigh([EFFECT, FEASIBLE]),
    taps=4,
    columns=("status", "place", "heads", "of", "seen", "share", "balanced", "spread"),
    group_columns=("n", "of", "share"),
    first=Round(
        items=[A, B],
        crowd={
            "onderwijs": [{A: [5, 1], B: [4, 4]}] * 5,
            "onderzoek": [{A: [3, 3], B: [4, 2]}] * 7,
            "ondernemers": [{A: [1, 5], B: [2, 3]}] * 4,
            "overheden": [{A: [1, 5], B: [2, 3]}] * 2,
        },
        of_w=[(A, [2, 4]), (B, [4, 5])],
        of_n=[(A, [3, -99]), (B, [5, 5])],
        heads=[
            ("1", B, f"{EFFECT} 3,5 {FEASIBLE} 3,1", "58 % 20 mensen"),
            ("2", A, f"{EFFECT} 2,8 {FEASIBLE} 3,2", "49 % 19 mensen, 1 niet op elke vraag"),
        ],
        equal=[("1", B, "55%", "76 %", "58 %", "43 %"), ("2", A, "45%", "63 %", "50 %", "33 %")],
        apart={A: "29 %-punten", B: "34 %-punten"},
        phone=[
            ("Plek 1", B, "58 %", "20 mensen", "O’s gelijk: 55 %", f"{EFFECT} 3,5", f"{FEASIBLE} 3,1"),
            ("Plek 2", A, "49 %", "19 mensen", "O’s gelijk: 45 %", f"{EFFECT} 2,8", f"{FEASIBLE} 3,2"),
        ],
        said={
            A: (f"Jij zei: {EFFECT} 2 van 5, {FEASIBLE} 4 van 5", f"Jij zei: {EFFECT} 3 van 5, {FEASIBLE} weet niet"),
            B: (f"Jij zei: {EFFECT} 4 van 5, {FEASIBLE} 5 van 5", f"Jij zei: {EFFECT} 5 van 5, {FEASIBLE} 5 van 5"),
        },
        desk=[
            (f"1 {B}", f"{EFFECT} 3,5 · {FEASIBLE} 3,1", "55 %", "20 mensen", "76 % 58 % 43 %"),
            (f"2 {A}", f"{EFFECT} 2,8 · {FEASIBLE} 3,2", "45 %", "19 mensen", "63 % 50 % 33 %"),
        ],
        studio=[
            (f"1 {B}", f"{EFFECT} 3,5 · {FEASIBLE} 3,1", "55 %", "76 %", "58 %", "43 %"),
            (f"2 {A}", f"{EFFECT} 2,8 · {FEASIBLE} 3,2", "1 niet op elke vraag", "45 %", "63 %", "50 %", "33 %"),
        ],
        results={
            B: [("shown", "1", "1", "20", "20", "0.583333", "0.551091", "0.335317"),
                ("6", "6", "0.763889"), ("7", "7", "0.583333"), ("7", "7", "0.428571"),
                ("all", "1", "20", "3.450000", "", "0 6 0 13 1"), ("all", "2", "20", "3.100000", "", "0 7 6 5 2")],
            A: [("shown", "2", "0", "19", "20", "0.486842", "0.447917", "0.291667"),
                ("6", "6", "0.625000"), ("7", "7", "0.500000"), ("7", "6", "0.333333"),
                ("all", "1", "19", "2.842105", "", "6 1 7 0 5"), ("all", "2", "19", "3.157895", "", "5 0 7 1 6")],
        },
        votes={
            A: {"1: 5": 5, "1: 2": 1, "1: 3": 8, "1: 1": 6, "2: 1": 5, "2: 4": 1, "2: 3": 7, "2: 5": 6, "2: -99": 1},
            B: {"1: 4": 13, "1: 2": 6, "1: 5": 1, "2: 4": 5, "2: 5": 2, "2: 2": 7, "2: 3": 6},
        },
    ),
    second=Round(
        items=[A, B],
        crowd=alike({A: [5, 3], B: [3, 3]}, {A: [1, 1], B: [3, 3]}),
        of_w=[(A, [5, 3]), (B, [3, 3])],
        of_n=[(A, [5, 3]), (B, [3, 3])],
        heads=[
            ("1", A, f"{EFFECT} 4,6 {FEASIBLE} 2,8", "75 % 20 mensen"),
            ("2", B, f"{EFFECT} 3,0 {FEASIBLE} 3,0", "50 % 20 mensen"),
        ],
        equal=[("1", A, "71%", "83 %", "83 %", "60 %"), ("2", B, "50%", "50 %", "50 %", "50 %")],
        apart={A: "24 %-punten", B: "0 %-punten"},
        change={A: ("29", "24"), B: ("34", "0")},
        phone=[
            ("Plek 1", A, "75 %", "20 mensen", "O’s gelijk: 71 %", f"{EFFECT} 4,6", f"{FEASIBLE} 2,8"),
            ("Plek 2", B, "50 %", "20 mensen", "O’s gelijk: 50 %", f"{EFFECT} 3,0", f"{FEASIBLE} 3,0"),
        ],
        said={
            A: (f"Jij zei: {EFFECT} 5 van 5, {FEASIBLE} 3 van 5", f"Jij zei: {EFFECT} 5 van 5, {FEASIBLE} 3 van 5"),
            B: (f"Jij zei: {EFFECT} 3 van 5, {FEASIBLE} 3 van 5", f"Jij zei: {EFFECT} 3 van 5, {FEASIBLE} 3 van 5"),
        },
        desk=[
            (f"1 {A}", f"{EFFECT} 4,6 · {FEASIBLE} 2,8", "71 %", "20 mensen", "83 % 83 % 60 %"),
            (f"2 {B}", f"{EFFECT} 3,0 · {FEASIBLE} 3,0", "50 %", "20 mensen", "50 % 50 % 50 %"),
        ],
        studio=[
            (f"1 {A}", f"{EFFECT} 4,6 · {FEASIBLE} 2,8", "71 %", "83 %", "60 %"),
            (f"2 {B}", f"{EFFECT} 3,0 · {FEASIBLE} 3,0", "50 %"),
        ],
        results={
            A: [("shown", "1", "0", "20", "20", "0.750000", "0.714286", "0.238095"),
                ("6", "6", "0.833333"), ("7", "7", "0.833333"), ("7", "7", "0.595238"),
                ("all", "1", "20", "4.600000", "", "2 0 0 0 18"), ("all", "2", "20", "2.800000", "", "2 0 18 0 0")],
            B: [("shown", "2", "0", "20", "20", "0.500000", "0.500000", "0.000000"),
                ("6", "6", "0.500000"), ("7", "7", "0.500000"), ("7", "7", "0.500000"),
                ("all", "1", "20", "3.000000", "", "0 0 20 0 0"), ("all", "2", "20", "3.000000", "", "0 0 20 0 0")],
        },
        votes={A: {"1: 5": 18, "1: 1": 2, "2: 3": 18, "2: 1": 2}, B: {"1: 3": 20, "2: 3": 20}},
    ),
)  # fmt: skip
