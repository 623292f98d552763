"""A step in which people practise: everything that they give is thrown away when it closes.

Nothing of it stays: no row, and no line of the log that names one. Its lines keep their number, their giver and their
key, so that whoever follows the log misses none and a repeated command is still known; what they said is gone. Then one
line tells that the step is empty.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from ...models import Ballot, Contribution, Event, Step, Vote, purge
from ..log import VERSIONS, LogKind
from ..world import World
from .sector_marks import marked_sectors, note_sector_marks


def throw_away(*, world: World, step: Step) -> None:
    """Delete what was given in a step, and say so. The caller has closed it."""
    world.flush_votes()
    rounds = {found.public_id: found.pk for found in world.structure.rounds.values() if found.step_id == step.pk}
    places = {place.pk for (round_, _), place in world.structure.round_items.items() if round_ in rounds.values()}
    Vote.objects.filter(round_item__in=places).delete()
    Ballot.objects.filter(round__in=rounds.values()).delete()
    world.forget_given(places=places, rounds=set(rounds.values()))
    cards = dict(Contribution.objects.filter(step=step).values_list("public_id", "text"))
    if cards:
        before = marked_sectors(world)
        Contribution.objects.filter(step=step).delete()
        world.forget_cards(cards)
        transaction.on_commit(lambda: purge.owe(text for text in cards.values() if text))
        note_sector_marks(world=world, before=before)
    _drop_lines(world=world, cards=set(cards), rounds=set(rounds))
    world.note(LogKind.STEP_EMPTIED, step=step.public_id)


def _drop_lines(*, world: World, cards: set[str], rounds: set[str]) -> None:
    """Let the lines of these answers say nothing, those of this batch as well."""
    dropped, version = LogKind.ANSWER_DROPPED, VERSIONS[LogKind.ANSWER_DROPPED]
    told = Q(data__card__in=sorted(cards)) if cards else Q(pk__in=())
    given = Q(kind=LogKind.VOTE_CAST.value, data__round__in=sorted(rounds)) if rounds else Q(pk__in=())
    lines = Event.objects.filter(told | given, session=world.session)
    lines.update(kind=dropped.value, version=version, data={}, digest=None)
    for place, line in enumerate(world.lines):
        is_vote = line.kind is LogKind.VOTE_CAST and line.data["round"] in rounds
        if is_vote or line.data.get("card") in cards:
            world.lines[place] = line._replace(kind=dropped, version=version, data={}, digest=None)
