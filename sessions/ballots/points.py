"""Points: everybody divides the same number of them over the items, as many on one as they like.

A share is the part of all points that the people who took part gave to an item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated

import msgspec

from ..errors import Code, Refused
from .ballot import Act, BallotKind, Example, OwnMarks, Rules, SimulatedVoter, Statistic
from .counts import Count, Counts, Figure, Mean, ShownGroup
from .mark import Mark
from .words import Phrase, gettext_noop, ngettext

STEPS = 20
"""A button gives so small a part of all points. A person can type any number."""


class PointsRules(Rules, frozen=True, tag="points"):
    """`total`: points per person. `whole`: all of them or none, so a person's points come together."""

    total: Annotated[int, msgspec.Meta(ge=2, le=1000)] = 100
    whole: bool = False


def _points(mark: Mark) -> int:
    """Nothing and no points are the same."""
    return (mark[0] or 0) if mark else 0


class Points(BallotKind[PointsRules]):
    key = "points"
    is_choice = True
    Rules = PointsRules
    is_yes_or_no = False
    told = (Statistic("points", "aantal punten", "points"),)
    none = 0
    outcome = ngettext(
        "On average %(mean1)s of all points, of %(n)s person: place %(place)s of %(of)s.",
        "On average %(mean1)s of all points, of %(n)s people: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop("Which part of all points it got, of those of the group who voted.")
    examples = (
        Example(PointsRules(), {"a": 40}, spent=40),
        Example(PointsRules(), {"a": 20, "b": 80}, before=[{"a": 40}], spent=100),
        Example(PointsRules(), {"a": None, "c": 5}, before=[{"a": 100}], spent=5),
        Example(PointsRules(), {"b": 61}, before=[{"a": 40}], refused=Code.POINTS_SPENT, spent=40),
        Example(PointsRules(), {"a": 101}, refused=Code.POINTS_SPENT),
        Example(PointsRules(), {"a": -1}, refused=Code.BAD_MARK),
        Example(PointsRules(total=10, whole=True), {"a": 7, "b": 3}, spent=10),
        Example(PointsRules(total=10, whole=True), {"a": 0, "b": 0}, before=[{"a": 7, "b": 3}]),
        Example(PointsRules(total=10, whole=True), {"a": 7}, refused=Code.POINTS_LEFT),
        Example(
            PointsRules(total=10, whole=True),
            {"a": 0},
            before=[{"a": 7, "b": 3}],
            refused=Code.POINTS_LEFT,
            spent=10,
        ),
    )

    def may_grow(self, rules: PointsRules) -> bool:
        """Where points come together, some of them taken back would leave neither all nor none."""
        return not rules.whole

    def budget(self, rules: PointsRules) -> int | None:
        return rules.total

    def check(self, *, rules: PointsRules, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]) -> int:
        """Giving more than there are is refused, and other than all or none where they come together."""
        if any(_points(mark) < 0 for mark in marks.values()):
            raise Refused(Code.BAD_MARK)
        spent = mine.spent + sum(_points(mark) - _points(mine.marks[item]) for item, mark in marks.items())
        if spent > mine.spent and spent > rules.total:
            raise Refused(Code.POINTS_SPENT)
        if rules.whole and spent not in (0, rules.total):
            raise Refused(Code.POINTS_LEFT)
        return spent

    def says(self, mark: Mark) -> bool:
        return _points(mark) > 0

    def cost(self, rules: PointsRules, mark: Mark, price: int | None) -> int:
        return _points(mark)

    def score(self, rules: PointsRules, mark: Mark) -> Fraction:
        return Fraction(_points(mark), rules.total)

    def tell(self, rules: PointsRules, mark: Mark) -> Mapping[str, int]:
        return {"points": _points(mark)}

    def figures(
        self, counts: Counts, *, rules: PointsRules, prices: Mapping[str, int], groups: Sequence[ShownGroup], n: int
    ) -> dict[str, Figure]:
        """The mean is of all who took part, those who gave it nothing among them."""
        found = super().figures(counts, rules=rules, prices=prices, groups=groups, n=n)
        return {
            item: figure._replace(
                means=[Mean(figure.all.mean * rules.total, [share.mean * rules.total for share in figure.groups])]
            )
            for item, figure in found.items()
        }

    def live(self, count: Count, *, rules: PointsRules, n: int) -> list[int]:
        """Return the points, and of how many people: a part of all points is of what they all had."""
        return [count.told.get("points", 0), n]

    def say(self, rules: PointsRules, mark: Mark) -> Phrase:
        return ngettext("%(n)s point", "%(n)s points", _points(mark))

    def act(self, *, rules: PointsRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Give some points to what is liked, or all at once; move some when there are none left."""
        chance = person.chance
        given = {item: points for item in items if (points := _points(person.marks.get(item, ())))}
        left = rules.total - sum(map(_points, person.marks.values()))
        liked = chance.choices(items, weights=[person.weigh(item) for item in items])[0] if items else None
        if liked is None:
            return []
        step = max(1, rules.total // STEPS)
        if rules.whole:
            return self._give_all(rules=rules, items=items, person=person) if left > 0 and not given else []
        if left > 0:
            return [{liked: given.get(liked, 0) + min(left, step * chance.randint(1, 5))}]
        others = [item for item in given if item != liked]
        if not others or chance.random() < 0.5:
            return []
        poorer = chance.choice(others)
        moved = min(step, given[poorer])
        return [{poorer: given[poorer] - moved, liked: given.get(liked, 0) + moved}]

    def _give_all(self, *, rules: PointsRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Divide all points over what is liked, in one command."""
        if len(person.marks) > len(items):
            return []
        weights = [person.weigh(item) for item in items]
        found = person.chance.choices(items, weights=weights, k=min(rules.total, STEPS))
        each, rest = divmod(rules.total, len(found))
        act: dict[str, int] = {}
        for place, item in enumerate(found):
            act[item] = act.get(item, 0) + each + (rest if place == 0 else 0)
        return [act]
