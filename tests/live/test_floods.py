"""A short version of every attack on streams, while a room of 40 votes; `make attacks` runs the long ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..attacks.streams import PLANS, Outcome, Plan, play

SLOWEST_MS = 1_000
"""Other tests run beside this one, so it allows more than `make attacks`, and more still where the room is slow by
itself. Without its bounds the server took 1.4 s for one sender of frames, and 16 s for one large body."""


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What the room needs when nobody attacks."""
    return play(PLANS[0], tmp_path_factory.mktemp("quiet") / "data", short=True)


@pytest.mark.parametrize("plan", PLANS[1:], ids=lambda plan: plan.attacker)
def test_a_room_goes_on_while_it_is_attacked(plan: Plan, quiet: Outcome, tmp_path: Path) -> None:
    outcome = play(plan, tmp_path / "data", short=True)
    assert [missed for missed in outcome.missed if not missed.startswith("p99 of ")] == []
    assert outcome.p99_vote_ms <= max(SLOWEST_MS, 3 * quiet.p99_vote_ms)
    assert outcome.p99_command_ms <= max(SLOWEST_MS, 3 * quiet.p99_command_ms)
