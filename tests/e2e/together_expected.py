"""What comes of the journeys by choice, ranking and pairs, worked out by hand from who gave what: nothing is computed.

Took part: onderwijs 6, onderzoek 7, ondernemers 5, overheden 2; together 20. Overheden is under five and goes with the
next smallest, ondernemers: a group of 7 that counts for two O's. Balanced = (W + Z + 2 · (N and H)) / 4.

Choice, of one          onderwijs /6  onderzoek /7  N and H /7  heads /20  balanced
    A                   6             3             0           9   45 %   (1 + 3/7 + 0) / 4 = 5/14   36 %
    B                   0             4             4           8   40 %   (4/7 + 8/7) / 4 = 3/7      43 %
    C                   0             0             3           3   15 %   (6/7) / 4 = 3/14           21 %

Ranking, the first two: 1 for place 1, 1/2 for place 2
    onderwijs: 6 × A, B. Onderzoek: 3 × A, B and 4 × B, C. Ondernemers: 5 × B, A. Overheden: 2 × C, B.
    A                   6             3             5/2         11.5  57.5 %  (1 + 3/7 + 5/7) / 4 = 15/28   54 %
    B                   3             11/2          6           14.5  72.5 %  (1/2 + 11/14 + 12/7) / 4 = 3/4  75 %
    C                   0             2             2           4     20 %  (2/7 + 4/7) / 4 = 3/14        21 %
    First: A 9, B 9, C 2. Ranked: A 14, B 20, C 6. Mean place: A 19/14, B 31/20, C 10/6.

Pairs, all three of three: the share of an item is the mean of what each person says of it
    onderwijs: A over B over C. Onderzoek: 3 the same, 4 B over C over A. Ondernemers: B over A over C.
    Overheden: C over both, A and B equal.
    A                   6             3             5/2 + 2/4   12   60 %  (1 + 3/7 + 6/7) / 4 = 4/7      57 %
    B                   3             3/2 + 4       5 + 2/4     14   70 %  (1/2 + 11/14 + 11/7) / 4 = 5/7  71 %
    C                   0             2             2           4    20 %  (2/7 + 4/7) / 4 = 3/14         21 %
    Each was compared 40 times. Chosen: A 12 + 6 + 5 = 23, B 6 + 11 + 10 = 27, C 4 + 4 = 8. Equal: A and B 2.
"""

from __future__ import annotations

from collections.abc import Mapping

A = "Een campus waar de hele wereld wil studeren"
B = "Laat zien wat er in de laboratoria gebeurt"
C = "Eén loket voor elke vergunning"
ITEMS = [A, B, C]

Given = dict[str, list[Mapping[str, "int | list[int | None] | None"]]]
"""O → what each of the crowd gives; the one of onderwijs and the one of ondernemers at a browser come besides."""

CHOICE: Given = {
    "onderwijs": [{A: 1}] * 5,
    "onderzoek": [*[{A: 1}] * 3, *[{B: 1}] * 4],
    "ondernemers": [{B: 1}] * 4,
    "overheden": [{C: 1}] * 2,
}
CHOICE_HEADS = [["1", A, "9"], ["2", B, "8"], ["3", C, "3"]]
CHOICE_EQUAL = [["1", B, "43 %"], ["2", A, "36 %"], ["3", C, "21 %"]]
CHOICE_CSV = {
    # place, heads, of, share, balanced, choices; per group n, heads, share
    B: [("1", "8", "20", "0.400000", "0.428571", "8"), ("6", "0"), ("7", "4"), ("7", "4")],
    A: [("2", "9", "20", "0.450000", "0.357143", "9"), ("6", "6"), ("7", "3"), ("7", "0")],
    C: [("3", "3", "20", "0.150000", "0.214286", "3"), ("6", "0"), ("7", "0"), ("7", "3")],
}

RANKING: Given = {
    "onderwijs": [{A: 1, B: 2}] * 5,
    "onderzoek": [*[{A: 1, B: 2}] * 3, *[{B: 1, C: 2}] * 4],
    "ondernemers": [{B: 1, A: 2}] * 4,
    "overheden": [{C: 1, B: 2}] * 2,
}
RANKING_HEADS = [["1", B, "73 %"], ["2", A, "57 %"], ["3", C, "20 %"]]  # 72.5 and 57.5, as a browser rounds them
RANKING_EQUAL = [["1", B, "75 %"], ["2", A, "54 %"], ["3", C, "21 %"]]
RANKING_CSV = {
    # place, heads, of, share, balanced, first, ranked, mean; per group n, share
    B: [("1", "9", "20", "0.725000", "0.750000", "9", "20", "1.550000"), ("6", "0.500000"), ("7", "0.785714"),
        ("7", "0.857143")],
    A: [("2", "9", "20", "0.575000", "0.535714", "9", "14", "1.357143"), ("6", "1.000000"), ("7", "0.428571"),
        ("7", "0.357143")],
    C: [("3", "2", "20", "0.200000", "0.214286", "2", "6", "1.666667"), ("6", "0.000000"), ("7", "0.285714"),
        ("7", "0.285714")],
}  # fmt: skip
RANKING_VOTES = {A: {"1": 9, "2": 5, "": 6}, B: {"1": 9, "2": 11}, C: {"1": 2, "2": 4, "": 14}}

# Ten times the number of the pair, and 2 chosen, 1 equal, 0 not: pair 1 is A and B, 2 is B and C, 3 is A and C.
_ABC: Mapping[str, int | list[int | None] | None] = {A: [12, 32], B: [10, 22], C: [20, 30]}
_BCA: Mapping[str, int | list[int | None] | None] = {A: [10, 30], B: [12, 22], C: [20, 32]}
_BAC: Mapping[str, int | list[int | None] | None] = {A: [10, 32], B: [12, 22], C: [20, 30]}
_C: Mapping[str, int | list[int | None] | None] = {A: [11, 30], B: [11, 20], C: [22, 32]}
PAIRS: Given = {
    "onderwijs": [_ABC] * 5,
    "onderzoek": [*[_ABC] * 3, *[_BCA] * 4],
    "ondernemers": [_BAC] * 4,
    "overheden": [_C] * 2,
}
PAIRS_HEADS = [["1", B, "70 %"], ["2", A, "60 %"], ["3", C, "20 %"]]
PAIRS_EQUAL = [["1", B, "71 %"], ["2", A, "57 %"], ["3", C, "21 %"]]
PAIRS_CSV = {
    # place, of, share, balanced, comparisons, won, equal; per group n, share
    B: [("1", "20", "0.700000", "0.714286", "40", "27", "2"), ("6", "0.500000"), ("7", "0.785714"),
        ("7", "0.785714")],
    A: [("2", "20", "0.600000", "0.571429", "40", "23", "2"), ("6", "1.000000"), ("7", "0.428571"),
        ("7", "0.428571")],
    C: [("3", "20", "0.200000", "0.214286", "40", "8", "0"), ("6", "0.000000"), ("7", "0.285714"),
        ("7", "0.285714")],
}  # fmt: skip
