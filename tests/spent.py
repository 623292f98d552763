"""Where the time of a long run went: the longest files, and which process had to wait for another at the end.

All files stand in build/durations.json. tests/order.py begins with those that take longest.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

from pytest import TerminalReporter, TestReport

from .order import file_of

REPORT = Path(__file__).parent.parent / "build" / "durations.json"
LONG_RUN_S = 120
"""Shorter runs do not print where the time went."""
TOLD = 15


class Spent:
    """Adds up what each test reports, in the process that starts the workers."""

    def __init__(self) -> None:
        self.files: Counter[str] = Counter()
        self.ended: dict[str, float] = {}
        """Worker → when its last test ended."""

    def add(self, report: TestReport) -> None:
        self.files[file_of(report.nodeid)] += report.duration
        self.ended[getattr(report, "worker_id", "")] = time.monotonic()

    def tell(self, terminal: TerminalReporter) -> None:
        if self.files.total() < LONG_RUN_S:
            return
        longest = {name: round(seconds, 1) for name, seconds in self.files.most_common()}
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(json.dumps(longest, indent=1) + "\n", encoding="utf-8")
        told = ", ".join(
            f"{name.removeprefix('tests/')} {seconds:.0f} s" for name, seconds in [*longest.items()][:TOLD]
        )
        terminal.write_line(f"{self.files.total():.0f} s in tests, most of it in {told}")
        waited = max(self.ended.values()) - min(self.ended.values())
        if waited > 1:
            terminal.write_line(f"one process was done {waited:.0f} s before the other")
