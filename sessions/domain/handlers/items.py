"""What a prepared round holds: items typed or carried into it, changed, put in order, taken out.

All of it is asked of the round: while people vote, or once they did, it holds what they saw.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from django.db import transaction

from ...enums import ItemSource, Whose
from ...limits import MOST_ITEMS
from ...models import Item, Round, RoundItem, purge
from .. import redaction, rules
from ..actor import Actor
from ..carrying import find_published, read_offered
from ..commands import AddItems, CarryItems, EditItem, MoveItem, RemoveItems
from ..log import LogKind
from ..sanitiser import clean_line
from ..world import World

LAST_RANK = 2**31 - 1


class Put(NamedTuple):
    """An item that goes into a round."""

    item: Item
    price: int | None


def add_items(*, world: World, actor: Actor, command: AddItems) -> str:
    """Returns the id of the first."""
    round_ = _prepared(world, command.round)
    document = _name_document(command.whose, command.document)
    made = []
    for given in command.items:
        nl, en = _clean_words(given.text_nl, given.text_en)
        item = Item(
            session=world.session,
            source=ItemSource(command.source),
            text_nl=nl,
            text_en=en,
            whose=command.whose,
            document=document,
        )
        made.append(Put(item, given.price))
    _check_differ(world, round_, [(put.item.text_nl, put.item.text_en) for put in made])
    moved = put_items(world=world, round_=round_, puts=made)
    names = [put.item.public_id for put in made]
    world.note(LogKind.ITEM_ADDED, round=round_.public_id, items=[*moved, *names], made=names[0])
    return names[0]


def carry_items(*, world: World, actor: Actor, command: CarryItems) -> None:
    """From a round of this session the items themselves, from one of another session the words shown there."""
    round_ = _prepared(world, command.round)
    of = world.structure.rounds.get(command.of)
    puts = _of_here(world, of) if of is not None else _of_elsewhere(world, command.of)
    chosen = list(puts) if command.items is None else list(dict.fromkeys(command.items))
    rules.check_offered(chosen=chosen, offered=puts)
    placed = world.structure.items_of(round_)
    new = [puts[name] for name in chosen if puts[name].item.public_id not in placed]
    if not new:
        return
    moved = put_items(world=world, round_=round_, puts=new)
    names = [put.item.public_id for put in new]
    world.note(LogKind.ITEM_CARRIED, round=round_.public_id, of=command.of, items=[*moved, *names])


def edit_item(*, world: World, actor: Actor, command: EditItem) -> None:
    round_ = world.structure.round(command.round)
    place = world.structure.round_item(round_, command.item)
    rules.check_items_are_chosen(world.structure.by_pk[round_.step_id])
    item = world.structure.items[command.item]
    changes = _changed_words(item, command)
    is_priced = command.price is not msgspec.UNSET and command.price != place.price
    if is_priced:
        rules.check_is_prepared(has_begun=world.has_begun(round_))
    if changes:
        # Carried words of a participant are as much theirs as a card is.
        is_theirs = item.origin != "" and item.whose == Whose.PARTICIPANT
        rules.check_own_words(is_card=item.source == ItemSource.CARD or is_theirs)
        rules.check_not_seen(has_begun=any(world.has_begun(found) for found in world.structure.rounds_of(command.item)))
        rules.check_document_named(whose=Whose(changes["whose"]), document=changes["document"])
        _check_differ(world, round_, [(changes["text_nl"], changes["text_en"])], but=item)
    if not changes and not is_priced:
        return
    if is_priced:
        assert command.price is not msgspec.UNSET
        world.structure.put_price(round_=round_, item=command.item, price=command.price)
        place.save(update_fields=["price"])
    if changes:
        rules.check_not_redacted(item)
        before = [text for text in (item.text_nl, item.text_en) if text]
        for name, value in changes.items():
            setattr(item, name, value)
        item.save(update_fields=list(changes))
        transaction.on_commit(lambda: purge.owe(before))
    world.restructure()
    world.note(LogKind.ITEM_EDITED, round=command.round, items=[command.item], words=bool(changes))


def move_item(*, world: World, actor: Actor, command: MoveItem) -> None:
    round_ = _prepared(world, command.round)
    place = world.structure.round_item(round_, command.item)
    rules.check_after_another(item=command.item, after=command.after)
    places = world.structure.items_of(round_)
    behind = None if command.after is None else world.structure.round_item(round_, command.after)
    order = [found for found in places.values() if found is not place]
    order.insert(0 if behind is None else order.index(behind) + 1, place)
    ranks = sorted({found.rank for found in order})
    # By chance two may have the same: then every item gets a place of its own.
    moved = _rank(world, round_, order, ranks if len(ranks) == len(order) else list(range(1, len(order) + 1)))
    if moved:
        world.restructure()
        world.note(LogKind.ITEM_MOVED, round=command.round, items=moved)


def remove_items(*, world: World, actor: Actor, command: RemoveItems) -> None:
    """What somebody else took out before is out."""
    round_ = _prepared(world, command.round)
    placed = world.structure.items_of(round_)
    names = [name for name in dict.fromkeys(command.items) if name in placed]
    for name in names:
        world.remove_item(round_=round_, item=name)
    if names:
        world.note(LogKind.ITEM_REMOVED, round=command.round, items=names)


def _prepared(world: World, name: str) -> Round:
    """Return a round that nobody but a facilitator has seen, and of which a facilitator chooses what it holds."""
    round_ = world.structure.round(name)
    rules.check_items_are_chosen(world.structure.by_pk[round_.step_id])
    rules.check_is_prepared(has_begun=world.has_begun(round_))
    return round_


def _check_differ(world: World, round_: Round, new: list[tuple[str, str]], *, but: Item | None = None) -> None:
    """What a facilitator typed can be told apart by its words. Cards are people's own: two may say the same."""
    there = [world.structure.items[name] for name in world.structure.items_of(round_)]
    typed = [item for item in there if item.source != ItemSource.CARD and item.origin == "" and item is not but]
    shown = [item for item in typed if not redaction.is_withheld(item)]
    rules.check_words_differ([*((item.text_nl, item.text_en) for item in shown), *new])


