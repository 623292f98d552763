"""Groups are told where people differ as groups, and not where votes were shuffled."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sessions.synthesis.bradley_terry import estimate_strengths
from sessions.synthesis.opinion_groups import compare_partitions, find_groups
from sessions.synthesis.position_effect import measure_position


def two_camps(*, people: int = 60, items: int = 20, seed: int = 1) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    camp = np.where(np.arange(people) < people // 2, 1, -1)[:, None]
    votes = np.where(random.random((people, items)) < 0.8, camp, -camp).astype(np.float64)
    votes[random.random((people, items)) < 0.2] = np.nan
    return votes


def test_two_camps_are_found() -> None:
    found = find_groups(votes=two_camps(), seed=3)
    assert found.labels is not None
    assert compare_partitions(found.labels, np.repeat([0, 1], 30)) > 0.9
    assert found.stability is not None
    assert found.stability > 0.9


def test_the_same_seed_gives_the_same() -> None:
    one, two = (find_groups(votes=two_camps(), seed=7) for _ in range(2))
    assert one.silhouette == two.silhouette
    assert one.reached == two.reached


@pytest.mark.slow
def test_shuffled_votes_are_no_groups() -> None:
    """In at least nine of ten rounds."""
    random, none = np.random.default_rng(2), 0
    for seed in range(50):
        votes = random.choice([-1.0, 0.0, 1.0], size=(40, 20), p=[0.3, 0.1, 0.6])
        votes[random.random(votes.shape) < 0.3] = np.nan
        none += find_groups(votes=votes, seed=seed).labels is None
    assert none >= 45


def test_too_few_people_are_no_groups() -> None:
    assert find_groups(votes=two_camps(people=8), seed=1).labels is None


def test_the_rand_index_is_adjusted() -> None:
    one = np.array([0, 0, 1, 1])
    assert compare_partitions(one, np.array([1, 1, 0, 0])) == 1
    assert compare_partitions(one, np.array([0, 1, 0, 1])) < 0


def test_strengths_follow_who_won() -> None:
    strong = estimate_strengths(np.array([[0.0, 4, 4], [1, 0, 4], [0, 1, 0]]))
    assert strong[0] > strong[1] > strong[2]
    assert estimate_strengths(np.zeros((2, 2))).tolist() == pytest.approx([0.5, 0.5])


def test_a_position_effect_is_found_and_none_is_not() -> None:
    random = np.random.default_rng(4)
    places = random.permuted(np.tile(np.linspace(0, 1, 10), (80, 1)), axis=1)
    scores = (random.random((80, 10)) < 0.8 - 0.5 * places).astype(np.float64)
    found = measure_position(scores=scores, places=places, seed=1)
    assert found is not None
    assert found.slope < -0.3
    assert found.p == 1 / 200
    none = measure_position(scores=(random.random((80, 10)) < 0.5).astype(np.float64), places=places, seed=1)
    assert none is not None
    assert none.p > 0.05
