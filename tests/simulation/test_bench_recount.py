"""The count after a round of each ballot in `make bench` must see what is lost or doubled, mark by mark.

And what its phones send must be what the ballots take.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import msgspec
import pytest

from sessions.ballots import all_ballots, ballot_of
from tools.bench.answers import Voter, key_of, number_of
from tools.bench.recount import Stored, recount

PRICES = {f"i{number}": 100_000 for number in range(20)}
RANKING = {"ballot": "ranking", "round": "r", "rules": {"ballot": "ranking", "places": 3}, "prices": PRICES}
ACKED = [(5, 1, {"i1": [1]}), (5, 2, {"i1": [2], "i2": [1]})]
STORED = Stored(
    lines=[(key_of(5, 1), 7, "i1", 1), (key_of(5, 2), 7, "i1", 2), (None, 7, "i2", 2)],
    values=[(7, "i1", 0, 2, 2), (7, "i2", 0, 1, 2)],
    ballots=[(7, 0b11)],
)


def _vote_by(key: str) -> dict[str, object]:
    kind = ballot_of(key)
    rules = kind.complete(kind.Rules(), items=len(PRICES))
    return {"ballot": key, "round": "r", "rules": msgspec.to_builtins(rules), "prices": PRICES}


@pytest.mark.parametrize("key", [kind.key for kind in all_ballots()])
def test_every_ballot_takes_what_a_phone_of_it_sends(key: str) -> None:
    voter = Voter(number=3, vote=_vote_by(key))
    answers = [voter.answer(tap=tap) for tap in range(1, 26)]
    assert [answer.tap for answer in answers] == list(range(1, 26))
    assert all(answer.marks for answer in answers)


def test_a_key_tells_its_phone() -> None:
    assert number_of(key_of(999, 300)) == 999


def test_nothing_lost_nothing_doubled() -> None:
    assert recount(RANKING, acked=ACKED, stored=STORED) == (0, 0)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        # The line of a command's second mark; a value; a value of an older tap; another value; a line twice; two items
        # on one place; what was spent.
        (lambda stored: stored.lines.pop(2), (1, 0)),
        (lambda stored: stored.values.pop(1), (1, 1)),
        (lambda stored: stored.values.__setitem__(0, (7, "i1", 0, 2, 1)), (1, 0)),
        (lambda stored: stored.values.__setitem__(0, (7, "i1", 0, 3, 2)), (1, 1)),
        (lambda stored: stored.lines.append((None, 7, "i2", 2)), (0, 1)),
        (lambda stored: stored.values.append((7, "i3", 0, 1, 2)), (0, 1)),
        (lambda stored: stored.ballots.__setitem__(0, (7, 0b1)), (0, 1)),
    ],
)
def test_a_difference_is_counted(spoil: Callable[[Stored], object], expected: tuple[int, int]) -> None:
    stored = deepcopy(STORED)
    spoil(stored)
    assert recount(RANKING, acked=ACKED, stored=stored) == expected


def test_nothing_stored_of_a_phone_is_all_of_it_lost() -> None:
    assert recount(RANKING, acked=ACKED, stored=Stored([], [], [])) == (3, 0)
