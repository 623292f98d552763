"""What is voted on besides ticked cards: items with words of their own, and items carried from an earlier round."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ...enums import Whose
from ...limits import DOCUMENT_LENGTH, ITEM_LENGTH, ITEMS_AT_ONCE, MOST_ITEMS, MOST_PRICE
from ..command import Command, Id

Words = Annotated[str, msgspec.Meta(max_length=ITEM_LENGTH)]
Document = Annotated[str, msgspec.Meta(max_length=DOCUMENT_LENGTH)]
Price = Annotated[int, msgspec.Meta(ge=0, le=MOST_PRICE)]
ITEMS_PER_COMMAND = 5.0
"""Items that cost as much as one command of a phone: their rows are written one by one, and told to consoles only."""


class NewItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of an `item.add`: its words in one language or in both, and what it costs in whole euros."""

    text_nl: Words = ""
    text_en: Words = ""
    price: Price | None = None


class AddItems(Command, frozen=True):
    """Put items with words of their own behind what a prepared round holds, in this order; all of them or none. Answers
    with the `id` of the first.

    `document`: its name, where they are a document's words. `source`: statements, or options to choose from.
    """

    do = "item.add"
    round: Id
    items: Annotated[list[NewItem], msgspec.Meta(min_length=1, max_length=ITEMS_AT_ONCE)]
    whose: Whose = Whose.TEAM
    document: Document = ""
    source: Literal["statement", "option"] = "statement"

    def weight(self) -> float:
        return 1.0 + len(self.items) / ITEMS_PER_COMMAND


class CarryItems(Command, frozen=True):
    """Put items of another round into a prepared one: these of them, or all. Redacted ones do not come along, and what
    is there already stays as it is. `of`: a round of this session, where they stay the same items; or one of another
    session of the programme whose result was shown, of which they become items with the same words.
    """

    do = "item.carry"
    round: Id
    of: Id
    items: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_ITEMS)] | None = None

    def weight(self) -> float:
        return 1.0 + (MOST_ITEMS if self.items is None else len(self.items)) / ITEMS_PER_COMMAND / 5


class EditItem(Command, frozen=True):
    """Only the fields that are given change. `price`: in this round, null: none. The rest is of the item itself,
    wherever it lies: of a card only the price changes, and words that people have seen in a vote stay.
    """

    do = "item.edit"
    round: Id
    item: Id
    text_nl: Words | msgspec.UnsetType = msgspec.UNSET
    text_en: Words | msgspec.UnsetType = msgspec.UNSET
    price: Price | msgspec.UnsetType | None = msgspec.UNSET
    whose: Whose | msgspec.UnsetType = msgspec.UNSET
    document: Document | msgspec.UnsetType = msgspec.UNSET


class MoveItem(Command, frozen=True):
    """Put an item of a prepared round behind `after`, or at the start."""

    do = "item.move"
    round: Id
    item: Id
    after: Id | None = None


class RedactItem(Command, frozen=True):
    """Take an item's own words away at once, everywhere, for a reason that everybody may read. It keeps its place and
    its votes. Of a card it is `card.redact`.
    """

    do = "item.redact"
    item: Id
    reason: Literal["name", "off_topic", "rude", "double"]


class RestoreItem(Command, frozen=True):
    """Give its words back, as long as they exist."""

    do = "item.restore"
    item: Id


class RemoveItems(Command, frozen=True):
    """Take items out of a prepared round. One with words of its own that lies in no round any more is deleted."""

    do = "item.remove"
    round: Id
    items: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_ITEMS)]
