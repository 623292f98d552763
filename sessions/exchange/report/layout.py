"""How wide the columns of a table are on paper: by what stands in them."""

from __future__ import annotations

from .document import Cell, Grid

_MARK = 1.8
"""Of a column of marks, in letters."""


def share_columns(grid: Grid) -> list[float]:
    """Return each column's part of the width; together 1."""
    wants = [_want([grid.head[place], *(row[place] for row in grid.rows)]) for place in range(len(grid.head))]
    return [want / sum(wants) for want in wants]


def _want(cells: list[Cell]) -> float:
    """Return how many letters a column wants to be wide: its longest word at least, more where much is said."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    word = max((len(word) for text in texts for word in text.split()), default=1)
    most = max(map(len, texts), default=1)
    if len(texts) < len(cells):
        return max(_MARK, word * 0.8)
    return float(max(word + 1.0, min(46.0, most + 1.0) ** 0.8, 3.0))
