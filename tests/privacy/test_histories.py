"""Nothing hidden can be computed from all that was shown over a history; and planted leaks are found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random

import pytest

from sessions.ballots.opinion import OpinionRules

from .attack import algebra, attack, exhaustion
from .history import History
from .leaks import LEAKS, Leak
from .leaks_of_opinions import OPINION_LEAKS

TIMES = int(os.environ.get("HISTORIES", "1"))
"""How many times as many histories as in the usual run."""
SMALL, LARGE = 12 * TIMES, 3 * TIMES
TRIES = range(25)
"""Seeds of the histories in which a planted leak is looked for, after those that are written down."""
FOUND = {
    "a_pool_may_be_too_small": 4,
    "new_ballots_do_not_count_as_changed": 0,
    "receipts_show_what_stands_now": 0,
    "facilitators_get_the_core_teams_figures": 10,
    "the_threshold_follows_the_programme": 4,
    "the_list_of_sessions_counts_dots_now": 0,
}
"""Leaks that another history than the first finds today: there they are looked for first."""


THREE = ("onderwijs", "onderzoek", "overheden")
FOUR = ("onderwijs", "onderzoek", "ondernemers", "overheden")


def small(seed: int, *, live: bool = False) -> History:
    history = History(random=Random(seed), sectors=THREE, threshold=3, size=7, live=live)
    history.play(acts=8)
    return history


def live(seed: int) -> History:
    return small(seed, live=True)


def overlap(seed: int) -> History:
    history = History(random=Random(seed), sectors=THREE, threshold=3, size=11)
    history.play_overlap()
    return history


def refinement(seed: int) -> History:
    history = History(random=Random(seed), sectors=THREE, threshold=3, size=11)
    history.play_refinement()
    return history


def small_opinion(seed: int, *, live: bool = False) -> History:
    """With one item: each is answered by itself."""
    history = History(
        random=Random(seed), sectors=THREE, threshold=3, size=7, live=live, rules=OpinionRules(), items_n=1
    )
    history.play(acts=8)
    return history


def live_opinion(seed: int) -> History:
    return small_opinion(seed, live=True)


def large_opinion(seed: int) -> History:
    history = History(random=Random(seed), sectors=FOUR, threshold=5, size=32, rules=OpinionRules(), items_n=1)
    history.play(acts=16)
    return history


def large(seed: int) -> History:
    history = History(random=Random(seed), sectors=FOUR, threshold=5, size=32)
    history.play(acts=16)
    return history


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(SMALL))
def test_small_rooms_by_exhaustion(seed: int) -> None:
    assert attack(small(seed), by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(SMALL))
def test_small_rooms_with_a_live_tally_by_exhaustion(seed: int) -> None:
    history = live(seed)
    assert any(seen.live for seen in history.seen)
    assert attack(history, by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(LARGE))
def test_larger_rooms_by_linear_algebra(seed: int) -> None:
    assert attack(large(seed), by=algebra) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(SMALL))
@pytest.mark.parametrize("play", [small_opinion, live_opinion])
def test_small_rooms_that_give_opinions_by_exhaustion(play: Callable[[int], History], seed: int) -> None:
    assert attack(play(seed), by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(LARGE))
def test_larger_rooms_that_give_opinions_by_linear_algebra(seed: int) -> None:
    assert attack(large_opinion(seed), by=algebra) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", OPINION_LEAKS, ids=lambda leak: leak.__name__)
def test_a_leak_of_opinions_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    histories = (play(seed) for seed in TRIES for play in (small_opinion, live_opinion))
    assert any(attack(history) for history in histories), f"{leak.__name__} was not found"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("play", [overlap, refinement])
def test_groups_that_would_change(play: Callable[[int], History]) -> None:
    assert attack(play(1), by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    assert any(attack(history) for history in _histories(FOUND.get(leak.__name__))), f"{leak.__name__} was not found"


def _histories(first: int | None) -> Iterator[History]:
    """Play one after the other, as they are asked for."""
    if first is not None:
        yield small(first)
    yield overlap(1)
    yield refinement(1)
    for seed in TRIES:
        yield small(seed)
        yield live(seed)
