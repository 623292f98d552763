"""Which cards are voted on: a card goes to the vote, or out of it; a card added while people vote is taken back.

Nothing here tells whether anybody voted on a card: while people vote that is hidden, and a refusal, an answer, an event
to consoles or the time it takes would be a way to ask.
"""

from __future__ import annotations

from typing import Any

from ...errors import Code
from ...limits import MOST_ITEMS
from ...models import Round
from .. import rules
from ..actor import Actor
from ..commands import TickCard
from ..kind import kind_of
from ..log import LogKind
from ..lookup import require
from ..moment import to_ms
from ..world import World


def tick_card(*, world: World, actor: Actor, command: TickCard) -> None:
    """Put a card to the vote, or take it out while voting has not begun. Not once the round was closed.

    Whether voting has begun is asked of the round, never of the card.
    """
    round_ = world.structure.round(command.round)
    card = world.card(command.card)
    rules.check_items_are_chosen(world.structure.by_pk[round_.step_id])
    rules.check_takes_ticks(round_)
    placed = [item for found, item in world.structure.places_of_card(card.pk) if found.pk == round_.pk]
    if command.on and not placed:
        step = world.structure.by_pk[card.step_id]
        rules.check_showable(card=card, is_there=not kind_of(step).is_practice(step))
        voting = world.voting(round_)
        may_grow = voting.kind.may_grow(voting.rules)
        rules.check_may_grow(may_grow=may_grow, has_begun=lambda: world.has_begun(round_))
        rules.check_item_limit(items=len(world.structure.items_of(round_)) + 1, most=MOST_ITEMS)
        item = world.add_item(card=card, round_=round_)
        is_open = round_.opened_at is not None
        if is_open:
            _remember(world=world, round_=round_, item=item)
        world.note(LogKind.ITEM_TICKED, round=round_.public_id, item=item, card=card.public_id, undo=is_open)
    elif not command.on and placed:
        rules.check_may_leave(has_begun=world.has_begun(round_))
        world.remove_item(round_=round_, item=placed[0])
        world.note(LogKind.ITEM_UNTICKED, round=round_.public_id, item=placed[0], card=card.public_id)


def undo_tick(*, world: World, undo: dict[str, Any]) -> None:
    """Take a card out of an open vote again. What was given to it meanwhile goes back to its people.

    Whoever voted took part all the same: their ballot stays.
    """
    world.session.undo = None
    world.change_session()
    round_ = require(world.structure.rounds.get(undo["round"]), Code.UNDO_TOO_LATE)
    place = require(world.structure.round_items.get((round_.pk, undo["item"])), Code.UNDO_TOO_LATE)
    item = world.structure.items[undo["item"]]
    assert item.contribution is not None, "only a card is ticked"
    card = item.contribution.public_id
    back = world.return_votes(round_=round_, place=place)
    world.remove_item(round_=round_, item=undo["item"])
    world.note(LogKind.ITEM_UNTICKED, round=round_.public_id, item=undo["item"], card=card, undo=True, back=back)


def _remember(*, world: World, round_: Round, item: str) -> None:
    """Let this be what is undone next. A step change that could be undone until now no longer can."""
    world.session.undo = {
        "do": TickCard.do,
        "step": world.structure.by_pk[round_.step_id].public_id,
        "at": to_ms(world.at),
        "round": round_.public_id,
        "item": item,
        "now": None,
        "steps": {},
        "rounds": {},
    }
    world.change_session()
