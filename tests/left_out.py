"""The last lines of a run: what was not tried, and why. So it is not taken for tried."""

from __future__ import annotations

from pytest import TerminalReporter, TestReport


def tell_what_was_left_out(terminal: TerminalReporter) -> None:
    """Name every test that was skipped, with its reason."""
    skipped: list[TestReport] = terminal.stats.get("skipped", [])
    if not skipped:
        return
    terminal.section("not tried", red=True, bold=True)
    for report in skipped:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminal.line(f"{report.nodeid}: {why.removeprefix('Skipped: ')}")
