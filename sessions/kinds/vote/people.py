"""What a simulated facilitator puts to the vote."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

MOST_ITEMS = 16


async def fill_round(facilitator: Any, step: dict[str, Any]) -> bool:
    """Tick cards until there are enough, a few of every O and pillar; leave alone what somebody ticked, and a vote that
    was prepared with other items than cards.
    """
    room, name = facilitator.client.room, step["round"]
    placed = {item["card"] for item in room.rounds[name]["items"]} if name in room.rounds else set()
    if None in placed:
        return True
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
