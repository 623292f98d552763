"""A mark as it is sent, put together from rows, and sent back: with one value or one per criterion."""

from __future__ import annotations

import pytest

from sessions.ballots.mark import NO_MARK, Mark, Value, put_value, read_mark, write_mark
from sessions.errors import Code, Refused


@pytest.mark.parametrize(
    ("value", "criteria", "mark"),
    [(3, 1, (3,)), (None, 1, (None,)), (None, 2, (None, None)), ([4, None], 2, (4, None)), ([5], 1, (5,))],
)
def test_it_is_read_as_it_was_sent(value: Value, criteria: int, mark: Mark) -> None:
    assert read_mark(value, criteria=criteria) == mark


@pytest.mark.parametrize(("value", "criteria"), [(3, 2), ([3], 2), ([1, 2], 1), ([], 1)])
def test_more_or_fewer_values_than_criteria_are_refused(value: Value, criteria: int) -> None:
    with pytest.raises(Refused) as caught:
        read_mark(value, criteria=criteria)
    assert caught.value.code is Code.BAD_MARK


def test_rows_of_one_criterion_each_become_a_mark_in_whatever_order_they_come() -> None:
    assert put_value(NO_MARK, 0, 7) == (7,)
    assert put_value((7,), 1, 8) == (7, 8)
    assert put_value(NO_MARK, 2, 9) == (None, None, 9)
    assert put_value((None, None, 9), 0, 7) == (7, None, 9)


@pytest.mark.parametrize(("mark", "value"), [((3,), 3), ((None,), None), ((1, None), [1, None]), ((None, None), None)])
def test_several_values_of_which_none_stands_are_sent_as_none(mark: Mark, value: Value) -> None:
    assert write_mark(mark) == value
    assert read_mark(value, criteria=len(mark)) == mark
