"""In what order pytest-xdist hands out the tests, and what it keeps together: what takes longest begins first.

A file is one piece of work, as its tests may share what its fixtures made. In a file of `APART` no test leans on
another, and each is a piece of its own: otherwise one process works on alone at the end. A file of `ALONE` measures
how long something takes: it comes last, when no other process works any more.
"""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.workermanage import WorkerController

LONG = {
    "tests/e2e/test_screens.py": 250,
    "tests/live/test_recording.py": 45,
    "tests/kinds/test_ballots_stored.py": 45,
    "tests/kinds/test_conformance.py": 45,
    "tests/e2e/test_dev.py": 45,
    "tests/e2e/test_papers.py": 35,
    "tests/e2e/test_desk.py": 25,
    "tests/e2e/test_items.py": 20,
    "tests/views/test_serve.py": 40,
    "tests/live/test_convergence.py": 25,
    "tests/live/test_two_processes.py": 45,
    "tests/live/test_rights.py": 30,
    "tests/live/test_strangers.py": 30,
    "tests/e2e/test_journey.py": 45,
    "tests/live/test_crowding.py": 45,
    "tests/ops/test_deployment.py": 40,
    "tests/protocol/test_found.py": 40,
    "tests/ops/test_redis_setups.py": 40,
    "tests/live/test_permissions.py": 20,
    "tests/live/test_permitted_commands.py": 20,
    "tests/live/test_visibility.py": 30,
    "tests/ops/test_compose.py": 30,
    "tests/ops/test_backup.py": 30,
}
"""About how many seconds a file takes, where that is many: of a piece of `APART`, the longest of its tests. A long run
writes what it found into build/durations.json (tests/spent.py).
"""
APART = {
    "tests/protocol/test_scenarios.py": 15,
    "tests/privacy/test_histories.py": 15,
    "tests/live/test_attendance.py": 20,
    "tests/simulation/test_simulate.py": 40,
    "tests/live/test_wiped_disk.py": 30,
    "tests/live/test_large_deletion.py": 30,
    "tests/e2e/test_networks.py": 30,
    "tests/e2e/test_ballots.py": 25,
    "tests/e2e/test_templates.py": 35,
    "tests/e2e/test_harm.py": 25,
    "tests/e2e/test_phone_keeps.py": 25,
    "tests/e2e/test_phone_tabs.py": 25,
    "tests/e2e/test_engines.py": 20,
    "tests/e2e/test_phone_app.py": 20,
    "tests/e2e/test_room.py": 20,
    "tests/ops/test_restore.py": 20,
    "tests/e2e/test_rights.py": 15,
}
ALONE = ("tests/live/test_floods.py",)


class Pieces(LoadScopeScheduling):
    """Hands out whole files and single tests, in the order in which they were collected."""

    def schedule(self) -> None:
        self.config.option.loadscopereorder = False
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        file = file_of(nodeid)
        return nodeid if file in APART else file

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        super().mark_test_complete(node, item_index, duration)
        # The end of one process's work may be what another waits for.
        for other in self.nodes:
            if other is not node:
                self._reschedule(other)

    def _reschedule(self, node: WorkerController) -> None:
        if not self._only_alone_is_left():
            super()._reschedule(node)
        elif node is not self.nodes[0]:
            node.shutdown()
        elif all(self._pending_of(self.assigned_work[other]) == 0 for other in self.nodes[1:]):
            while self.workqueue:
                self._assign_work_unit(node)
            node.shutdown()

    def _only_alone_is_left(self) -> bool:
        # Sorted last, so the first of the queue says it.
        return bool(self.workqueue) and file_of(next(iter(self.workqueue))) in ALONE


def place_of(nodeid: str) -> tuple[bool, int]:
    """Return what to sort by: what is measured alone last, before that whatever takes longest first."""
    file = file_of(nodeid)
    return file in ALONE, -(LONG.get(file) or APART.get(file, 0))


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]
