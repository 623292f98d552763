"""A budget: everybody has the same sum, every item has a price, and an item is bought or not.

A share is of who took part. What the sum pays for is told of all items together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Annotated, NoReturn

import msgspec

from ..errors import Code, Refused
from .ballot import Act, Example, Rules, SimulatedVoter, Statistic
from .chosen import CHOICES, ChosenBallot, is_chosen
from .counts import Count, Counts, Figure, ShownGroup
from .mark import Mark
from .words import Label, gettext_noop, ngettext

BOUGHT = Statistic(
    "chosen",
    "1 als de som hiervoor reikt, van de hoogste plaats af",
    "1 when the sum pays for it, from the highest place on",
)
SWAPS = 0.3
"""How often a simulated person for whom nothing more fits takes something back."""


class BudgetRules(Rules, frozen=True, tag="budget"):
    """`total`: what a person can spend, in whole euros."""

    total: Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000_000)] = 1_000_000


class Budget(ChosenBallot[BudgetRules]):
    key = "budget"
    Rules = BudgetRules
    told = (CHOICES, BOUGHT)
    chosen_words = Label("gekocht", "bought")
    outcome = ngettext(
        "%(heads)s of %(n)s person paid for it: place %(place)s of %(of)s.",
        "%(heads)s of %(n)s people paid for it: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop("How many people paid for it, of those of the group who voted.")
    examples = (
        Example(BudgetRules(total=50), {"a": 1}, prices={"a": 30, "b": 50}, spent=30),
        Example(BudgetRules(total=50), {"a": 0, "b": 1}, before=[{"a": 1}], prices={"a": 30, "b": 50}, spent=50),
        Example(
            BudgetRules(total=50),
            {"b": 1},
            before=[{"a": 1}],
            prices={"a": 30, "b": 50},
            refused=Code.TOO_DEAR,
            spent=30,
        ),
        Example(BudgetRules(total=50), {"a": 1, "b": 1}, prices={"a": 30, "b": 21}, refused=Code.TOO_DEAR),
        Example(BudgetRules(total=50), {"a": 2}, prices={"a": 1}, refused=Code.BAD_MARK),
    )

    def budget(self, rules: BudgetRules) -> int | None:
        return rules.total

    def refuse(self, most: int) -> NoReturn:
        raise Refused(Code.TOO_DEAR)

    def cost(self, rules: BudgetRules, mark: Mark, price: int | None) -> int:
        return (price or 0) if is_chosen(mark) else 0

    def figures(
        self, counts: Counts, *, rules: BudgetRules, prices: Mapping[str, int], groups: Sequence[ShownGroup], n: int
    ) -> dict[str, Figure]:
        """The joint figure: what the sum still pays for, from the highest place on."""
        found = super().figures(counts, rules=rules, prices=prices, groups=groups, n=n)
        support = {item: _support(figure, groups) for item, figure in found.items()}
        bought = buy(total=rules.total, support=support, prices=prices)
        return {
            item: figure._replace(told={**figure.told, BOUGHT.key: int(item in bought)})
            for item, figure in found.items()
        }

    def live(self, count: Count, *, rules: BudgetRules, n: int) -> list[int]:
        return [count.heads.get("", 0)]

    def votes(self, told: Mapping[str, int]) -> int:
        return told.get(CHOICES.key, 0)

    def act(self, *, rules: BudgetRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Buy one more of what is liked and fits; else sometimes take something back."""
        chance = person.chance
        bought = [item for item in items if is_chosen(person.marks.get(item, ()))]
        left = rules.total - sum(person.prices.get(item, 0) for item, mark in person.marks.items() if is_chosen(mark))
        fits = [item for item in items if item not in bought and person.prices.get(item, 0) <= left]
        if fits:
            return [{chance.choices(fits, weights=[person.weigh(item) for item in fits])[0]: 1}]
        return [{chance.choice(bought): 0}] if bought and chance.random() < SWAPS else []


def _support(figure: Figure, groups: Sequence[ShownGroup]) -> Fraction:
    """Return what gives an item its place: each O the same weight where groups are shown, else everyone."""
    if not groups:
        return figure.all.mean
    weights = [len(group.sectors) for group in groups]
    means = (share.mean * weight for share, weight in zip(figure.groups, weights, strict=True))
    return sum(means, Fraction(0)) / sum(weights)


def buy(*, total: int, support: Mapping[str, Fraction], prices: Mapping[str, int]) -> set[str]:
    """Return what the sum pays for: the most supported first, and on from there whatever still fits.

    Of equally supported ones the cheaper first. Those that are equal in both are bought all or none: nothing else
    would choose between them. What nobody supports is not bought.
    """
    left, bought = total, set[str]()

    def rank(item: str) -> tuple[Fraction, int]:
        return -support[item], prices.get(item, 0)

    for (_, price), found in groupby(sorted((item for item in support if support[item] > 0), key=rank), key=rank):
        equals = list(found)
        if price * len(equals) <= left:
            left -= price * len(equals)
            bought.update(equals)
    return bought
