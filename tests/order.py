"""In what order pytest-xdist hands out the tests, and what it keeps together: what takes longest begins first.

A file is one piece of work, as its tests may share what its fixtures made. In a file of `APART` no test leans on
another, and each is a piece of its own: otherwise one process works on alone at the end.
"""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling

LONG = {
    "tests/e2e/test_screens.py": 300,
    "tests/live/test_floods.py": 130,
    "tests/live/test_recording.py": 90,
    "tests/live/test_convergence.py": 80,
    "tests/privacy/test_histories.py": 60,
    "tests/e2e/test_journey.py": 50,
    "tests/live/test_rights.py": 50,
    "tests/live/test_permissions.py": 50,
    "tests/domain/test_votes.py": 50,
    "tests/live/test_two_processes.py": 40,
}
"""About how many seconds a file takes, where that is many: of a piece of `APART`, the longest of its tests."""
APART = {
    "tests/e2e/test_harm.py": 35,
    "tests/e2e/test_phone_app.py": 20,
    "tests/e2e/test_phone_keeps.py": 30,
    "tests/e2e/test_rights.py": 15,
    "tests/e2e/test_room.py": 25,
    "tests/faults/test_faults.py": 25,
    "tests/live/test_attendance.py": 40,
    "tests/live/test_ending.py": 40,
    "tests/ops/test_restore.py": 25,
    "tests/simulation/test_simulate.py": 30,
}


class Pieces(LoadScopeScheduling):
    """Hands out whole files and single tests, in the order in which they were collected."""

    def schedule(self) -> None:
        self.config.option.loadscopereorder = False
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        file = file_of(nodeid)
        return nodeid if file in APART else file


def seconds_of(nodeid: str) -> int:
    """Return about how long the piece of work takes that a test belongs to."""
    file = file_of(nodeid)
    return LONG.get(file) or APART.get(file, 0)


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]
