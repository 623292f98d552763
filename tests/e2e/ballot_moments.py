"""The moments of the tour at which people vote by the other ballots: two of each, while it is open and revealed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from sessions.ballots import ballot_of, read_rules
from sessions.ballots.ballot import SimulatedVoter
from sessions.ballots.mark import NO_MARK, Mark, Value, read_mark, write_mark

from .ballot_rounds import ROUNDS, Asked
from .crowd import Person
from .tour import Tour
from .workshop import Workshop

Moment = Callable[[Tour], Awaitable[None]]


async def put_to_vote(room: Workshop, asked: Asked, *, after: str) -> None:
    """Add the step with its items, and open it."""
    await room.add(
        kind="vote",
        title=asked.title,
        after=after,
        prompt_nl=asked.prompt[0],
        prompt_en=asked.prompt[1],
        settings={"rules": {"ballot": asked.ballot, **asked.rules}},
    )
    title = asked.title[1]
    await room.tick(title, room.profile[: asked.cards])
    if asked.items:
        items = [
            {"text_nl": nl, "text_en": en} | ({} if price is None else {"price": price})
            for nl, en, price in asked.items
        ]
        await room.say("item.add", round=await room.round_of(title), items=items)
    await room.open(title)


async def reveal_vote(room: Workshop, asked: Asked) -> None:
    """Let the crowd vote, and show what came of it."""
    title = asked.title[1]
    await _vote(room, asked)
    await room.say("step.reveal", step=room.step(title))
    await room.compared(title)


def _open(asked: Asked, *, after: str) -> Moment:
    async def moment(tour: Tour) -> None:
        await put_to_vote(tour.room, asked, after=after)

    moment.__name__ = asked.ballot
    return moment


def _reveal(asked: Asked) -> Moment:
    async def moment(tour: Tour) -> None:
        await reveal_vote(tour.room, asked)

    moment.__name__ = f"{asked.ballot}_result"
    return moment


async def _vote(room: Workshop, asked: Asked) -> None:
    """The crowd does what simulated people do. O's like other things."""
    round_ = await room.round_of(asked.title[1])
    opened = next(found for found in (await room.snapshot())["rounds"] if found["id"] == round_)
    kind, rules = ballot_of(asked.ballot), read_rules(asked.ballot, opened["rules"])
    items = [str(item["id"]) for item in opened["items"]]
    prices = {item["id"]: item["price"] for item in opened["items"] if item.get("price") is not None}
    n = len(kind.criteria(rules))
    sectors = list(room.sectors)

    async def give(place: int, person: Person) -> None:
        chance = random.Random(f"{asked.ballot} {place}")
        likes = sectors.index(person.sector) * len(items) / len(sectors)
        marks: dict[str, Mark] = {}
        own = chance.sample(items, len(items))
        for _ in range(asked.acts):
            voter = SimulatedVoter(
                marks=marks,
                weigh=lambda item: 3.0 / (1 + abs(items.index(item) - likes)),
                chance=chance,
                prices=prices,
            )
            for act in kind.act(rules=rules, items=own, person=voter):
                marks |= {item: read_mark(value, criteria=n) for item, value in act.items()}
        given: dict[str, Value] = {item: write_mark(mark) for item, mark in marks.items() if mark != NO_MARK}
        if given:
            await person.cast(round=round_, marks=given)

    await asyncio.gather(*(give(place, person) for place, person in enumerate(room.crowd)))


_BEFORE = ("Recognised, open", *(asked.title[1] for asked in ROUNDS))
BALLOT_MOMENTS: tuple[Moment, ...] = tuple(
    moment
    for asked, after in zip(ROUNDS, _BEFORE, strict=False)
    for moment in (_open(asked, after=after), _reveal(asked))
)
