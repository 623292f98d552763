"""Nothing hidden can be computed from all that was shown over a history; and planted leaks are found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random

import pytest

from sessions.ballots.approve import ApproveRules
from sessions.ballots.ballot import Rules
from sessions.ballots.budget import BudgetRules
from sessions.ballots.choice import ChoiceRules
from sessions.ballots.criteria import CriteriaRules
from sessions.ballots.matrix import MatrixRules
from sessions.ballots.opinion import OpinionRules
from sessions.ballots.pairwise import PairwiseRules
from sessions.ballots.points import PointsRules
from sessions.ballots.ranking import RankingRules
from sessions.ballots.rating import RatingRules
from sessions.ballots.scale import ScaleRules
from sessions.domain.publication import candidates

from ..depth import usually
from .attack import algebra, attack, exhaustion
from .history import History
from .leaks import LEAKS, Leak, heads_are_shown_of_too_few
from .leaks_of_opinions import OPINION_LEAKS, RATING_LEAKS
from .leaks_of_prints import PRINT_LEAKS

TIMES = int(os.environ.get("HISTORIES", "1"))
"""How many times as many histories as in such a run."""
SMALL, LARGE, OTHER = (usually(few, many) * TIMES for few, many in ((1, 12), (1, 3), (1, 2)))
TRIES = range(25)
"""Seeds of the histories in which a planted leak is looked for, after those that are written down."""
THREE = ("onderwijs", "onderzoek", "overheden")
FOUR = ("onderwijs", "onderzoek", "ondernemers", "overheden")


def small(seed: int, *, live: bool = False) -> History:
    history = History(random=Random(seed), sectors=THREE, threshold=3, size=7, live=live)
    history.play(acts=8)
    return history


def small_with_papers(seed: int) -> History:
    history = History(random=Random(seed), sectors=THREE, threshold=3, size=4, papers=True)
    history.play(acts=10)
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


Play = Callable[[int], History]
FOUND: list[tuple[str, Play, int]] = [
    ("a_pool_may_be_too_small", small, 4),
    ("a_later_publication_is_always_allowed", small, 0),
    ("a_pool_may_be_parted", live, 1),
    ("new_ballots_do_not_count_as_changed", live, 1),
    ("receipts_show_what_stands_now", small, 0),
    ("facilitators_get_the_core_teams_figures", small, 10),
    ("facilitators_get_the_core_teams_figures", live_opinion, 1),
    ("the_threshold_follows_the_programme", small, 4),
    ("the_list_of_sessions_counts_votes_now", small, 0),
    ("a_live_vote_is_counted_per_o", live, 5),
    ("a_live_vote_does_not_freeze_who_counts", live, 4),
    ("a_tally_begins_with_the_first", live, 0),
    ("a_tally_goes_on_after_an_undone_reveal", live, 1),
    ("a_pool_is_split_by_answers", small_opinion, 5),
    ("a_group_of_too_few_is_told", small_opinion, 5),
    ("an_item_of_too_few_is_told", small_opinion, 2),
    ("a_tally_of_an_item_begins_with_the_first", live_opinion, 1),
]
"""Leaks that another history than the first finds today: there they are looked for first."""


def seeds_of(play: Play) -> list[int]:
    """Return the seeds of histories without a leak: those that would find one are always among them."""
    return sorted({*(seed for _, found, seed in FOUND if found is play), *range(SMALL)})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", seeds_of(small))
def test_small_rooms_by_exhaustion(seed: int) -> None:
    assert attack(small(seed), by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(SMALL))
def test_small_rooms_with_paper_ballots_by_exhaustion(seed: int) -> None:
    assert attack(small_with_papers(seed), by=exhaustion) == []


def a_paper_joins_what_is_shown_as_it_is_typed(patch: pytest.MonkeyPatch) -> None:
    """A shown result is shown anew whatever it differs by."""
    patch.setattr(candidates, "may_follow", lambda **given: True)


@pytest.mark.django_db(transaction=True)
def test_papers_that_join_one_by_one_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    a_paper_joins_what_is_shown_as_it_is_typed(monkeypatch)
    assert any(attack(small_with_papers(seed), by=exhaustion) for seed in TRIES)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", seeds_of(live))
def test_small_rooms_with_a_live_tally_by_exhaustion(seed: int) -> None:
    history = live(seed)
    assert any(seen.live for seen in history.seen)
    assert attack(history, by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(LARGE))
def test_larger_rooms_by_linear_algebra(seed: int) -> None:
    assert attack(large(seed), by=algebra) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("play", "seed"), [(play, seed) for play in (small_opinion, live_opinion) for seed in seeds_of(play)]
)
def test_small_rooms_that_give_opinions_by_exhaustion(play: Callable[[int], History], seed: int) -> None:
    assert attack(play(seed), by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(LARGE))
def test_larger_rooms_that_give_opinions_by_linear_algebra(seed: int) -> None:
    assert attack(large_opinion(seed), by=algebra) == []


OTHERS: list[tuple[Rules, int]] = [
    (ApproveRules(), 2),
    (ChoiceRules(), 2),
    (BudgetRules(total=2), 2),
    (RatingRules(points=3), 1),
    (PointsRules(total=2), 1),
    (ScaleRules(lowest=0, highest=2, unsure=False), 1),
    (CriteriaRules(points=2, unsure=False), 1),
    (MatrixRules(points=2), 1),
    (RankingRules(places=2), 2),
    (PairwiseRules(pairs=1), 2),
]
"""Of other ballots, on so many items: few choices, so that a room can be exhausted."""


def name(value: object) -> str:
    return str(value.__struct_config__.tag if isinstance(value, Rules) else value)


def small_other(seed: int, rules: Rules, items_n: int, *, live: bool) -> History:
    """A budget's items cost 1 and 2: one of them, or the other, and not both."""
    history = History(
        random=Random(seed), sectors=THREE, threshold=3, size=7, live=live, rules=rules, items_n=items_n, prices=(1, 2)
    )
    history.play(acts=8)
    return history


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(OTHER))
@pytest.mark.parametrize("live", [False, True], ids=["hidden", "live"])
@pytest.mark.parametrize(("rules", "items_n"), OTHERS, ids=name)
def test_small_rooms_of_other_ballots(rules: Rules, items_n: int, live: bool, seed: int) -> None:
    """By exhaustion, and by linear algebra where there are too many ballots for it."""
    assert attack(small_other(seed, rules, items_n, live=live)) == []


