"""What a vote and a tally cost as a session grows: `python -m tools.bench.growth TIMES`. Prints microseconds of CPU.

The product's own writer and hub turn in this process, without sockets: the same hundred people vote on the same twenty
items, in a session of 100 people, 40 cards and 1,000 votes, and in one of `TIMES` as many of each.
"""

from __future__ import annotations

import json
import os
import sys
import time
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from sessions.domain.actor import Actor  # noqa: E402
from sessions.domain.commands import CastVote  # noqa: E402
from sessions.domain.world import CommandRequest  # noqa: E402
from sessions.enums import Audience  # noqa: E402
from sessions.live.presence import LocalPresence  # noqa: E402
from sessions.live.turn import Turns  # noqa: E402
from sessions.live.writer import BATCH  # noqa: E402
from sessions.models import Participant, Session  # noqa: E402

from .crowd import commit, let_in  # noqa: E402
from .prepare import make_vote  # noqa: E402

VOTERS = 100
ITEMS = 20
BATCHES = 20


class Measured:
    """One session, and what votes in it cost."""

    def __init__(self, times: int) -> None:
        made = make_vote(items=ITEMS * times, budget=50, cards=40 * times)
        self.session = Session.objects.get(pk=made["session"])
        self.round = str(made["round"])
        items = made["items"]
        assert isinstance(items, dict)
        self.items = list(items)
        let_in(session=self.session, people=VOTERS * times)
        self.people = list(Participant.objects.filter(session=self.session).values_list("pk", flat=True))
        self.tap = 0
        self.turns = Turns(self.session.pk)
        self.here = LocalPresence(
            people=dict.fromkeys(self.people[:VOTERS], 0),
            told={},
            consoles={},
            health=None,
            audiences={Audience.PHONE},
            grants=set(),
            process="bench",
        )
        requests = [
            self._ask(person, item=(person + n) % len(self.items), value=1, tap=n)
            for person in self.people
            for n in range(1, 11)
        ]
        commit(session=self.session, requests=requests)
        self.tap = 100
        self.turns.take(hellos=[], here=self.here)

    def _ask(self, person: int, *, item: int, value: int, tap: int) -> CommandRequest:
        return CommandRequest(Actor.participant(person), CastVote(self.round, self.items[item], value, tap), uuid4())

    def vote(self) -> tuple[float, float]:
        """Return the CPU seconds of one batch of votes, and of the turn that tells of them."""
        self.tap += 1
        requests = []
        for n in range(BATCH):
            person, turn = self.people[n % VOTERS], n // VOTERS
            tap = self.tap * 10 + turn
            requests.append(self._ask(person, item=(n + self.tap) % ITEMS, value=(self.tap + turn) % 2, tap=tap))
        begin = time.process_time()
        commit(session=self.session, requests=requests)
        written = time.process_time()
        self.turns._tally_at = 0.0
        told = self.turns.take(hellos=[], here=self.here)
        assert told.now, "no tally went out"
        return written - begin, time.process_time() - written


def measure(times: int) -> dict[str, float]:
    """Return the cost at the size of now and at `times` of it, measured by turns: load from outside hits both."""
    small, big = Measured(1), Measured(times)
    costs: dict[Measured, list[tuple[float, float]]] = {small: [], big: []}
    for _ in range(BATCHES):
        for one in costs:
            costs[one].append(one.vote())
    vote = {one: _median([cost for cost, _ in found]) for one, found in costs.items()}
    tally = {one: _median([cost for _, cost in found]) for one, found in costs.items()}
    return {
        "times": times,
        "vote_us": vote[small] / BATCH * 1e6,
        "vote_us_grown": vote[big] / BATCH * 1e6,
        "vote_cost_ratio": vote[big] / vote[small],
        "tally_us": tally[small] * 1e6,
        "tally_us_grown": tally[big] * 1e6,
        "tally_cost_ratio": tally[big] / tally[small],
    }


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    print(json.dumps(measure(int(sys.argv[1]))))
