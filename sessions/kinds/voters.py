"""What simulated people do where people vote, in every step kind."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

import msgspec

from ..ballots import Ballot, ballot_of
from ..ballots.ballot import Act
from ..ballots.ballot import SimulatedVoter as Voter
from ..ballots.mark import Mark, Value, read_mark, write_mark
from ..domain.order import hash_place
from .leanings import weigh

ACTS_ON_PAPER = 5
"""A phone is looked at again and again; a paper is filled in at one time."""


def vote(person: Any, round_: dict[str, Any]) -> None:
    """Do what the round's ballot has a person do next."""
    every = {item["id"]: item for item in round_["items"]}
    about = {item: told for item, told in every.items() if not told["hidden"]}
    if not about or not round_["open"]:
        return
    if person.client.room.steps[round_["step"]]["settings"].get("practice"):
        person.ledger.practised.add(round_["id"])
    kind, rules, criteria = _read_rules(round_)
    own = person.ledger.votes
    marks = {
        item: read_mark(own[round_["id"], item][1], criteria=criteria) for item in every if (round_["id"], item) in own
    }
    voter = _voter(person.client.room, about, marks, sector=person.ledger.sector, chance=person.chance)
    for act in kind.act(rules=rules, items=_own_order(person, about), person=voter):
        person.tap += 1
        person.begin(_send_vote(person, round_["id"], act, person.tap))


def fill_paper(room: Any, round_: dict[str, Any], *, sector: str, chance: Random) -> dict[str, Value]:
    """Return what somebody of an O without a phone puts on paper: item → value. Empty where there is nothing to say."""
    about = {item["id"]: item for item in round_["items"] if not item["hidden"]}
    if not about or not round_["open"]:
        return {}
    kind, rules, criteria = _read_rules(round_)
    marks: dict[str, Mark] = {}
    voter = _voter(room, about, marks, sector=sector, chance=chance)
    items = chance.sample(sorted(about), len(about))
    for _ in range(ACTS_ON_PAPER):
        for act in kind.act(rules=rules, items=items, person=voter):
            marks |= {item: read_mark(value, criteria=criteria) for item, value in act.items()}
    return {item: write_mark(mark) for item, mark in marks.items() if kind.says(mark)}


def _read_rules(round_: dict[str, Any]) -> tuple[Ballot, Any, int]:
    kind = ballot_of(round_["ballot"])
    rules = msgspec.convert(round_["rules"], kind.Rules)
    return kind, rules, len(kind.criteria(rules))


def _voter(
    room: Any, about: dict[str, dict[str, Any]], marks: dict[str, Mark], *, sector: str, chance: Random
) -> Voter:
    return Voter(
        marks=marks,
        weigh=lambda item: _weigh(room, about[item], sector=sector),
        chance=chance,
        prices={item: price for item, told in about.items() if (price := told["price"]) is not None},
    )


def _own_order(person: Any, items: Iterable[str]) -> list[str]:
    """As the person's phone shows them."""
    seed = person.client.you["seed"]
    return sorted(items, key=lambda item: (hash_place(seed=seed, item=item), item))


def _weigh(room: Any, item: dict[str, Any], *, sector: str) -> float:
    """What is no card is under no pillar: only by its id some are liked better."""
    pillar = room.pillars[item["pillar"]]["number"] if item["pillar"] is not None else 0
    return weigh(sector=sector, item=item["id"], aspect=item["aspect"] or "", pillar=pillar)


async def _send_vote(person: Any, round_id: str, act: Act, tap: int) -> None:
    (item, value), *others = act.items()
    content: dict[str, Any] = {"round": round_id, "item": item, "value": value, "tap": tap}
    if others:
        content["marks"] = [{"item": other, "value": given} for other, given in others]
    if await person.ask("vote.cast", content) is not None:
        for each, given in act.items():
            person.ledger.note_vote((round_id, each), tap=tap, value=given)
