"""What comes of the journeys in which people give numbers, worked out by hand from who gave what. Nothing is computed.

Took part: onderwijs 6, onderzoek 7, ondernemers 5, overheden 2; together 20. Overheden is under five and goes with the
next smallest, ondernemers: a group of 7 that counts for two O's. Balanced = (W + Z + 2 · (N and H)) / 4.

Rating, 1 to 5:
        onderwijs        onderzoek        ondernemers + overheden          all               balanced
    A   5 x 5, 3: 28/6   7 x 3: 3         5 x 1... one does not know,      55/19 = 2.894737  (4.666667 + 3 + 2 x 1) / 4
                                          4 x 1 and 2 x 1: 6/6 = 1                           = 2.416667
    B   6 x 4: 4         5 x 4, 2 x 5:    5 x 4 + 2 x 4: 4                 82/20 = 4.1       (4 + 4.285714 + 8) / 4
                         30/7 = 4.285714                                                     = 4.071429
    The groups of A lie 4.666667 - 1 = 3.67 points apart, those of B 0.29.

Matrix, 5 cells along each side, across and up:
    A   onderwijs 5 x (5, 1) and (4, 2), onderzoek 7 x (3, 3), the others 7 x (1, 5)
        across: 29/6, 3, 1; all 57/20 = 2.85, balanced (4.833333 + 3 + 2) / 4 = 2.458333
        up: 7/6, 3, 5; all 63/20 = 3.15, balanced (1.166667 + 3 + 10) / 4 = 3.541667
    B   everybody (5, 5)
"""

from __future__ import annotations

A = "Een campus waar de hele wereld wil studeren"
B = "Laat zien wat er in de laboratoria gebeurt"
UNSURE = -99

RATED: dict[str, list[dict[str, int]]] = {
    "onderwijs": [{A: 5, B: 4}] * 5,
    "onderzoek": [*[{A: 3, B: 4}] * 5, *[{A: 3, B: 5}] * 2],
    "ondernemers": [{A: 1, B: 4}] * 4,
    "overheden": [{A: 1, B: 4}] * 2,
}
RATING_HEADS = [["1", B, "4,1"], ["2", A, "2,9"]]
RATING_EQUAL = [["1", B, "4,1", "4,0", "4,3", "4,0"], ["2", A, "2,4", "4,7", "3,0", "1,0"]]
RATING_APART = {A: "3,7 punten", B: "0,3 punten"}
RATING_PHONE = [(B, "4,1", "20 mensen", "4 van 5"), (A, "2,4", "19 mensen", "3 van 5")]
RATING_CSV = {
    # card: place, of, seen, mean, mean_balanced, histogram; per group of, mean, heads
    B: [("1", "20", "20", "4.100000", "4.071429", "0 0 0 18 2"), ("6", "4.000000", ""), ("7", "4.285714", ""),
        ("7", "4.000000", "")],
    A: [("2", "19", "20", "2.894737", "2.416667", "6 0 8 0 5"), ("6", "4.666667", ""), ("7", "3.000000", ""),
        ("6", "1.000000", "")],
}  # fmt: skip
RATING_VOTES = {A: {"5": 5, "3": 8, "1": 6, "-99": 1}, B: {"4": 18, "5": 2}}

PLACED: dict[str, list[dict[str, list[int | None]]]] = {
    "onderwijs": [{A: [5, 1], B: [5, 5]}] * 5,
    "onderzoek": [{A: [3, 3], B: [5, 5]}] * 7,
    "ondernemers": [{A: [1, 5], B: [5, 5]}] * 4,
    "overheden": [{A: [1, 5], B: [5, 5]}] * 2,
}
MATRIX_WORDS = {
    A: "Hoe haalbaar is het? 2,9 Hoeveel effect heeft het? 3,2",
    B: "Hoe haalbaar is het? 5,0 Hoeveel effect heeft het? 5,0",
}
MATRIX_FIELD = {A: "Hoe haalbaar is het? 2,5; Hoeveel effect heeft het? 3,5"}
MATRIX_GROUPS = "Onderwijs 4,8 · 1,2; Onderzoek 3,0 · 3,0; Ondernemers + Overheden 1,0 · 5,0"
MATRIX_CSV = {
    # group, criterion: of, mean, mean_balanced
    ("all", ""): ("20", "", ""),
    ("onderwijs", ""): ("6", "", ""),
    ("onderzoek", ""): ("7", "", ""),
    ("ondernemers+overheden", ""): ("7", "", ""),
    ("all", "1"): ("20", "2.850000", "2.458333"),
    ("onderwijs", "1"): ("6", "4.833333", ""),
    ("onderzoek", "1"): ("7", "3.000000", ""),
    ("ondernemers+overheden", "1"): ("7", "1.000000", ""),
    ("all", "2"): ("20", "3.150000", "3.541667"),
    ("onderwijs", "2"): ("6", "1.166667", ""),
    ("onderzoek", "2"): ("7", "3.000000", ""),
    ("ondernemers+overheden", "2"): ("7", "5.000000", ""),
}
