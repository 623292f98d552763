"""What simulated people do in a vote: put dots, move them. And what a simulated facilitator puts to the vote."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .leanings import weigh

MOVES_A_DOT = 0.3
MOST_ITEMS = 16


def put_or_move_a_dot(person: Any, round_: dict[str, Any]) -> None:
    items = [item["id"] for item in round_["items"] if not item["hidden"]]
    budget = round_["budget"] or 0
    if not items or not round_["open"]:
        return
    dots = {item: _value(person, round_["id"], item) for item in items}
    placed = [item for item, value in dots.items() if value]
    free = [item for item, value in dots.items() if value < round_["max_per_item"]]
    left = budget - sum(dots.values())
    if placed and (left <= 0 or person.chance.random() < 0.1) and person.chance.random() < MOVES_A_DOT:
        item = person.chance.choice(placed)
        _cast(person, round_["id"], item, dots[item] - 1)
        left += 1
        free = [found for found in free if found != item]
    if left > 0 and free:
        about = {item["id"]: item for item in round_["items"]}
        item = person.chance.choices(free, weights=[_weigh(person, about[name]) for name in free])[0]
        _cast(person, round_["id"], item, dots[item] + 1)


def _weigh(person: Any, item: dict[str, Any]) -> float:
    pillar = person.client.room.pillars[item["pillar"]]["number"]
    return weigh(sector=person.ledger.sector, item=item["id"], aspect=item["aspect"], pillar=pillar)


def _value(person: Any, round_id: str, item: str) -> int:
    return int(person.ledger.votes.get((round_id, item), (0, 0))[1])


def _cast(person: Any, round_id: str, item: str, value: int) -> None:
    person.tap += 1
    person.begin(_send_vote(person, round_id, item, value, person.tap))


async def _send_vote(person: Any, round_id: str, item: str, value: int, tap: int) -> None:
    content = {"round": round_id, "item": item, "value": value, "tap": tap}
    if await person.ask("vote.cast", content) is not None:
        person.ledger.note_vote((round_id, item), tap=tap, value=value)


async def fill_round(facilitator: Any, step: dict[str, Any]) -> bool:
    """Tick cards until there are enough, a few of every O and pillar; leave alone what somebody ticked."""
    room, name = facilitator.client.room, step["round"]
    placed = {item["card"] for item in room.rounds[name]["items"]} if name in room.rounds else set()
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for card in room.cards.values():
        if not card["hidden"] and card["id"] not in placed:
            groups[card["sector"] or "", card["pillar"]].append(card["id"])
    for cards in groups.values():
        facilitator.chance.shuffle(cards)
    ticked = len(placed)
    while ticked < MOST_ITEMS and any(groups.values()):
        for cards in groups.values():
            if cards and ticked < MOST_ITEMS:
                ticked += await facilitator.ask("card.tick", {"round": name, "card": cards.pop(), "on": True})
    return ticked > 0
