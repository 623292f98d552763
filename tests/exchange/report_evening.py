"""An evening with everything that a report tells: a wall, results of several ballots, short answers; and what must not
be in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec

from sessions.ballots.ballot import Rules
from sessions.ballots.dots import DotsRules
from sessions.ballots.mark import Value
from sessions.ballots.matrix import MatrixRules
from sessions.ballots.opinion import OpinionRules
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddItems,
    CastVote,
    CloseStep,
    NewItem,
    OpenStep,
    RedactCard,
    RevealStep,
    TickCard,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.world import CommandRequest
from sessions.enums import Aspect, Reason
from sessions.kinds import Keys as StepKind
from sessions.models import Round, Step

from ..factory import SessionHarness, make_room

SIZES = {"onderwijs": 8, "onderzoek": 3, "ondernemers": 9, "overheden": 2}
"""Two O's are too small to be shown: they are always told together."""
POOL = ("onderzoek", "overheden")
SECRETS = ("Bel mevrouw Jansen", "Toch maar niet", "Nog niet onthuld", "Punt dat niemand ziet")
"""A redacted card, a withdrawn one, one of a wall that was not revealed, an item of a round that was not."""
TEXTS = (
    "Eén verhaal dat iedere partner kan vertellen",
    "Eén sleutel voor alle werkplaatsen en labs",
    "Betaalbaar wonen voor starters en promovendi",
    "De fietsroute naar het station verlicht",
    "Een congreszaal voor 400 mensen",
    "Een plein met eten en muziek, ook in de winter als het regent en waait en de studenten weg zijn",
    "Alumni in het buitenland als ambassadeur",
    "Elke donderdag om vijf uur iets te doen",
)
ASPECTS = (Aspect.SOFTWARE, Aspect.HARDWARE, Aspect.BOTH, Aspect.HARDWARE, Aspect.UNSURE)


@dataclass
class Evening:
    room: SessionHarness
    people: dict[str, list[Actor]] = field(default_factory=dict)
    cards: list[str] = field(default_factory=list)

    @property
    def everybody(self) -> list[Actor]:
        return [person for people in self.people.values() for person in people]

    def write(self, step: Step, person: Actor, text: str, *, aspect: Aspect = Aspect.HARDWARE, pillar: int = 0) -> str:
        command = WriteCard(
            step=step.public_id,
            text=text,
            aspect=aspect,
            lang="nl",
            pillar=self.room.pillars[pillar].public_id,
        )
        made = self.room.ask(person, command).id
        assert made is not None
        return made

    def wall(self, texts: Sequence[str], **about: Any) -> Step:
        """Let people write these cards in silence; the step stays open."""
        step = self.room.step(StepKind.COLLECT, silent=True, **about)
        self.room.lead(OpenStep(step=step.public_id))
        for number, text in enumerate(texts):
            person = self.everybody[number * 5 % len(self.everybody)]
            card = self.write(step, person, text, aspect=ASPECTS[number % len(ASPECTS)], pillar=number % 2)
            self.cards.append(card)
        return step

    def show(self, step: Step) -> None:
        self.room.lead_all([CloseStep(step=step.public_id), RevealStep(step=step.public_id)])

    def vote(
        self, rules: Rules, marks: Mapping[str, Sequence[Value]], *, cards: Sequence[str], own: str = "", **about: Any
    ) -> Step:
        """Vote on these cards. `marks`: O → what its people give, over and over, each beginning one further. `own`: an
        item that is no card.
        """
        step = self.room.step(StepKind.VOTE, rules=_told(rules), **about)
        round_ = Round.objects.get(step=step)
        self.room.lead_all([TickCard(round=round_.public_id, card=card, on=True) for card in cards])
        if own:
            item = NewItem(text_nl=own)
            self.room.lead(AddItems(round=round_.public_id, items=[item]))
        self.room.lead(OpenStep(step=step.public_id))
        items = dict(round_.round_items.values_list("item__contribution__public_id", "item__public_id"))
        requests = []
        for sector, people in self.people.items():
            own_marks = marks[sector]
            for number, person in enumerate(people):
                given = [own_marks[(place + number) % len(own_marks)] for place in range(len(cards))]
                for tap, (card, value) in enumerate(zip(cards, given, strict=True), start=1):
                    if value is not None:
                        cast = CastVote(round=round_.public_id, item=items[card], value=value, tap=tap)
                        requests.append(CommandRequest(person, cast, uuid4()))
        self.room.batch(*requests)
        return step


