"""What simulated people do where people vote, in every step kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ..ballots import ballot_of
from ..ballots.ballot import Act
from ..ballots.ballot import SimulatedVoter as Voter
from ..ballots.mark import read_mark
from ..domain.order import hash_place
from .leanings import weigh


def vote(person: Any, round_: dict[str, Any]) -> None:
    """Do what the round's ballot has a person do next."""
    every = {item["id"]: item for item in round_["items"]}
    about = {item: told for item, told in every.items() if not told["hidden"]}
    if not about or not round_["open"]:
        return
    kind = ballot_of(round_["ballot"])
    rules = msgspec.convert(round_["rules"], kind.Rules)
    criteria = len(kind.criteria(rules))
    own = person.ledger.votes
    marks = {
        item: read_mark(own[round_["id"], item][1], criteria=criteria) for item in every if (round_["id"], item) in own
    }
    voter = Voter(
        marks=marks,
        weigh=lambda item: _weigh(person, about[item]),
        chance=person.chance,
        prices={item: price for item, told in about.items() if (price := told["price"]) is not None},
    )
    for act in kind.act(rules=rules, items=_own_order(person, about), person=voter):
        person.tap += 1
        person.begin(_send_vote(person, round_["id"], act, person.tap))


def _own_order(person: Any, items: Iterable[str]) -> list[str]:
    """As the person's phone shows them."""
    seed = person.client.you["seed"]
    return sorted(items, key=lambda item: (hash_place(seed=seed, item=item), item))


def _weigh(person: Any, item: dict[str, Any]) -> float:
    """What is no card is under no pillar: only by its id some are liked better."""
    pillar = person.client.room.pillars[item["pillar"]]["number"] if item["pillar"] is not None else 0
    return weigh(sector=person.ledger.sector, item=item["id"], aspect=item["aspect"] or "", pillar=pillar)


async def _send_vote(person: Any, round_id: str, act: Act, tap: int) -> None:
    (item, value), *others = act.items()
    content: dict[str, Any] = {"round": round_id, "item": item, "value": value, "tap": tap}
    if others:
        content["marks"] = [{"item": other, "value": given} for other, given in others]
    if await person.ask("vote.cast", content) is not None:
        for each, given in act.items():
            person.ledger.note_vote((round_id, each), tap=tap, value=given)
