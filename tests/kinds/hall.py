"""Six people of two O's and a question that they are asked."""

from __future__ import annotations

from typing import Any

from sessions.domain.commands import (
    CastVote,
    OpenStep,
    ScribeCard,
    WriteCard,
)
from sessions.enums import Aspect, Audience
from sessions.kinds import Keys

from ..factory import make_room
from ..live.client import Watch


class Hall:
    """Six people of two O's and a question."""

    def __init__(self, **settings: Any) -> None:
        self.room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        self.step = self.room.step(Keys.QUESTION, **settings)
        self.watch = Watch(self.room, people=self.people)
        self.room.lead(OpenStep(step=self.step.public_id))

    def write(self, person: int, text: str) -> str:
        card = WriteCard(step=self.step.public_id, text=text, aspect=Aspect.UNSURE, lang="nl")
        made = self.room.ask(self.people[person], card).id
        assert made is not None
        return made

    def scribe(self, text: str) -> None:
        """Type an answer in for somebody without a phone."""
        sector = self.room.sectors["onderwijs"].public_id
        card = ScribeCard(step=self.step.public_id, text=text, aspect=Aspect.UNSURE, lang="nl", sector=sector)
        self.room.lead(card)

    def told(self, audience: Audience) -> Any:
        self.watch.check()
        (step,) = [found for found in self.watch.snapshots[audience]["steps"] if found["id"] == self.step.public_id]
        return step["summary"]

    def items(self, audience: Audience = Audience.PHONE) -> dict[str, Any]:
        """Return text → item."""
        self.watch.check()
        (round_,) = self.watch.snapshots[audience]["rounds"]
        return {item["text"]: item for item in round_["items"]}

    def like(self, person: int, text: str, value: int = 1, tap: int = 1) -> None:
        item = self.items()[text]["id"]
        (round_,) = self.watch.snapshots[Audience.PHONE]["rounds"]
        self.room.ask(self.people[person], CastVote(round=round_["id"], item=item, value=value, tap=tap))
