"""By a scale from 0 to 10, of one question. "Don't know" counts in no mean; two of onderzoek say so.

        onderwijs               onderzoek             ondernemers + overheden       all
        5 × 9 and 3 = 48 / 6    3 × 5 and 2 × 6       4 × 2 and 0, 2 × 6 = 20 / 7   95 / 18
        8                       = 27 / 5 = 5.4        2.857143                      5.277778
    Balanced (8 + 5.4 + 2 · 2.857143) / 4 = 4.778571. As a share: a tenth of it.

Round two:  6 × 8 = 8   7 × 8 = 8   5 × 8 and 2 × 1 = 42 / 7 = 6   146 / 20 = 7.3   (8 + 8 + 2 · 6) / 4 = 7
"""

from __future__ import annotations

from .declared import Declared, Round, alike
from .fingers import number

Q = "Zie je jezelf hier over vijf jaar nog?"

SCALE = Declared(
    key="scale",
    name="Schaal",
    rule="Geef elke kaart een cijfer: 0 helemaal niet, 10 helemaal.",
    hand=number,
    columns=("status", "place", "heads", "of", "seen", "share", "balanced", "spread", "mean", "mean_balanced",
             "histogram"),
    group_columns=("n", "of", "share", "mean"),
    first=Round(
        items=[Q],
        crowd={
            "onderwijs": [{Q: 9}] * 5,
            "onderzoek": [*[{Q: 5}] * 3, *[{Q: 6}] * 2, *[{Q: -99}] * 2],
            "ondernemers": [{Q: 2}] * 4,
            "overheden": [{Q: 6}] * 2,
        },
        of_w=[(Q, 8), (Q, 3)],
        of_n=[(Q, 10), (Q, -99), (Q, 0)],
        # Over each number how many gave it, then the same in words for who hears it.
        heads=[
            (Q, "1 0 0 1 4 2 1 3 0 4 3 5 4 6 0 7 0 8 5 9 0 10 0: 1, 1: 0, 2: 4, 3: 1, 4: 0, 5: 3, 6: 4, 7: 0,"
             " 8: 0, 9: 5, 10: 0", "5,3 van 10 18 mensen, 2 weet niet"),
        ],
        equal=[(Q, "4,8", "8,0", "5,4", "2,9")],
        apart={Q: "5,1 punten"},
        phone=[(Q, "5,3", "van 10 · 18 mensen", "O’s gelijk: 4,8 van 10", "1 mens gaf 0",
                "4 mensen gaven 2")],
        said={Q: ("Jij zei: 3 van 10", "Jij zei: 0 van 10")},
        desk=[(Q, "4,8", "18 mensen", "8,0 5,4 2,9")],
        studio=[(Q, "4,8", "8,0", "5,4", "2,9", "gemiddeld 5,3 van 10",
                 "0: 1 · 1: 0 · 2: 4 · 3: 1 · 4: 0 · 5: 3 · 6: 4 · 7: 0 · 8: 0 · 9: 5 · 10: 0")],
        results={
            Q: [("shown", "1", "0", "18", "20", "0.527778", "0.477857", "0.514286", "5.277778", "4.778571",
                 "1 0 4 1 0 3 4 0 0 5 0"),
                ("6", "6", "0.800000", "8.000000"), ("7", "5", "0.540000", "5.400000"),
                ("7", "7", "0.285714", "2.857143")],
        },
        votes={Q: {"9": 5, "3": 1, "5": 3, "6": 4, "-99": 2, "2": 4, "0": 1}},
    ),
    second=Round(
        items=[Q],
        crowd=alike({Q: 8}, {Q: 1}),
        of_w=[(Q, 8)],
        of_n=[(Q, 8)],
        heads=[
            (Q, "0 0 2 1 0 2 0 3 0 4 0 5 0 6 0 7 18 8 0 9 0 10 0: 0, 1: 2, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0,"
             " 8: 18, 9: 0, 10: 0", "7,3 van 10 20 mensen"),
        ],
        equal=[(Q, "7,0", "8,0", "8,0", "6,0")],
        apart={Q: "2,0 punten"},
        change={Q: ("5,1", "2,0")},
        phone=[(Q, "7,3", "van 10 · 20 mensen", "O’s gelijk: 7,0 van 10", "2 mensen gaven 1",
                "18 mensen gaven 8")],
        said={Q: ("Jij zei: 8 van 10", "Jij zei: 8 van 10")},
        desk=[(Q, "7,0", "20 mensen", "8,0 8,0 6,0")],
        studio=[(Q, "7,0", "8,0", "6,0", "gemiddeld 7,3 van 10",
                 "0: 0 · 1: 2 · 2: 0 · 3: 0 · 4: 0 · 5: 0 · 6: 0 · 7: 0 · 8: 18 · 9: 0 · 10: 0")],
        results={
            Q: [("shown", "1", "0", "20", "20", "0.730000", "0.700000", "0.200000", "7.300000", "7.000000",
                 "0 2 0 0 0 0 0 0 18 0 0"),
                ("6", "6", "0.800000", "8.000000"), ("7", "7", "0.800000", "8.000000"),
                ("7", "7", "0.600000", "6.000000")],
        },
        votes={Q: {"8": 18, "1": 2}},
    ),
)  # fmt: skip
