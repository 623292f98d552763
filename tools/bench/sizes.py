"""How much is measured, and a word on what is going on."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

QUICK = os.environ.get("QUICK", "") not in ("", "0")


class Size(NamedTuple):
    phones: int
    votes: int
    watch_s: float
    stock_s: float
    held: int
    churns: int
    programme: tuple[int, int, int]
    """Sessions, cards, votes."""
    items: int = 20
    budget: int = 10
    ticks: int = 15
    times: int = 10
    over_http: int = 200
    votes_over_http: int = 20
    groups: int = 200
    commands: int = 25
    """Of each phone in the round of each ballot: with a ranking's many marks, what the server lets a person send at
    once.
    """
    rest_s: float = 5
    """Between two of these rounds: until everybody may send as much again, and what the last one left is done."""
    finished: int = 12
    """Rounds that are over when everybody joins, with so many items each."""
    agenda_items: int = 24


QUICK_SIZE = Size(
    phones=200,
    votes=50,
    watch_s=2,
    stock_s=2,
    held=400,
    churns=3,
    programme=(10, 500, 5_000),
    ticks=5,
    votes_over_http=5,
    groups=40,
    rest_s=2.5,
)
WHOLE_SIZE = Size(phones=1000, votes=25, watch_s=8, stock_s=10, held=9_000, churns=10, programme=(200, 50_000, 500_000))
SIZE = QUICK_SIZE if QUICK else WHOLE_SIZE
KILL_AT = 0.98
"""The share of the votes that are acknowledged when the server is killed: the rest is on its way."""


def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)
