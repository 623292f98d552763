"""A ranking: the first k of all items, in order. The whole order is cast at once.

A share is the mean score of who took part: (k + 1 - place) / k for what has a place, 0 for what has none. A person's
`spent` is a bitmask of the places that are taken: so a place is given once, whichever items a command names, and the
marks of a swap can be stored in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

import msgspec

from ..errors import Code, Refused
from .ballot import Act, BallotKind, Example, OwnMarks, Rules, SimulatedVoter, Statistic
from .counts import Count, Counts, Figure, Mean, ShownGroup
from .mark import Mark
from .words import Phrase, gettext_noop, ngettext

SWAPS = 0.4
"""How often a simulated person whose places are given swaps two of them."""


class RankingRules(Rules, frozen=True, tag="ranking"):
    """`places`: how many items get one; at the opening of a round at most as many as it has."""

    places: Annotated[int, msgspec.Meta(ge=1, le=20)] = 3


class Ranking(BallotKind[RankingRules]):
    key = "ranking"
    Rules = RankingRules
    is_yes_or_no = False
    told = (
        Statistic("first", "mensen die het op plaats 1 zetten", "people who put it first"),
        Statistic("ranked", "mensen die het een plaats gaven", "people who gave it a place"),
    )
    outcome = ngettext(
        "%(heads)s of %(n)s person put it first: place %(place)s of %(of)s.",
        "%(heads)s of %(n)s people put it first: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop(
        "The mean score of the people of the group who voted: "
        "a first place gives 100 %, each lower place less, no place 0."
    )
    examples = (
        Example(RankingRules(places=2), {"a": 1}, spent=0b01),
        Example(RankingRules(places=2), {"b": 1, "a": 2}, spent=0b11),
        Example(RankingRules(places=2), {"a": 2, "b": 1}, before=[{"a": 1, "b": 2}], spent=0b11),
        Example(RankingRules(places=2), {"a": None, "b": 1, "c": 2}, before=[{"a": 1, "b": 2}], spent=0b11),
        Example(RankingRules(places=2), {"a": 1, "b": 1}, refused=Code.PLACE_TAKEN),
        Example(RankingRules(places=2), {"b": 1}, before=[{"a": 1}], refused=Code.PLACE_TAKEN, spent=0b01),
        Example(RankingRules(places=2), {"a": 3}, refused=Code.BAD_MARK),
        Example(RankingRules(places=2), {"a": 0}, refused=Code.BAD_MARK),
    )

    def complete(self, rules: RankingRules, *, items: int) -> RankingRules:
        return RankingRules(places=max(1, min(rules.places, items)))

    def budget(self, rules: RankingRules) -> int | None:
        return (1 << rules.places) - 1

    def check(
        self, *, rules: RankingRules, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]
    ) -> int:
        """Places of items that are not named stay taken."""
        taken = mine.spent - sum(self.cost(rules, mine.marks[item], None) for item in marks)
        for (value,) in marks.values():
            if value is None:
                continue
            if not 1 <= value <= rules.places:
                raise Refused(Code.BAD_MARK)
            if taken & _bit(value):
                raise Refused(Code.PLACE_TAKEN, place=value)
            taken |= _bit(value)
        return taken

    def cost(self, rules: RankingRules, mark: Mark, price: int | None) -> int:
        return _bit(mark[0]) if mark and mark[0] else 0

    def score(self, rules: RankingRules, mark: Mark) -> Fraction:
        return Fraction(rules.places + 1 - (mark[0] or 0), rules.places)

    def tell(self, rules: RankingRules, mark: Mark) -> Mapping[str, int]:
        place = mark[0] or 0
        return {"first": int(place == 1), "ranked": 1}

    def add(self, counts: Counts, *, rules: RankingRules, item: str, sector: str, before: Mark, after: Mark) -> None:
        """The same as the base says, in one go, with places in place of scores: it runs for every vote."""
        count = counts.get(item)
        if count is None:
            return
        was, place = (before[0] or 0) if before else 0, (after[0] or 0) if after else 0
        first, ranked = (place == 1) - (was == 1), (place > 0) - (was > 0)
        told = count.told
        told["first"] = told.get("first", 0) + first
        told["ranked"] = told.get("ranked", 0) + ranked
        count.heads[sector] = count.heads.get(sector, 0) + first
        count.of[sector] = count.of.get(sector, 0) + ranked
        count.sums[sector, 0] = count.sums.get((sector, 0), 0) + place - was

    def figures(
        self, counts: Counts, *, rules: RankingRules, prices: Mapping[str, int], groups: Sequence[ShownGroup], n: int
    ) -> dict[str, Figure]:
        """The mean place is of those who gave one, and told of everyone: a group may hold too few of them."""
        scored = {item: replace(count, score=_add_scores(count, places=rules.places)) for item, count in counts.items()}
        found = super().figures(scored, rules=rules, prices=prices, groups=groups, n=n)
        return {
            item: figure._replace(means=[Mean(Fraction(_sum_places(counts[item]), figure.told["ranked"] or 1))])
            for item, figure in found.items()
        }

    def live(self, count: Count, *, rules: RankingRules, n: int) -> list[int]:
        return [*super().live(count, rules=rules, n=n), _sum_places(count)]

    def votes(self, told: Mapping[str, int]) -> int:
        return told.get("ranked", 0)

    def say(self, rules: RankingRules, mark: Mark) -> Phrase:
        return ngettext("place %(n)s", "place %(n)s", mark[0] or 0)

    def act(self, *, rules: RankingRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Give the next place to what is liked; later sometimes swap two neighbours. Always the whole order."""
        order = sorted(
            (item for item, mark in person.marks.items() if self.says(mark)), key=lambda it: person.marks[it]
        )
        open_ = [item for item in items if item not in order]
        if len(order) < rules.places and open_:
            order.append(person.chance.choices(open_, weights=[person.weigh(item) for item in open_])[0])
        elif len(order) > 1 and person.chance.random() < SWAPS:
            upper = person.chance.randrange(len(order) - 1)
            order[upper : upper + 2] = order[upper + 1], order[upper]
        else:
            return []
        return [{item: place for place, item in enumerate(order, start=1)}]


def _add_scores(count: Count, *, places: int) -> dict[str, Fraction]:
    """Return the sums of `Ranking.score` by sector: each is places + 1 less the place, as a part of the places."""
    return {
        sector: Fraction((places + 1) * ranked - count.sums.get((sector, 0), 0), places)
        for sector, ranked in count.of.items()
    }


def _sum_places(count: Count) -> int:
    return sum(count.sums.values())


def _bit(place: int) -> int:
    return 1 << (place - 1)
