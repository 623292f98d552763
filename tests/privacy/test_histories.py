"""Nothing hidden can be computed from all that was shown over a history; and planted leaks are found."""

from __future__ import annotations

import os
from random import Random

import pytest

from .attack import attack
from .history import History
from .leaks import LEAKS, Leak

TIMES = int(os.environ.get("HISTORIES", "1"))
"""How many times as many histories as in the usual run."""
SMALL, LARGE = 12 * TIMES, 3 * TIMES
TRIES = range(25)
"""Seeds of the histories in which a planted leak is looked for, after the one with groups that overlap."""
FOUND = {
    "a_pool_may_be_too_small": 4,
    "new_ballots_do_not_count_as_changed": 0,
    "receipts_show_what_stands_now": 0,
    "facilitators_get_the_core_teams_figures": 10,
    "the_threshold_follows_the_programme": 4,
    "the_list_of_sessions_counts_dots_now": 0,
}
"""Leaks that another history than the first finds today: there they are looked for first."""


def small(seed: int) -> History:
    history = History(random=Random(seed), sectors=("onderwijs", "onderzoek", "overheden"), threshold=3, size=7)
    history.play(acts=8)
    return history


def overlap(seed: int) -> History:
    history = History(random=Random(seed), sectors=("onderwijs", "onderzoek", "overheden"), threshold=3, size=11)
    history.play_overlap()
    return history


def large(seed: int) -> History:
    sectors = ("onderwijs", "onderzoek", "ondernemers", "overheden")
    history = History(random=Random(seed), sectors=sectors, threshold=5, size=32)
    history.play(acts=16)
    return history


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(SMALL))
def test_small_rooms_by_exhaustion(seed: int) -> None:
    assert attack(small(seed)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(LARGE))
def test_larger_rooms_by_linear_algebra(seed: int) -> None:
    assert attack(large(seed)) == []


@pytest.mark.django_db(transaction=True)
def test_groups_that_overlap() -> None:
    assert attack(overlap(1)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    tries = dict.fromkeys((FOUND.get(leak.__name__), None, *TRIES))
    histories = (overlap(1) if seed is None else small(seed) for seed in tries)
    assert any(attack(history) for history in histories), f"{leak.__name__} was not found in {len(TRIES)} histories"