def _told(rules: Rules) -> dict[str, Any]:
    told = msgspec.to_builtins(rules)
    assert isinstance(told, dict)
    return told


def make_report_evening(*, more_cards: int = 0, more_rounds: int = 0) -> Evening:
    """Everything is over; the names of all O's and texts are those above."""
    evening = Evening(make_room())
    for sector, n in SIZES.items():
        evening.people[sector] = evening.room.join(sector, n=n)
    room = evening.room
    texts = [*TEXTS, *(f"Kaart {number} over het gebied, met licht en een bankje" for number in range(more_cards))]
    wall = evening.wall(texts, title_nl="In stilte schrijven", title_en="Write in silence")
    hidden = evening.write(wall, evening.people["onderwijs"][0], SECRETS[0])
    taken = evening.write(wall, evening.people["onderwijs"][1], SECRETS[1])
    room.lead(RedactCard(card=hidden, reason=Reason.NAME))
    room.ask(evening.people["onderwijs"][1], WithdrawCard(card=taken))
    evening.show(wall)
    cards = evening.cards[: len(TEXTS)]
    dots = evening.vote(
        DotsRules(budget=9),
        {"onderwijs": (1, None, 1), "onderzoek": (None, 1), "ondernemers": (None, 1, None, None), "overheden": (1, 1)},
        cards=cards,
        title_nl="Stippen",
        title_en="Dots",
        prompt_nl="Wat moet er echt komen?",
        prompt_en="What is really needed?",
    )
    evening.show(dots)
    opinion = evening.vote(
        OpinionRules(),
        {"onderwijs": (1, 1, 1, 1), "onderzoek": (1, -1), "ondernemers": (1, -1, -1, 0), "overheden": (1, 1, 0)},
        cards=cards[:5],
        title_nl="Eens of oneens",
        title_en="Agree or not",
    )
    evening.show(opinion)
    matrix = evening.vote(
        MatrixRules(),
        {
            "onderwijs": ([4, 5], [2, 3]),
            "onderzoek": ([1, 5],),
            "ondernemers": ([5, 2], [4, 4]),
            "overheden": ([3, 3],),
        },
        cards=cards[:6],
        title_nl="Effect en haalbaarheid",
        title_en="Effect and feasibility",
    )
    evening.show(matrix)
    for number in range(more_rounds):
        again = evening.vote(
            DotsRules(budget=9),
            {"onderwijs": (1, None), "onderzoek": (1,), "ondernemers": (None, None, 1), "overheden": (1, None)},
            cards=evening.cards[number : number + 12],
            title_nl=f"Ronde {number}",
            title_en=f"Vote {number}",
        )
        evening.show(again)
    _ask_words(evening)
    _keep_hidden(evening, cards)
    close = room.step(
        StepKind.CLOSE,
        title_nl="Afsluiten",
        title_en="Closing",
        prompt_nl="Dank jullie wel",
        prompt_en="Thank you",
        body_nl="Voor 1 juli krijgt iedereen bericht.",
        body_en="Everybody hears from us before 1 July.",
    )
    room.lead_all([OpenStep(step=close.public_id), CloseStep(step=close.public_id)])
    return evening


def _ask_words(evening: Evening) -> None:
    step = evening.room.step(StepKind.QUESTION, mode="words", title_nl="In één woord", title_en="In a word")
    evening.room.lead(OpenStep(step=step.public_id))
    for number, person in enumerate(evening.everybody):
        evening.write(step, person, ("Rust", "Groen", "groen", "Reuring")[number % 4])
    evening.show(step)


def _keep_hidden(evening: Evening, cards: Sequence[str]) -> None:
    """A wall and a round that are closed and were not revealed."""
    wall = evening.wall([SECRETS[2]], title_nl="Tweede muur", title_en="Second wall")
    evening.room.lead(CloseStep(step=wall.public_id))
    marks = dict.fromkeys(SIZES, (1,))
    vote = evening.vote(
        DotsRules(budget=9), marks, cards=cards[:1], own=SECRETS[3], title_nl="Nog een", title_en="One more"
    )
    evening.room.lead(CloseStep(step=vote.public_id))
