"""What a journey of a ballot is told: what people give, and the tables that screens and files are compared with.

Twenty people take part: onderwijs 6, onderzoek 7, ondernemers 5, overheden 2. Onderwijs and onderzoek are shown alone;
overheden is under five and goes with the next smallest, ondernemers: a group of 7 that counts for two O's. So
balanced = (onderwijs + onderzoek + 2 · (ondernemers + overheden)) / 4. Every number was worked out by hand.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..browser import Screen
    from .evening import BallotEvening

A = "Een campus waar de hele wereld wil studeren"
B = "Laat zien wat er in de laboratoria gebeurt"
C = "Eén loket voor elke vergunning"
D = "Een plein waar je na zessen kunt eten"

CROWD = {"onderwijs": 5, "onderzoek": 7, "ondernemers": 4, "overheden": 2}
"""Over sockets. One more of onderwijs and one of ondernemers are at a phone in a browser."""
GROUPS = ("onderwijs", "onderzoek", "ondernemers+overheden")

INTERVALS = {
    # (people, of): from, to; 90 % by Wilson, with a pocket calculator
    (0, 6): ("0.000000", "0.310784"),
    (6, 6): ("0.689216", "1.000000"),
    (0, 7): ("0.000000", "0.278763"),
    (1, 7): ("0.032544", "0.452287"),
    (2, 7): ("0.099566", "0.591332"),
    (3, 7): ("0.186443", "0.710523"),
    (4, 7): ("0.289477", "0.813557"),
    (5, 7): ("0.408668", "0.900434"),
    (7, 7): ("0.721237", "1.000000"),
    (7, 15): ("0.276675", "0.666845"),
    (2, 20): ("0.033663", "0.261663"),
    (3, 20): ("0.061582", "0.321828"),
    (7, 20): ("0.202260", "0.533487"),
    (8, 20): ("0.242387", "0.581444"),
    (9, 20): ("0.284123", "0.627792"),
    (10, 20): ("0.327404", "0.672596"),
    (13, 20): ("0.466513", "0.797740"),
    (18, 20): ("0.738337", "0.966337"),
    (20, 20): ("0.880842", "1.000000"),
}
"""Of shares that are people. The results page shows them in whole percents."""

Value = int | list[int | None] | None
Marks = Mapping[str, Value]
Given = Mapping[str, Sequence[Marks]]
"""O → what each of its people over sockets gives."""
Row = tuple[str, ...]
"""A text, and what else stands in its row."""
Hand = Callable[["BallotEvening", "Screen", Sequence[tuple[str, Value]]], AsyncIterator[None]]
"""Gives marks on a phone, with one tap between each two stops."""
Look = Callable[["BallotEvening"], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What is given in a round, and what must be shown of it."""

    items: Sequence[str]
    crowd: Given
    of_w: Sequence[tuple[str, Value]]
    """By the phone of onderwijs. What it gives last in the first round is stored; the server dies unheard."""
    of_n: Sequence[tuple[str, Value]]
    """By the phone of ondernemers. In the first round it is cut off after the first tap."""
    heads: Sequence[Row]
    """The projector's first picture: place, text, and what is told."""
    equal: Sequence[Row] = ()
    """Its second: place, text, balanced, then the three groups."""
    apart: Mapping[str, str] = field(default_factory=dict)
    """Its third: how far the groups lie apart."""
    own: Look | None = None
    """The picture that only this ballot has, the fourth."""
    change: Mapping[str, Row] = field(default_factory=dict)
    """Its last, of a second round: the distance between the groups before and after."""
    phone: Sequence[Row]
    """On both phones, in this order."""
    said: Mapping[str, tuple[str, str]]
    """Text → one's own mark on the phone of onderwijs and on that of ondernemers."""
    desk: Sequence[Row]
    """On the console, in this order."""
    studio: Sequence[Row]
    """On the results page, in this order."""
    results: Mapping[str, Sequence[Row]]
    """Lines of results.csv: the ballot's columns of everyone, then of each group, then of each criterion."""
    votes: Mapping[str, Mapping[str, int]]
    """How many lines of votes.csv say what: see `Declared.mark`."""


def value_of(line: Mapping[str, str]) -> str:
    """A line of votes.csv, its criterion first where there are several."""
    return f"{line['criterion']}: {line['value']}" if line["criterion"] else line["value"]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A ballot, and what is done with it."""

    key: str
    name: str
    """On the console's form."""
    rule: str
    """What the projector says that people can do."""
    hand: Hand
    columns: Row
    """Of results.csv, of everyone."""
    group_columns: Row
    mark: Callable[[Mapping[str, str]], str] = value_of
    """What is counted of a line of votes.csv."""
    first: Round
    second: Round
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Fields of the console's form."""
    prices: Mapping[str, int] = field(default_factory=dict)
    is_people: bool = False
    """A share is people, and so has an interval."""
    taps: int = 0
    """Of the phone of onderwijs in the first round, where they are not as many as its marks."""
    try_out: Callable[[BallotEvening, Screen], Awaitable[None]] | None = None
    """What the phone of onderwijs tries in vain, when it gave its first mark."""
    pictures: int = 3
    """On the projector after the first round."""


SAME = {"onderwijs": 5, "onderzoek": 7, "ondernemers": 4}


def alike(three: Marks, overheden: Marks) -> Given:
    """Everybody of the first three O's gives the same, overheden something else."""
    return {sector: [three] * n for sector, n in SAME.items()} | {"overheden": [overheden] * 2}
