"""How fast one person may give commands: what costs the room more is taken less often."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sessions.domain.verbs import PHONE_VERBS, CastVote, ChangeSector, Verb, WriteCard
from sessions.enums import Aspect
from sessions.live import limits
from sessions.live.limits import BURST, PRICES, TokenBucket

DOT = CastVote(round="", item="", value=1, tap=1)
CARD = WriteCard(step="", text="", aspect=Aspect.BOTH, lang="nl")
MOVE = ChangeSector(sector="")


@pytest.mark.parametrize(("verb", "at_once", "per_minute"), [(DOT, 60, 720), (CARD, 60, 720), (MOVE, 2, 24)])
def test_what_costs_the_room_more_is_taken_less_often(
    monkeypatch: pytest.MonkeyPatch, verb: Verb, at_once: int, per_minute: int
) -> None:
    now = [0.0]
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: now[0]))
    bucket = TokenBucket()
    assert [bucket.take(verb) for _ in range(at_once + 2)] == [True] * at_once + [False] * 2
    taken = 0
    for second in range(1, 61):
        now[0] = float(second)
        while bucket.take(verb):
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
    assert set(PRICES) <= set(PHONE_VERBS)
    assert all(1 < price <= BURST for price in PRICES.values())
