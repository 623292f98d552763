"""Two at a time, all three pairs of three. The share of a text is the mean of what each person says of it.

    Onderwijs: A over B over C. Onderzoek: 3 the same, 4 B over C over A. Ondernemers: B over A over C.
    Overheden: C over both, A and B equal.

        onderwijs /6  onderzoek /7  ondernemers + overheden /7  all         balanced
    A   6             3             5/2 + 2/4                   12   60 %   (1 + 3/7 + 6/7) / 4 = 4/7
    B   3             3/2 + 4       5 + 2/4                     14   70 %   (1/2 + 11/14 + 11/7) / 4 = 5/7
    C   0             4/2           2                           4    20 %   (2/7 + 2 · 2/7) / 4 = 3/14
    Each was compared 40 times. Chosen: A 12 + 6 + 5 = 23, B 6 + 11 + 10 = 27, C 4 + 4 = 8. Equal: A and B 2.

Round two, on A and C: one pair. A by onderwijs and ondernemers, C by onderzoek and overheden.

    A   6             0             5                           11   55 %   (1 + 0 + 10/7) / 4 = 17/28
    C   0             7             2                           9    45 %   (0 + 1 + 4/7) / 4 = 11/28
"""

from __future__ import annotations

from collections.abc import Mapping

from .declared import A, B, C, Declared, Marks, Round
from .fingers import compare

# Ten times the number of the pair, and 2 chosen, 1 equal, 0 not: pair 1 is A and B, 2 is B and C, 3 is A and C.
ABC: Marks = {A: [12, 32], B: [10, 22], C: [20, 30]}
BCA: Marks = {A: [10, 30], B: [12, 22], C: [20, 32]}
BAC: Marks = {A: [10, 32], B: [12, 22], C: [20, 30]}
C_FIRST: Marks = {A: [11, 30], B: [11, 20], C: [22, 32]}
A_OVER_C: Marks = {A: 12, C: 10}
C_OVER_A: Marks = {A: 10, C: 12}


def outcome(line: Mapping[str, str]) -> str:
    """Each phone numbers its pairs in an order of its own."""
    return line["value"][1:]


