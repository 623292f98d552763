"""An evening of one vote in two rounds, at whose moments every number is read that its outlets tell."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from sessions.ballots.ballot import Rules
from sessions.ballots.dots import DotsRules
from sessions.ballots.opinion import OpinionRules
from sessions.ballots.rating import RatingRules
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddBallot,
    AddRound,
    CastVote,
    CloseStep,
    MarkGiven,
    MoveParticipant,
    OpenStep,
    PublishRound,
    RedactCard,
    RetireParticipant,
    RevealStep,
)
from sessions.domain.erasure import erase_person
from sessions.domain.world import CommandRequest, CommandResult
from sessions.errors import Refused
from sessions.models import Participant, Round
from sessions.models.vote import Ballot, Vote

from ..factory import SessionHarness, make_room
from .told_numbers import Outlets, Told

SIZES = {"onderwijs": 8, "onderzoek": 3, "ondernemers": 7, "overheden": 3}
SMALL = ("onderzoek", "overheden")
"""They are shown as one."""
ITEMS = 30
"""So many that no sum of what is told is equal for all of them by accident."""
FEWEST = 12
"""Of these, where not all are told: a picture has no room for all."""
BALLOTS: dict[str, tuple[Rules, tuple[int, ...]]] = {
    "dots": (DotsRules(budget=50, most=2), (0, 0, 1, 2)),
    "opinion": (OpinionRules(), (1, 1, 0, -1, -1)),
    "rating": (RatingRules(points=4), (1, 2, 3, 4)),
}
"""With what people give: everybody answers everything."""
PEOPLE = range(1, 30)
MOST = 1000
"""What is larger counts no people: a seed, a random order."""
Column = tuple[int, ...]
"""A number for each item."""


@dataclass
class Evening:
    ballot: str
    seed: int
    room: SessionHarness = field(default_factory=make_room)
    told: dict[str, Told] = field(default_factory=dict)
    """Moment → what was told then."""
    hidden: dict[Column, str] = field(default_factory=dict)
    """What nobody may come to know, and what it is."""
    taps: int = 0

    def play(self) -> None:
        self.chance = Random(self.seed)
        rules, self.answers = BALLOTS[self.ballot]
        people = {key: self.room.join(key, n=n) for key, n in SIZES.items()}
        self.round, self.items = self.room.open_vote(items=ITEMS + 1, rules=rules)
        self.step = self.round.step.public_id
        self.kept = self.items[:ITEMS]
        self.outlets = Outlets(self.room)
        everybody = [person for own in people.values() for person in own]
        self._vote(everybody)
        self.room.lead(CloseStep(step=self.step))
        self._look("closed")
        self.room.lead(RevealStep(step=self.step))
        self._look("revealed")
        self._add_paper("overheden")
        self._look("a late paper ballot")
        gone = people["onderzoek"].pop()
        erase_person(session_id=self.room.session.pk, person_id=gone.id)
        self._publish()
        self._look("an erasure")
        moved = people["onderwijs"].pop()
        name, sector = self.room.person(moved).public_id, self.room.sectors["overheden"].public_id
        self.room.lead(MoveParticipant(participant=name, sector=sector))
        self._publish()
        self._look("a person of another O")
        card = self.round.round_items.get(item__public_id=self.items[ITEMS]).item.contribution
        self.room.lead(RedactCard(card=card.public_id, reason="rude"))
        self._look("a redaction")
        self._add_round(everybody, gone)
        for key in ("overheden", "onderzoek", "overheden", "onderzoek", "overheden"):
            self._add_paper(key)
        self._look("papers after the second")
        self.room.lead(RetireParticipant(participant=self.room.person(people["onderzoek"][0]).public_id))
        self._publish()
        self._look("somebody left")
        self.told["on paper"] = self.outlets.read_word_report()

    def _add_round(self, everybody: list[Actor], gone: Actor) -> None:
        """All but one of a small O vote again; some of them otherwise."""
        self.room.lead(AddRound(step=self.step))
        self.room.lead(OpenStep(step=self.step))
        self.round = Round.objects.get(step=self.round.step, number=2)
        again = [person for person in everybody if person != gone][:-1]
        self._vote(again)
        self.room.lead(CloseStep(step=self.step))
        self._look("another round")
        self.room.lead(RevealStep(step=self.step))
        self._look("before and after")

    def _vote(self, people: list[Actor]) -> None:
        requests = []
        for person in people:
            for item in self.items:
                self.taps += 1
                value = self.chance.choice(self.answers)
                command = CastVote(round=self.round.public_id, item=item, value=value, tap=self.taps)
                requests.append(CommandRequest(person, command, uuid4()))
        placed = set(self.round.round_items.values_list("item__public_id", flat=True))
        requests = [request for request in requests if request.command.item in placed]  # type: ignore[attr-defined]
        assert all(isinstance(result, CommandResult) for result in self.room.batch(*requests))

    def _add_paper(self, sector: str) -> None:
        """Type it in for the newest round, and let it be published if it may be."""
        items = self.round.round_items.filter(item__public_id__in=self.kept)
        marks = [
            MarkGiven(item=item, value=self.chance.choice(self.answers))
            for item in items.values_list("item__public_id", flat=True)
        ]
        sector = self.room.sectors[sector].public_id
        self.room.lead(AddBallot(round=self.round.public_id, sector=sector, marks=marks))
        self._publish()

    def _publish(self) -> None:
        """Ask for it whenever it may be: mostly it may not."""
        for round_ in Round.objects.filter(step=self.round.step, revealed_at__isnull=False):
            with suppress(Refused):
                self.room.lead(PublishRound(round=round_.public_id))

    def _look(self, moment: str) -> None:
        self.told[moment] = self.outlets.read()
        for round_ in Round.objects.filter(step=self.round.step):
            self._hide(round_, moment)

    def _hide(self, round_: Round, moment: str) -> None:
        """Keep what a small O's people and each person gave to the items at this moment: each answer, and their sum."""
        votes = Vote.objects.filter(round_item__round=round_).values_list(
            "participant_id", "round_item__item__public_id", "value"
        )
        place = {item: number for number, item in enumerate(self.kept)}
        given: dict[int, NDArray[np.int64]] = {}
        for person, item, value in votes:
            if item in place:
                given.setdefault(person, np.zeros(ITEMS, dtype=np.int64))[place[item]] = value
        of = dict(Ballot.objects.filter(round=round_).values_list("participant_id", "sector__key"))
        names = dict(Participant.objects.values_list("pk", "public_id"))
        blocks = {f"{of[person]} {names[person]}": [own] for person, own in given.items()}
        blocks |= {key: [own for person, own in given.items() if of[person] == key] for key in SMALL}
        for name, rows in blocks.items():
            if 0 < len(rows) < self.room.session.programme.threshold:
                sums = [
                    np.sum(rows, axis=0),
                    *(np.sum([row == value for row in rows], axis=0) for value in self.answers),
                ]
                for numbers, what in zip(sums, ("sum", *self.answers), strict=True):
                    if len(set(numbers.tolist())) > 1:
                        self.hidden.setdefault(
                            tuple(numbers.tolist()), f"{what} of {name}, round {round_.number}, {moment}"
                        )
