"""What several files of this folder begin with."""

from __future__ import annotations

import pytest

from .reveals import H, N, Vote, W


@pytest.fixture
def vote(database: str) -> Vote:
    """Onderwijs 3 of 5, ondernemers 2 of 6, overheden 3 of 3, nobody of onderzoek."""
    vote = Vote()
    vote.cast(W, yes=3, no=2)
    vote.cast(N, yes=2, no=4)
    vote.cast(H, yes=3, no=0)
    return vote
