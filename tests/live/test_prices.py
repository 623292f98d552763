"""How fast one person may give commands: what costs the room more is taken less often."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace
from uuid import uuid4

import pytest

from sessions.domain.actor import Actor
from sessions.domain.commands import PHONE_COMMANDS, CastVote, ChangeSector, Command, MarkGiven, WriteCard
from sessions.domain.world import CommandRequest
from sessions.enums import Aspect
from sessions.live import limits
from sessions.live.limits import BURST, PRICES, TokenBucket
from sessions.live.writer import _QueuedCommand, _take_batch

DOT = CastVote(round="", item="", value=1, tap=1)
CARD = WriteCard(step="", text="", aspect=Aspect.BOTH, lang="nl")
MOVE = ChangeSector(sector="")
WHOLE = CastVote(round="", item="", value=1, tap=1, marks=[MarkGiven(item="", value=1)] * 299)
"""As many marks as a command takes."""


@pytest.mark.parametrize(
    ("command", "at_once", "per_minute"), [(DOT, 60, 720), (CARD, 60, 720), (MOVE, 2, 24), (WHOLE, 1, 12)]
)
def test_what_costs_the_room_more_is_taken_less_often(
    monkeypatch: pytest.MonkeyPatch, command: Command, at_once: int, per_minute: int
) -> None:
    now = [0.0]
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: now[0]))
    bucket = TokenBucket()
    assert [bucket.take(command) for _ in range(at_once + 2)] == [True] * at_once + [False] * 2
    taken = 0
    for second in range(1, 61):
        now[0] = float(second)
        while bucket.take(command):
            taken += 1
    assert taken == per_minute


def test_one_budget_for_all_and_what_is_refused_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: 0.0))
    bucket = TokenBucket()
    assert all(bucket.take(DOT) for _ in range(55))
    assert not bucket.take(MOVE)
    assert bucket.take(CARD)
    assert [bucket.take(DOT) for _ in range(5)] == [True] * 4 + [False]


def test_prices_are_of_what_a_phone_gives_and_can_be_paid() -> None:
    assert set(PRICES) <= set(PHONE_COMMANDS)
    assert all(1 < price <= BURST for price in PRICES.values())


def test_a_batch_holds_few_whole_ballots_and_at_least_one() -> None:
    def wait(command: Command, n: int) -> deque[_QueuedCommand]:
        request = CommandRequest(Actor.participant(1), command, uuid4(), None)
        return deque(_QueuedCommand(request, SimpleNamespace(), number) for number in range(n))

    line = wait(DOT, 250)
    assert [len(_take_batch(line, most=200)), len(line)] == [200, 50]
    line = wait(WHOLE, 10)
    assert [len(_take_batch(line, most=200)), len(line)] == [3, 7]
    assert len(_take_batch(wait(WHOLE, 2), most=1)) == 1
