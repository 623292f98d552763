"""Every value in a document that came as JSON: a test looks through them for what may not be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def walk(thing: Any) -> Iterator[Any]:
    """Yield every value, keys too. Without recursion: whole evenings of frames pass through here."""
    left = [thing]
    while left:
        value = left.pop()
        yield value
        if isinstance(value, dict):
            yield from value
            left += value.values()
        elif isinstance(value, list):
            left += value
