"""What was said, counted: a dot for each person who said it."""

from __future__ import annotations

from collections.abc import Sequence

from .picture import Grid, Picture, say_drawn
from .svg import HAIR, WIDTH, Sheet, wrap

MOST = 16
"""Answers in one picture. The table beside it has all that were shown."""

_NAMES, _LEFT, _RIGHT = 200.0, 216.0, 600.0


def draw_counted(*, title: str, words: Sequence[tuple[str, int]], table: Grid, foot: Sequence[str]) -> Picture:
    """`words`: with the people who said each, the most said first."""
    sheet, drawn = Sheet(), words[:MOST]
    most = max((n for _, n in drawn), default=1)
    pitch = min(16.0, (_RIGHT - _LEFT) / max(1, most))
    sheet.line(0, 3, WIDTH, 3, thick=6)
    y = 6.0
    for word, n in drawn:
        names = wrap(word, width=_NAMES, size=12.5, most=2)
        tall = 12 + 15.0 * len(names)
        middle = y + tall / 2
        for number, line in enumerate(names):
            sheet.type(0, middle + 4.5 + 15 * (number - (len(names) - 1) / 2), line, size=12.5)
        for person in range(n):
            sheet.dot(_LEFT + (person + 0.5) * pitch, middle, min(11.0, pitch * 0.85))
        sheet.type(WIDTH, middle + 4.5, str(n), size=12.5, weight=700, at="end")
        y += tall
        sheet.line(0, y, WIDTH, y, colour=HAIR)
    said = ", ".join(f"{word} {n}" for word, n in drawn)
    foot = [*say_drawn(len(drawn), of=len(words)), *foot]
    return sheet.finish(y, title=title, description=said, foot=foot, table=table)
