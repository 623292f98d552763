"""By agreeing, passing or not. D is answered by too few, C by too few of onderwijs.

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

from playwright.async_api import expect

from .declared import A, B, C, D, Declared, Round, alike
from .evening import BallotEvening
from .fingers import say
from .matrix import turn_in_field

Y, P, N = 1, 0, -1
YES, PASS, NO = "Herken ik", "Sla over", "Herken ik niet"


async def see_division(evening: BallotEvening, *, place: str, groups: str) -> None:
    """How many agree on A and how far the O's lie apart, and where each group lies when A is chosen."""
    await turn_in_field(evening.stage, 4, A, "Eens en verdeeld.", place=place, groups=groups)


async def see_what_is_missing(evening: BallotEvening) -> None:
    page = evening.stage.page
    await expect(page.get_by_text("1 kaart ontbreekt: te weinig mensen antwoordden.")).to_be_visible()
    await see_division(
        evening,
        place="43 % ‘Herken ik’; 86 %-punten uit elkaar",
        groups="Onderwijs 100 %; Onderzoek 43 %; Ondernemers + Overheden 14 %",
    )
    await expect(page.get_by_text("1 kaart staat er niet in: te weinig antwoorden van een O.")).to_be_visible()


async def see_them_together(evening: BallotEvening) -> None:
    await see_division(
        evening,
        place="86 % ‘Herken ik’; 29 %-punten uit elkaar",
        groups="Onderwijs 100 %; Onderzoek 100 %; Ondernemers + Overheden 71 %",
    )


