"""Turnout: who answered, of whom; the same pair of numbers on every screen.

m counts those who take part in the step: who is present, and who answered and went away since. So n is never above m.
Who was retired is in neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from ..models import Step
from .rules import takes_answers
from .state import State


class Turnout(NamedTuple):
    """Participants by table id: who answered in the step that is on, and who takes part in it."""

    answered: frozenset[int]
    part: frozenset[int]

    def per_sector(self, state: State) -> tuple[Counter[int], Counter[int]]:
        """Return how many answered and how many take part, per sector's table id."""
        return _count(state, self.answered), _count(state, self.part)


def count_turnout(state: State, step: Step | None, present: Collection[int]) -> Turnout:
    """Return who answered, of whom. `present`: who is connected. Nobody answers where a step takes no answers."""
    asks = step is not None and takes_answers(step)
    answered = frozenset(state.answered(step)) & state.taking_part if step is not None and asks else frozenset[int]()
    return Turnout(answered, answered | state.taking_part.intersection(present))


def _count(state: State, people: Collection[int]) -> Counter[int]:
    return Counter(state.people[pk].sector_id for pk in people)
