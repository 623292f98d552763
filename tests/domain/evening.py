"""A small evening that everybody watches: what each audience is told of one act, and that all then agree."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sessions.domain.actor import Actor
from sessions.domain.command import Command
from sessions.domain.commands import OpenStep, RevealStep, TickCard
from sessions.enums import Audience
from sessions.kinds import Keys
from sessions.models import Round, Step

from ..factory import SessionHarness, make_room
from ..live.client import Watch

PHONE, STAGE, CONSOLE = Audience.PHONE, Audience.STAGE, Audience.CONSOLE
Doc = dict[str, Any]


class Evening:
    """Cards, a vote on three of them, and a step that shows its result; five people of two O's, one from the threshold
    on."""

    def __init__(self, *, threshold: int = 3, live: bool = False) -> None:
        self.room: SessionHarness = make_room(sectors=("onderwijs", "overheden"), threshold=threshold)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=2)]
        self.collect = self.room.step(Keys.COLLECT)
        self.vote = self.room.step(Keys.VOTE, live=live, budget=2)
        self.reveal = self.room.step(Keys.REVEAL, subject=self.vote)
        self.round = Round.objects.get(step=self.vote)
        self.cards: list[str] = []
        self.watch = Watch(self.room, people=self.people)
        self.events: dict[Audience, list[Doc]] = {}

    def does(self, *commands: Command, by: Actor | None = None) -> dict[Audience, list[str]]:
        """Let somebody do this, by default the facilitator, in one turn of the hub; return the types of what each
        audience is told. Afterwards everybody knows what a newcomer is told.
        """
        for command in commands:
            self.made = self.room.ask(by or self.room.facilitator, command).id
        return self.turn()

    def turn(self) -> dict[Audience, list[str]]:
        told: dict[Audience, list[Doc]] = defaultdict(list)
        for audience, event in self.watch.take_turn():
            told[audience].append(event)
        self.events = told
        self.watch.check()
        return {audience: [event["type"] for event in told[audience]] for audience in (PHONE, STAGE, CONSOLE)}

    def write(self) -> None:
        """Open the step for cards and put three into it."""
        self.does(OpenStep(step=self.collect.public_id))
        self.cards = self.room.scribe(self.collect, "onderwijs", "overheden", "onderwijs")
        self.turn()

    def tick(self) -> None:
        ticks = [TickCard(round=self.round.public_id, card=card, on=True) for card in self.cards]
        self.does(*ticks)
        places = self.round.round_items.values_list("item__contribution__public_id", "item__public_id")
        self.items = dict(places)

    def open_vote(self) -> None:
        """Go on to where people vote on the cards."""
        self.write()
        self.tick()
        self.does(RevealStep(step=self.collect.public_id), OpenStep(step=self.vote.public_id))

    def stored(self, step: Step) -> Step:
        return Step.objects.get(pk=step.pk)

    def seen(self, audience: Audience, name: str) -> dict[str, Doc]:
        """Return what an audience has of steps, cards or rounds, by id."""
        return {found["id"]: found for found in self.watch.snapshots[audience][name]}


def only(*, console: list[str], stage: list[str] | None = None, phone: list[str] | None = None) -> Any:
    """Return what `Evening.does` tells when the others hear nothing."""
    return {PHONE: phone or [], STAGE: stage or [], CONSOLE: console}


def all_of(*types: str) -> Any:
    """Return what `Evening.does` tells when everybody hears the same."""
    return {audience: list(types) for audience in (PHONE, STAGE, CONSOLE)}
