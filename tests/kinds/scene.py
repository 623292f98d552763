"""A step in full swing, for what is asked of every step kind."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from sessions.ballots import Ballot, ballot_of
from sessions.ballots.ballot import Example as Marked
from sessions.domain.actor import Actor
from sessions.domain.command import Command
from sessions.domain.commands import (
    PHONE_COMMANDS,
    CloseStep,
    OpenStep,
    RevealStep,
    SealStep,
    TickCard,
)
from sessions.domain.kind import Example, Scope, StepKind, is_given_by
from sessions.enums import ActorKind, Audience
from sessions.kinds import Keys
from sessions.live.protocol import decode_content, decode_envelope
from sessions.models import Group, Seat

from ..factory import make_room
from ..live.client import Watch

Kind = StepKind[Any]
SECRET = "Een geheim van"


def say(do: str, content: dict[str, Any]) -> Command:
    """Return a command as it comes in over the socket."""
    frame = json.dumps({"id": 1, "do": do, "key": str(uuid4()), "with": content})
    command = decode_content(decode_envelope(frame))
    assert isinstance(command, Command)
    return command


def plain_example(ballot: Ballot) -> Marked:
    """Return what a person may give who gave nothing yet."""
    return next(example for example in ballot.examples if not (example.before or example.refused))


class Scene:
    """A step of a kind, with what it needs: cards to vote on, a subject to reveal, three people of each of two O's."""

    def __init__(self, kind: Kind, **settings: Any) -> None:
        self.kind = kind
        self.given = settings
        self.room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        other = self.room.step(Keys.COLLECT)
        self.room.lead(OpenStep(step=other.public_id))
        cards = self.room.scribe(other, "onderwijs", "overheden", "onderwijs")
        self.room.lead_all([CloseStep(step=other.public_id), RevealStep(step=other.public_id)])
        subject = {"subject": other} if kind.shows_subject else {}
        self.step = self.room.step(kind.key, **settings, **subject)  # type: ignore[arg-type]
        self.round = self.step.rounds.first()
        if self.round is not None and kind.offers(self.step) is None:
            self.room.lead_all([TickCard(round=self.round.public_id, card=card, on=True) for card in cards])
        if kind.scope is Scope.GROUP:
            self._seat()
        self.watch = Watch(self.room, people=self.people)

    def _seat(self) -> None:
        """Let everybody sit in one of two groups."""
        self.groups = [
            Group.objects.create(session=self.room.session, step=self.step, number=number) for number in (1, 2)
        ]
        for number, person in enumerate(self.people):
            Seat.objects.create(group=self.groups[number % 2], step=self.step, participant_id=person.id)

    def names(self) -> dict[str, str]:
        """Return what the placeholders of examples stand for."""
        names = {"$step": self.step.public_id, "$pillar": self.room.pillars[0].public_id}
        if self.round is not None:
            names |= {"$round": self.round.public_id}
            if (place := self.round.round_items.order_by("rank", "pk").first()) is not None:
                names |= {"$item": place.item.public_id}
        return names

    def command(self, example: Example, **more: Any) -> Command:
        content = dict(example.content) | more
        if example.do.startswith("step."):
            content.setdefault("step", "$step")
        names = self.names()
        return say(example.do, {name: names.get(str(value), value) for name, value in content.items()})

    def giver(self, command: Command, person: int = 0) -> Actor:
        of_phones = type(command) in PHONE_COMMANDS or is_given_by(type(command), ActorKind.PARTICIPANT)
        return self.people[person] if of_phones else self.room.facilitator

    def lead(self, *names: str) -> None:
        commands = {"step.open": OpenStep, "step.close": CloseStep, "step.reveal": RevealStep, "step.seal": SealStep}
        for name in names:
            self.room.lead(commands[name](step=self.step.public_id))

    def watch_all(self) -> list[dict[str, Any]]:
        """Let every viewer catch up; return the results that the stage has."""
        self.watch.check()
        return list(self.watch.snapshots[Audience.STAGE]["results"])

    def answer(self) -> int:
        """Let everybody do what the kind's examples say is done. Returns how many answers there are."""
        done = 0
        for example in self._answers():
            for number, person in enumerate(self.people):
                rows = 1
                more: dict[str, Any] = {"text": f"{SECRET} {number}"} if "text" in example.content else {}
                if example.do == "vote.cast" and "rules" in self.given:
                    marks = self._marks()
                    more |= marks
                    # A row per criterion.
                    values = [marks["value"], *(mark["value"] for mark in marks["marks"])]
                    rows = sum(len(value) if isinstance(value, list) else 1 for value in values)
                self.room.ask(person, self.command(example, **more))
                done += rows
        return done

    def _marks(self) -> dict[str, Any]:
        """Return what the ballot's own example gives."""
        assert self.round is not None
        self.round.refresh_from_db()
        items = self.round.round_items.order_by("rank", "pk").values_list("item__public_id", flat=True)
        (item, value), *more = plain_example(ballot_of(self.round.ballot)).marks.items()
        named = dict(zip("abc", items, strict=True))
        marks = [{"item": named[other], "value": given} for other, given in more]
        return {"item": named[item], "value": value, "marks": marks}

    def _answers(self) -> list[Example]:
        """Return what people do in a step that is set like this one."""
        fitting = [example for example in self.kind.examples if example.settings.items() <= self.given.items()]
        closest = max((len(example.settings) for example in fitting), default=0)
        return [
            example
            for example in fitting
            if len(example.settings) == closest
            and example.refused is None
            and example.after == ("step.open",)
            and self.giver(self.command(example)) in self.people
        ]
