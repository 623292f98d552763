"""What one person has on one item: as it is stored, sent and logged."""

from __future__ import annotations

from ..errors import Code, Refused

Mark = tuple[int | None, ...]
"""One person's whole mark on an item: its value by criterion. None: not given, or taken back."""
NO_MARK: Mark = ()
Value = int | list[int | None] | None
"""A mark as it is sent: one value, or one per criterion."""


def read_mark(value: Value, *, criteria: int) -> Mark:
    """Return a mark as it was sent. Raises Refused with `vote.bad_mark` when it has more or fewer values."""
    if criteria == 1 and type(value) is int:
        return (value,)  # nearly every mark that is read
    if value is None:
        return (None,) * criteria
    mark = tuple(value) if isinstance(value, list) else (value,)
    if len(mark) != criteria:
        raise Refused(Code.BAD_MARK)
    return mark


def put_value(mark: Mark, criterion: int, value: int | None) -> Mark:
    """Return a mark with the value of one criterion, as rows come."""
    if criterion == len(mark):
        return (*mark, value)
    padded = [*mark, *[None] * (criterion + 1 - len(mark))]
    padded[criterion] = value
    return tuple(padded)


def write_mark(mark: Mark) -> Value:
    """Return a mark as it is sent and logged. Several values of which none stands are one that does not."""
    if len(mark) == 1:
        return mark[0]
    return list(mark) if any(value is not None for value in mark) else None
