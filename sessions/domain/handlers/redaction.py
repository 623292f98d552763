"""Cards that are taken away for a reason, given back, and in the end destroyed."""

from __future__ import annotations

from django.db import transaction

from ...enums import Reason
from ...limits import UNDO
from ...models import Contribution, purge
from .. import redaction, rules
from ..actor import Actor
from ..commands import DestroyRedacted, RedactCard, RestoreCard
from ..log import LogKind
from ..world import World
from .redaction_of_items import destroy_items
from .stage import leave_card


def redact_card(*, world: World, actor: Actor, command: RedactCard) -> None:
    """Take a card off every screen and out of every file. Another reason begins the time to undo it anew."""
    card = world.card(command.card)
    reason = Reason(command.reason)
    if redaction.reason_of(card) is reason:
        return
    _check_restorable(world=world, card=card)
    card.hidden_at, card.reason = world.at, reason.value
    world.change(card, "hidden_at", "reason")
    world.note(LogKind.CARD_REDACTED, card=card.public_id, reason=reason.value)
    leave_card(world=world, card=card)


def restore_card(*, world: World, actor: Actor, command: RestoreCard) -> None:
    """Give a redacted card back, as long as its text exists."""
    card = world.card(command.card)
    if card.hidden_at is None:
        return
    _check_restorable(world=world, card=card)
    card.hidden_at = card.reason = None
    world.change(card, "hidden_at", "reason")
    world.note(LogKind.CARD_RESTORED, card=card.public_id)


def destroy_redacted(*, world: World, actor: Actor, command: DestroyRedacted) -> None:
    destroy_due(world=world)


def destroy_due(*, world: World) -> None:
    """Destroy the texts of redacted cards whose time is over, and what could be used to guess them."""
    waiting = Contribution.objects.filter(
        session=world.session, hidden_at__isnull=False, destroyed_at__isnull=True, withdrawn_at__isnull=True
    )
    texts: dict[str, str] = {}
    _redact_named(world=world)
    for found in waiting.order_by("public_id"):
        card = world.cards.setdefault(found.public_id, found)
        step = world.structure.by_pk[card.step_id]
        from_ = redaction.destroyed_from(card, step, archived_at=world.session.archived_at)
        if from_ is None or world.at < from_:
            continue
        texts[card.public_id] = card.text
        card.text, card.destroyed_at = "", world.at
        world.change(card, "text", "destroyed_at")
        world.note(LogKind.CARD_DESTROYED, card=card.public_id)
    if texts:
        world.forget_digests(texts)
        transaction.on_commit(lambda: purge.owe(texts.values()))
    destroy_items(world=world)


def _redact_named(*, world: World) -> None:
    """Redact cards for a name that was found in their words in another session. There it can no longer be undone, so
    here the time for it is over from the beginning.
    """
    for found in redaction.find_named().filter(session=world.session).order_by("public_id"):
        card = world.cards.setdefault(found.public_id, found)
        card.hidden_at, card.reason = world.at - UNDO, Reason.NAME.value
        world.change(card, "hidden_at", "reason")
        world.note(LogKind.CARD_REDACTED, card=card.public_id, reason=card.reason)
        leave_card(world=world, card=card)


def _check_restorable(*, world: World, card: Contribution) -> None:
    step = world.structure.by_pk[card.step_id]
    is_restorable = card.hidden_at is None or redaction.is_restorable(card, step, at=world.at)
    rules.check_restorable(is_restorable=is_restorable)
