"""A session with finished rounds behind it: `python -m tools.bench.agenda ROUNDS ITEMS PEOPLE BUDGET`.

Everybody voted in each of them, and each was revealed; one more vote is open, with live results. Prints what phones
must know.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be ready first

from sessions.domain.actor import Actor  # noqa: E402
from sessions.domain.commands import (  # noqa: E402
    AddStep,
    CastVote,
    Command,
    OpenStep,
    RevealStep,
    ScribeCard,
    TickCard,
)
from sessions.domain.sessions import create_session  # noqa: E402
from sessions.domain.world import CommandRequest  # noqa: E402
from sessions.enums import Aspect  # noqa: E402
from sessions.kinds import Keys as StepKind  # noqa: E402
from sessions.kinds.collect.sentences import read_sentences  # noqa: E402
from sessions.live.writer import submit_and_wait  # noqa: E402
from sessions.management.demo import make_demo  # noqa: E402
from sessions.models import Participant, Round, Session  # noqa: E402
from sessions.views.access import participant_cookie  # noqa: E402

from .crowd import commit, let_in  # noqa: E402

DOTS = 3
"""How many each person gave in a finished round."""


class Agenda:
    def __init__(self, *, items: int, people: int, budget: int) -> None:
        demo, members = make_demo()
        self.session: Session = create_session(programme=demo.programme, title_nl="Meting", title_en="Measurement")
        self._leader = Actor.member(members["facilitator"].pk)
        self._budget = budget
        self.sectors = list(demo.programme.sectors.values_list("public_id", flat=True))
        pillar = demo.programme.pillars.values_list("public_id", flat=True)[0]
        self.tokens = let_in(session=self.session, people=people)
        self._people = list(Participant.objects.filter(session=self.session).values_list("pk", flat=True))
        self._last = self._do(AddStep(kind=StepKind.COLLECT, title_nl="Schrijven", title_en="Write", pillar=pillar))
        self._do(OpenStep(step=self._last))
        sentences = read_sentences()
        self._cards = [
            self._do(
                ScribeCard(
                    step=self._last,
                    text=sentences[number % len(sentences)].text,
                    aspect=Aspect.BOTH,
                    sector=self.sectors[number % len(self.sectors)],
                    lang="nl",
                )
            )
            for number in range(items)
        ]

    def _do(self, command: Command) -> str:
        return submit_and_wait(session_id=self.session.pk, actor=self._leader, command=command).id or ""

    def open_vote(self) -> Round:
        settings = {"live": True, "rules": {"ballot": "dots", "budget": self._budget, "most": 2}}
        step = self._do(
            AddStep(kind=StepKind.VOTE, title_nl="Kiezen", title_en="Choose", after=self._last, settings=settings)
        )
        self._last = step
        round_ = Round.objects.get(step__public_id=step)
        for card in self._cards:
            self._do(TickCard(round=round_.public_id, card=card, on=True))
        self._do(OpenStep(step=step))
        return round_

    def finish(self, round_: Round) -> None:
        """Let everybody vote, and reveal."""
        items = list(round_.round_items.values_list("item__public_id", flat=True))
        commit(session=self.session, requests=list(self._votes(round_.public_id, items)))
        self._do(RevealStep(step=self._last))

    def _votes(self, round_: str, items: Sequence[str]) -> Iterator[CommandRequest]:
        for number, person in enumerate(self._people):
            for dot in range(DOTS):
                item = items[(number + dot * 7) % len(items)]
                yield CommandRequest(Actor.participant(person), CastVote(round_, item, 1, dot + 1), uuid4())


def make_agenda(*, rounds: int, items: int, people: int, budget: int) -> dict[str, object]:
    agenda = Agenda(items=items, people=people, budget=budget)
    for _ in range(rounds):
        agenda.finish(agenda.open_vote())
    round_ = agenda.open_vote()
    return {
        "code": agenda.session.code,
        "session": agenda.session.pk,
        "sectors": agenda.sectors,
        "round": round_.public_id,
        "items": list(round_.round_items.values_list("item__public_id", flat=True)),
        "cookie": participant_cookie(agenda.session),
        "tokens": agenda.tokens,
    }


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    rounds, items, people, budget = (int(number) for number in sys.argv[1:5])
    print(json.dumps(make_agenda(rounds=rounds, items=items, people=people, budget=budget)))
