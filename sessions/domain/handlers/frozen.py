"""Rounds in which a person's ballot still follows the person."""

from __future__ import annotations

from ...models import Ballot, Participant
from ..publication import is_frozen
from ..world import World


def unfrozen_rounds(*, world: World, person: Participant) -> set[int]:
    """Return the rounds, by table id, in which somebody gave a ballot and of which no figure was shown yet."""
    world.flush_votes()
    gave = set(Ballot.objects.filter(participant=person).values_list("round_id", flat=True))
    return {found.pk for found in world.structure.rounds.values() if found.pk in gave and not is_frozen(found)}
