"""Dots: everybody has the same number of them and puts them on what matters, one or more on an item.

A share is of who took part: people with at least one dot on the item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from ..errors import Code, Refused
from .ballot import Act, BallotKind, Example, OwnMarks, Rules, SimulatedVoter, Statistic
from .counts import Count, Counts
from .mark import Mark
from .words import Phrase, gettext_noop, ngettext

FEWEST, MOST = 3, 5
"""Of the dots per person where nobody said how many."""
MOVES_A_DOT = 0.3


class DotsRules(Rules, frozen=True, tag="dots"):
    """`budget`: dots per person; null until the round opens: a quarter of the items, 3 to 5. `most`: on one item."""

    budget: Annotated[int, msgspec.Meta(ge=1, le=50)] | None = None
    most: Annotated[int, msgspec.Meta(ge=1, le=50)] = 1


def _value(mark: Mark) -> int:
    """Nothing and no dots are the same."""
    return (mark[0] or 0) if mark else 0


class Dots(BallotKind[DotsRules]):
    key = "dots"
    is_choice = True
    Rules = DotsRules
    told = (Statistic("dots", "aantal stippen", "dots"),)
    none = 0
    outcome = ngettext(
        "%(heads)s of %(n)s person put a dot on it: place %(place)s of %(of)s.",
        "%(heads)s of %(n)s people put a dot on it: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop("How many people put at least one dot on it, of those of the group who voted.")
    examples = (
        Example(DotsRules(budget=3, most=2), {"a": 2}, spent=2),
        Example(DotsRules(budget=3, most=2), {"b": 1}, before=[{"a": 2}], spent=3),
        Example(DotsRules(budget=3, most=2), {"a": 0, "b": 2}, before=[{"a": 2}], spent=2),
        Example(DotsRules(budget=3, most=2), {"b": 2}, before=[{"a": 2}], refused=Code.BUDGET_SPENT, spent=2),
        Example(DotsRules(budget=3, most=2), {"a": 1, "b": 2, "c": 1}, refused=Code.BUDGET_SPENT),
        Example(DotsRules(budget=3, most=2), {"a": 3}, refused=Code.VOTE_VALUE),
        Example(DotsRules(budget=3, most=2), {"a": -1}, refused=Code.BAD_MARK),
    )

    def complete(self, rules: DotsRules, *, items: int) -> DotsRules:
        if rules.budget is not None:
            return rules
        return DotsRules(budget=max(FEWEST, min(MOST, items // 4)), most=rules.most)

    def budget(self, rules: DotsRules) -> int | None:
        return rules.budget

    def check(self, *, rules: DotsRules, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]) -> int:
        """Putting more dots than there are is refused; taking one back never is."""
        spent = mine.spent
        for item, mark in marks.items():
            value = mark[0] or 0
            if not 0 <= value <= rules.most:
                raise Refused(Code.VOTE_VALUE, limit=rules.most) if value > 0 else Refused(Code.BAD_MARK)
            spent += value - _value(mine.marks[item])
        assert rules.budget is not None, "a round that was opened has complete rules"
        if spent > mine.spent and spent > rules.budget:
            raise Refused(Code.BUDGET_SPENT, budget=rules.budget)
        return spent

    def says(self, mark: Mark) -> bool:
        return _value(mark) > 0

    def cost(self, rules: DotsRules, mark: Mark, price: int | None) -> int:
        return _value(mark)

    def score(self, rules: DotsRules, mark: Mark) -> int:
        return 1

    def tell(self, rules: DotsRules, mark: Mark) -> Mapping[str, int]:
        return {"dots": _value(mark)}

    def add(self, counts: Counts, *, rules: DotsRules, item: str, sector: str, before: Mark, after: Mark) -> None:
        """The same as the base says, in one go: it runs for every vote."""
        count = counts.get(item)
        if count is None:
            return
        was, value = (before[0] or 0) if before else 0, (after[0] or 0) if after else 0
        heads, told = count.heads, count.told
        heads[sector] = heads.get(sector, 0) + (value > 0) - (was > 0)
        told["dots"] = told.get("dots", 0) + value - was

    def live(self, count: Count, *, rules: DotsRules, n: int) -> list[int]:
        return [count.heads.get("", 0), count.told.get("dots", 0)]

    def say(self, rules: DotsRules, mark: Mark) -> Phrase:
        return ngettext("%(n)s dot", "%(n)s dots", _value(mark))

    def act(self, *, rules: DotsRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Place a dot on what is liked, or move one."""
        chance = person.chance
        dots = {item: _value(person.marks.get(item, ())) for item in items}
        placed = [item for item, value in dots.items() if value]
        free = [item for item, value in dots.items() if value < rules.most]
        left = (rules.budget or 0) - sum(dots.values())
        acts: list[Act] = []
        if placed and (left <= 0 or chance.random() < 0.1) and chance.random() < MOVES_A_DOT:
            item = chance.choice(placed)
            acts.append({item: dots[item] - 1})
            left += 1
            free = [found for found in free if found != item]
        if left > 0 and free:
            item = chance.choices(free, weights=[person.weigh(name) for name in free])[0]
            acts.append({item: dots[item] + 1})
        return acts
