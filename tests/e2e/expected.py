"""The journey's result, worked out by hand from who voted for what. Nothing here is computed.

Took part: onderwijs 10, onderzoek 8, ondernemers 9, overheden 4; together 31. Overheden is under five and goes with the
next smallest, onderzoek: a group of 12 that counts for two O's. Balanced = (W + 2 · (Z and H) + N) / 4.

        onderwijs /10   onderzoek /8 + overheden /4 = /12    ondernemers /9   people   dots  balanced
    A   10              0 + 0                                2                12       13    (1 + 0 + 2/9) / 4 = 11/36
    B   5               8 + 2 = 10                           0                15       15    (1/2 + 5/3 + 0) / 4 = 13/24
    C   5               0 + 0                                6                11       12    (1/2 + 0 + 2/3) / 4 = 7/24
    D   0               4 + 4 = 8                            0                8        8     (0 + 4/3 + 0) / 4 = 1/3
    E   0               0 + 0                                3                3        3     (0 + 0 + 1/3) / 4 = 1/12
    F   0               0                                    0                0        0     0
"""

from __future__ import annotations

A = "A campus that the whole world wants to study on"
B = "Show what happens in the laboratories"
C = "Companies that stay when they grow"
D = "One desk for every permit"
E = "A square where you can eat after six"
F = "Trees instead of parking places"
ITEMS = [A, B, C, D, E, F]

GROUPS = ["Education 11", "Research + Government 12", "Entrepreneurs 9"]
"""Who is in the room, as the lobby may show it."""

HEADS = [
    ["1", B, "15 people"],
    ["2", A, "12 people 13 dots"],
    ["3", C, "11 people 12 dots"],
    ["4", D, "8 people"],
    ["5", E, "3 people"],
    ["6", F, "0 people"],
]

EQUAL = [
    # place, card, balanced, onderwijs, onderzoek + overheden, ondernemers
    ["1", B, "54%", "50 %", "83 %", "0 %"],
    ["2", D, "33%", "0 %", "67 %", "0 %"],
    ["3", A, "31%", "100 %", "0 %", "22 %"],
    ["4", C, "29%", "50 %", "0 %", "67 %"],
    ["5", E, "8%", "0 %", "0 %", "33 %"],
    ["6", F, "0%", "0 %", "0 %", "0 %"],
]

APART = [
    # card, points between the groups that lie furthest apart
    (A, "100 % points"),
    (B, "83 % points"),
    (C, "67 % points"),
    (D, "67 % points"),
    (E, "33 % points"),
    (F, "0 % points"),
]
"""Which of two cards at the same distance comes first is by chance."""

PHONE = [
    (B, "48 %", "15 of 31 O’s equal: 54 %"),
    (A, "39 %", "12 of 31 O’s equal: 31 %"),
    (C, "35 %", "11 of 31 O’s equal: 29 %"),
    (D, "26 %", "8 of 31 O’s equal: 33 %"),
    (E, "10 %", "3 of 31 O’s equal: 8 %"),
    (F, "0 %", "0 of 31 O’s equal: 0 %"),
]

DESK = [(B, "54 %"), (D, "33 %"), (A, "31 %"), (C, "29 %"), (E, "8 %"), (F, "0 %")]
"""Every O the same weight."""

RESULTS_CSV = {
    # card: (place, heads, dots, share, balanced, spread), then per group (n, heads, share)
    B: [
        ("1", "15", "15", "0.483871", "0.541667", "0.833333"),
        ("10", "5", "0.500000"), ("12", "10", "0.833333"), ("9", "0", "0.000000"),
    ],
    D: [
        ("2", "8", "8", "0.258065", "0.333333", "0.666667"),
        ("10", "0", "0.000000"), ("12", "8", "0.666667"), ("9", "0", "0.000000"),
    ],
    A: [
        ("3", "12", "13", "0.387097", "0.305556", "1.000000"),
        ("10", "10", "1.000000"), ("12", "0", "0.000000"), ("9", "2", "0.222222"),
    ],
    C: [
        ("4", "11", "12", "0.354839", "0.291667", "0.666667"),
        ("10", "5", "0.500000"), ("12", "0", "0.000000"), ("9", "6", "0.666667"),
    ],
    E: [
        ("5", "3", "3", "0.096774", "0.083333", "0.333333"),
        ("10", "0", "0.000000"), ("12", "0", "0.000000"), ("9", "3", "0.333333"),
    ],
    F: [
        ("6", "0", "0", "0.000000", "0.000000", "0.000000"),
        ("10", "0", "0.000000"), ("12", "0", "0.000000"), ("9", "0", "0.000000"),
    ],
}  # fmt: skip
GROUP_KEYS = ["all", "onderwijs", "onderzoek+overheden", "ondernemers"]

VOTES_CSV = {
    # O: (people, rows = people × 6, people who took part, their dots on A to F)
    "onderwijs": (11, 66, 10, [11, 5, 5, 0, 0, 0]),
    "onderzoek": (8, 48, 8, [0, 8, 0, 4, 0, 0]),
    "ondernemers": (9, 54, 9, [2, 0, 7, 0, 3, 0]),
    "overheden": (4, 24, 4, [0, 2, 0, 4, 0, 0]),
}

CARDS_CSV = {
    # counts of rows: per O, state, source, step
    "sector": {"onderwijs": 8, "onderzoek": 4, "ondernemers": 5, "overheden": 4},
    "state": {"shown": 19, "redacted": 1, "withdrawn": 1},
    "source": {"own": 20, "scribed": 1},
    "step_title_en": {"Profile and brand: write": 18, "Top location: write": 3},
    "aspect": {"hardware": 11, "software": 7, "both": 1, "unsure": 2},
}

WALL = {"Hardware": "6", "Software": "7", "Both": "1", "Not sure": "2"}
