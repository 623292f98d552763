"""A step in which people practise: everything that they give is thrown away when it closes.

Nothing of it stays: no row, and no line of the log that names one. Its lines keep their number, their giver and their
key, so that whoever follows the log misses none and a repeated command is still known; what they said is gone. Then one
line tells that the step is empty.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ...models import Ballot, Contribution, Event, Step, Vote, purge
from ..log import VERSIONS, LogKind
from ..practised import Practised
from ..world import World
from . import stage
from .sector_marks import marked_sectors, note_sector_marks

AT_ONCE = 500


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
        stage.forget_cards(world=world, names=cards)
    _drop_lines(world=world, practised=Practised(cards=frozenset(cards), rounds=frozenset(rounds)))
    world.note(LogKind.STEP_EMPTIED, step=step.public_id)


def _drop_lines(*, world: World, practised: Practised) -> None:
    """Let the lines of these answers say nothing, those of this batch as well."""
    dropped, version = LogKind.ANSWER_DROPPED, VERSIONS[LogKind.ANSWER_DROPPED]
    lines = Event.objects.filter(session=world.session)
    of_cards = lines.filter(data__has_key="card").values_list("pk", "data__card") if practised.cards else ()
    # By their keys: a room may have written more cards than a query takes values.
    told = [pk for pk, card in of_cards if card in practised.cards]
    silent: dict[str, Any] = {"kind": dropped.value, "version": version, "data": {}, "digest": None}
    for start in range(0, len(told), AT_ONCE):
        lines.filter(pk__in=told[start : start + AT_ONCE]).update(**silent)
    rounds = sorted(practised.rounds)
    lines.filter(kind=LogKind.VOTE_CAST.value, data__round__in=rounds).update(**silent)
    named = lines.filter(kind__in=[LogKind.ITEM_UNTICKED.value, LogKind.STAGE_SHOWN.value])
    for pk, was, said in named.values_list("pk", "kind", "data"):
        _, data = practised.leave(was, said)
        if data != said:
            lines.filter(pk=pk).update(data=data)
    for place, noted in enumerate(world.lines):
        kind, data = practised.leave(noted.kind, noted.data)
        if kind == dropped:
            world.lines[place] = noted._replace(kind=dropped, version=version, data=data, digest=None)
        elif data != noted.data:
            world.lines[place] = noted._replace(data=data)
