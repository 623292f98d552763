"""How far the O's lie apart: a line from no to full share for each item, on it the mark of each O. Where no O is shown
apart, a bar of everyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from ...wording.figures import say_percent
from .picture import Grid, Picture, say_drawn
from .svg import HAIR, SOFT, WIDTH, Sheet, measure, wrap

MOST = 14
"""Items in one picture: more do not fit a page. The table beside it has all."""

_NAMES, _LEFT, _RIGHT = 232.0, 258.0, 560.0
_SIZE, _LETTER = 13.0, 12.5


class Lane(NamedTuple):
    """An item. `shares`: in the order of the groups; none where they are not told. `apart`: the widest difference."""

    name: str
    everyone: float
    shares: Sequence[float]
    apart: float | None
    is_beyond_chance: bool


class LaneGroup(NamedTuple):
    name: str
    shapes: Sequence[str]
    n: int


def draw_lanes(
    *, title: str, groups: Sequence[LaneGroup], lanes: Sequence[Lane], n: int, table: Grid, foot: Sequence[str]
) -> Picture:
    """`lanes`: in the order of the result; the first of them are drawn."""
    sheet, drawn = Sheet(), lanes[:MOST]
    sheet.line(0, 3, WIDTH, 3, thick=6)
    y = _draw_head(sheet, groups, n)
    top = y
    rows = []
    for lane in drawn:
        names = wrap(lane.name, width=_NAMES, size=_LETTER)
        tall = max(27.0, 13 + 15.0 * len(names))
        rows.append((lane, names, y, tall))
        y += tall
    for share in (0.0, 0.5, 1.0):
        sheet.line(_at(share), top, _at(share), y, colour=HAIR)
    for lane, names, begun, tall in rows:
        sheet.line(0, begun, WIDTH, begun, colour=HAIR)
        _draw_lane(sheet, lane, groups, names, begun, tall)
    sheet.line(0, y, WIDTH, y, thick=2)
    foot = [*say_drawn(len(drawn), of=len(lanes)), *foot]
    return sheet.finish(y, title=title, description=_describe(drawn, groups), foot=foot, table=table)


def _draw_head(sheet: Sheet, groups: Sequence[LaneGroup], n: int) -> float:
    """Draw what the marks and the axis mean; return where the lanes begin."""
    x, y = 0.0, 24.0
    for group in groups:
        said, span = f"{group.name}, n = {group.n}", sheet.span(_SIZE, group.shapes) + 6
        wide = span + measure(said, size=11.5)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + 18
        sheet.group_mark(x + (span - 6) / 2, y - 4, _SIZE, group.shapes)
        sheet.type(x + span, y, said, size=11.5)
        x += wide + 16
    y += 22 if groups else 0
    if not groups:
        sheet.type(0, y, f"n = {n}", size=11.5, colour=SOFT)
    for share in (0.0, 0.5, 1.0):
        sheet.type(_at(share), y, say_percent(share), size=11.5, at="middle", colour=SOFT)
    sheet.type(WIDTH, y, _("apart") if groups else _("share"), size=11.5, at="end", colour=SOFT)
    return y + 9


def _at(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _draw_lane(
    sheet: Sheet, lane: Lane, groups: Sequence[LaneGroup], names: Sequence[str], top: float, tall: float
) -> None:
    for number, line in enumerate(names):
        sheet.type(0, top + tall / 2 + 4.5 + 15 * (number - (len(names) - 1) / 2), line, size=_LETTER)
    middle = top + tall / 2
    if not lane.shares:
        sheet.bar(_LEFT, middle - 4.5, max(1.0, lane.everyone * (_RIGHT - _LEFT)), 9)
        value = say_percent(lane.everyone)
    else:
        sheet.line(_at(min(lane.shares)), middle, _at(max(lane.shares)), middle, thick=2)
        for x, up, shapes in _stack(sheet, lane.shares, groups):
            sheet.group_mark(x, middle - up, _SIZE, shapes, edge=True)
        value = "" if lane.apart is None else say_points(lane.apart)
    sheet.type(WIDTH, middle + 4.5, value, size=_LETTER, weight=700, at="end")
    if lane.is_beyond_chance:
        sheet.line(WIDTH - measure(value, size=_LETTER), middle + 8, WIDTH, middle + 8, thick=2)


def _stack(
    sheet: Sheet, shares: Sequence[float], groups: Sequence[LaneGroup]
) -> list[tuple[float, float, Sequence[str]]]:
    """Return where each mark stands and how far above the line: those that would cover one another are stacked."""
    order = sorted(range(len(shares)), key=lambda place: shares[place])
    clusters: list[list[int]] = []
    for place in order:
        near = clusters and _at(shares[place]) - _at(shares[clusters[-1][-1]]) < 0.8 * max(
            sheet.span(_SIZE, groups[other].shapes) for other in (place, clusters[-1][-1])
        )
        if near:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return [
        (_at(shares[place]), (number - (len(cluster) - 1) / 2) * min(10.0, 22.0 / len(cluster)), groups[place].shapes)
        for cluster in clusters
        for number, place in enumerate(cluster)
    ]


def say_points(apart: float) -> str:
    """A difference in points of a hundred."""
    return say_percent(apart).removesuffix("\u202f%")


def _describe(lanes: Sequence[Lane], groups: Sequence[LaneGroup]) -> str:
    def tell(lane: Lane) -> str:
        if not lane.shares:
            return f"{lane.name}: {say_percent(lane.everyone)}"
        parts = [f"{group.name} {say_percent(share)}" for group, share in zip(groups, lane.shares, strict=True)]
        return f"{lane.name}: {', '.join(parts)}"

    return "; ".join(tell(lane) for lane in lanes)
