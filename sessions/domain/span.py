"""What has to be known of log lines that are told together, in one frame or to somebody who comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .log import LogEntry, LogKind
from .log_effects import TURNING


class Span(NamedTuple):
    """Lines that are told together."""

    reveals: Mapping[str, int]
    """Step → the number of the last of them that reveals it."""
    turned: int | None
    """The number of the last of them that may change which steps phones hold."""
    cards: frozenset[str]
    """Cards that they are about."""
    last_card: int | None
    """The number of the last of them that is about a card."""
    held: frozenset[str]
    """The steps that phones hold before them, as far as that is known."""


def span_of(entries: Iterable[LogEntry], *, held: frozenset[str] = frozenset()) -> Span:
    """Return what has to be known of lines that are told together. `held`: steps that all phones hold before them."""
    entries = list(entries)
    reveals = {entry.data["step"]: entry.seq for entry in entries if entry.kind is LogKind.STEP_REVEALED}
    turned = [entry.seq for entry in entries if entry.kind in TURNING]
    about = [(entry.seq, card) for entry in entries if (card := entry.data.get("card"))]
    return Span(
        reveals=reveals,
        turned=turned[-1] if turned else None,
        cards=frozenset(card for _, card in about),
        last_card=about[-1][0] if about else None,
        held=held,
    )
