"""Pairwise: two items at a time, which matters more? Or equally much, or skipped.

A person gets so many pairs, balanced over the items (`pairs.py`). The mark on an item holds all of this person's
comparisons of it, in slots: ten times the number of the pair, and how the item came out of it. Both items of a pair
hold its number, so a comparison is cast with two marks, and a pair can be found again in the files. A person's `spent`
is a bitmask of the numbers in use, two bits for each: one for each item of the pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

import msgspec

from ..errors import Code, Refused
from .ballot import SEEN, Act, BallotKind, Denominator, Example, OwnMarks, Rules, SimulatedVoter, Statistic
from .counts import Count, Counts, Figure, ShownGroup
from .mark import Mark
from .pairs import design_pairs
from .words import ONE_QUESTION, Label, Phrase, gettext_noop, ngettext

LOST, EQUAL, WON, SKIPPED = 0, 1, 2, 3
OPPOSITE = {LOST: WON, EQUAL: EQUAL, WON: LOST, SKIPPED: SKIPPED}
SLOTS = 5
"""Most comparisons of one item by one person: as many values as a mark has at most on the wire."""
THINKS_AGAIN = 0.1
"""How often a simulated person who has compared everything compares a pair anew."""
Outcomes = dict[str, int]
"""Item → how it came out of a pair."""


class PairwiseRules(Rules, frozen=True, tag="pairwise"):
    """`pairs`: how many a person gets. `each`: in how many of them an item is at most; fixed at the opening."""

    pairs: Annotated[int, msgspec.Meta(ge=1, le=30)] = 15
    each: Annotated[int, msgspec.Meta(ge=1, le=SLOTS)] | None = None


class Pairwise(BallotKind[PairwiseRules]):
    key = "pairwise"
    Rules = PairwiseRules
    of = Denominator.ITEM
    is_yes_or_no = False
    told = (
        SEEN,
        Statistic("comparisons", "keren vergeleken", "times compared"),
        Statistic("won", "keren gekozen boven het andere", "times chosen over the other"),
        Statistic("equal", "keren even belangrijk gevonden", "times found equally important"),
    )
    outcome = ngettext(
        "%(heads)s of %(n)s person who compared it chose it every time: place %(place)s of %(of)s.",
        "%(heads)s of %(n)s people who compared it chose it every time: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop(
        "How often it was chosen over another, as a mean of the people of the group who compared it; equally important"
        " counts half."
    )
    examples = (
        Example(PairwiseRules(pairs=3, each=2), {"a": [12, None], "b": [10, None]}, spent=0b10),
        Example(
            PairwiseRules(pairs=3, each=2),
            {"a": [12, 21], "c": [21, None]},
            before=[{"a": [12, None], "b": [10, None]}],
            spent=0b1010,
        ),
        Example(
            PairwiseRules(pairs=3, each=2),
            {"a": [13, None], "b": [13, None]},
            before=[{"a": [12, None], "b": [10, None]}],
            spent=0b10,
        ),
        Example(PairwiseRules(pairs=3, each=2), {"a": None, "b": None}, before=[{"a": [11, None], "b": [11, None]}]),
        # Half a pair; one that both won; two items twice; one too many; no outcome; a number twice on an item; a number
        # that is in use, by one of the items and by others.
        Example(PairwiseRules(pairs=3, each=2), {"a": [12, None]}, refused=Code.BAD_MARK),
        Example(PairwiseRules(pairs=3, each=2), {"a": [12, None], "b": [12, None]}, refused=Code.BAD_MARK),
        Example(PairwiseRules(pairs=3, each=2), {"a": [12, 20], "b": [10, 22]}, refused=Code.BAD_MARK),
        Example(PairwiseRules(pairs=3, each=2), {"a": [42, None], "b": [40, None]}, refused=Code.BAD_MARK),
        Example(PairwiseRules(pairs=3, each=2), {"a": [14, None], "b": [10, None]}, refused=Code.BAD_MARK),
        Example(PairwiseRules(pairs=3, each=2), {"a": [12, 10], "b": [10, None]}, refused=Code.BAD_MARK),
        Example(
            PairwiseRules(pairs=3, each=2),
            {"a": [12, None], "c": [10, None]},
            before=[{"a": [12, None], "b": [10, None]}],
            refused=Code.BAD_MARK,
            spent=0b10,
        ),
        Example(
            PairwiseRules(pairs=3, each=2),
            {"c": [12, None], "b": [10, 20]},
            before=[{"a": [12, None], "b": [10, None]}],
            refused=Code.BAD_MARK,
            spent=0b10,
        ),
    )

    def comparisons(self, mark: Mark) -> list[tuple[int, Fraction]]:
        given = [divmod(value, 10) for value in mark if value is not None]
        return [(pair, Fraction(outcome, WON)) for pair, outcome in given if outcome != SKIPPED]

    def complete(self, rules: PairwiseRules, *, items: int) -> PairwiseRules:
        """No pair comes twice, and each item is in as many as it has slots at most."""
        pairs = max(1, min(rules.pairs, items * (items - 1) // 2, items * SLOTS // 2))
        return PairwiseRules(pairs=pairs, each=max(1, -(-2 * pairs // max(1, items))))

    def may_grow(self, rules: PairwiseRules) -> bool:
        """The design is over the items there were, and half a comparison says nothing."""
        return False

    def criteria(self, rules: PairwiseRules) -> Sequence[Label]:
        """Return the names of the slots: the first comparison of an item, the second, …"""
        if rules.each is None or rules.each == 1:
            return ONE_QUESTION
        return [Label(f"vergelijking {slot}", f"comparison {slot}") for slot in range(1, rules.each + 1)]

    def budget(self, rules: PairwiseRules) -> int | None:
        return sum(2 * _unit(number) for number in range(1, rules.pairs + 1))

    def check(
        self, *, rules: PairwiseRules, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]
    ) -> int:
        """What changes of a pair changes on both its items. Two items are compared once."""
        spent = mine.spent
        for item in marks:
            spent -= self.cost(rules, mine.marks[item], None)
        was, now = _gather(mine.marks), _gather(marks)
        if sum(map(len, now.values())) < sum(len(mark) - mark.count(None) for mark in marks.values()):
            raise Refused(Code.BAD_MARK)  # a number twice on an item
        compared: set[frozenset[str]] = set()
        for number in was.keys() | now.keys():
            before, after = was.get(number, {}), now.get(number, {})
            pair = frozenset(after)
            if not 1 <= number <= rules.pairs or (len(pair) > 1 and pair in compared):
                raise Refused(Code.BAD_MARK)
            compared.add(pair)
            is_elsewhere = bool(spent // _unit(number) % 4)
            if before != after and not _is_whole(before, after, is_elsewhere=is_elsewhere):
                raise Refused(Code.BAD_MARK)
        for mark in marks.values():
            spent += self.cost(rules, mark, None)
        return spent

    def is_scored(self, mark: Mark) -> bool:
        """Who only skipped has not compared it."""
        return bool(_compared(mark))

    def cost(self, rules: PairwiseRules, mark: Mark, price: int | None) -> int:
        cost = 0
        for value in mark:
            if value is not None:
                cost += _unit(value // 10)
        return cost

    def score(self, rules: PairwiseRules, mark: Mark) -> Fraction:
        outcomes = _compared(mark)
        return Fraction(sum(outcomes), WON * len(outcomes))

    def tell(self, rules: PairwiseRules, mark: Mark) -> Mapping[str, int]:
        return self._tell(_compared(mark))

    def _tell(self, outcomes: Sequence[int]) -> Mapping[str, int]:
        return {SEEN.key: 1, "comparisons": len(outcomes), "won": outcomes.count(WON), "equal": outcomes.count(EQUAL)}

    def add(self, counts: Counts, *, rules: PairwiseRules, item: str, sector: str, before: Mark, after: Mark) -> None:
        """The same as the base says, with outcomes in place of scores, by how many comparisons a person's score is the
        mean of: it runs for every vote.
        """
        count = counts.get(item)
        if count is None:
            return
        told = count.told
        for mark, sign in ((before, -1), (after, 1)):
            if not self.says(mark):
                continue
            outcomes = _compared(mark)
            for key, number in self._tell(outcomes).items():
                told[key] = told.get(key, 0) + sign * number
            if outcomes:
                won, compared = sum(outcomes), len(outcomes)
                count.of[sector] = count.of.get(sector, 0) + sign
                count.heads[sector] = count.heads.get(sector, 0) + sign * (won == WON * compared)
                count.sums[sector, compared] = count.sums.get((sector, compared), 0) + sign * won

    def figures(
        self, counts: Counts, *, rules: PairwiseRules, prices: Mapping[str, int], groups: Sequence[ShownGroup], n: int
    ) -> dict[str, Figure]:
        scored = {item: replace(count, score=_add_scores(count)) for item, count in counts.items()}
        return super().figures(scored, rules=rules, prices=prices, groups=groups, n=n)

    def votes(self, told: Mapping[str, int]) -> int:
        """A comparison is told of both its items."""
        return told.get("comparisons", 0) // 2

    def say(self, rules: PairwiseRules, mark: Mark) -> Phrase:
        won = _compared(mark).count(WON)
        return ngettext("chosen over another %(n)s time", "chosen over another %(n)s times", won)

    def act(self, *, rules: PairwiseRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Compare the next pair; sometimes think again about one."""
        chance, pairs = person.chance, _gather(person.marks)
        free = next((number for number in range(1, rules.pairs + 1) if number not in pairs), None)
        one, other = self._next_pair(rules, items, person.marks) if free else ("", "")
        if not one:
            known = [number for number, pair in pairs.items() if set(pair) <= set(items)]
            if not known or chance.random() >= THINKS_AGAIN:
                return []
            free = chance.choice(known)
            one, other = pairs[free]
        weights = [person.weigh(one), 0.3, person.weigh(other), 0.1]
        outcome = chance.choices([WON, EQUAL, LOST, SKIPPED], weights=weights)[0]
        assert free is not None
        return [
            {
                one: _put(person.marks.get(one, ()), free, outcome, each=rules.each or 1),
                other: _put(person.marks.get(other, ()), free, OPPOSITE[outcome], each=rules.each or 1),
            }
        ]

    def _next_pair(self, rules: PairwiseRules, items: Sequence[str], marks: Mapping[str, Mark]) -> tuple[str, str]:
        """Return the next pair of the design of somebody who sees the items in this order; two empty ones: none."""
        pairs = _gather(marks)
        compared = {frozenset(pair) for pair in pairs.values()}
        slots = Counter(item for pair in pairs.values() for item in pair)
        for places in design_pairs(len(items)):
            one, other = (items[place] for place in places)
            if frozenset((one, other)) not in compared and max(slots[one], slots[other]) < (rules.each or 1):
                return one, other
        return "", ""


