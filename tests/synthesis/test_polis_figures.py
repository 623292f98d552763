"""Consensus, lists and what is typical, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sessions.synthesis.consensus import find_consensus
from sessions.synthesis.dispersion import measure_dispersion
from sessions.synthesis.majority import list_majority
from sessions.synthesis.proportion_tests import z_of_half, z_of_two
from sessions.synthesis.representative import find_typical
from sessions.synthesis.support import tell_support
from sessions.synthesis.veto import find_alone


def counts(*rows: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array(rows, dtype=np.int64)


def test_consensus_is_a_product() -> None:
    """3 of 4 and 0 of 1: 4/6 · 1/3; and an item nobody has seen is at one half each."""
    found = find_consensus(agreed=counts([3, 0], [0, 0]), seen=counts([4, 0], [1, 0]))
    assert found.tolist() == pytest.approx([4 / 6 / 3, 1 / 4])


def test_z() -> None:
    """15 of 15: 2 · 4 · (1 − ½) = 4. Equal shares differ by nothing."""
    assert z_of_half(hits=counts([15]), seen=counts([15])).item() == pytest.approx(4)
    assert z_of_two(
        hits=counts([4]), seen=counts([9]), other_hits=counts([4]), other_seen=counts([9])
    ).item() == pytest.approx(0)
    whole = counts([5])
    assert z_of_two(hits=whole, seen=whole, other_hits=whole, other_seen=whole).item() == 0


def test_majority_lists_the_sure_ones_first() -> None:
    assert list_majority(hits=np.array([9, 3, 30, 0]), seen=np.array([10, 5, 31, 40])) == [2, 0]


def test_typical() -> None:
    """All of the first group agree with the first item, none of the second; on the second item they say the same."""
    seen = counts([10, 10], [10, 10])
    first, second = find_typical(agreed=counts([10, 5], [0, 5]), disagreed=counts([0, 5], [10, 5]), seen=seen)
    assert [(told.item, told.agrees) for told in first] == [(0, True)]
    assert [(told.item, told.agrees) for told in second] == [(0, False)]


def test_nothing_is_typical_of_a_group_that_answered_nothing() -> None:
    found = find_typical(agreed=counts([4], [0]), disagreed=counts([0], [0]), seen=counts([4], [0]))
    assert found[1] == []


def test_who_stands_alone() -> None:
    for_, against = tell_support(hits=19, of=20), tell_support(hits=1, of=20)
    assert find_alone(everyone=0.6, groups=[for_, against, for_]).vetoes == [1]
    assert find_alone(everyone=0.4, groups=[against, for_, against]) == ([], 1)
    assert find_alone(everyone=0.5, groups=[tell_support(hits=2, of=4)] * 2) == ([], None)


def test_dispersion_is_one_where_halves_stand_against_each_other() -> None:
    votes = np.array([[0, 1, np.nan], [1, 1, np.nan]], dtype=np.float64)
    found = measure_dispersion(votes)
    assert found[:2].tolist() == [1, 0]
    assert np.isnan(found[2])
