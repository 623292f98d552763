"""`python -m tools.property [--scenarios 500] [--database postgresql] [--mutations | --processes]`: more than tests do.

The shipped client lives through the first scenarios too. With `--mutations`, puts mistakes into the program one by one
and says after how many scenarios each was found; exits 1 when one was not. With `--processes`, plays scenarios (20) on
a real process that is killed with `kill -9` in the middle of each.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / "build" / "property"))

import django

django.setup()

import pytest  # noqa: E402 - Django must be ready first
from django.core.management import call_command  # noqa: E402
from hypothesis import HealthCheck, Phase, settings  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from tests.databases import postgres_settings, sqlite_settings, use_database  # noqa: E402
from tests.protocol.machine import Protocol  # noqa: E402
from tests.protocol.recordings import Recordings  # noqa: E402
from tests.protocol.served import play_evenings  # noqa: E402
from tests.server import RunningServer  # noqa: E402
from tests.services import create_database, postgres  # noqa: E402

from .mutations import MUTATIONS, Mutation  # noqa: E402

HOUSE = settings(
    deadline=None, print_blob=True, stateful_step_count=50, suppress_health_check=list(HealthCheck), database=None
)
TAPED = 200
"""Evenings that the shipped client lives through."""


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tools.property")
    options.add_argument("--scenarios", type=int, default=0, help="500, or 20 with --processes")
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options.add_argument("--mutations", action="store_true")
    options.add_argument("--processes", action="store_true")
    options.add_argument("--only", default="", help="mutations whose name holds this")
    asked = options.parse_args()
    logging.disable(logging.CRITICAL)
    scenarios = asked.scenarios or (20 if asked.processes else 500)
    begun = time.monotonic()
    if asked.processes:
        _play_served(asked.database, scenarios)
        print(f"{scenarios} evenings on killed processes in {time.monotonic() - begun:.0f} s; all agreed.")
        return 0
    with _database(asked.database) as folder:
        if asked.mutations:
            chosen = [mutation for mutation in MUTATIONS if asked.only in mutation.__name__]
            missed = [mutation for mutation in chosen if not _is_found(mutation, scenarios)]
            print(f"{len(chosen)} mistakes, {len(missed)} not found.")
            return 1 if missed else 0
        kept = Recordings(folder / "evenings.jsonl", most=TAPED)

        class Taped(Protocol):
            recordings = kept

        run_state_machine_as_test(Taped, settings=settings(HOUSE, max_examples=scenarios))
        kept.replay()
        print(f"{scenarios} evenings on {asked.database} in {time.monotonic() - begun:.0f} s; all agreed.")
    return 0


def _is_found(mutation: Mutation, scenarios: int) -> bool:
    count = 0

    class Counted(Protocol):
        def __init__(self) -> None:
            nonlocal count
            count += 1
            super().__init__()

    begun = time.monotonic()
    chosen = settings(
        HOUSE, max_examples=scenarios, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False
    )
    try:
        with pytest.MonkeyPatch.context() as patch:
            mutation(patch)
            run_state_machine_as_test(Counted, settings=chosen)
    except Exception as error:
        found = str(error).splitlines()[0] if str(error) else type(error).__name__
        print(f"ok {mutation.__name__}: evening {count}, {time.monotonic() - begun:.0f} s: {found[:120]}", flush=True)
        return True
    print(f"NO {mutation.__name__}: not found in {count} evenings", flush=True)
    return False


def _play_served(engine: str, scenarios: int) -> None:
    with ExitStack() as stack:
        environment = {}
        if engine == "postgresql":
            environment["DATABASE_URL"] = create_database(stack.enter_context(postgres()).url, "served")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="served-")))
        server = stack.enter_context(RunningServer(data_dir=folder, environment=environment))
        play_evenings(server, scenarios=scenarios, commands=30, kills=2, by_chance=True)


@contextmanager
def _database(engine: str) -> Iterator[Path]:
    """Let Django mean a new database; give a folder for what else is made."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="property-")))
        if engine == "sqlite":
            chosen = sqlite_settings(folder / "property.sqlite3")
        else:
            chosen = postgres_settings(create_database(stack.enter_context(postgres()).url, "property"))
        stack.enter_context(use_database(chosen))
        call_command("migrate", interactive=False, verbosity=0)
        yield folder


if __name__ == "__main__":
    sys.exit(main())
