"""Undivided counts of the votes of a session: who took part, and per item how many people and dots. Nothing per O."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ...models.vote import Ballot, Vote


@dataclass(slots=True)
class Tally:
    """Of one item: people with at least one dot on it, and dots."""

    heads: int = 0
    dots: int = 0

    def add(self, *, was: int, value: int) -> None:
        """A person had `was` dots on the item and now has `value`."""
        self.heads += (value > 0) - (was > 0)
        self.dots += value - was


@dataclass(slots=True)
class Tallies:
    """`voters`: round id → who counts in it. `voted`: who ever cast a vote. `items`: round id → item id → count."""

    voters: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    voted: set[int] = field(default_factory=set)
    items: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(dict))


def count_undivided(session_id: int) -> Tallies:
    """Count every round of a session anew. Two queries."""
    told = Tallies()
    for round_, person, counted in Ballot.objects.filter(round__session=session_id).values_list(
        "round__public_id", "participant_id", "counted"
    ):
        told.voted.add(person)
        if counted:
            told.voters[round_].add(person)
    votes = Vote.objects.filter(round_item__round__session=session_id, value__gt=0)
    for round_, item, person, value in votes.values_list(
        "round_item__round__public_id", "round_item__item__public_id", "participant_id", "value"
    ):
        if person in told.voters[round_]:
            told.items[round_].setdefault(item, Tally()).add(was=0, value=value)
    return told
