"""Who took part: every person a mark of their O. O's taken together are one bar of as many parts, without marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..document import Grid, Picture
from .svg import WIDTH, Sheet, wrap

_NAMES, _MARK, _PITCH, _ROW = 150.0, 15.0, 18.0, 18.0
_A_LINE = int((WIDTH - _NAMES) // _PITCH)
_MOST = 12
"""Lines of marks; a larger O is drawn with smaller marks."""


class PeopleGroup(NamedTuple):
    """An O, or several taken together: a count of people that may be shown."""

    name: str
    shapes: Sequence[str]
    n: int


def draw_people(groups: Sequence[PeopleGroup]) -> Picture:
    sheet, y = Sheet(), 3.0
    sheet.line(0, y, WIDTH, y, thick=6)
    for place, group in enumerate(groups):
        if place:
            sheet.line(0, y, WIDTH, y, thick=2)
        y += _draw_group(sheet, group, y + 10)
    sheet.line(0, y, WIDTH, y, thick=2)
    title = _("Who took part")
    told = [ngettext("%(name)s: %(n)s person", "%(name)s: %(n)s people", group.n) % group._asdict() for group in groups]
    return Picture(
        title=title,
        description=", ".join(told),
        svg=sheet.finish(height=y + 2),
        width=WIDTH,
        height=y + 2,
        table=Grid(
            title, [_("O"), _("People")], [[group.name, str(group.n)] for group in groups], numbers=frozenset({1})
        ),
    )


def _draw_group(sheet: Sheet, group: PeopleGroup, top: float) -> float:
    """Draw one below `top`; return how much of the sheet it takes."""
    names = wrap(group.name, width=_NAMES - 12, size=14, most=4)
    sheet.type(0, top + 33, str(group.n), size=42, weight=800)
    for number, name in enumerate(names):
        sheet.type(0, top + 53 + 17 * number, name, size=14, weight=680)
    tall = 62 + 17 * len(names)
    if len(group.shapes) > 1:
        sheet.group_mark(_NAMES + sheet.span(30, group.shapes) / 2, top + 16, 30, group.shapes)
        part = (WIDTH - _NAMES) / group.n
        gap = min(2.0, part * 0.2)
        for person in range(group.n):
            sheet.stripes(_NAMES + person * part, top + 36, part - gap, 16, group.shapes)
        return tall
    a_line, lines = _A_LINE, math.ceil(group.n / _A_LINE)
    scale = 1.0
    while lines > _MOST:
        scale *= 0.85
        a_line = int((WIDTH - _NAMES) // (_PITCH * scale))
        lines = int(math.ceil(group.n / a_line) * scale)
    for person in range(group.n):
        line, column = divmod(person, a_line)
        x = _NAMES + (column + 0.5) * _PITCH * scale
        sheet.mark(x, top + (line + 0.5) * _ROW * scale, _MARK * scale, group.shapes[0])
    return max(tall, 20 + _ROW * scale * math.ceil(group.n / a_line))
