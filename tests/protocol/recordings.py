"""Recordings of what screens received, replayed in the shipped client: it must end in the same state.

One run of frontend/src/lib/scenarios.test.ts for all scenarios that were kept.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..vitest import check_shipped
from .scenario import Scenario


class Recordings:
    """`most`: how many scenarios are kept."""

    def __init__(self, file: Path, *, most: int) -> None:
        self._file, self._most = file, most
        self.kept = 0

    def keep(self, scenario: Scenario) -> None:
        """Write down a scenario that ended well."""
        if self.kept == self._most:
            return
        screens = [
            {
                "audience": screen.audience.value,
                "tape": screen.tape,
                "shown": {
                    "epoch": fresh.epoch,
                    "seq": fresh.seq,
                    "snapshot": fresh.snapshot,
                    "you": fresh.you,
                    "now": screen.now,
                },
            }
            for screen, fresh in scenario.compared
        ]
        self.kept += 1
        with self._file.open("a") as file:
            file.write(json.dumps({"name": f"evening {self.kept}", "screens": screens}) + "\n")

    def replay(self) -> None:
        """Let the shipped client live through them."""
        assert self.kept, "no evening was kept"
        check_shipped("lib/scenarios.test.ts", name="SCENARIOS", data=self._file)
