"""Four rules for a shortlist, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sessions.synthesis.equal_shares import share_equally
from sessions.synthesis.phragmen import buy_in_turn
from sessions.synthesis.shortlist import (
    NOBODY,
    Wishes,
    choose_by_count,
    choose_by_phragmen,
    choose_by_shares,
    choose_each_group_equal,
    count_unserved,
    sum_payments,
)


def wish(rows: list[list[float]], labels: list[int]) -> Wishes:
    given = np.array(rows, dtype=np.float64)
    return Wishes(given, np.ones(given.shape[1]), np.array(labels, dtype=np.intp), np.ones(max(labels) + 1))


SIX_AND_THREE = wish([[1, 1, 1, 0]] * 6 + [[0, 0, 0, 1]] * 3, [0] * 6 + [1] * 3)
"""Six people want the first three items, three the last one."""


def test_the_most_wanted_leave_a_third_without() -> None:
    assert choose_by_count(SIX_AND_THREE, budget=3) == [0, 1, 2]
    assert count_unserved([0, 1, 2], wishes=SIX_AND_THREE) == 3


@pytest.mark.parametrize("is_equal", [False, True])
def test_equal_shares_buy_a_third_one_of_three(is_equal: bool) -> None:
    """Everybody has 1/3: six pay 1/6 each for two items, three pay 1/3 each for theirs."""
    if is_equal:
        bought = choose_each_group_equal(SIX_AND_THREE, budget=3)
    else:
        bought = choose_by_shares(SIX_AND_THREE, budget=3, has_prices=False)
    assert sorted(found.item for found in bought) == [0, 1, 3]
    assert [paid.index(max(paid)) for paid in sum_payments(bought, wishes=SIX_AND_THREE)].count(1) == 1


def test_phragmen_by_hand() -> None:
    """The six have a whole at 1/6 · 9, buy, and have the next at twice that; the three have theirs then as well."""
    assert [found.item for found in choose_by_phragmen(SIX_AND_THREE, budget=3)] == [0, 1, 3]


def test_exactly_k_are_chosen_where_money_is_spread_thin() -> None:
    """Four people want four different items: nobody can buy one alone with half the price."""
    wishes = wish(np.eye(4).tolist(), [0, 0, 1, 1])
    assert len(choose_by_shares(wishes, budget=2, has_prices=False)) == 2
    assert len(choose_each_group_equal(wishes, budget=2)) == 2


def test_who_is_of_no_group_pays_nothing_where_groups_have_the_same() -> None:
    wishes = wish([[1, 0], [0, 1], [0, 1]], [0, NOBODY, NOBODY])
    assert [found.item for found in choose_each_group_equal(wishes, budget=1)] == [0]


def test_payers_pay_in_proportion_or_all_they_have() -> None:
    bought = share_equally(
        utilities=np.array([[3.0], [1.0], [0.0]]), costs=np.array([1.0]), money=np.array([0.5, 1.0, 1.0])
    )
    assert bought[0].paid.tolist() == pytest.approx([0.5, 0.5, 0])


def test_nobody_pays_more_than_they_have() -> None:
    random = np.random.default_rng(5)
    for _ in range(20):
        utilities = random.integers(0, 3, (12, 6)).astype(np.float64)
        costs = random.integers(1, 5, 6).astype(np.float64)
        money = np.full(12, 0.7)
        bought = share_equally(utilities=utilities, costs=costs, money=money)
        paid = sum((found.paid for found in bought), np.zeros(12))
        assert (paid <= money + 1e-9).all()
        assert [found.paid.sum() for found in bought] == pytest.approx([costs[found.item] for found in bought])


def test_what_no_longer_fits_is_left_out() -> None:
    bought = buy_in_turn(
        wanted=np.ones((2, 3), dtype=np.bool_), costs=np.array([2.0, 5.0, 1.0]), rates=np.full(2, 0.5), budget=3
    )
    assert sorted(found.item for found in bought) == [0, 2]
