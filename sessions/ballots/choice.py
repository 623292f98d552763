"""A choice: one of the options, or several up to a most.

A share is of who answered, and that is who took part: an answer can be changed, and to choose nothing any more is the
answer "none of these".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from ..errors import Code
from .ballot import Act, Example, Rules, SimulatedVoter
from .chosen import ChosenBallot, is_chosen
from .words import gettext_noop, ngettext

THINKS_AGAIN = 0.4
"""How often a simulated person who has chosen chooses something else."""


class ChoiceRules(Rules, frozen=True, tag="choice"):
    """`most`: how many a person can choose."""

    most: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1


class Choice(ChosenBallot[ChoiceRules]):
    key = "choice"
    Rules = ChoiceRules
    outcome = ngettext(
        "%(heads)s of %(n)s person chose it: place %(place)s of %(of)s.",
        "%(heads)s of %(n)s people chose it: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop("How many people chose it, of those of the group who answered.")
    examples = (
        Example(ChoiceRules(), {"a": 1}, spent=1),
        Example(ChoiceRules(), {"a": 0, "b": 1}, before=[{"a": 1}], spent=1),
        Example(ChoiceRules(), {"a": 0}, before=[{"a": 1}]),
        Example(ChoiceRules(most=2), {"a": None, "c": 1}, before=[{"a": 1}, {"b": 1}], spent=2),
        Example(ChoiceRules(), {"b": 1}, before=[{"a": 1}], refused=Code.TOO_MANY, spent=1),
        Example(ChoiceRules(most=2), {"a": 1, "b": 1, "c": 1}, refused=Code.TOO_MANY),
        Example(ChoiceRules(), {"a": 2}, refused=Code.BAD_MARK),
    )

    def budget(self, rules: ChoiceRules) -> int | None:
        return rules.most

    def act(self, *, rules: ChoiceRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Choose what is liked; later sometimes something else instead."""
        chosen = [item for item in items if is_chosen(person.marks.get(item, ()))]
        open_ = [item for item in items if item not in chosen]
        chance = person.chance
        if not open_ or (chosen and chance.random() >= THINKS_AGAIN):
            return []
        act = {chance.choices(open_, weights=[person.weigh(item) for item in open_])[0]: 1}
        # A card that was hidden may hold one of the choices: it is not among the items, and still counts.
        held = sum(is_chosen(mark) for mark in person.marks.values())
        if held < rules.most:
            return [act]
        return [{chance.choice(chosen): 0} | act] if chosen else []
