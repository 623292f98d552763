"""A commit is called slower only beyond 5 % and beyond what the other commit's own runs differ by."""

from __future__ import annotations

import pytest

from tools.bench.against import judge


@pytest.mark.parametrize(
    ("before", "after", "least", "worse"),
    [
        ([100, 101, 99, 100, 102], [104, 105, 104, 103, 104], False, False),
        ([100, 101, 99, 100, 102], [106, 107, 106, 108, 106], False, True),
        ([100, 101, 99, 100, 102], [80, 81, 80, 80, 79], False, False),
        ([100, 120, 90, 100, 102], [125, 125, 125, 125, 125], False, False),
        ([3000, 3010, 2990, 3000, 3020], [2700, 2700, 2700, 2700, 2700], True, True),
        ([3000, 3010, 2990, 3000, 3020], [3300, 3300, 3300, 3300, 3300], True, False),
    ],
)
def test_worse_is_beyond_five_per_cent_and_beyond_the_spread(
    before: list[float], after: list[float], least: bool, worse: bool
) -> None:
    assert judge(before=before, after=after, least=least).is_worse is worse
