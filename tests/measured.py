"""Branch coverage of the parts that decide, told at the end of every run that tries them whole; under LEAST it fails.

Only the tests that mirror these parts count, and only while they run is anything measured: it slows a test down, and
that everything else passes through a line by the way says little. For the same reason a test that runs on both engines
is measured on SQLite alone, unless it is in a file of `BY_ENGINE`; and a run of some tests measures nothing. Loaded by
`-p` in pyproject.toml, before Django imports the program. What was missed stands in build/coverage.json.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

LEAST = 95.0
"""In per cent, by these tests alone."""
PARTS = ("domain", "kinds", "ballots", "synthesis")
"""Of `sessions/`."""
FOLDERS = tuple(f"tests/{name}" for name in ("domain", "exchange", "kinds", "models", "synthesis"))
"""Tests that run in this process, and are about what these parts decide and store."""
FILES = (
    "tests/views/test_setup.py",
    "tests/views/test_members.py",
    "tests/views/test_agenda_templates.py",
    "tests/privacy/test_results_told.py",
)
"""The same of programmes, whose rules are tried through the pages that set them up; and of figures of whole ballots."""
BY_ENGINE = ("tests/domain/test_bulk.py", "tests/domain/test_log.py")
"""About the few places where these parts do something else on PostgreSQL than on SQLite."""
UNMEASURED = (
    "tests/domain/test_papers_judged.py",
    "tests/domain/test_redacted_text.py",
    "tests/exchange/test_consent.py",
    "tests/exchange/test_datapackage.py",
    "tests/exchange/test_downloads.py",
    "tests/exchange/test_recount.py",
    "tests/exchange/test_report.py",
    "tests/exchange/test_studio.py",
    "tests/exchange/test_tables.py",
    "tests/exchange/test_vote_tables.py",
    "tests/kinds/test_ballots_stored.py",
    "tests/synthesis/test_permutation_test.py",
)
"""They take long, and pass only through what the others pass through as well."""
SPARED = ("if TYPE_CHECKING:", r"^\s*\.\.\.$")
"""What no run reaches."""
ROOT = Path(__file__).parent.parent
REPORT = ROOT / "build" / "coverage.json"


class Measured:
    """Measures in one process: a worker of pytest-xdist, or the only one. Who started the workers adds them up."""

    def __init__(self, run: str) -> None:
        self.place = ROOT / "build" / f"coverage-{run}"
        self.coverage = coverage.Coverage(
            data_file=str(self.place / "part"),
            data_suffix=True,
            branch=True,
            source=[str(ROOT / "sessions" / part) for part in PARTS],
            config_file=False,
        )
        for line in SPARED:
            self.coverage.exclude(line)
        self.on = False
        self.told = ""

    def begin(self) -> None:
        if not self.on:
            self.coverage.start()
            self.on = True

    def pause(self) -> None:
        if self.on:
            self.coverage.stop()
            self.on = False

    def pytest_configure(self, config: pytest.Config) -> None:
        if not _is_worker(config):
            self.place.mkdir(parents=True, exist_ok=True)
        if getattr(config.option, "numprocesses", None):
            self.pause()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """What is run when a module is loaded counts; from here on only what tests do."""
        self.pause()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if _counts(item):
            self.begin()
        try:
            return (yield)
        finally:
            self.pause()

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        self.pause()
        if _is_worker(session.config):
            # Before the parent hears that this worker is done.
            self.coverage.save()
            return (yield)
        done = yield
        self.coverage.save()
        if not session.shouldfail and not session.shouldstop:
            self.tell(session)
        shutil.rmtree(self.place, ignore_errors=True)
        return done

    def tell(self, session: pytest.Session) -> None:
        self.coverage.combine([str(self.place)])
        self.coverage.json_report(outfile=str(REPORT))
        found = json.loads(REPORT.read_text(encoding="utf-8"))
        totals = found["totals"]
        share = 100 * totals["covered_branches"] / totals["num_branches"]
        statements = 100 * totals["covered_lines"] / totals["num_statements"]
        self.told = (
            f"{', '.join(PARTS)}: {share:.1f} % of {totals['num_branches']} branches covered"
            f" (at least {LEAST:.0f}), {statements:.1f} % of {totals['num_statements']} statements"
        )
        if share < LEAST:
            self.told += "".join(f"\n{line}" for line in _missed(found["files"]))
            if session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.told:
            terminalreporter.write_line(self.told)


def _counts(item: pytest.Item) -> bool:
    mirrors = item.nodeid.startswith((*(f"{folder}/" for folder in FOLDERS), *FILES))
    if not mirrors or item.nodeid.startswith(UNMEASURED):
        return False
    engine = item.callspec.params.get("database") if hasattr(item, "callspec") else None
    return engine != "postgresql" or item.nodeid.startswith(BY_ENGINE)


def _missed(files: dict[str, Any]) -> list[str]:
    """Return what was missed, one line a file, the most first."""
    missed = {name: [f"{start}→{end}" for start, end in file["missing_branches"]] for name, file in files.items()}
    named = sorted(missed.items(), key=lambda each: (-len(each[1]), each[0]))
    return [f"  {name}: {', '.join(branches)}" for name, branches in named if branches]


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _tries_all(options: argparse.Namespace) -> bool:
    """Whether all tests that count are in this run: it is of the whole suite, or names their folders."""
    if options.keyword or options.markexpr or options.collectonly or options.deselect:
        return False
    named = {str(Path(word.rstrip("/"))) for word in options.file_or_dir} or {"tests"}
    return bool(named & {"tests", str(ROOT / "tests")}) or named >= set(FOLDERS)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Before pytest-django loads the program."""
    # Workers have it from their parent.
    tries_all = _tries_all(early_config.known_args_namespace)
    if run := os.environ.setdefault("COVERAGE_OF_RUN", str(os.getpid()) if tries_all else ""):
        measured = Measured(run)
        measured.begin()
        early_config.pluginmanager.register(measured, "measured")
    return (yield)