RATING, POINTS = OTHERS[3], OTHERS[4]
OTHER_LEAKS = [
    *((leak, RATING) for leak in RATING_LEAKS),
    (heads_are_shown_of_too_few, POINTS),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("leak", "other"), OTHER_LEAKS, ids=lambda value: getattr(value, "__name__", "of"))
def test_a_leak_of_scores_and_means_is_found(
    leak: Leak, other: tuple[Rules, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    histories = (small_other(seed, *other, live=False) for seed in TRIES)
    assert any(attack(history) for history in histories), f"{leak.__name__} was not found"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", OPINION_LEAKS, ids=lambda leak: leak.__name__)
def test_a_leak_of_opinions_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    histories = _histories(leak, [(play, seed) for seed in TRIES for play in (small_opinion, live_opinion)])
    assert any(attack(history) for history in histories), f"{leak.__name__} was not found"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("play", [overlap, refinement])
def test_groups_that_would_change(play: Callable[[int], History]) -> None:
    assert attack(play(1), by=exhaustion) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", [*LEAKS, *PRINT_LEAKS], ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    tries: list[tuple[Play, int]] = [(overlap, 1), (refinement, 1)]
    tries += [(play, seed) for seed in TRIES for play in (small, live)]
    assert any(attack(history) for history in _histories(leak, tries)), f"{leak.__name__} was not found"


def _histories(leak: Leak, tries: list[tuple[Play, int]]) -> Iterator[History]:
    """Play one after the other, as they are asked for."""
    found = [(play, seed) for name, play, seed in FOUND if name == leak.__name__]
    for play, seed in [*(history for history in found if history in tries), *tries]:
        yield play(seed)