PAIRWISE = Declared(
    key="pairwise",
    name="Twee aan twee",
    rule="Kies tussen twee, hoogstens 3 keer.",
    hand=compare,
    columns=("status", "place", "of", "share", "balanced", "spread", "comparisons", "won", "equal"),
    group_columns=("n", "of", "share"),
    mark=outcome,
    first=Round(
        items=[A, B, C],
        crowd={
            "onderwijs": [ABC] * 5,
            "onderzoek": [*[ABC] * 3, *[BCA] * 4],
            "ondernemers": [BAC] * 4,
            "overheden": [C_FIRST] * 2,
        },
        of_w=[(A, 1), (B, 2), (C, 3)],
        of_n=[(B, 1), (A, 2), (C, 3)],
        heads=[
            ("1", B, "27 gekozen 2 even belangrijk 11 het andere gekozen", "70 % 20 mensen"),
            ("2", A, "23 gekozen 2 even belangrijk 15 het andere gekozen", "60 % 20 mensen"),
            ("3", C, "8 gekozen 0 even belangrijk 32 het andere gekozen", "20 % 20 mensen"),
        ],
        equal=[
            ("1", B, "71%", "50 %", "79 %", "79 %"),
            ("2", A, "57%", "100 %", "43 %", "43 %"),
            ("3", C, "21%", "0 %", "29 %", "29 %"),
        ],
        apart={A: "57 %-punten", B: "29 %-punten", C: "29 %-punten"},
        phone=[
            ("Plek 1", B, "70 %", "27 van 40 keer gekozen · 2 × even belangrijk", "O’s gelijk: 71 %"),
            ("Plek 2", A, "60 %", "23 van 40 keer gekozen · 2 × even belangrijk", "O’s gelijk: 57 %"),
            ("Plek 3", C, "20 %", "8 van 40 keer gekozen", "O’s gelijk: 21 %"),
        ],
        said={
            A: ("Door jou: 2 van 2 keer gekozen", "Door jou: 1 van 2 keer gekozen"),
            B: ("Door jou: 1 van 2 keer gekozen", "Door jou: 2 van 2 keer gekozen"),
            C: ("Door jou: 0 van 2 keer gekozen", "Door jou: 0 van 2 keer gekozen"),
        },
        desk=[
            (f"1 {B}", "71 %", "27 van 40 keer gekozen", "50 % 79 % 79 %"),
            (f"2 {A}", "57 %", "23 van 40 keer gekozen", "100 % 43 % 43 %"),
            (f"3 {C}", "21 %", "8 van 40 keer gekozen", "0 % 29 % 29 %"),
        ],
        studio=[
            (f"1 {B}", "71 %", "50 %", "79 %", "27 van 40 keer gekozen"),
            (f"2 {A}", "57 %", "100 %", "43 %", "23 van 40 keer gekozen"),
            (f"3 {C}", "21 %", "0 %", "29 %", "8 van 40 keer gekozen"),
        ],
        results={
            B: [("shown", "1", "20", "0.700000", "0.714286", "0.285714", "40", "27", "2"),
                ("6", "6", "0.500000"), ("7", "7", "0.785714"), ("7", "7", "0.785714")],
            A: [("shown", "2", "20", "0.600000", "0.571429", "0.571429", "40", "23", "2"),
                ("6", "6", "1.000000"), ("7", "7", "0.428571"), ("7", "7", "0.428571")],
            C: [("shown", "3", "20", "0.200000", "0.214286", "0.285714", "40", "8", "0"),
                ("6", "6", "0.000000"), ("7", "7", "0.285714"), ("7", "7", "0.285714")],
        },
        votes={A: {"2": 23, "1": 2, "0": 15}, B: {"2": 27, "1": 2, "0": 11}, C: {"2": 8, "0": 32}},
    ),
    second=Round(
        items=[A, C],
        crowd={
            "onderwijs": [A_OVER_C] * 5,
            "onderzoek": [C_OVER_A] * 7,
            "ondernemers": [A_OVER_C] * 4,
            "overheden": [C_OVER_A] * 2,
        },
        of_w=[(A, 1), (C, 2)],
        of_n=[(A, 1), (C, 2)],
        heads=[
            ("1", A, "11 gekozen 0 even belangrijk 9 het andere gekozen", "55 % 20 mensen"),
            ("2", C, "9 gekozen 0 even belangrijk 11 het andere gekozen", "45 % 20 mensen"),
        ],
        equal=[("1", A, "61%", "100 %", "0 %", "71 %"), ("2", C, "39%", "0 %", "100 %", "29 %")],
        apart={A: "100 %-punten", C: "100 %-punten"},
        change={A: ("57", "100"), C: ("29", "100")},
        phone=[
            ("Plek 1", A, "55 %", "11 van 20 keer gekozen", "O’s gelijk: 61 %"),
            ("Plek 2", C, "45 %", "9 van 20 keer gekozen", "O’s gelijk: 39 %"),
        ],
        said={
            A: ("Door jou: 1 van 1 keer gekozen", "Door jou: 1 van 1 keer gekozen"),
            C: ("Door jou: 0 van 1 keer gekozen", "Door jou: 0 van 1 keer gekozen"),
        },
        desk=[
            (f"1 {A}", "61 %", "11 van 20 keer gekozen", "100 % 0 % 71 %"),
            (f"2 {C}", "39 %", "9 van 20 keer gekozen", "0 % 100 % 29 %"),
        ],
        studio=[
            (f"1 {A}", "61 %", "100 %", "0 %", "71 %", "11 van 20 keer gekozen"),
            (f"2 {C}", "39 %", "0 %", "100 %", "29 %", "9 van 20 keer gekozen"),
        ],
        results={
            A: [("shown", "1", "20", "0.550000", "0.607143", "1.000000", "20", "11", "0"),
                ("6", "6", "1.000000"), ("7", "7", "0.000000"), ("7", "7", "0.714286")],
            C: [("shown", "2", "20", "0.450000", "0.392857", "1.000000", "20", "9", "0"),
                ("6", "6", "0.000000"), ("7", "7", "1.000000"), ("7", "7", "0.285714")],
        },
        votes={A: {"2": 11, "0": 9}, C: {"2": 9, "0": 11}},
    ),
)  # fmt: skip
