"""An item's own words that are taken away for a reason, given back, and in the end destroyed, with every copy of them.

A choice has its options in two places: as items, and in the settings of its step. What is redacted leaves both.
"""

from __future__ import annotations

from django.db import transaction

from ...enums import ItemSource, Reason
from ...models import Item, purge
from .. import redaction, rules
from ..actor import Actor
from ..commands import RedactItem, RestoreItem
from ..kept_agendas import forget_words
from ..kind import Offered, kind_of
from ..log import LogKind
from ..world import World


def redact_item(*, world: World, actor: Actor, command: RedactItem) -> None:
    """Take words off every screen and out of every file. Another reason begins the time to undo it anew."""
    item = _own(world, command.item)
    reason = Reason(command.reason)
    if item.hidden_at is not None and item.reason == reason:
        return
    _check_restorable(world=world, item=item)
    item.hidden_at, item.reason = world.at, reason.value
    _store(world=world, item=item, kind=LogKind.ITEM_REDACTED, reason=reason.value)


def restore_item(*, world: World, actor: Actor, command: RestoreItem) -> None:
    """Give words back, as long as they exist."""
    item = _own(world, command.item)
    if not redaction.is_withheld(item):
        return
    _check_restorable(world=world, item=item)
    item.hidden_at = item.reason = None
    _store(world=world, item=item, kind=LogKind.ITEM_RESTORED)


def destroy_items(*, world: World) -> None:
    """Destroy the redacted words whose time is over, and what was taken from words that are destroyed elsewhere."""
    due = redaction.find_due_items(at=world.at) | redaction.find_orphaned()
    names = sorted(due.filter(session=world.session).values_list("public_id", flat=True))
    if not names:
        return
    items = [world.structure.items[name] for name in names]
    texts = [text for item in items for text in (item.text_nl, item.text_en) if text]
    named: set[str] = set()
    for item in items:
        was_shown = item.hidden_at is None
        if was_shown or item.reason == Reason.NAME:
            named.update(filter(None, (item.text_nl, item.text_en)))
        item.text_nl = item.text_en = ""
        item.hidden_at, item.destroyed_at = item.hidden_at or world.at, world.at
        item.save(update_fields=["text_nl", "text_en", "hidden_at", "destroyed_at"])
        if was_shown:
            _fit_options(world=world, item=item)
    forget_words(programme=world.session.programme_id, texts=named)
    world.forget_words(names)
    world.restructure()
    world.note(LogKind.ITEM_DESTROYED, items=names)
    transaction.on_commit(lambda: purge.owe(texts))


def _own(world: World, name: str) -> Item:
    """Return an item with words of its own. Raises Refused."""
    item = world.structure.item(name)
    rules.check_own_words(is_card=item.source == ItemSource.CARD)
    return item


def _check_restorable(*, world: World, item: Item) -> None:
    due = redaction.find_due_items(at=world.at).filter(pk=item.pk)
    is_gone = not (item.text_nl or item.text_en) or (item.hidden_at is not None and due.exists())
    rules.check_restorable(is_restorable=not is_gone)


def _store(*, world: World, item: Item, kind: LogKind, **about: str) -> None:
    item.save(update_fields=["hidden_at", "reason"])
    _fit_options(world=world, item=item)
    world.restructure()
    world.note(kind, items=[item.public_id], **about)


def _fit_options(*, world: World, item: Item) -> None:
    """Let a step whose settings say what it puts to the vote say what is not redacted of it."""
    for round_ in world.structure.rounds_of(item.public_id):
        step = world.structure.by_pk[round_.step_id]
        if round_.number > 1 or kind_of(step).offers(step) is None:
            continue
        items = [world.structure.items[name] for name in world.structure.items_of(round_)]
        words = [Offered(found.text_nl, found.text_en) for found in items if not redaction.is_withheld(found)]
        settings = kind_of(step).offering(step, words)
        if settings == step.settings:
            continue
        step.settings = settings
        world.change(step, "settings")
        world.note(LogKind.STEP_EDITED, step=step.public_id, fields=["settings"])
