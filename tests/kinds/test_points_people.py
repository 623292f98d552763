"""Simulated people who divide points: all are given, none twice, nothing where there is nothing to choose."""

from __future__ import annotations

from random import Random

from sessions.ballots.ballot import SimulatedVoter
from sessions.ballots.points import Points, PointsRules

POINTS = Points()


def voter(seed: int, marks: dict[str, tuple[int | None, ...]] | None = None) -> SimulatedVoter:
    return SimulatedVoter(marks=marks or {}, weigh=lambda item: 1.0, chance=Random(seed))


def test_all_points_come_together_where_the_rules_say_so() -> None:
    rules = PointsRules(whole=True)
    for seed in range(20):
        (act,) = POINTS.act(rules=rules, items=["a", "b", "c"], person=voter(seed))
        assert sum(value for value in act.values() if isinstance(value, int)) == rules.total
        assert POINTS.act(rules=rules, items=["a", "b", "c"], person=voter(seed, {"a": (rules.total,)})) == []


def test_where_nothing_can_be_chosen_nothing_is_given() -> None:
    assert POINTS.act(rules=PointsRules(), items=[], person=voter(1)) == []


def test_points_move_from_one_to_another_and_stay_as_many() -> None:
    rules = PointsRules()
    half = rules.total // 2
    marks: dict[str, tuple[int | None, ...]] = {"a": (half,), "b": (rules.total - half,)}
    acts = [
        act for seed in range(40) for act in POINTS.act(rules=rules, items=["a", "b", "c"], person=voter(seed, marks))
    ]
    assert acts
    for act in acts:
        after = {item: mark[0] or 0 for item, mark in marks.items()} | {
            item: value for item, value in act.items() if isinstance(value, int)
        }
        assert sum(after.values()) == rules.total
