"""Approval: everybody chooses all that they can live with, or so many at most.

A share is of who took part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from ..errors import Code
from .ballot import Act, Example, Rules, SimulatedVoter
from .chosen import ChosenBallot, is_chosen
from .words import gettext_noop, ngettext

APPROVES = 0.4
"""Of what a person has not chosen: how often a simulated one goes on choosing."""
TAKES_BACK = 0.1


class ApproveRules(Rules, frozen=True, tag="approve"):
    """`most`: how many a person can choose; null: as many as they like."""

    most: Annotated[int, msgspec.Meta(ge=1, le=50)] | None = None


class Approve(ChosenBallot[ApproveRules]):
    key = "approve"
    Rules = ApproveRules
    outcome = ngettext(
        "%(heads)s of %(n)s person chose it: place %(place)s of %(of)s.",
        "%(heads)s of %(n)s people chose it: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop("How many people chose it, of those of the group who voted.")
    examples = (
        Example(ApproveRules(), {"a": 1}, spent=1),
        Example(ApproveRules(), {"b": 1, "c": 1}, before=[{"a": 1}], spent=3),
        Example(ApproveRules(most=2), {"a": 0, "c": 1}, before=[{"a": 1, "b": 1}], spent=2),
        Example(ApproveRules(most=2), {"a": None}, before=[{"a": 1, "b": 1}], spent=1),
        Example(ApproveRules(most=2), {"c": 1}, before=[{"a": 1, "b": 1}], refused=Code.TOO_MANY, spent=2),
        Example(ApproveRules(), {"a": 2}, refused=Code.BAD_MARK),
    )

    def budget(self, rules: ApproveRules) -> int | None:
        return rules.most

    def act(self, *, rules: ApproveRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Choose one more of what is liked, or take one back."""
        chosen = [item for item in items if is_chosen(person.marks.get(item, ()))]
        open_ = [item for item in items if item not in chosen]
        # A hidden item may hold a choice: it is not among the items, and still counts.
        held = sum(map(is_chosen, person.marks.values()))
        chance = person.chance
        if chosen and chance.random() < TAKES_BACK:
            return [{chance.choice(chosen): 0}]
        if not open_ or (rules.most is not None and held >= rules.most) or (chosen and chance.random() > APPROVES):
            return []
        return [{chance.choices(open_, weights=[person.weigh(item) for item in open_])[0]: 1}]
