"""Rounds: another one of a vote that was revealed."""

from __future__ import annotations

from ...models import Round, RoundItem
from .. import rules
from ..actor import Actor
from ..commands import AddRound, RemoveRound
from ..log import LogKind
from ..voting import prepare_again
from ..world import World
from .voting import drop_round

_SEAL = ("sealed_at", "sealed_confirmed", "sealed_of", "sealed_whole")


def add_round(*, world: World, actor: Actor, command: AddRound) -> str:
    """Prepare another round; opening its step opens it. Returns its id.

    The earlier round keeps its publication, and how it was closed for good: the step can be opened once more.
    """
    step = world.structure.step(command.step)
    earlier = world.structure.round_of(step)
    rules.check_another_round(round_=earlier, step=step)
    assert earlier is not None
    # A card that was taken away is not put to the vote again.
    placed = world.structure.items_of(earlier)
    hidden = world.hidden_items(placed)
    offered = [item for item in placed if item not in hidden]
    chosen = offered if command.items is None else list(dict.fromkeys(command.items))
    rules.check_offered(chosen=chosen, offered=offered)
    for field in _SEAL:
        setattr(earlier, field, getattr(step, field))
        setattr(step, field, None)
    world.change(earlier, *_SEAL)
    world.change(step, *_SEAL)
    round_ = Round.objects.create(
        session=world.session,
        step=step,
        number=earlier.number + 1,
        ballot=earlier.ballot,
        rules=prepare_again(round_=earlier, step=step),
    )
    world.structure.rounds[round_.public_id] = round_
    world.place_items(
        RoundItem(round=round_, item=world.structure.items[item], price=placed[item].price) for item in chosen
    )
    world.session.undo = None
    world.change_session()
    world.note(LogKind.ROUND_ADDED, step=step.public_id, round=round_.public_id, items=chosen, made=round_.public_id)
    return round_.public_id


def remove_round(*, world: World, actor: Actor, command: RemoveRound) -> None:
    """Drop a prepared round in which nobody can have voted; the one before it is the newest again."""
    round_ = world.structure.round(command.round)
    step = world.structure.by_pk[round_.step_id]
    rules.check_may_drop(round_=round_, has_begun=world.has_begun(round_))
    drop_round(world=world, round_=round_)
    earlier = world.structure.round_of(step)
    assert earlier is not None
    for field in _SEAL:
        setattr(step, field, getattr(earlier, field))
        setattr(earlier, field, None)
    world.change(earlier, *_SEAL)
    world.change(step, *_SEAL)
    world.session.undo = None
    world.change_session()
    world.note(LogKind.ROUND_REMOVED, step=step.public_id, round=command.round)
