"""Undivided counts of the votes of a session: who took part, and what each item has. Nothing per O."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ...ballots.counts import Count
from ...ballots.mark import NO_MARK, Mark, put_value
from ...models.vote import Ballot, Vote
from ..voting import Voting

UNDIVIDED = ""
"""In place of a sector in a count."""


@dataclass(slots=True)
class Tallies:
    """`voters`: round id → who counts in it. `voted`: round id → who ever cast a vote in it. `items`: round id →
    item id → count.
    """

    voters: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    voted: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    items: dict[str, dict[str, Count]] = field(default_factory=dict)


def count_undivided(session_id: int, *, voting: Mapping[str, Voting], items: Mapping[str, Collection[str]]) -> Tallies:
    """Count every round of a session anew: `voting` and `items` by round id. Two queries."""
    told = Tallies(items={name: {item: Count() for item in items[name]} for name in voting})
    for round_, person, counted in Ballot.objects.filter(round__session=session_id).values_list(
        "round__public_id", "participant_id", "counted"
    ):
        told.voted[round_].add(person)
        if counted:
            told.voters[round_].add(person)
    votes = Vote.objects.filter(round_item__round__session=session_id, value__isnull=False)
    whole: dict[tuple[str, str, int], Mark] = {}
    for round_, item, person, criterion, value in votes.values_list(
        "round_item__round__public_id", "round_item__item__public_id", "participant_id", "criterion", "value"
    ):
        if person not in told.voters[round_]:
            continue
        if voting[round_].criteria == 1:
            add_vote(voting[round_], told.items[round_], item=item, before=NO_MARK, after=(value,))
        else:
            place = round_, item, person
            whole[place] = put_value(whole.get(place, voting[round_].nothing), criterion, value)
    for (round_, item, _), mark in whole.items():
        add_vote(voting[round_], told.items[round_], item=item, before=NO_MARK, after=mark)
    return told


def add_vote(voting: Voting, counts: Mapping[str, Count], *, item: str, before: Mark, after: Mark) -> None:
    """A person had one mark on an item and now has another."""
    voting.kind.add(counts, rules=voting.rules, item=item, sector=UNDIVIDED, before=before, after=after)
