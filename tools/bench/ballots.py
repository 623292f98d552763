"""A session with a vote by each ballot, one after the other: `python -m tools.bench.ballots ITEMS BUDGET`.

All of them are about the same cards, with live results; the first is open. Prints what phones and the one who opens
the next vote must know.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

import msgspec  # noqa: E402 - Django must be ready first
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from sessions.ballots import Ballot, all_ballots  # noqa: E402
from sessions.ballots.dots import DotsRules  # noqa: E402
from sessions.domain.actor import Actor  # noqa: E402
from sessions.domain.commands import AddStep, Command, EditItem, OpenStep, ScribeCard, TickCard  # noqa: E402
from sessions.domain.sessions import create_session  # noqa: E402
from sessions.enums import Aspect  # noqa: E402
from sessions.kinds import Keys as StepKind  # noqa: E402
from sessions.kinds.collect.sentences import read_sentences  # noqa: E402
from sessions.live.writer import submit_and_wait  # noqa: E402
from sessions.management.demo import make_demo  # noqa: E402
from sessions.models import Round, Session  # noqa: E402

PRICES = (50_000, 100_000, 150_000, 200_000, 250_000)
"""Of the items, by turns: about seven fit into the sum that a budget has by default."""


class Ballots:
    """One session, and what was put into it."""

    def __init__(self, *, budget: int) -> None:
        demo, members = make_demo()
        self.session: Session = create_session(programme=demo.programme, title_nl="Meting", title_en="Measurement")
        self.sectors = list(demo.programme.sectors.values_list("public_id", flat=True))
        self._leader = Actor.member(members["facilitator"].pk)
        self._pillar = demo.programme.pillars.values_list("public_id", flat=True)[0]
        self._budget = budget
        client = Client()
        client.force_login(members["facilitator"], backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    def do(self, command: Command) -> str:
        return submit_and_wait(session_id=self.session.pk, actor=self._leader, command=command).id or ""

    def write(self, *, items: int) -> tuple[str, list[str]]:
        """Return the step in which the cards were written, and the cards."""
        step = self.do(AddStep(kind=StepKind.COLLECT, title_nl="Schrijven", title_en="Write", pillar=self._pillar))
        self.do(OpenStep(step=step))
        sentences = read_sentences()
        cards = [
            self.do(
                ScribeCard(
                    step=step,
                    text=sentences[number % len(sentences)].text,
                    aspect=Aspect.BOTH,
                    sector=self.sectors[number % len(self.sectors)],
                    lang="nl",
                )
            )
            for number in range(items)
        ]
        return step, cards

    def add_vote(self, kind: Ballot, *, after: str, cards: Sequence[str]) -> dict[str, Any]:
        """Return the step, the round, its items with what they cost, and the rules as they will be frozen."""
        rules = DotsRules(budget=self._budget, most=2) if kind.key == DotsRules.__struct_config__.tag else kind.Rules()
        asked = {"live": True, "rules": msgspec.to_builtins(rules)}
        step = self.do(AddStep(kind=StepKind.VOTE, title_nl="Kiezen", title_en="Choose", after=after, settings=asked))
        round_ = Round.objects.get(step__public_id=step)
        for card in cards:
            self.do(TickCard(round=round_.public_id, card=card, on=True))
        prices = {
            item: PRICES[number % len(PRICES)]
            for number, item in enumerate(round_.round_items.order_by("pk").values_list("item__public_id", flat=True))
        }
        for item, price in prices.items():
            self.do(EditItem(round=round_.public_id, item=item, price=price))
        settled = kind.complete(rules, items=len(cards))
        return {
            "ballot": kind.key,
            "step": step,
            "round": round_.public_id,
            "prices": prices,
            "rules": msgspec.to_builtins(settled),
        }


def make_ballots(*, items: int, budget: int) -> dict[str, object]:
    made = Ballots(budget=budget)
    after, cards = made.write(items=items)
    votes = []
    kinds = all_ballots()
    dots = next(kind for kind in kinds if kind.key == DotsRules.__struct_config__.tag)
    others = [kind for kind in kinds if kind is not dots]
    half = len(others) // 2
    for kind in (dots, *others[:half], dots, *others[half:], dots):
        vote = made.add_vote(kind, after=after, cards=cards)
        after = vote["step"]
        votes.append(vote)
    made.do(OpenStep(step=votes[0]["step"]))
    return {
        "code": made.session.code,
        "session": made.session.pk,
        "sectors": made.sectors,
        "cookies": made.cookies,
        "votes": votes,
    }


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    print(json.dumps(make_ballots(items=int(sys.argv[1]), budget=int(sys.argv[2]))))
