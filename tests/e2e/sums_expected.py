"""What comes of the journeys in which something is given away, worked out by hand. Nothing here is computed.

Took part: onderwijs 6, onderzoek 7, ondernemers 5, overheden 2; together 20. Overheden is under five and goes with the
next smallest, ondernemers: a group of 7 that counts for two O's. Balanced = (W + Z + 2 · (N and H)) / 4.

Approval, two at most; and a budget of 100,000 euros, in which the same people choose the same.

        price    onderwijs /6  onderzoek /7  ondernemers + overheden /7  heads  balanced
    A   60,000   6             4             0                           10     (1 + 4/7 + 0) / 4 = 11/28
    B   50,000   0             3             5 + 0                       8      (0 + 3/7 + 10/7) / 4 = 13/28
    C   40,000   6             0             5 + 2                       13     (1 + 0 + 2) / 4 = 3/4
    D   30,000   0             7             0                           7      (0 + 1 + 0) / 4 = 1/4

The budget buys C (40,000) and B (50,000); of the 10,000 that are left neither A nor D can be paid.

Round two, on A and B: the first three O's choose A, overheden chooses B.

    A            6             7             5 + 0                       18     (1 + 1 + 10/7) / 4 = 6/7
    B            0             0             0 + 2                       2      (0 + 0 + 4/7) / 4 = 1/7

A hundred points:

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

A = "Een campus waar de hele wereld wil studeren"
B = "Laat zien wat er in de laboratoria gebeurt"
C = "Eén loket voor elke vergunning"
D = "Een plein waar je na zessen kunt eten"
ITEMS = [A, B, C, D]
PRICES = {A: 60_000, B: 50_000, C: 40_000, D: 30_000}


CHOSEN: dict[str, list[dict[str, int]]] = {
    "onderwijs": [{A: 1, C: 1}] * 5,
    "onderzoek": [*[{A: 1, D: 1}] * 4, *[{B: 1, D: 1}] * 3],
    "ondernemers": [{B: 1, C: 1}] * 4,
    "overheden": [{C: 1}] * 2,
}
CHOSEN_AGAIN: dict[str, list[dict[str, int]]] = {
    "onderwijs": [{A: 1}] * 5,
    "onderzoek": [{A: 1}] * 7,
    "ondernemers": [{A: 1}] * 4,
    "overheden": [{B: 1}] * 2,
}
GIVEN: dict[str, list[dict[str, int]]] = {
    "onderwijs": [{A: 60, C: 40}] * 5,
    "onderzoek": [{A: 30, D: 70}] * 7,
    "ondernemers": [{B: 50, C: 50}] * 4,
    "overheden": [{C: 100}] * 2,
}
GIVEN_AGAIN: dict[str, list[dict[str, int]]] = {
    sector: [dict.fromkeys(marks, 100) for marks in people] for sector, people in CHOSEN_AGAIN.items()
}

HEADS = [["1", C, "13 mensen"], ["2", A, "10 mensen"], ["3", B, "8 mensen"], ["4", D, "7 mensen"]]
EQUAL = [
    # place, card, balanced, onderwijs, onderzoek, ondernemers + overheden
    ["1", C, "75%", "100 %", "0 %", "100 %"],
    ["2", B, "46%", "0 %", "43 %", "71 %"],
    ["3", A, "39%", "100 %", "57 %", "0 %"],
    ["4", D, "25%", "0 %", "100 %", "0 %"],
]
APART = {A: "100 punten", B: "71 punten", C: "100 punten", D: "100 punten"}
CHANGE = {A: ("100", "29"), B: ("71", "29")}
BOUGHT = [
    ["1", C, "gekocht", "€ 40.000 75 %"],
    ["2", B, "gekocht", "€ 50.000 46 %"],
    ["3", A, "niet gekocht", "€ 60.000 39 %"],
    ["4", D, "niet gekocht", "€ 30.000 25 %"],
]
POINTS = [["1", C, "35 % 34,5 per persoon"], ["2", A, "28 % 28,5 per persoon"],
          ["3", D, "25 % 24,5 per persoon"], ["4", B, "13 % 12,5 per persoon"]]  # fmt: skip
POINTS_EQUAL = [
    ["1", C, "42%", "40 %", "0 %", "64 %"],
    ["2", A, "23%", "60 %", "30 %", "0 %"],
    ["3", B, "18%", "0 %", "0 %", "36 %"],
    ["4", D, "18%", "0 %", "70 %", "0 %"],
]
POINTS_APART = {A: "60 punten", B: "36 punten", C: "64 punten", D: "70 punten"}
POINTS_CHANGE = {A: ("60", "29"), B: ("36", "29")}

CHOSEN_CSV = {
    # (round, card): status, place, heads, of, share, balanced, spread, choices; per group n, share
    (1, C): [("shown", "1", "13", "20", "0.650000", "0.750000", "1.000000", "13"),
             ("6", "1.000000"), ("7", "0.000000"), ("7", "1.000000")],
    (1, B): [("shown", "2", "8", "20", "0.400000", "0.464286", "0.714286", "8"),
             ("6", "0.000000"), ("7", "0.428571"), ("7", "0.714286")],
    (1, A): [("shown", "3", "10", "20", "0.500000", "0.392857", "1.000000", "10"),
             ("6", "1.000000"), ("7", "0.571429"), ("7", "0.000000")],
    (1, D): [("shown", "4", "7", "20", "0.350000", "0.250000", "1.000000", "7"),
             ("6", "0.000000"), ("7", "1.000000"), ("7", "0.000000")],
    (2, A): [("shown", "1", "18", "20", "0.900000", "0.857143", "0.285714", "18"),
             ("6", "1.000000"), ("7", "1.000000"), ("7", "0.714286")],
    (2, B): [("shown", "2", "2", "20", "0.100000", "0.142857", "0.285714", "2"),
             ("6", "0.000000"), ("7", "0.000000"), ("7", "0.285714")],
}  # fmt: skip
BOUGHT_CSV = {(1, C): "1", (1, B): "1", (1, A): "0", (1, D): "0", (2, A): "1", (2, B): "0"}
POINTS_CSV = {
    # (round, card): status, place, of, share, balanced, spread, points, mean; per group n, share
    (1, C): [("shown", "1", "20", "0.345000", "0.421429", "0.642857", "690", "34.500000"),
             ("6", "0.400000"), ("7", "0.000000"), ("7", "0.642857")],
    (1, A): [("shown", "2", "20", "0.285000", "0.225000", "0.600000", "570", "28.500000"),
             ("6", "0.600000"), ("7", "0.300000"), ("7", "0.000000")],
    (1, B): [("shown", "3", "20", "0.125000", "0.178571", "0.357143", "250", "12.500000"),
             ("6", "0.000000"), ("7", "0.000000"), ("7", "0.357143")],
    (1, D): [("shown", "4", "20", "0.245000", "0.175000", "0.700000", "490", "24.500000"),
             ("6", "0.000000"), ("7", "0.700000"), ("7", "0.000000")],
    (2, A): [("shown", "1", "20", "0.900000", "0.857143", "0.285714", "1800", "90.000000"),
             ("6", "1.000000"), ("7", "1.000000"), ("7", "0.714286")],
    (2, B): [("shown", "2", "20", "0.100000", "0.142857", "0.285714", "200", "10.000000"),
             ("6", "0.000000"), ("7", "0.000000"), ("7", "0.285714")],
}  # fmt: skip

CHOSEN_VALUES = {
    # (round, card): how many rows of votes.csv say what
    (1, A): {"1": 10, "0": 10}, (1, B): {"1": 8, "0": 12}, (1, C): {"1": 13, "0": 7}, (1, D): {"1": 7, "0": 13},
    (2, A): {"1": 18, "0": 2}, (2, B): {"1": 2, "0": 18},
}  # fmt: skip
POINTS_VALUES = {
    (1, A): {"60": 6, "30": 7, "0": 7}, (1, B): {"50": 5, "0": 15},
    (1, C): {"40": 6, "50": 5, "100": 2, "0": 7}, (1, D): {"70": 7, "0": 13},
    (2, A): {"100": 18, "0": 2}, (2, B): {"100": 2, "0": 18},
}  # fmt: skip
