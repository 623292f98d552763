"""What is left of any sums and differences of a round's publications: ballots of nobody, or of enough people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sessions.domain.publication.disclosure_rule import (
    BallotChanges,
    Earlier,
    Partition,
    blocks_of,
    is_refinement,
    keep_together,
    may_follow,
)
from sessions.domain.results import pool_groups

SECTORS = tuple("wznh")


def blocks(*names: str) -> Partition:
    return tuple(frozenset(name) for name in names)


def earlier(blocks_: Partition, fresh: Mapping[str, int], gone: Mapping[str, int] | None = None) -> Earlier:
    """An earlier publication with ten ballots of each O."""
    gone = gone or {}
    names = [name for block in blocks_ for name in block]
    return Earlier(
        blocks_,
        {
            name: BallotChanges(was=10, now=10 - gone.get(name, 0), fresh=fresh.get(name, 0), gone=gone.get(name, 0))
            for name in names
        },
    )


RULES: list[tuple[Partition, Partition, dict[str, int], bool]] = [
    # earlier, later, new or changed per O, may it follow (threshold 5)
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {}, True),
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {"w": 5}, True),
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {"w": 4}, False),
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {"z": 2, "n": 3}, True),
    # Parted: every part has ballots enough that are new.
    (blocks("w", "zn", "h"), blocks("w", "z", "n", "h"), {"n": 5}, False),
    (blocks("w", "zn", "h"), blocks("w", "z", "n", "h"), {"z": 4, "n": 9}, False),
    (blocks("w", "zn", "h"), blocks("w", "z", "n", "h"), {"z": 5, "n": 5}, True),
    (blocks("w", "zn", "h"), blocks("w", "z", "n", "h"), {"z": 5, "n": 5, "h": 1}, False),
    (blocks("w", "zn", "h"), blocks("w", "z", "n", "h"), {}, False),
    (blocks("wznh"), blocks("w", "znh"), {"w": 3, "z": 2}, False),
    (blocks("wznh"), blocks("w", "znh"), {"w": 5, "z": 2, "h": 3}, True),
    # Put together: the whole has enough, or nothing is new.
    (blocks("w", "z", "n", "h"), blocks("wz", "n", "h"), {"w": 2, "z": 3}, True),
    (blocks("w", "z", "n", "h"), blocks("wz", "n", "h"), {"w": 2, "z": 2}, False),
    (blocks("w", "z", "n", "h"), blocks("wznh"), {}, True),
    # Neither finer nor coarser.
    (blocks("wz", "nh"), blocks("wn", "zh"), {"w": 9, "z": 9, "n": 9, "h": 9}, False),
    (blocks("wz", "n", "h"), blocks("w", "z", "nh"), {"w": 9, "z": 9, "n": 9, "h": 9}, False),
]


@pytest.mark.parametrize(("was", "later", "fresh", "allowed"), RULES)
def test_what_may_follow(was: Partition, later: Partition, fresh: dict[str, int], allowed: bool) -> None:
    assert may_follow(earlier=earlier(was, fresh), later=later, threshold=5) is allowed
    assert is_refinement(fine=was, coarse=blocks("wznh"))


def test_erased_ballots_are_a_difference_and_not_enough_of_one() -> None:
    was = blocks("w", "znh")
    assert not may_follow(earlier=earlier(was, {}, {"w": 1}), later=was, threshold=5)
    assert not may_follow(earlier=earlier(was, {"w": 1}, {"w": 9}), later=was, threshold=5)
    assert may_follow(earlier=earlier(was, {"w": 5}, {"w": 1}), later=was, threshold=5)


def test_an_o_of_which_nobody_was_there_binds_nothing() -> None:
    was = Earlier(blocks("w"), {"w": BallotChanges(was=6, now=6), "z": BallotChanges(now=7, fresh=7)})
    assert may_follow(earlier=was, later=blocks("w", "z"), threshold=5)
    assert may_follow(earlier=was, later=blocks("wz"), threshold=5)


# -- any history ---------------------------------------------------------------------------------------------------

Versions = dict[int, tuple[str, int]]
"""Person → O, and which ballot of theirs."""


class Round:
    """A round whose ballots are known by person and number only: each vote of somebody makes another ballot."""

    def __init__(self, *, threshold: int, careless: bool = False) -> None:
        self.threshold = threshold
        self.careless = careless
        self.ballots: Versions = {}
        self.shown: list[tuple[Partition, Versions]] = []
        self.people = 0

    def come(self, sector: str, n: int) -> None:
        for _ in range(n):
            self.people += 1
            self.ballots[self.people] = (sector, 0)

    def vote_again(self, sector: str, n: int) -> None:
        for person in [who for who, (of, _) in self.ballots.items() if of == sector][:n]:
            self.ballots[person] = (sector, self.ballots[person][1] + 1)

    def erase(self, sector: str, n: int) -> None:
        for person in [who for who, (of, _) in self.ballots.items() if of == sector][:n]:
            del self.ballots[person]

    def publish(self) -> None:
        if len(self.ballots) < self.threshold:
            return
        people = Counter(sector for sector, _ in self.ballots.values())
        there = [sector for sector in SECTORS if people[sector]]
        past = [Earlier(_among(shown, before), self._changes(before)) for shown, before in self.shown]
        together = keep_together(people=people, sectors=there, earlier=past, threshold=self.threshold)
        if self.careless:
            together = []
        groups = pool_groups(people=people, sectors=there, threshold=self.threshold, together=together)
        later = blocks_of(groups, sectors=there)
        if self.careless or all(may_follow(earlier=found, later=later, threshold=self.threshold) for found in past):
            self.shown.append((later, dict(self.ballots)))

    def _changes(self, before: Versions) -> dict[str, BallotChanges]:
        return {
            sector: BallotChanges(
                was=sum(of == sector for of, _ in before.values()),
                now=sum(of == sector for of, _ in self.ballots.values()),
                fresh=sum(of == sector and before.get(who) != (of, n) for who, (of, n) in self.ballots.items()),
                gone=sum(of == sector and who not in self.ballots for who, (of, _) in before.items()),
            )
            for sector in SECTORS
        }

    def exposed(self) -> list[set[int]]:
        """Return the people, fewer than the threshold, of whose ballots alone something follows by adding and
        subtracting what was shown.

        It does when without their ballots the figures hang together more closely than with them.
        """
        figures = [(block, ballots) for shown, ballots in self.shown for block in shown]
        columns = sorted({(who, ballot) for _, ballots in figures for who, ballot in ballots.items()})
        rows = [[of in block and ballots.get(who) == (of, n) for who, (of, n) in columns] for block, ballots in figures]
        table = np.array(rows, dtype=np.float64).reshape(len(figures), len(columns))
        return [
            people
            for people in self._find_few([ballots for _, ballots in figures])
            if _rank(table[:, [who not in people for who, _ in columns]]) < _rank(table)
        ]

    def _find_few(self, figures: list[Versions]) -> Iterator[set[int]]:
        """Yield sets of fewer people than the threshold: always all whose ballots are in the same figures."""
        alike: dict[tuple[object, ...], set[int]] = {}
        for who in range(1, self.people + 1):
            alike.setdefault(tuple(ballots.get(who) for ballots in figures), set()).add(who)
        small = [people for people in alike.values() if len(people) < self.threshold]
        for n in range(1, self.threshold):
            for chosen in combinations(small, n):
                people = set[int]().union(*chosen)
                if len(people) < self.threshold:
                    yield people


def _among(shown: Partition, before: Versions) -> Partition:
    known = {sector for sector, _ in before.values()}
    return tuple(block & known for block in shown if block & known)


def _rank(table: NDArray[np.float64]) -> int:
    return int(np.linalg.matrix_rank(table)) if table.size else 0


def play(acts: Iterable[tuple[str, str, int]], *, careless: bool = False) -> Round:
    round_ = Round(threshold=3, careless=careless)
    for act, sector, n in acts:
        match act:
            case "come":
                round_.come(sector, n)
            case "again":
                round_.vote_again(sector, n)
            case "erase":
                round_.erase(sector, n)
            case _:
                round_.publish()
    return round_


PARTED = [("come", "w", 3), ("come", "z", 3), ("come", "h", 1), ("show", "", 0), ("come", "h", 3), ("show", "", 0)]
"""W + H, then W and H: the H of the first time is the difference."""
HEADS_FIRST = [("come", "w", 2), ("come", "z", 3), ("show", "", 0), ("come", "w", 4), ("show", "", 0)]
ERASED = [("come", "w", 3), ("come", "z", 3), ("show", "", 0), ("erase", "w", 3), ("come", "w", 1), ("show", "", 0)]
OVERLAP = [("come", "w", 3), ("come", "z", 4), ("come", "h", 1), ("show", "", 0), ("come", "w", 3), ("show", "", 0)]
TOGETHER = [
    *(("come", sector, 3) for sector in "wz"),
    ("show", "", 0),
    ("come", "h", 2),
    ("come", "w", 1),
    ("show", "", 0),
    ("come", "h", 2),
    ("again", "w", 1),
    ("show", "", 0),
]

acts = st.lists(
    st.tuples(
        st.sampled_from(("come", "come", "again", "again", "erase", "show", "show", "show")),
        st.sampled_from(SECTORS),
        st.integers(1, 4),
    ),
    min_size=4,
    max_size=24,
)


@settings(max_examples=300, deadline=None)
@example(drawn=PARTED)
@example(drawn=HEADS_FIRST)
@example(drawn=ERASED)
@example(drawn=OVERLAP)
@example(drawn=TOGETHER)
@given(drawn=acts)
def test_nothing_of_a_few_is_left_of_any_publications(drawn: list[tuple[str, str, int]]) -> None:
    round_ = play([*drawn, ("show", "", 0)])
    assert round_.exposed() == []


@pytest.mark.parametrize("drawn", [PARTED, HEADS_FIRST, ERASED, OVERLAP, TOGETHER])
def test_without_the_rule_something_is_left(drawn: list[tuple[str, str, int]]) -> None:
    assert play(drawn, careless=True).exposed()
