"""The mark of an O on paper: its shape on a grid of 24 and its colour. Screens draw the same in
frontend/src/parts/shapes.ts and take their colours from frontend/src/style/tokens.css.
"""

from __future__ import annotations

from typing import NamedTuple

from ...enums import Shape


class Drawing(NamedTuple):
    """On a grid of 24. `letters`: drawn for this shape; another one is set in type, on the line `baseline`."""

    solid: str
    baseline: str
    letters: dict[str, str]


DRAWINGS: dict[str, Drawing] = {
    Shape.CIRCLE: Drawing(
        "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22z",
        "16.6",
        {
            "W": "M5.4 7.8h2.5l1.6 5.1 1.6-5.1h1.8l1.6 5.1 1.6-5.1h2.5l-2.9 8.4h-2.3L12 11.6l-1.4 4.6H8.3z",
            "E": "M8.6 7.2h7.4v2.2h-4.9v1.5h4.3v2.1h-4.3v1.6h5v2.2H8.6z",
        },
    ),
    Shape.DIAMOND: Drawing(
        "M12 0l12 12-12 12L0 12z",
        "16.6",
        {
            "Z": "M8 7.4h8v2l-4.7 5h4.8v2.2H7.9v-2l4.7-5H8z",
            "R": (
                "M8.4 7.2h4.8a3.5 3.5 0 0 1 1.7 6.6l2.2 3h-2.9l-1.9-2.7h-1.5v2.7H8.4z"
                "m2.4 2.1v2.8h2.2a1.4 1.4 0 0 0 0-2.8z"
            ),
        },
    ),
    Shape.TRIANGLE: Drawing(
        "M12 1l12 21.5H0z", "20", {"N": "M8.4 11.8h2.2l2.9 4.4v-4.4h2.2v8.2h-2.2l-2.9-4.4V20H8.4z"}
    ),
    Shape.SQUARE: Drawing(
        "M2 2h20v20H2z",
        "17",
        {
            "H": "M7.4 7h2.5v3.8h4.2V7h2.5v10h-2.5v-3.9H9.9V17H7.4z",
            "G": "M16.5 8.9l-1.9 1.4a3.2 3.2 0 1 0 .2 3.6h-2.5v-2h4.9v.5a5.3 5.3 0 1 1-.7-3.5z",
        },
    ),
    Shape.HOUSE: Drawing("M12 1l11 9v13H1V10z", "19", {}),
    Shape.CROSS: Drawing("M8 1h8v7h7v8h-7v7H8v-7H1V8h7z", "16.6", {}),
    Shape.WEDGE: Drawing("M12 23L0 1.5h24z", "13", {}),
    Shape.SLANT: Drawing("M7.5 2H24l-7.5 20H0z", "16.8", {}),
}

COLOURS: dict[str, str] = {
    Shape.CIRCLE: "#b98200",
    Shape.DIAMOND: "#17247f",
    Shape.TRIANGLE: "#ce2a20",
    Shape.SQUARE: "#06574a",
    Shape.HOUSE: "#2d91d2",
    Shape.CROSS: "#9b14e6",
    Shape.WEDGE: "#c8147d",
    Shape.SLANT: "#1e9614",
}
LIGHT = frozenset({Shape.CIRCLE, Shape.HOUSE, Shape.SLANT})
"""Shapes of a light colour: their letter is ink, of the others it is white."""