def _unit(number: int) -> int:
    return 1 << 2 * (number - 1)


def _gather(marks: Mapping[str, Mark]) -> dict[int, Outcomes]:
    """Return number of the pair → its items, with how each came out of it."""
    pairs: dict[int, Outcomes] = {}
    for item, mark in marks.items():
        for value in mark:
            if value is not None:
                pairs.setdefault(value // 10, {})[item] = value % 10
    return pairs


def _is_whole(before: Outcomes, after: Outcomes, *, is_elsewhere: bool) -> bool:
    """Whether a pair changes on both its items. `is_elsewhere`: its number is also on an item that is not named."""
    if len(before) not in (0, 2) or (after and is_elsewhere):
        return False
    return not after or (len(after) == 2 and _fit(*after.values()))


def _fit(one: int, other: int) -> bool:
    return OPPOSITE.get(one) == other


def _compared(mark: Mark) -> list[int]:
    return [value % 10 for value in mark if value is not None and value % 10 != SKIPPED]


def _add_scores(count: Count) -> dict[str, Fraction]:
    """Return the sums of `Pairwise.score` by sector."""
    scores: dict[str, Fraction] = {}
    for (sector, compared), won in count.sums.items():
        scores[sector] = scores.get(sector, Fraction(0)) + Fraction(won, WON * compared)
    return scores


def _put(mark: Mark, number: int, outcome: int, *, each: int) -> list[int | None]:
    """Return a mark as it is sent, with the outcome of a pair: in the slot where its number is, else in a free one."""
    slots = [*mark, *[None] * (each - len(mark))]
    held = [None if value is None else value // 10 for value in slots]
    slots[held.index(number if number in held else None)] = number * 10 + outcome
    return slots
