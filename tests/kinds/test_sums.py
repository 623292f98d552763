"""What is given away, counted by hand: choices, points, and what a budget buys."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from sessions.ballots import ballot_of
from sessions.ballots.budget import BudgetRules, buy
from sessions.ballots.counts import Count, Figure, Mean, ShownGroup
from sessions.ballots.mark import Mark
from sessions.ballots.points import PointsRules
from sessions.domain.results import tabulate

GROUPS = [ShownGroup(["w"], 2), ShownGroup(["z", "n"], 3)]
"""The second is a pool of two O's, and weighs two."""
PRICES = {"a": 60, "b": 50, "c": 40, "d": 30}


def count(key: str, rules: object, given: Mapping[str, list[tuple[str, int | None]]]) -> dict[str, Count]:
    """Return the counts of item → (sector, value) of one person each."""
    kind = ballot_of(key)
    counts = {item: Count() for item in given}
    for item, marks in given.items():
        for sector, value in marks:
            after: Mark = (value,)
            kind.add(counts, rules=rules, item=item, sector=sector, before=(), after=after)
    return counts


def figures(key: str, rules: object, given: Mapping[str, list[tuple[str, int | None]]]) -> dict[str, Figure]:
    counts = count(key, rules, given)
    found: dict[str, Figure] = ballot_of(key).figures(counts, rules=rules, prices=PRICES, groups=GROUPS, n=5)
    return found


def test_approvals_by_hand() -> None:
    """Of five who took part three choose it; who took it back does not."""
    found = figures("approve", ballot_of("approve").Rules(), {"a": [("w", 1), ("w", 1), ("z", 1), ("n", 0)]})["a"]
    assert (found.all.mean, found.all.of, found.told) == (Fraction(3, 5), 5, {"choices": 3})
    assert [(share.heads, share.of) for share in found.groups] == [(2, 2), (1, 3)]


def test_points_by_hand() -> None:
    """Five people have ten each, fifty in all: 17 of them are on it, 3.4 a person."""
    found = figures("points", PointsRules(total=10), {"a": [("w", 10), ("w", 4), ("z", 3), ("n", 0)]})["a"]
    assert (found.all.mean, found.all.heads, found.told) == (Fraction(17, 50), 1, {"points": 17})
    assert found.means == [Mean(Fraction(17, 5), [Fraction(14, 2), Fraction(3, 3)])]


def test_a_budget_buys_by_hand() -> None:
    """Balanced is (w + 2 · pool) / 3: a 1/3, b and c 2/9. A hundred pays for a (60), and of b and c for c (40)."""
    given = {
        "a": [("w", 1), ("w", 1)],
        "b": [("n", 1)],
        "c": [("z", 1)],
        "d": [("w", 0)],
    }
    found = figures("budget", BudgetRules(total=100), given)
    assert {item: figure.told["chosen"] for item, figure in found.items()} == {"a": 1, "b": 0, "c": 1, "d": 0}
    assert found["a"].told["choices"] == 2


@pytest.mark.parametrize(
    ("total", "bought"),
    [(200, "abcd"), (100, "bd"), (90, "bd"), (49, "d"), (29, "")],
)
def test_from_the_highest_place_on_whatever_still_fits(total: int, bought: str) -> None:
    """The order is b, d, a, c: after b (50) and d (30) neither a (60) nor c (40) fits into 100."""
    support = {"b": Fraction(4, 5), "d": Fraction(3, 5), "a": Fraction(2, 5), "c": Fraction(1, 5)}
    assert buy(total=total, support=support, prices=PRICES) == set(bought)


def test_equal_ones_are_bought_all_or_none_the_cheaper_first_and_nothing_that_nobody_wants() -> None:
    equal = dict.fromkeys("xyz", Fraction(1, 2))
    prices = {"x": 30, "y": 30, "z": 20}
    assert buy(total=79, support=equal, prices=prices) == {"z"}
    assert buy(total=80, support=equal, prices=prices) == {"x", "y", "z"}
    assert buy(total=80, support={"x": Fraction(0)}, prices=prices) == set()


def test_before_the_reveal_nothing_follows_from_what_an_o_chose() -> None:
    """By people a (4 of 10) comes before b (3 of 10), by O's b: its three are the half of an O."""
    kind, rules = ballot_of("budget"), BudgetRules(total=60)
    marks = {"a": [("w", 1)] * 4, "b": [("z", 1)] * 3}
    counts = {item: Count() for item in marks}
    for item, given in marks.items():
        for sector, value in given:
            kind.add(counts, rules=rules, item=item, sector=sector, before=(), after=(value,))
    about = {
        "round_id": "r",
        "ballot": kind,
        "rules": rules,
        "prices": PRICES,
        "sectors": ["w", "z"],
        "voters": {"w": 14, "z": 6},
        "counts": counts,
        "threshold": 5,
    }
    revealed, live = tabulate(**about), tabulate(**about, divided=False)  # type: ignore[arg-type]
    assert {item.item: item.told["chosen"] for item in revealed.items} == {"a": 0, "b": 1}
    assert {item.item: item.told["chosen"] for item in live.items} == {"a": 1, "b": 0}
    assert (live.groups, live.absent, live.items[0].shares, live.items[0].balanced) == ([], [], [], None)
