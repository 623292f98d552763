"""Two questions at once: each item at the mean of what people gave, its number in a box."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from ...wording.figures import say_number
from .picture import Grid, Picture, say_drawn
from .svg import HAIR, INK, PAPER, SOFT, WIDTH, Sheet, wrap

_LEFT, _TOP, _SIDE, _BOX = 34.0, 12.0, 330.0, 20.0
_NAMES = _LEFT + _SIDE + 36
MOST = 16
"""Items in one picture. The table beside it has all."""


class Axis(NamedTuple):
    """A question, and what its lowest and highest answer mean."""

    name: str
    low: str
    high: str


class Spot(NamedTuple):
    name: str
    across: float
    up: float
    """Both from 1 to the number of answers."""


def draw_plane(
    *, title: str, across: Axis, up: Axis, answers: int, spots: Sequence[Spot], table: Grid, foot: Sequence[str]
) -> Picture:
    sheet, drawn = Sheet(), spots[:MOST]
    right, bottom = _LEFT + _SIDE, _TOP + _SIDE
    sheet.line(_LEFT, _TOP, right, _TOP, colour=HAIR)
    sheet.line(right, _TOP, right, bottom, colour=HAIR)
    sheet.line(_LEFT + _SIDE / 2, _TOP, _LEFT + _SIDE / 2, bottom, colour=HAIR)
    sheet.line(_LEFT, _TOP + _SIDE / 2, right, _TOP + _SIDE / 2, colour=HAIR)
    sheet.line(_LEFT, _TOP, _LEFT, bottom, thick=2)
    sheet.line(_LEFT, bottom, right, bottom, thick=2)
    taken: list[tuple[float, float]] = []
    for number, spot in enumerate(drawn, start=1):
        x = _LEFT + (spot.across - 1) / max(1, answers - 1) * _SIDE
        y = bottom - (spot.up - 1) / max(1, answers - 1) * _SIDE
        taken.append(_find_room(x, y, taken))
        _draw_box(sheet, *taken[-1], number)
    low = bottom + 18
    sheet.type(_LEFT, low, across.low, size=11.5, colour=SOFT)
    sheet.type(right, low, across.high, size=11.5, at="end", colour=SOFT)
    y = low + 20
    for line in wrap(_("Across: %(name)s") % {"name": across.name}, width=_SIDE, size=12.5):
        sheet.type(_LEFT, y, line, size=12.5, weight=700)
        y += 16
    said_up = _("Up: %(name)s (%(low)s – %(high)s)") % up._asdict()
    for line in wrap(said_up, width=_SIDE, size=12.5):
        sheet.type(_LEFT, y, line, size=12.5, weight=700)
        y += 16
    listed = _list_names(sheet, drawn)
    said = "; ".join(f"{spot.name}: {say_number(spot.across)}, {say_number(spot.up)}" for spot in drawn)
    described = f"{across.name}, {up.name}. {said}"
    foot = [*say_drawn(len(drawn), of=len(spots)), *foot]
    return sheet.finish(max(y, listed), title=title, description=described, foot=foot, table=table)


def _find_room(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return where a box stands: beside those that stand there already, as near as there is room."""
    steps = sorted(((right, up) for right in range(-4, 5) for up in range(-4, 5)), key=lambda step: math.hypot(*step))
    for right, up in steps:
        at = x + right * (_BOX + 3), y - up * (_BOX + 3)
        if all(max(abs(at[0] - other[0]), abs(at[1] - other[1])) > _BOX + 1 for other in taken):
            return at
    return x, y


def _draw_box(sheet: Sheet, x: float, y: float, number: int) -> None:
    sheet.bar(x - _BOX / 2 - 1.5, y - _BOX / 2 - 1.5, _BOX + 3, _BOX + 3, colour=PAPER)
    sheet.bar(x - _BOX / 2, y - _BOX / 2, _BOX, _BOX, colour=INK)
    sheet.type(x, y + 4.3, str(number), size=12, weight=700, at="middle", colour=PAPER)


def _list_names(sheet: Sheet, spots: Sequence[Spot]) -> float:
    """Say beside the plane what the numbers are; return where that ends."""
    y = _TOP + 10
    for number, spot in enumerate(spots, start=1):
        sheet.type(_NAMES + 16, y, str(number), size=12, weight=700, at="end")
        for line in wrap(spot.name, width=WIDTH - _NAMES - 26, size=12, most=2):
            sheet.type(_NAMES + 24, y, line, size=12)
            y += 15
        y += 5
    return y
