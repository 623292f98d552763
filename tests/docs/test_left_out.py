"""A run names what it did not try."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ..left_out import tell_what_was_left_out


class Terminal:
    def __init__(self, skipped: list[pytest.TestReport]) -> None:
        self.stats = {"skipped": skipped} if skipped else {}
        self.lines: list[str] = []

    def section(self, title: str, **markup: bool) -> None:
        self.lines.append(title)

    def line(self, line: str) -> None:
        self.lines.append(line)


def skip(name: str, longrepr: Any) -> pytest.TestReport:
    return pytest.TestReport(name, ("", 0, ""), {}, "skipped", longrepr, "call")


def told(*skipped: pytest.TestReport) -> list[str]:
    terminal = Terminal(list(skipped))
    tell_what_was_left_out(cast(pytest.TerminalReporter, terminal))
    return terminal.lines


def test_what_was_skipped_is_named_with_its_reason() -> None:
    assert told(skip("tests/a.py::test_b", ("tests/a.py", 3, "Skipped: firefox-esr is not installed"))) == [
        "not tried",
        "tests/a.py::test_b: firefox-esr is not installed",
    ]
    assert told() == []
