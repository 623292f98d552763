"""A session with a long past: a wall of 240 cards, and twelve votes on forty of them each, all revealed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from uuid import uuid4

from sessions.domain.actor import Actor
from sessions.domain.command_request import CommandRequest
from sessions.domain.commands import CastVote, OpenStep, RevealStep, TickCard
from sessions.errors import Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Round, Step

from ..factory import FOUR, SessionHarness, make_room

CARDS, VOTES, ITEMS = 240, 12, 40
LONG = "Een zin zoals mensen hem schrijven, over het gebied en wat er beter kan"


def make_long_agenda(*, votes: int = VOTES) -> tuple[SessionHarness, list[Actor]]:
    """Six people of each O, three dots each. The last vote is the step that is on."""
    room = make_room()
    people = [person for sector in FOUR for person in room.join(sector, n=6)]
    collect = room.step(StepKind.COLLECT, body_nl="Uitleg. " * 20, body_en="Explanation. " * 12)
    room.lead(OpenStep(step=collect.public_id))
    cards = room.scribe(collect, *itertools.islice(itertools.cycle(FOUR), CARDS), text=LONG)
    room.lead(RevealStep(step=collect.public_id))
    for number in range(votes):
        step = open_vote(room, [cards[(number * ITEMS + place) % CARDS] for place in range(ITEMS)])
        round_ = Round.objects.get(step=step)
        requests = list(dots(round_, people))
        assert not [result for result in room.batch(*requests) if isinstance(result, Refused)]
        room.lead(RevealStep(step=step.public_id))
    return room, people


def open_vote(room: SessionHarness, cards: list[str]) -> Step:
    step = room.step(StepKind.VOTE, budget=3, body_nl="Uitleg. " * 20, body_en="Explanation. " * 12)
    round_ = Round.objects.get(step=step)
    room.lead_all([TickCard(round=round_.public_id, card=card, on=True) for card in cards])
    room.lead(OpenStep(step=step.public_id))
    return step


def dots(round_: Round, people: list[Actor]) -> Iterator[CommandRequest]:
    items = sorted(round_.round_items.values_list("item__public_id", flat=True))
    for number, person in enumerate(people):
        for dot in range(3):
            item = items[(number + dot * 7) % len(items)]
            yield CommandRequest(person, CastVote(round=round_.public_id, item=item, value=1, tap=dot + 1), uuid4())
