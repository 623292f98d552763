"""A short version of the attacks that send as fast as they can, while a room of 40 votes.

How long the room waits is what is judged, so nothing else runs beside this file (`ALONE` in tests/order.py).
`make attacks` runs the long ones.
"""

from __future__ import annotations

import pytest

from tools.attacks.streams import PLANS, AttackResult, Plan, play, play_in_turn

from ..depth import usually

SLOWEST_MS = 1_000
"""Twice what `make attacks` allows, and more still where the room is slow by itself: three seconds are few to take the
slowest of a hundred from. Without its bounds the server took 1.4 s for one sender of frames, and 16 s for one large
body."""
FAST = [
    plan for plan in PLANS if plan.attacker in ("bodies", "packets", "frames", "pings") and plan.many > usually(1, 0)
]
"""In the usual run of several senders: what one does, each of them does."""
FEW_FILES = next(plan for plan in PLANS if plan.files)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, AttackResult]:
    """What the room met, by the name of the attack; first when nobody attacked."""
    folder = tmp_path_factory.mktemp("floods")
    return play_in_turn([PLANS[0], *FAST], folder / "one") | {
        FEW_FILES.name: play(FEW_FILES, folder / "few", short=True)
    }


@pytest.mark.parametrize("plan", [*FAST, FEW_FILES], ids=lambda plan: plan.name)
def test_a_room_goes_on_while_it_is_attacked(plan: Plan, outcomes: dict[str, AttackResult]) -> None:
    quiet, outcome = outcomes[PLANS[0].name], outcomes[plan.name]
    assert [missed for missed in outcome.missed if not missed.startswith("p99 of ")] == []
    assert outcome.p99_vote_ms <= max(SLOWEST_MS, 3 * quiet.p99_vote_ms)
    assert outcome.p99_command_ms <= max(SLOWEST_MS, 3 * quiet.p99_command_ms)
