"""A vote that is being prepared, and what its facilitator puts into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sessions.domain.commands import AddItems, CarryItems, CastVote, Command, NewItem, OpenStep, RevealStep, TickCard
from sessions.enums import Whose
from sessions.kinds import Keys as StepKind
from sessions.models import Item, Round, RoundItem, Step

from ..factory import SessionHarness, make_room


class Preparation:
    """A room of six with two cards, both ticked for a vote that was not opened."""

    def __init__(self, room: SessionHarness | None = None) -> None:
        self.room = room or make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        collect = self.room.step(StepKind.COLLECT)
        self.step: Step = self.room.step(StepKind.VOTE, budget=3)
        self.round: Round = self.step.rounds.get()
        self.room.lead(OpenStep(step=collect.public_id))
        self.cards = self.room.scribe(collect, "onderwijs", "overheden")
        for card in self.cards:
            self.room.lead(TickCard(round=self.name, card=card, on=True))

    @property
    def name(self) -> str:
        return self.round.public_id

    def another(self) -> Preparation:
        """Return one more vote of the session, with nothing in it yet."""
        other = Preparation.__new__(Preparation)
        other.room, other.people, other.cards = self.room, self.people, []
        other.step = self.room.step(StepKind.VOTE, budget=3)
        other.round = other.step.rounds.get()
        return other

    def add(self, *texts: str, price: int | None = None, **fields: Any) -> list[str]:
        """Type items; return their ids in the order of the texts."""
        before = set(self.order())
        items = [NewItem(text_nl=text, price=price) for text in texts]
        self.room.lead(AddItems(round=self.name, items=items, **fields))
        return [item for item in self.order() if item not in before]

    def carry(self, of: Preparation, items: Sequence[str] | None = None) -> None:
        self.room.lead(CarryItems(round=self.name, of=of.name, items=None if items is None else list(items)))

    def give(self, command: type[Command], **fields: Any) -> None:
        self.room.lead(command(round=self.name, **fields))

    def order(self) -> list[str]:
        """Return the round's items as stage and console have them."""
        rows = RoundItem.objects.filter(round=self.round).order_by("rank", "item__public_id")
        return list(rows.values_list("item__public_id", flat=True))

    def texts(self) -> list[str]:
        rows = RoundItem.objects.filter(round=self.round).order_by("rank", "item__public_id")
        return [
            place.item.contribution.text if place.item.contribution else place.item.text_nl
            for place in rows.select_related("item__contribution")
        ]

    def prices(self) -> dict[str, int | None]:
        return dict(RoundItem.objects.filter(round=self.round).values_list("item__public_id", "price"))

    def open(self) -> None:
        self.room.lead(OpenStep(step=self.step.public_id))

    def vote(self, *items: str) -> None:
        """Let everybody put a dot on each of these."""
        for person in self.people:
            for tap, item in enumerate(items, start=1):
                self.room.ask(person, CastVote(round=self.name, item=item, value=1, tap=tap))

    def reveal(self) -> None:
        self.room.lead(RevealStep(step=self.step.public_id))


def item(name: str) -> Item:
    return Item.objects.get(public_id=name)


TEAM, PARTICIPANT, DOCUMENT = Whose.TEAM, Whose.PARTICIPANT, Whose.DOCUMENT
