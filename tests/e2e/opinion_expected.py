"""What comes of the journey's opinions, worked out by hand from who answered what. Nothing here is computed.

Took part: onderwijs 6, onderzoek 7, ondernemers 5, overheden 2; together 20. Overheden is under five and goes with the
next smallest, ondernemers: a group of 7 that counts for two O's. Balanced = (W + Z + 2 · (N and H)) / 4.

        onderwijs /6  onderzoek /7  ondernemers /5 + overheden /2  agree  pass  not  balanced
    A   6             3, not 4      1, pass 2, not 2 + not 2       10     2     8    (1 + 3/7 + 2/7) / 4 = 3/7
    B   6             5, pass 2     5 + 2 = 7                      18     2     0    (1 + 5/7 + 2) / 4 = 13/14
    C   2 of 3        0 of 7        5 of 5 + 0 of 0                7      0     8    none: 3 of onderwijs answered
    D   2 of 2        0 of 0        2 of 2 + 0 of 0                too few: 4 answered

Round two, on A and B: everybody of the first three O's agrees, overheden does not on A.

    A   6             7             5 + 0 of 2 = 5 of 7            18     0     2    (1 + 1 + 10/7) / 4 = 6/7
    B   6             7             5 + 2 = 7                      20     0     0    1
"""

from __future__ import annotations

A = "Een campus waar de hele wereld wil studeren"
B = "Laat zien wat er in de laboratoria gebeurt"
C = "Eén loket voor elke vergunning"
D = "Een plein waar je na zessen kunt eten"
ITEMS = [A, B, C, D]

PEOPLE = {"onderwijs": 5, "onderzoek": 7, "ondernemers": 4, "overheden": 2}
"""Without the two at a browser: one of onderwijs, one of ondernemers."""

Y, P, N, U = 1, 0, -1, None
FIRST: dict[str, list[list[int | None]]] = {
    # O: what each of the crowd answers to A, B, C, D
    "onderwijs": [[Y, Y, Y, Y], [Y, Y, N, U], [Y, Y, U, U], [Y, Y, U, U], [Y, Y, U, U]],
    "onderzoek": [*[[Y, Y, N, U]] * 3, *[[N, Y, N, U]] * 2, *[[N, P, N, U]] * 2],
    "ondernemers": [[Y, Y, Y, Y], [P, Y, Y, U], [N, Y, Y, U], [N, Y, Y, U]],
    "overheden": [[N, Y, U, U]] * 2,
}
SECOND: dict[str, list[int]] = {
    "onderwijs": [Y, Y], "onderzoek": [Y, Y], "ondernemers": [Y, Y], "overheden": [N, Y],
}  # fmt: skip

HEADS = [["1", B, "90 % 18 van 20"], ["2", A, "50 % 10 van 20"], ["3", C, "47 % 7 van 15"]]
EQUAL = [
    # place, card, balanced, onderwijs, onderzoek, ondernemers + overheden
    ["1", B, "93%", "100 %", "71 %", "100 %"],
    ["2", A, "43%", "100 %", "43 %", "14 %"],
    ["3", C, "–", "te weinig antwoorden van een O; iedereen: 47 %"],
]
APART = [[A, "86 punten"], [B, "29 punten"], [C, "–"]]
CHANGE = {A: ("86", "29"), B: ("29", "0")}

PHONE = [
    # card, share, of whom, agree, pass, disagree
    (B, "93 %", "18 van 20", "18 Herken ik 2 Sla over 0 Herken ik niet"),
    (A, "43 %", "10 van 20", "10 Herken ik 2 Sla over 8 Herken ik niet"),
    (C, "47 %", "7 van 15", "7 Herken ik 0 Sla over 8 Herken ik niet"),
]

GROUPS = ["all", "onderwijs", "onderzoek", "ondernemers+overheden"]
RESULTS_CSV = {
    # (round, card): status, place, heads, of, share, balanced, spread, agree, pass, disagree; per group n, heads, share
    (1, B): [
        ("shown", "1", "18", "20", "0.900000", "0.928571", "0.285714", "18", "2", "0"),
        ("6", "6", "1.000000"), ("7", "5", "0.714286"), ("7", "7", "1.000000"),
    ],
    (1, A): [
        ("shown", "2", "10", "20", "0.500000", "0.428571", "0.857143", "10", "2", "8"),
        ("6", "6", "1.000000"), ("7", "3", "0.428571"), ("7", "1", "0.142857"),
    ],
    (1, C): [("heads_only", "3", "7", "15", "0.466667", "", "", "7", "0", "8")],
    (1, D): [("too_few", "", "", "", "", "", "", "", "", "")],
    (2, B): [
        ("shown", "1", "20", "20", "1.000000", "1.000000", "0.000000", "20", "0", "0"),
        ("6", "6", "1.000000"), ("7", "7", "1.000000"), ("7", "7", "1.000000"),
    ],
    (2, A): [
        ("shown", "2", "18", "20", "0.900000", "0.857143", "0.285714", "18", "0", "2"),
        ("6", "6", "1.000000"), ("7", "7", "1.000000"), ("7", "5", "0.714286"),
    ],
}  # fmt: skip

VOTES_CSV = {
    # (round, card): how many rows say 1, 0, -1 and nothing
    (1, A): {"1": 10, "0": 2, "-1": 8},
    (1, B): {"1": 18, "0": 2},
    (1, C): {"1": 7, "-1": 8, "": 5},
    (1, D): {"1": 4, "": 16},
    (2, A): {"1": 18, "-1": 2},
    (2, B): {"1": 20},
}
