"""Nothing hidden can be computed from all that was shown over a history; and planted leaks are found."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from random import Random

import pytest

from .attack import algebra, attack, exhaustion
from .history import History
from .leaks import LEAKS, Leak

TIMES = int(os.environ.get("HISTORIES", "1"))
"""How many times as many histories as in the usual run."""
SMALL, LARGE = 12 * TIMES, 3 * TIMES
TRIES = (0, 4, 10, *(seed for seed in range(25) if seed not in (0, 4, 10)))
"""Seeds of the histories in which a planted leak is looked for; the first three find all of them today."""


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
@pytest.mark.parametrize("play", [overlap, refinement])
def test_groups_that_would_change(play: Callable[[int], History]) -> None:
    assert attack(play(1), by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    scripted = (play(1) for play in (overlap, refinement))
    histories = itertools.chain(scripted, (play(seed) for seed in TRIES for play in (small, live)))
    assert any(attack(history) for history in histories), f"{leak.__name__} was not found in {len(TRIES)} histories"
