"""Writes SVG: shapes and lines of type on a sheet as wide as the text of a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ...enums import Shape
from .picture import Grid, Picture
from .shapes import COLOURS, DRAWINGS, LIGHT

WIDTH = 640.0
"""Of every picture, in its own units: a page's text is as wide."""
INK, SOFT, HAIR, PAPER = "#15171a", "#54585e", "#c2c4c0", "#ffffff"
_FOOT = 10.5
FONT = "Archivo, Helvetica Neue, Arial, sans-serif"

_NARROW, _WIDE = frozenset("fijlrtI.,:;'’|!()[] "), frozenset("mwMWQGO@%&—")


class Sheet:
    """What is drawn so far, from the top down."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def line(self, x1: float, y1: float, x2: float, y2: float, *, colour: str = INK, thick: float = 1) -> None:
        self._parts.append(
            f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{colour}" stroke-width="{_n(thick)}" fill="none"/>'
        )

    def bar(self, x: float, y: float, width: float, height: float, *, colour: str = INK) -> None:
        self._parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{colour}"/>')

    def dot(self, x: float, y: float, size: float) -> None:
        """A vote or a mention."""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size / 2)}" fill="{INK}"/>')

    def type(
        self, x: float, y: float, text: str, *, size: float, weight: int = 400, at: str = "start", colour: str = INK
    ) -> None:
        """Write one line of text; `y` is its baseline."""
        narrow = ' font-stretch="semi-condensed"' if weight >= 800 else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" font-weight="{weight}"{narrow} text-anchor="{at}"'
            f' fill="{colour}">{escape(text)}</text>'
        )

    def mark(self, x: float, y: float, size: float, shape: str, *, edge: bool = False) -> None:
        """Draw the mark of an O around a point. `edge`: with a rim of paper, where marks meet a line."""
        scale = size / 24
        rim = f' stroke="{PAPER}" stroke-width="{_n(1.5 / scale)}" paint-order="stroke"' if edge else ""
        self._parts.append(
            f'<path transform="translate({_n(x - size / 2)} {_n(y - size / 2)}) scale({scale:.4f})"'
            f' fill="{COLOURS[shape]}"{rim} d="{DRAWINGS[shape].solid}"/>'
        )

    def group_mark(self, x: float, y: float, size: float, shapes: Sequence[str], *, edge: bool = False) -> None:
        """Draw the mark of an O; of a pool, the marks of its O's above one line."""
        if len(shapes) == 1:
            self.mark(x, y, size, shapes[0], edge=edge)
            return
        small, left = size * 0.72, x - self.span(size, shapes) / 2
        for place, shape in enumerate(shapes):
            self.mark(left + small * (place + 0.5), y - size * 0.12, small * 0.94, shape, edge=edge)
        self.line(left, y + size * 0.4, left + small * len(shapes), y + size * 0.4, thick=max(1.5, size * 0.12))

    @staticmethod
    def span(size: float, shapes: Sequence[str]) -> float:
        """Return how wide a group's mark is."""
        return size if len(shapes) == 1 else size * 0.72 * len(shapes)

    def stripes(self, x: float, y: float, width: float, height: float, shapes: Sequence[str]) -> None:
        """A bar of O's taken together: striped lengthwise in their colours."""
        each = height / len(shapes)
        for place, shape in enumerate(shapes):
            self.bar(x, y + place * each, width, each, colour=COLOURS[shape])

    def finish(self, y: float, *, title: str, description: str, foot: Sequence[str], table: Grid) -> Picture:
        """Return what was drawn down to `y`, with its foot under it."""
        said = [f"{description}.", *filter(None, foot)]
        y += 2
        for sentence in filter(None, foot):
            for line in wrap(sentence, width=WIDTH, size=_FOOT, most=4):
                y += 14
                self.type(0, y, line, size=_FOOT, colour=SOFT)
        height = y + 4
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(WIDTH)} {_n(height)}" width="{_n(WIDTH)}"'
            f' height="{_n(height)}" font-family="{FONT}"><title>{escape(title)}</title>'
            f"<desc>{escape(' '.join(said))}</desc>{''.join(self._parts)}</svg>"
        )
        return Picture(title, " ".join(said), svg, WIDTH, height, table)


def draw_mark(shape: str, letter: str, *, size: float = 24) -> str:
    """Return a mark with its letter as a file of its own."""
    drawing, ink = DRAWINGS[shape], INK if Shape(shape) in LIGHT else PAPER
    path = drawing.letters.get(letter)
    inside = (
        f'<path fill="{ink}" fill-rule="evenodd" d="{path}"/>'
        if path is not None
        else f'<text x="12" y="{drawing.baseline}" font-size="13" font-weight="700" text-anchor="middle" fill="{ink}"'
        f' font-family="{FONT}">{escape(letter)}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 26" width="{_n(size)}" height="{_n(size)}">'
        f'<path fill="{COLOURS[shape]}" d="{drawing.solid}"/>{inside}</svg>'
    )


def wrap(text: str, *, width: float, size: float, most: int = 3) -> list[str]:
    """Return a text in lines of at most this width; what does not fit into so many ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}", size=size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.extend(_cut(word, width=width, size=size))
    if len(lines) <= most:
        return lines or [""]
    last = lines[most - 1]
    while last and measure(f"{last}…", size=size) > width:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], f"{last}…"]


def _cut(word: str, *, width: float, size: float) -> list[str]:
    """Break a word that is wider than a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, size=size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def measure(text: str, *, size: float) -> float:
    """Return about how wide a text is: rather too much than too little."""
    return size * sum(map(_width, text))


def _width(sign: str) -> float:
    if sign in _NARROW:
        return 0.32
    if sign in _WIDE:
        return 0.92
    return 0.7 if sign.isupper() else 0.57


def _n(number: float) -> str:
    """Return a number without digits that nobody sees."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
