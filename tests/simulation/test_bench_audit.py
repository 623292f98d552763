"""The count after `kill -9` in `make bench` must see what is lost or doubled: else its zeros are worth nothing.

And what it compares with must still run.
"""

from __future__ import annotations

from copy import deepcopy
from uuid import UUID

import pytest

from sessions.server.frame_transport import DaphneTransport
from tools.bench.audit import Votes, compare
from tools.bench.other import UvicornTransport

KEYS = [f"b000000{tap}-0000-4000-8000-000000000001" for tap in (1, 2, 3)]
TOLD = {
    "acked": [
        [KEYS[0], 11, "i1", 1, 1],
        [KEYS[1], 12, "i1", 2, 2],
        [KEYS[2], 13, "i2", 1, 3],
    ]
}
LINES = [(UUID(key).hex, number, "", 7) for number, key in enumerate(KEYS, start=11)]
VOTES = [(7, "i1", 2, 2), (7, "i2", 1, 3)]
BALLOTS = [(7, 3, 10)]


def test_nothing_lost_nothing_doubled():
    assert compare(TOLD, Votes(LINES, VOTES, BALLOTS)) == (0, 0)


def test_a_vote_stored_but_not_acknowledged_is_no_loss():
    later = [(7, "i1", 1, 4), (7, "i2", 1, 3)]
    assert compare(TOLD, Votes(LINES, later, [(7, 2, 10)])) == (0, 0)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda lines, votes, ballots: lines.pop(0), (1, 0)),
        (lambda lines, votes, ballots: lines.append(lines[0]), (0, 1)),
        (lambda lines, votes, ballots: votes.__setitem__(0, (7, "i1", 1, 1)), (1, 1)),
        (lambda lines, votes, ballots: votes.pop(1), (1, 1)),
        (lambda lines, votes, ballots: votes.__setitem__(1, (7, "i2", 2, 3)), (1, 1)),
        (lambda lines, votes, ballots: ballots.__setitem__(0, (7, 4, 10)), (0, 1)),
    ],
)
def test_a_difference_is_counted(spoil, expected):
    lines, votes, ballots = deepcopy(LINES), deepcopy(VOTES), deepcopy(BALLOTS)
    spoil(lines, votes, ballots)
    assert compare(TOLD, Votes(lines, votes, ballots)) == expected


def test_the_other_server_has_a_wire_with_all_that_ours_has() -> None:
    """Whatever the program asks of a wire is answered from uvicorn's connection, which has nothing of daphne's."""
    wanted = {name for name in vars(DaphneTransport) if not name.startswith("_")}
    assert wanted == {name for name in vars(UvicornTransport) if not name.startswith("_")}
