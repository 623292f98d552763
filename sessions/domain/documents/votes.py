"""Cards, what is voted on, and what a round says."""

from __future__ import annotations

from ...ballots import AnyRules
from ...enums import Aspect, ItemSource, Reason, Source, Whose
from .base import Document, Words


class CardDoc(Document, frozen=True):
    """Somebody's card, without its author. `sector` is null while that O has fewer people than the threshold."""

    id: str
    step: str
    pillar: str
    aspect: Aspect
    sector: str | None
    text: str
    language: str
    source: Source
    rank: int
    """Random; sort by it, then by id."""
    hidden: bool
    """Only the console gets hidden ones."""
    at: int | None
    """Console only, cut to the minute."""
    reason: Reason | None
    until: int | None
    """Console only: when the text of a redacted card is destroyed; null when the step's closing for good decides, and
    when it is destroyed, which an empty text tells."""


class ItemDoc(Document, frozen=True):
    """What is voted on: a card, or words of its own. It keeps its `id` in the next round of the step and has another
    `rank` there: only round and item together name a place.
    """

    id: str
    card: str | None
    """The card that it is; null: it is none."""
    source: ItemSource
    pillar: str | None
    aspect: Aspect | None
    """Of its card; null, as its pillar is, where it is none."""
    text: str
    """In the language it was written in; own words in Dutch, where there are."""
    words: Words | None
    """Words of its own: one of the languages may be empty. Null for a card, and where they were destroyed."""
    hidden: bool
    """Redacted after it was put to the vote: it keeps its place and its dots, its text is empty."""
    rank: int
    """The order on stage and console: by chance, or as the facilitator put them."""
    reason: Reason | None
    price: int | None
    """What it costs in this round, in whole euros; null: it has no price here."""
    whose: Whose
    """Whose words it is; shown wherever it is shown."""
    document: str
    """Whose document's they are, by its name; else empty."""
    answered: bool
    """Of a question from the room: it was answered."""


class RoundDoc(Document, frozen=True):
    """Phone and stage get a round once it was opened."""

    id: str
    step: str
    number: int
    ballot: str
    """Key of the voting method; its rules are named by the same key."""
    rules: AnyRules | None
    """The ballot's, frozen when the round opens; null until then."""
    open: bool
    closed: bool
    revealed: bool
    seen: bool
    """Its reveal was undone once."""
    fixes_sector: bool
    """Whoever votes in it no longer changes their O."""
    items: list[ItemDoc]


class SaidWordDoc(Document, frozen=True):
    """What several people said in other spellings is one word, in the spelling that most of them used."""

    text: str
    n: int
    """People who said it."""


class SaidWordsDoc(Document, frozen=True):
    """What the short answers of a step say together. Nothing, and `people` null, while fewer people than the threshold
    answered.
    """

    people: int | None
    words: list[SaidWordDoc]
    """The most said first; as many as can be shown."""
    others: int
    """How many different words there are besides."""
    mentions: int
    """How often those were said."""


class GroupDoc(Document, frozen=True):
    """One O, or several small ones together."""

    sectors: list[str]
    n: int


class MeanDoc(Document, frozen=True):
    """The mean of what people gave by one criterion, in its own unit: points, a place. Of the `of` people of the item;
    in a ranking of those who gave it a place (`told.ranked`).

    `balanced`: mean of the groups' means, each O the same weight. `groups`: in the order of the result's groups; empty,
    and `balanced` null, where it is told of everyone only. `histogram`: people by value, from the lowest on; empty
    where it is not told.
    """

    mean: float
    balanced: float | None
    groups: list[float]
    histogram: list[int]


class ResultItemDoc(Document, frozen=True):
    """What a round says of one item. Shares are 0 to 1: the mean score of those whom the ballot counts on it, `of`
    people. Those are who took part in the round (dots, approve, choice, budget, ranking, points), or who answered the
    item (the others).

    `place`: by `balanced`, or by `share` when no groups can be shown; equal values share a place and no rounding
    decides. `heads_place`: by `share`. `heads`: people with the full score: of dots, with at least one on it.
    `balanced`: mean of the O's, each the same weight; null when no groups can be shown. `group_heads`, `group_of` and
    `shares`: in the order of the result's groups; empty when too few of a group answered this item. `spread`: widest
    difference between two groups' shares. `differs`: whether that is more than chance; null when it was not tested.
    `told`: the ballot's statistics over everyone, by key; they are columns of results.csv. `means`: by criterion, of
    ballots in which people give numbers. `group_heads` is empty where a score can lie between 0 and 1.
    """

    item: str
    place: int
    heads_place: int
    heads: int
    of: int
    share: float
    balanced: float | None
    group_heads: list[int]
    group_of: list[int]
    shares: list[float]
    spread: float | None
    differs: bool | None
    told: dict[str, int]
    means: list[MeanDoc] = []


class ChanceDoc(Document, frozen=True):
    """How differences between O's were tested: in `runs` rounds with shuffled O labels (`seed`), the largest spread of
    any item stayed at or below `line` in 95 of 100. An item differs when its spread is above the line.
    """

    line: float
    runs: int
    seed: int


class ResultDoc(Document, frozen=True):
    """What a round says, as it was published. `n` is null, and nothing is told, when fewer than the threshold took
    part.

    `absent`: O's of which nobody took part; in no group and no weight. They are named although 0 is under the
    threshold. `late`: ballots that came after the result and cannot be shown without exposing them. `both`: people who
    took part in this round and in the one before it in the same step; null when that cannot be told: see below.
    `chance`: null when the differences were not tested (yet). `told`: sums over the items, empty when `n` is null.
    `few`: items of which nothing is told, because fewer than the threshold answered them. `scribed`: how many of `n`
    voted on paper; null where these, or those with a phone, are fewer than the threshold and not 0.
    """

    round: str
    n: int | None
    told: dict[str, int]
    groups: list[GroupDoc]
    absent: list[str]
    items: list[ResultItemDoc]
    late: int = 0
    both: int | None = None
    chance: ChanceDoc | None = None
    few: list[str] = []
    scribed: int | None = 0