OPINION = Declared(
    key="opinion",
    name="Eens of oneens",
    rule=f"Antwoord op elke kaart: {YES}, {NO} of {PASS}.",
    hand=say({Y: YES, P: PASS, N: NO}),
    columns=("status", "place", "heads", "of", "share", "balanced", "spread", "agree", "pass", "disagree"),
    group_columns=("n", "heads", "share"),
    is_people=True,
    pictures=4,
    first=Round(
        items=[A, B, C, D],
        crowd={
            "onderwijs": [{A: Y, B: Y, C: Y, D: Y}, {A: Y, B: Y, C: N}, *[{A: Y, B: Y}] * 3],
            "onderzoek": [
                *[{A: Y, B: Y, C: N}] * 3,
                *[{A: N, B: Y, C: N}] * 2,
                *[{A: N, B: P, C: N}] * 2,
            ],
            "ondernemers": [{A: Y, B: Y, C: Y, D: Y}, {A: P, B: Y, C: Y}, *[{A: N, B: Y, C: Y}] * 2],
            "overheden": [{A: N, B: Y}] * 2,
        },
        of_w=[(A, Y), (B, Y), (C, Y), (D, Y)],
        of_n=[(A, P), (B, Y), (C, Y), (D, Y)],
        heads=[
            ("1", B, f"18 {YES} 2 {PASS} 0 {NO}", "90 % 18 van 20"),
            ("2", A, f"10 {YES} 2 {PASS} 8 {NO}", "50 % 10 van 20"),
            ("3", C, f"7 {YES} 0 {PASS} 8 {NO}", "47 % 7 van 15"),
        ],
        equal=[
            ("1", B, "93%", "100 %", "71 %", "100 %"),
            ("2", A, "43%", "100 %", "43 %", "14 %"),
            ("3", C, "–", "te weinig antwoorden van een O; iedereen: 47 %"),
        ],
        apart={A: "86 %-punten", B: "29 %-punten", C: "–"},
        own=see_what_is_missing,
        phone=[
            ("Plek 1", B, "90 %", "18 van 20", "O’s gelijk: 93 %", f"18 {YES} 2 {PASS} 0 {NO}"),
            ("Plek 2", A, "50 %", "10 van 20", "O’s gelijk: 43 %", f"10 {YES} 2 {PASS} 8 {NO}"),
            ("Plek 3", C, "47 %", "7 van 15", f"7 {YES} 0 {PASS} 8 {NO}"),
            (D, "te weinig"),
        ],
        said={
            A: (f"Jij zei: {YES}", f"Jij zei: {PASS}"),
            B: (f"Jij zei: {YES}", f"Jij zei: {YES}"),
            C: (f"Jij zei: {YES}", f"Jij zei: {YES}"),
            D: (f"Jij zei: {YES}", f"Jij zei: {YES}"),
        },
        desk=[
            (f"1 {B}", f"18 {YES} · 2 {PASS} · 0 {NO}", "93 %", "18 van 20", "100 % 71 % 100 %"),
            (f"2 {A}", f"10 {YES} · 2 {PASS} · 8 {NO}", "43 %", "10 van 20", "100 % 43 % 14 %"),
            (f"3 {C}", f"7 {YES} · 0 {PASS} · 8 {NO}", "47 %", "7 van 15"),
        ],
        studio=[
            (f"1 {B}", f"18 {YES} · 2 {PASS} · 0 {NO}", "93 % 100 % 69–100 71 % 41–90 100 % 72–100"),
            (f"2 {A}", f"10 {YES} · 2 {PASS} · 8 {NO}", "43 % 100 % 69–100 43 % 19–71 14 % 3–45"),
            (f"3 {C}", f"7 {YES} · 0 {PASS} · 8 {NO}", "47 %"),
        ],
        results={
            B: [("shown", "1", "18", "20", "0.900000", "0.928571", "0.285714", "18", "2", "0"),
                ("6", "6", "1.000000"), ("7", "5", "0.714286"), ("7", "7", "1.000000")],
            A: [("shown", "2", "10", "20", "0.500000", "0.428571", "0.857143", "10", "2", "8"),
                ("6", "6", "1.000000"), ("7", "3", "0.428571"), ("7", "1", "0.142857")],
            C: [("heads_only", "3", "7", "15", "0.466667", "", "", "7", "0", "8")],
            D: [("too_few", "", "", "", "", "", "", "", "", "")],
        },
        votes={
            A: {"1": 10, "0": 2, "-1": 8},
            B: {"1": 18, "0": 2},
            C: {"1": 7, "-1": 8, "": 5},
            D: {"1": 4, "": 16},
        },
    ),
    second=Round(
        items=[A, B],
        crowd=alike({A: Y, B: Y}, {A: N, B: Y}),
        of_w=[(A, Y), (B, Y)],
        of_n=[(A, Y), (B, Y)],
        heads=[
            ("1", B, f"20 {YES} 0 {PASS} 0 {NO}", "100 % 20 van 20"),
            ("2", A, f"18 {YES} 0 {PASS} 2 {NO}", "90 % 18 van 20"),
        ],
        equal=[("1", B, "100%", "100 %", "100 %", "100 %"), ("2", A, "86%", "100 %", "100 %", "71 %")],
        apart={A: "29 %-punten", B: "0 %-punten"},
        own=see_them_together,
        change={A: ("86", "29"), B: ("29", "0")},
        phone=[
            ("Plek 1", B, "100 %", "20 van 20", "O’s gelijk: 100 %", f"20 {YES} 0 {PASS} 0 {NO}"),
            ("Plek 2", A, "90 %", "18 van 20", "O’s gelijk: 86 %", f"18 {YES} 0 {PASS} 2 {NO}"),
        ],
        said={A: (f"Jij zei: {YES}", f"Jij zei: {YES}"), B: (f"Jij zei: {YES}", f"Jij zei: {YES}")},
        desk=[
            (f"1 {B}", f"20 {YES} · 0 {PASS} · 0 {NO}", "20 van 20", "100 % 100 % 100 %"),
            (f"2 {A}", f"18 {YES} · 0 {PASS} · 2 {NO}", "86 %", "18 van 20", "100 % 100 % 71 %"),
        ],
        studio=[
            (f"1 {B}", f"20 {YES} · 0 {PASS} · 0 {NO}", "100 % 100 % 69–100 100 % 72–100 100 % 72–100"),
            (f"2 {A}", f"18 {YES} · 0 {PASS} · 2 {NO}", "86 % 100 % 69–100 100 % 72–100 71 % 41–90"),
        ],
        results={
            B: [("shown", "1", "20", "20", "1.000000", "1.000000", "0.000000", "20", "0", "0"),
                ("6", "6", "1.000000"), ("7", "7", "1.000000"), ("7", "7", "1.000000")],
            A: [("shown", "2", "18", "20", "0.900000", "0.857143", "0.285714", "18", "0", "2"),
                ("6", "6", "1.000000"), ("7", "7", "1.000000"), ("7", "5", "0.714286")],
        },
        votes={A: {"1": 18, "-1": 2}, B: {"1": 20}},
    ),
)  # fmt: skip
