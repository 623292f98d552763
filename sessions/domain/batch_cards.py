"""Cards and items as a batch changes them: stored at once, for later commands of the batch may name them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ..enums import ItemSource
from ..models import Contribution, Event, Item, Round, RoundItem, Session, purge
from .batch_rows import BatchRows
from .log import LogKind, LogLine
from .structure import Structure


class BatchCards(BatchRows):
    """See the module."""

    def __init__(self, session: Session, structure: Structure) -> None:
        super().__init__(session, structure)
        self.lines: list[LogLine] = []
        self._session_changed = False

    def restructure(self) -> None:
        """Say that agenda, rounds or items are no longer what writers remember."""
        self.session.structure += 1
        self.structure.version = self.session.structure
        self._session_changed = True

    def forget_digests(self, cards: Iterable[str]) -> None:
        """A digest on a line is made of what the card said: short as it is, it tells a guessed name from others.

        Where the text is erased it goes too. A repeat of that command is then answered by its key alone.
        """
        names = set(cards)
        kinds = (LogKind.CARD_WRITTEN, LogKind.CARD_EDITED)
        stored = self._lines(kinds).filter(data__card__in=sorted(names))
        self._drop_digests(stored, kinds, lambda data: data["card"] in names)

    def forget_words(self, items: Collection[str]) -> None:
        """The same of items' own words, and of a step whose settings held them."""
        names = set(items)
        kinds = (LogKind.ITEM_ADDED, LogKind.ITEM_EDITED)
        told = [line.pk for line in self._lines(kinds) if not names.isdisjoint(line.data["items"])]
        stored = self._lines(kinds).filter(pk__in=told)
        self._drop_digests(stored, kinds, lambda data: not names.isdisjoint(data["items"]))
        rounds = [found for name in items for found in self.structure.rounds_of(name)]
        steps = {self.structure.by_pk[found.step_id].public_id for found in rounds}
        kinds = (LogKind.STEP_ADDED, LogKind.STEP_EDITED)
        stored = self._lines(kinds).filter(data__step__in=sorted(steps))
        self._drop_digests(stored, kinds, lambda data: data["step"] in steps)

    def _lines(self, kinds: Iterable[LogKind]) -> QuerySet[Event]:
        return Event.objects.filter(session=self.session, kind__in=[kind.value for kind in kinds], digest__isnull=False)

    def _drop_digests(
        self, stored: QuerySet[Event], kinds: Collection[LogKind], names: Callable[[dict[str, Any]], bool]
    ) -> None:
        """From these lines, and from those of this batch of these kinds that name the same."""
        told = set(stored.values_list("seq", flat=True))
        stored.update(digest=None)
        for place, line in enumerate(self.lines):
            if line.kind in kinds and names(line.data):
                told.add(line.seq)
                self.lines[place] = line._replace(digest=None)
        for asked, (_, outcome) in self.answered.items():
            if outcome.seq in told:
                self.answered[asked] = (None, outcome)

    def add_card(self, card: Contribution) -> None:
        """Store a new card at once: a batch holds few of them, and later commands of the batch may name it."""
        card.save(force_insert=True)
        if self._written is not None:
            self._written.add(card.sector_id)
        self.cards[card.public_id] = card

    def forget_cards(self, names: Iterable[str]) -> None:
        """Cards were deleted; later commands of the batch find them no more."""
        for name in names:
            self.cards.pop(name, None)
        self._written = None

    def add_item(self, *, card: Contribution, round_: Round) -> str:
        """Place a card in a round; return the item's public id."""
        name = next((n for n, item in self.structure.items.items() if item.contribution_id == card.pk), None)
        item = Item.objects.create(session=self.session, contribution=card) if name is None else None
        place = RoundItem(round=round_, item=item or self.structure.items[name or ""])
        self.place_items([place])
        return place.item.public_id

    def place_items(self, places: Iterable[RoundItem]) -> None:
        """Let stored items lie in rounds."""
        for place in RoundItem.objects.bulk_create(places):
            self.structure.items[place.item.public_id] = place.item
            self.structure.put_place(place.item.public_id, place)
        self.restructure()

    def remove_item(self, *, round_: Round, item: str) -> None:
        """Take an item out of a round. Words that lie in no round any more are deleted; a card stays one."""
        self.structure.drop_place(round_=round_, item=item).delete()
        if self.structure.items[item].source != ItemSource.CARD and not self.structure.rounds_of(item):
            gone = self.structure.items.pop(item)
            gone.delete()
            transaction.on_commit(lambda: purge.owe(text for text in (gone.text_nl, gone.text_en) if text))
        self.restructure()
