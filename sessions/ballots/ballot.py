"""What a ballot is: a way of voting. Its rules, what a mark costs, how marks are counted and what is told of them.

A ballot is one file beside this one and one row in the registry (`__init__.py`). It is pure: no rows, no clock, no
Django. Everything that counts calls it: commands, results, publications, live counts, files, receipts, simulated
people. docs/adding-a-kind.md says how one is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from random import Random
from typing import ClassVar, Generic, NamedTuple, TypeVar

import msgspec

from ..errors import Code
from .counts import Count, Counts, Figure, Share, ShownGroup
from .mark import Mark, Value
from .words import ONE_QUESTION, Label, Phrase


class Rules(msgspec.Struct, frozen=True, tag_field="ballot", forbid_unknown_fields=True):
    """Base of the rules of every ballot. They are asked for in a step and frozen when its round opens."""


R = TypeVar("R", bound=Rules)
T = TypeVar("T", int, Fraction)


class Denominator(StrEnum):
    """Whom the share of an item is of."""

    ROUND = "round"
    """Who took part in the round."""
    ITEM = "item"
    """Who answered the item."""


class Statistic(NamedTuple):
    """A number that is told of an item besides its share, over everyone: its key and its meaning, which also stands
    above its column where a ballot has no shorter heading (`BallotKind.columns`).
    """

    key: str
    nl: str
    en: str


SEEN = Statistic(
    "seen",
    "mensen die er antwoord op gaven, ook met weet niet",
    "people who answered it, also with don't know",
)
"""Told by ballots in which an answer may have no score; of the others these are the people of the share."""


class OwnMarks(NamedTuple):
    """What a person has in a round: `spent` in all, and the marks on the items that a command names."""

    spent: int
    marks: Mapping[str, Mark]


class SimulatedVoter(NamedTuple):
    """A simulated person in a round: what they have, how much they like an item, and their chance."""

    marks: Mapping[str, Mark]
    weigh: Callable[[str], float]
    chance: Random
    prices: Mapping[str, int] = {}


Act = Mapping[str, Value]
"""What one command casts: item → value."""


class Example(NamedTuple):
    """One command after others, for the tests and for whoever reads the ballot. `prices`: item → price."""

    rules: Rules
    marks: Act
    before: Sequence[Act] = ()
    refused: Code | None = None
    spent: int = 0
    prices: Mapping[str, int] = {}


class Axis(NamedTuple):
    """One side of a plane: its question, and what its lowest and its highest number say."""

    name: Label
    low: Label
    high: Label


class Plane(NamedTuple):
    """`highest`: numbers on both sides go from 1 to it."""

    across: Axis
    up: Axis
    highest: int


class BallotKind(Generic[R]):
    """Base of every ballot. Scores lie between 0 and 1; `heads` are the people with score 1."""

    key: ClassVar[str]
    Rules: type[R]
    of: ClassVar[Denominator] = Denominator.ROUND
    is_yes_or_no: ClassVar[bool] = True
    """Every score is 0 or 1, so a share is people: it has an interval, and the heads of a group are told. Else these
    would be one bar of a group's histogram, which is told over everyone only."""
    is_ranked: ClassVar[bool] = True
    """Items have places. Else the shares only give lists their order, and no outlet tells them."""
    is_choice: ClassVar[bool] = False
    """A mark gives something to an item or does not: of such there are shortlists."""
    has_opinions: ClassVar[bool] = False
    """People agree or disagree with each item: who do so alike are looked for."""
    told: ClassVar[tuple[Statistic, ...]] = ()
    none: ClassVar[Value] = None
    """What is logged and exported where a person has no mark."""
    outcome: ClassVar[Phrase]
    """What a receipt says of an item, with `heads`, `n`, `place`, `of`, and `mean1`, `mean2`, … by criterion."""
    meaning: ClassVar[str]
    """A sentence below a table of results: which people a share counts, of whom."""
    examples: ClassVar[tuple[Example, ...]]

    def plane(self, rules: R) -> Plane | None:
        """Return the plane in which people place items."""
        return None

    def comparisons(self, mark: Mark) -> list[tuple[int, Fraction]]:
        """Return the pairs in which a person compared an item with another: the number of the pair, and 1 where it won,
        ½ where both were equal, 0 where it lost.
        """
        return []

    # -- rules -------------------------------------------------------------------------------------------------------

    def clean(self, rules: R, line: Callable[[str], str]) -> R:
        """Return the rules with each text that somebody typed as `line` leaves it. Raises Refused, as `line` does."""
        return rules

    def complete(self, rules: R, *, items: int) -> R:
        """Return the rules as they are frozen at the opening of a round of so many items."""
        return rules

    def may_grow(self, rules: R) -> bool:
        """Whether an item may still come in while people vote. It can be taken out again, with what was given to it; so
        not where answers on several items hold together.
        """
        return True

    def criteria(self, rules: R) -> Sequence[Label]:
        """Return the names of what an item is asked about; one without a name where it is one question."""
        return ONE_QUESTION

    def budget(self, rules: R) -> int | None:
        """Return the most that a person can spend in a round; None: there is nothing to spend."""
        return None

    def check(self, *, rules: R, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]) -> int:
        """Return what the person has spent once these marks stand. They stand or fall together. Raises Refused."""
        raise NotImplementedError

    # -- counting ----------------------------------------------------------------------------------------------------

    def says(self, mark: Mark) -> bool:
        """Whether a mark is an answer. One that says nothing is in no digest and no count."""
        return any(value is not None for value in mark)

    def cost(self, rules: R, mark: Mark, price: int | None) -> int:
        """Return what a mark spends: what comes back when its item leaves the round."""
        return 0

    def score(self, rules: R, mark: Mark) -> Fraction | int:
        """Return the score of a mark that says something, 0 to 1."""
        raise NotImplementedError

    def tell(self, rules: R, mark: Mark) -> Mapping[str, int]:
        """Return what a mark that says something adds to the numbers in `told`."""
        return {}

    def add(self, counts: Counts, *, rules: R, item: str, sector: str, before: Mark, after: Mark) -> None:
        """Count that a person of a sector had `before` on an item and has `after`: whole marks, all criteria.

        A mark may count for other items than the one it stands on. Items that are not in `counts` are left out.
        """
        count = counts.get(item)
        if count is None:
            return
        for mark, sign in ((before, -1), (after, 1)):
            if not self.says(mark):
                continue
            for key, number in self.tell(rules, mark).items():
                count.told[key] = count.told.get(key, 0) + sign * number
            if not self.is_scored(mark):
                continue
            score = self.score(rules, mark)
            count.of[sector] = count.of.get(sector, 0) + sign
            if score == 1:
                count.heads[sector] = count.heads.get(sector, 0) + sign
            if not self.is_yes_or_no:
                count.score[sector] = count.score.get(sector, Fraction(0)) + sign * score

    def figures(
        self, counts: Counts, *, rules: R, prices: Mapping[str, int], groups: Sequence[ShownGroup], n: int
    ) -> dict[str, Figure]:
        """Return each item's figure: `n` people took part in all, `groups` are those that may be shown.

        A ballot whose items are told together, as a chosen set is, completes `told` here.
        """
        return {
            item: Figure(
                all=self._share(count, None, n),
                groups=[self._share(count, group.sectors, group.n) for group in groups],
                told={told.key: count.told.get(told.key, 0) for told in self.told},
            )
            for item, count in counts.items()
        }

    def _share(self, count: Count, sectors: Iterable[str] | None, n: int) -> Share:
        """Return the share of these sectors, of whom `n` took part in the round; None: of everyone."""

        def add_up(numbers: Mapping[str, T]) -> T | int:
            names = numbers if sectors is None else sectors
            return sum(numbers[name] for name in names if name in numbers)

        heads = add_up(count.heads)
        of = n if self.of is Denominator.ROUND else add_up(count.of)
        return Share(Fraction(heads if self.is_yes_or_no else add_up(count.score)), of, heads)

    def is_scored(self, mark: Mark) -> bool:
        """Whether a mark that says something has a score: "don't know" says that the item was seen, and has none."""
        return True

    def spread(self, rules: R, figure: Figure) -> float:
        """Return the widest difference between two groups, 0 to 1. There are some."""
        shares = [float(share.mean) for share in figure.groups]
        return max(shares) - min(shares)

    def scores(self, rules: R, marks: Mapping[str, Mark]) -> Mapping[tuple[str, int], Fraction | int]:
        """Return what a person's marks score, for the test of the spread against chance: by item, and by criterion
        where an item's spread is the widest of several.
        """
        return {(item, 0): self.score(rules, mark) for item, mark in marks.items() if self.is_scored(mark)}

    def compared(self, rules: R) -> int:
        """Return how many scores an item has in `scores`."""
        return 1

    def live(self, count: Count, *, rules: R, n: int) -> list[int]:
        """Return what is told of an undivided count while people vote: the full scores, then `told` in its order."""
        return [count.heads.get("", 0), *(count.told.get(told.key, 0) for told in self.told)]

    def answered(self, count: Count, *, n: int) -> int:
        """Return how many people an undivided count is of."""
        return n if self.of is Denominator.ROUND else count.of.get("", 0)

    def votes(self, told: Mapping[str, int]) -> int:
        """Return how many votes a round holds, by its sums of `told`: a number for lists of sessions."""
        return sum(told.values())

    # -- words and people --------------------------------------------------------------------------------------------

    def columns(self, rules: R) -> Sequence[Statistic]:
        """Return `told` as it heads the columns of a table for people: shorter, or in the words of these rules."""
        return self.told

    def say(self, rules: R, mark: Mark) -> Phrase | Label:
        """Return in words what a person answered."""
        raise NotImplementedError

    def act(self, *, rules: R, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Return what a simulated person casts now: commands, each of which stands or falls whole.

        `items`: those that can be voted on, in the person's own order.
        """
        raise NotImplementedError
