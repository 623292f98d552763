"""A QR code as one SVG path."""

from __future__ import annotations

from functools import lru_cache
from typing import TypedDict

import segno

QUIET = 4
"""Modules of paper around it, without which a camera finds no edge."""


class Qr(TypedDict):
    size: int
    path: str


@lru_cache(maxsize=256)
def draw(text: str) -> Qr:
    """Return the code of an address that is shown again and again."""
    return trace(text)


def trace(text: str) -> Qr:
    """Return the code with its quiet zone, drawn in a viewBox of size × size; each run of dark modules is a bar.

    Of a secret nothing is kept.
    """
    matrix = segno.make_qr(text, error="m").matrix
    bars: list[str] = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                bars.append(f"M{x + QUIET} {y + QUIET}h{end - x}v1h-{end - x}z")
            x = end + 1
    return {"size": len(matrix) + 2 * QUIET, "path": "".join(bars)}
