"""What ballots share in which people give whole numbers: one per criterion, each from the lowest to the highest.

A share is of who gave a number by every criterion. "Don't know" says that the item was seen, and counts in no mean.
Sums are whole numbers until a figure is made, so that no rounding decides an order and a vote costs no fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import ClassVar, NamedTuple, TypeVar

from ..errors import Code, Refused
from .ballot import SEEN, Act, BallotKind, Denominator, OwnMarks, Rules, SimulatedVoter, Statistic
from .counts import Count, Counts, Figure, Mean, Share, ShownGroup
from .mark import Mark, write_mark
from .words import AnswerWords, Label

UNSURE = -99
"""Don't know: a code that surveys use for it, far from every number that can be given."""
THINKS_AGAIN = 0.1
"""How often a simulated person who has answered everything answers something anew."""
DOES_NOT_KNOW = 0.06

G = TypeVar("G", bound=Rules)


class Bounds(NamedTuple):
    low: int
    high: int


class GradedBallot(BallotKind[G]):
    """Base of rating, scale, criteria and matrix."""

    of = Denominator.ITEM
    is_yes_or_no = False
    told: ClassVar[tuple[Statistic, ...]] = (SEEN,)
    has_group_means: ClassVar[bool] = True
    """Means are told per group as well."""
    has_histogram: ClassVar[bool] = True

    # -- what differs ------------------------------------------------------------------------------------------------

    def bounds(self, rules: G) -> Bounds:
        """Return the lowest and the highest number that can be given."""
        raise NotImplementedError

    def may_be_unsure(self, rules: G) -> bool:
        """Whether "don't know" can be given."""
        return True

    def weights(self, rules: G) -> Sequence[int]:
        """Return how much each criterion weighs in the score."""
        return (1,) * len(self.criteria(rules))

    # -- rules and counting ------------------------------------------------------------------------------------------

    def check(self, *, rules: G, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]) -> int:
        low, high = self.bounds(rules)
        unsure = self.may_be_unsure(rules)
        for mark in marks.values():
            for value in mark:
                if value is not None and not low <= value <= high and not (unsure and value == UNSURE):
                    raise Refused(Code.BAD_MARK)
        return mine.spent

    def is_scored(self, mark: Mark) -> bool:
        """Not before every criterion has its number."""
        return None not in mark and UNSURE not in mark

    def score(self, rules: G, mark: Mark) -> Fraction:
        low, high = self.bounds(rules)
        weights = self.weights(rules)
        given = sum(weight * ((value or 0) - low) for weight, value in zip(weights, mark, strict=True))
        return Fraction(given, (high - low) * sum(weights))

    def tell(self, rules: G, mark: Mark) -> Mapping[str, int]:
        return {SEEN.key: 1}

    def add(self, counts: Counts, *, rules: G, item: str, sector: str, before: Mark, after: Mark) -> None:
        """Adds up values in place of scores: it runs for every vote."""
        count = counts.get(item)
        if count is None:
            return
        for mark, sign in ((before, -1), (after, 1)):
            if not mark or not self.says(mark):
                continue
            for key, number in self.tell(rules, mark).items():
                count.told[key] = count.told.get(key, 0) + sign * number
            if not self.is_scored(mark):
                continue
            highest = self.bounds(rules).high
            count.of[sector] = count.of.get(sector, 0) + sign
            if mark.count(highest) == len(mark):
                count.heads[sector] = count.heads.get(sector, 0) + sign
            for criterion, value in enumerate(mark):
                assert value is not None, "a mark that is scored is whole"
                count.sums[sector, criterion] = count.sums.get((sector, criterion), 0) + sign * value
                if self.has_histogram:
                    count.bins[criterion, value] = count.bins.get((criterion, value), 0) + sign

    def figures(
        self, counts: Counts, *, rules: G, prices: Mapping[str, int], groups: Sequence[ShownGroup], n: int
    ) -> dict[str, Figure]:
        return {item: self._figure(count, rules, groups) for item, count in counts.items()}

    def _figure(self, count: Count, rules: G, groups: Sequence[ShownGroup]) -> Figure:
        everyone = _Part.of_sectors(count, count.of, criteria=len(self.criteria(rules)))
        parts = [_Part.of_sectors(count, group.sectors, criteria=len(self.criteria(rules))) for group in groups]
        return Figure(
            all=self._share_of(everyone, rules),
            groups=[self._share_of(part, rules) for part in parts],
            told={told.key: count.told.get(told.key, 0) for told in self.told},
            means=[
                Mean(
                    all=everyone.mean(criterion),
                    groups=[part.mean(criterion) for part in parts] if self.has_group_means else (),
                    histogram=self._histogram(count, rules, criterion),
                )
                for criterion in range(len(everyone.sums))
            ],
        )

    def _share_of(self, part: _Part, rules: G) -> Share:
        low, high = self.bounds(rules)
        weights = self.weights(rules)
        given = sum(weight * (total - part.of * low) for weight, total in zip(weights, part.sums, strict=True))
        return Share(Fraction(given, (high - low) * sum(weights)), part.of, part.heads)

    def _histogram(self, count: Count, rules: G, criterion: int) -> list[int]:
        if not self.has_histogram:
            return []
        low, high = self.bounds(rules)
        return [count.bins.get((criterion, value), 0) for value in range(low, high + 1)]

    def live(self, count: Count, *, rules: G, n: int) -> list[int]:
        """How many saw it, how many gave every number, and the sums by criterion; of one criterion people by value."""
        criteria = len(self.criteria(rules))
        seen, of = count.told.get(SEEN.key, 0), count.of.get("", 0)
        bars = self._histogram(count, rules, 0) if criteria == 1 else []
        return [seen, of, *(count.sums.get(("", at), 0) for at in range(criteria)), *bars]

    def votes(self, told: Mapping[str, int]) -> int:
        return told[SEEN.key]

    # -- people ------------------------------------------------------------------------------------------------------

    def act(self, *, rules: G, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Answer the next item; sometimes think again about one."""
        open_ = [item for item in items if not self.says(person.marks.get(item, ()))]
        if not open_ and person.chance.random() >= THINKS_AGAIN:
            return []
        item = open_[0] if open_ else person.chance.choice(items)
        low, high = self.bounds(rules)
        liking = person.weigh(item)
        unsure = DOES_NOT_KNOW if self.may_be_unsure(rules) else 0
        mark = [
            UNSURE if person.chance.random() < unsure else draw_value(low, high, liking, person.chance)
            for _ in self.criteria(rules)
        ]
        return [{item: write_mark(tuple(mark))}]


class _Part(NamedTuple):
    """The people of some sectors who gave every number: how many, with the full score, and their sums by criterion."""

    of: int
    heads: int
    sums: Sequence[int]

    @classmethod
    def of_sectors(cls, count: Count, sectors: Sequence[str] | Mapping[str, int], *, criteria: int) -> _Part:
        return cls(
            of=sum(count.of.get(sector, 0) for sector in sectors),
            heads=sum(count.heads.get(sector, 0) for sector in sectors),
            sums=[sum(count.sums.get((sector, at), 0) for sector in sectors) for at in range(criteria)],
        )

    def mean(self, criterion: int) -> Fraction:
        return Fraction(self.sums[criterion], self.of) if self.of else Fraction(0)


def draw_value(low: int, high: int, liking: float, chance: Random) -> int:
    """Return a number that is higher, the more an item is liked (0 and up)."""
    return low + round((high - low) * chance.betavariate(1 + 2 * liking, 2.2))


def clean_words(words: AnswerWords, line: Callable[[str], str]) -> AnswerWords:
    return AnswerWords(line(words.nl), line(words.en))


def say_value(value: int | None, most: int) -> Label:
    """Return a number with its scale, in words."""
    if value == UNSURE or value is None:
        return Label("weet niet", "don't know")
    return Label(f"{value} van {most}", f"{value} of {most}")


def say_values(names: Sequence[Label], mark: Mark, most: int) -> Label:
    """Return the numbers of an answer with the names of their criteria."""
    said = [(name, say_value(value, most)) for name, value in zip(names, mark, strict=True) if value is not None]
    return Label(
        ", ".join(f"{name.nl} {value.nl}" for name, value in said),
        ", ".join(f"{name.en} {value.en}" for name, value in said),
    )
