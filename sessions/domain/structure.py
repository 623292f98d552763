"""A cache of agenda, rounds and items of one session for the writer.

It is remembered from batch to batch and holds while the session row's `structure` number stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import Code
from ..models import Item, Pillar, Round, RoundItem, Sector, Session, Step
from .editions import pillars_of, sectors_of
from .lookup import require


@dataclass(slots=True)
class Structure:
    version: int
    steps: dict[str, Step]
    rounds: dict[str, Round]
    items: dict[str, Item]
    """By the public id of the item."""
    round_items: dict[tuple[int, str], RoundItem]
    """By the round's table id and the item's public id."""
    sectors: dict[str, Sector]
    pillars: dict[str, Pillar]
    by_pk: dict[int, Step] = field(default_factory=dict)
    prices: dict[int, dict[str, int]] = field(default_factory=dict)
    """By the round's table id: of its items that have one. Asked for with every vote; see `prices_of`."""

    @classmethod
    def load(cls, session: Session) -> Structure:
        """Read it: six queries."""
        steps = {step.public_id: step for step in Step.objects.filter(session=session)}
        rounds = {found.public_id: found for found in Round.objects.filter(session=session)}
        items = {item.public_id: item for item in Item.objects.filter(session=session)}
        by_pk = {item.pk: item.public_id for item in items.values()}
        places = RoundItem.objects.filter(round__session=session)
        structure = cls(
            version=session.structure,
            steps=steps,
            rounds=rounds,
            items=items,
            round_items={},
            sectors={found.public_id: found for found in sectors_of(session)},
            pillars={found.public_id: found for found in pillars_of(session)},
            by_pk={step.pk: step for step in steps.values()},
        )
        for place in places:
            structure.put_place(by_pk[place.item_id], place)
        return structure

    def step(self, public_id: str) -> Step:
        """Return the step. Raises Refused with `step.unknown`."""
        return require(self.steps.get(public_id), Code.STEP_UNKNOWN)

    def round(self, public_id: str) -> Round:
        """Return the round. Raises Refused with `round.unknown`."""
        return require(self.rounds.get(public_id), Code.ROUND_UNKNOWN)

    def item(self, public_id: str) -> Item:
        """Return the item, in whatever round it lies. Raises Refused with `item.unknown`."""
        return require(self.items.get(public_id), Code.ITEM_UNKNOWN)

    def round_item(self, round_: Round, item: str) -> RoundItem:
        """Return the item's place in the round. Raises Refused with `item.unknown`."""
        return require(self.round_items.get((round_.id, item)), Code.ITEM_UNKNOWN)

    def sector(self, public_id: str) -> Sector:
        """Return the sector. Raises Refused with `sector.unknown`."""
        return require(self.sectors.get(public_id), Code.SECTOR_UNKNOWN)

    def sectors_in_order(self) -> list[Sector]:
        return sorted(self.sectors.values(), key=lambda sector: sector.position)

    def pillar(self, public_id: str) -> Pillar:
        """Return the pillar. Raises Refused with `pillar.unknown`."""
        return require(self.pillars.get(public_id), Code.PILLAR_UNKNOWN)

    def round_of(self, step: Step) -> Round | None:
        """Return the newest round of a vote step."""
        rounds = [found for found in self.rounds.values() if found.step_id == step.pk]
        return max(rounds, key=lambda found: found.number, default=None)

    def items_of(self, round_: Round) -> dict[str, RoundItem]:
        """Return the round's places by item id, in their order."""
        places = [(item, place) for (round_pk, item), place in self.round_items.items() if round_pk == round_.pk]
        return dict(sorted(places, key=lambda found: (found[1].rank, found[0])))

    def prices_of(self, round_: Round) -> dict[str, int]:
        """Return what the round's items cost, of those that have a price in it."""
        return self.prices.get(round_.pk, {})

    def put_place(self, item: str, place: RoundItem) -> None:
        """Remember that an item lies in a round, and what it costs there."""
        self.round_items[place.round_id, item] = place
        if place.price is not None:
            self.prices.setdefault(place.round_id, {})[item] = place.price

    def put_price(self, *, round_: Round, item: str, price: int | None) -> None:
        """Let an item cost this in a round; None: nothing is said of it."""
        self.round_items[round_.pk, item].price = price
        prices = self.prices.setdefault(round_.pk, {})
        prices.pop(item, None)
        if price is not None:
            prices[item] = price

    def drop_place(self, *, round_: Round, item: str) -> RoundItem:
        """Forget it again; return the row."""
        self.prices.get(round_.pk, {}).pop(item, None)
        return self.round_items.pop((round_.pk, item))

    def rounds_of(self, item: str) -> list[Round]:
        """Return the rounds that an item lies in."""
        return [found for found in self.rounds.values() if (found.pk, item) in self.round_items]

    def places_of_card(self, contribution_pk: int) -> list[tuple[Round, str]]:
        """Return the rounds in which a card is an item, with the item's id."""
        names = [name for name, item in self.items.items() if item.contribution_id == contribution_pk]
        return [(found, name) for name in names for found in self.rounds_of(name)]
