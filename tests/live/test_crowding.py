"""A short version of the attacks that fill the server with people and connections, while a room of 40 votes.

They wait more than they send, so other tests may run beside them; how long the room waits is judged by `make attacks`,
and for those who send as fast as they can by test_floods.py. The server gives less time than the program does, so that
an attack that waits for its end is over sooner.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tools.attacks.streams import PLANS, AttackResult, Plan, play, play_in_turn

WAITS = {
    "sessions.server.requests.HEAD_S": 3,
    "sessions.live.socket.HELLO_S": 3,
    "sessions.domain.flood.SETTLE": 2,
}
SHORTER = {"half": (7, 60), "silent": (8, 100), "readers": (4, 60), "phones": (6, 40), "joins": (30, 120)}
"""Attacker → seconds and connections. Joins end when all are in."""
WAITING = [replace(plan, short=SHORTER[plan.attacker]) for plan in PLANS if plan.attacker in SHORTER]
REQUESTS = next(plan for plan in PLANS if plan.attacker == "requests")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, AttackResult]:
    """What the room met, by the name of the attack. Requests need a door where the facilitator lets people in: another
    server, beside the first, as both mostly wait.
    """
    folder = tmp_path_factory.mktemp("crowding")
    with ThreadPoolExecutor() as pool:
        met = pool.submit(play_in_turn, WAITING, folder / "one", waits=WAITS)
        at_the_door = pool.submit(play, REQUESTS, folder / "door", short=True)
        return met.result() | {REQUESTS.name: at_the_door.result()}


@pytest.mark.parametrize("plan", [*WAITING, REQUESTS], ids=lambda plan: plan.name)
def test_a_room_goes_on_while_the_server_fills(plan: Plan, outcomes: dict[str, AttackResult]) -> None:
    assert [missed for missed in outcomes[plan.name].missed if not missed.startswith("p99 of ")] == []