def _clean_words(nl: str, en: str) -> tuple[str, str]:
    """Return the words of an item as they are stored; one language is enough."""
    cleaned = clean_line(nl), clean_line(en)
    rules.check_has_words(*cleaned)
    return cleaned


def _name_document(whose: Whose, name: str) -> str:
    """Return the name of the document whose words they are, none where they are nobody's document's."""
    document = clean_line(name) if whose is Whose.DOCUMENT else ""
    rules.check_document_named(whose=whose, document=document)
    return document


def _changed_words(item: Item, command: EditItem) -> dict[str, str]:
    """Return the item's words, and whose they are, when any of that would change."""
    before = {name: getattr(item, name) for name in ("text_nl", "text_en", "whose", "document")}
    given = {name: value for name in before if (value := getattr(command, name)) is not msgspec.UNSET}
    if not given:
        return {}
    after = before | given
    if "text_nl" in given or "text_en" in given:
        after["text_nl"], after["text_en"] = _clean_words(after["text_nl"], after["text_en"])
    after["document"] = clean_line(after["document"]) if after["whose"] == Whose.DOCUMENT else ""
    return after if after != before else {}


def _of_here(world: World, of: Round) -> dict[str, Put]:
    places = world.structure.items_of(of)
    hidden = world.hidden_items(places)
    return {name: Put(world.structure.items[name], place.price) for name, place in places.items() if name not in hidden}


def _of_elsewhere(world: World, name: str) -> dict[str, Put]:
    """What was carried from there before is the same item here."""
    of = rules.require_published(find_published(session=world.session, name=name))
    known = {item.origin: item for item in world.structure.items.values() if item.origin}
    puts = {}
    for offered in read_offered(of):
        made = Item(
            session=world.session,
            source=offered.source,
            text_nl=offered.text_nl,
            text_en=offered.text_en,
            whose=offered.whose,
            document=offered.document,
            origin=offered.origin,
        )
        puts[offered.item] = Put(known.get(offered.origin, made), offered.price)
    return puts


def put_items(*, world: World, round_: Round, puts: list[Put]) -> list[str]:
    """Put items behind what a round holds. Returns those that had to be ranked anew to make room."""
    placed = world.structure.items_of(round_)
    rules.check_item_limit(items=len(placed) + len(puts), most=MOST_ITEMS)
    highest = max((place.rank for place in placed.values()), default=0)
    moved: list[str] = []
    if highest + len(puts) > LAST_RANK:
        highest = len(placed)
        moved = _rank(world, round_, list(placed.values()), list(range(1, highest + 1)))
    Item.objects.bulk_create([put.item for put in puts if put.item.pk is None])
    world.place_items(
        RoundItem(round=round_, item=put.item, price=put.price, rank=rank)
        for rank, put in enumerate(puts, start=highest + 1)
    )
    return moved


def _rank(world: World, round_: Round, order: list[RoundItem], ranks: list[int]) -> list[str]:
    """Give places their ranks. Returns the items of those that moved."""
    moved = [(place, rank) for place, rank in zip(order, ranks, strict=True) if place.rank != rank]
    for place, rank in moved:
        place.rank = rank
    RoundItem.objects.bulk_update([place for place, _ in moved], ["rank"])
    names = {place.pk: name for name, place in world.structure.items_of(round_).items()}
    return [names[place.pk] for place, _ in moved]
