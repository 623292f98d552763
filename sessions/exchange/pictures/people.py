"""Who took part: every person a mark of their O. O's taken together are one bar of as many parts, without marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .picture import Grid, Picture
from .svg import WIDTH, Sheet, wrap

_NAMES = 150.0
_PITCHES = (34.0, 28.0, 23.0, 18.0, 14.0, 11.0, 8.0, 6.0)
"""From one mark to the next: the largest with which all people fit."""
_HIGH = 480.0


class PeopleGroup(NamedTuple):
    """An O, or several taken together: a count of people that may be shown."""

    name: str
    shapes: Sequence[str]
    n: int


def draw_people(groups: Sequence[PeopleGroup], *, foot: Sequence[str]) -> Picture:
    sheet, y, pitch = Sheet(), 3.0, _choose_pitch(groups)
    sheet.line(0, y, WIDTH, y, thick=6)
    for place, group in enumerate(groups):
        if place:
            sheet.line(0, y, WIDTH, y, thick=2)
        y += _draw_group(sheet, group, y + 10, pitch)
    sheet.line(0, y, WIDTH, y, thick=2)
    title = _("Who took part")
    told = [ngettext("%(name)s: %(n)s person", "%(name)s: %(n)s people", group.n) % group._asdict() for group in groups]
    rows = [[group.name, str(group.n)] for group in groups]
    table = Grid(title, [_("O"), _("People")], rows, numbers=frozenset({1}))
    return sheet.finish(y, title=title, description=", ".join(told), foot=foot, table=table)


def _choose_pitch(groups: Sequence[PeopleGroup]) -> float:
    for pitch in _PITCHES:
        if sum(_count_lines(group.n, pitch) for group in groups) * pitch <= _HIGH:
            return pitch
    return _PITCHES[-1]


def _count_lines(n: int, pitch: float) -> int:
    return math.ceil(n / _count_columns(pitch))


def _count_columns(pitch: float) -> int:
    return int((WIDTH - _NAMES) // pitch)


def _draw_group(sheet: Sheet, group: PeopleGroup, top: float, pitch: float) -> float:
    """Draw one below `top`; return how much of the sheet it takes."""
    names = wrap(group.name, width=_NAMES - 12, size=14, most=4)
    sheet.type(0, top + 33, str(group.n), size=42, weight=800)
    for number, name in enumerate(names):
        sheet.type(0, top + 53 + 17 * number, name, size=14, weight=700)
    tall = 56 + 17.0 * len(names)
    columns = _count_columns(pitch)
    if len(group.shapes) == 1:
        for person in range(group.n):
            line, column = divmod(person, columns)
            x, y = _NAMES + (column + 0.5) * pitch, top + (line + 0.5) * pitch
            sheet.mark(x, y, pitch * 0.84, group.shapes[0])
        return max(tall, 14 + pitch * _count_lines(group.n, pitch))
    sheet.group_mark(_NAMES + sheet.span(26, group.shapes) / 2, top + 13, 26, group.shapes)
    for person in range(group.n):
        line, column = divmod(person, columns)
        at = _NAMES + column * pitch, top + 34 + line * pitch
        sheet.stripes(*at, pitch * 0.92, pitch * 0.6, group.shapes)
    return max(tall, 40 + pitch * _count_lines(group.n, pitch))
