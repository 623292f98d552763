"""How much the tests try of what is drawn by chance or combined: a part in the usual run, all of it with DEEP=1.

What the usual run leaves out is more of the same: further draws of a rule, and PostgreSQL for two thirds of the tests
whose rule is the same code on both engines. `make test DEEP=1` runs all of it, and CONTRIBUTING.md says when.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import settings

DEEP = os.environ.get("DEEP", "0") not in ("", "0")
USUAL = 25
"""Random examples that a rule is worth."""
PART = 3
"""One in so many of them is drawn in the usual run: it comes so often that together they are more."""
BY_ENGINE = (
    "tests/domain/test_bulk.py",
    "tests/domain/test_copies.py",
    "tests/domain/test_deletion",
    "tests/domain/test_flood.py",
    "tests/domain/test_keys.py",
    "tests/domain/test_log.py",
    "tests/domain/test_programme_races.py",
    "tests/live/",
    "tests/models/",
)
"""Files about locks, races and queries that the engines answer differently: whole on both."""
FAULTS = (
    "tests/e2e/test_ballots.py::test_a_ballot_from_finger_to_file",
    "tests/e2e/test_networks.py",
    "tests/e2e/test_phone_app.py",
    "tests/e2e/test_phone_keeps.py",
    "tests/e2e/test_phone_tabs.py",
    "tests/e2e/test_plain_http.py",
    "tests/e2e/test_templates.py",
    "tests/live/test_code_guesses.py",
    "tests/live/test_crowding.py",
    "tests/live/test_floods.py",
    "tests/live/test_health.py",
    "tests/live/test_large_deletion.py",
    "tests/live/test_wiped_disk.py",
    "tests/ops/test_backup.py",
    "tests/ops/test_compose.py",
    "tests/ops/test_deployment.py",
    "tests/ops/test_redis_setups.py",
    "tests/ops/test_restore.py",
    "tests/simulation/test_simulate.py::test_a_session_from_welcome_to_result_through_a_crash",
)
"""Tests in which servers are flooded, filled, stopped, upgraded, restored, or lose a disk, Redis or the network,
and phones their page, a tab or their storage; and whole evenings by each template, for their length.
"""
USUAL_FAULTS = (
    "tests/e2e/test_ballots.py::test_a_ballot_from_finger_to_file[dots]",
    "tests/e2e/test_phone_keeps.py::test_words_survive_a_reload_and_a_closed_tab",
    "tests/e2e/test_templates.py::test_a_template_plays_from_lobby_to_close[event]",
)
"""Of these, what the usual run tries as well: one evening in which a phone is cut off and a server dies, words that
survive the page, and the evening of one template.
"""


def usually(few: int, many: int) -> int:
    """Return how many there are in this run: few in the usual one, many in a deep one."""
    return many if DEEP else few


def shared(engine: str, *, examples: int = USUAL) -> settings:
    """Return the settings for this engine's share of so many examples.

    The rule is the same code on both, and what the engines do otherwise shows in any example: so together they get as
    many as the rule is worth. On PostgreSQL an example costs more, so it gets a third of them.
    """
    drawn = usually(examples // PART, examples)
    on_postgresql = drawn // 3
    return settings(max_examples=on_postgresql if engine == "postgresql" else drawn - on_postgresql)


def on_engines(
    names: str,
    values: Sequence[tuple[Any, ...]],
    *,
    ids: Callable[[tuple[Any, ...]], str],
    on_postgresql: Callable[[tuple[Any, ...]], bool],
    on_sqlite: Callable[[tuple[Any, ...]], bool] = lambda value: True,
) -> pytest.MarkDecorator:
    """Give a test that uses `database` these values on each engine: in a deep run all, else those that are chosen."""
    chosen = {"sqlite": on_sqlite, "postgresql": on_postgresql}
    marks: dict[str, Collection[pytest.MarkDecorator]] = {"sqlite": (), "postgresql": (pytest.mark.servers,)}
    cases = [
        pytest.param(engine, *value, id=f"{engine}-{ids(value)}", marks=marks[engine])
        for engine, is_chosen in chosen.items()
        for value in values
        if DEEP or is_chosen(value)
    ]
    return pytest.mark.parametrize(f"database, {names}", cases, indirect=["database"])


def on_one_engine() -> pytest.MarkDecorator:
    """Let a test that uses `database` run on SQLite, and on PostgreSQL as well only in a deep run."""
    engines = ["sqlite", *([pytest.param("postgresql", marks=pytest.mark.servers)] if DEEP else [])]
    return pytest.mark.parametrize("database", engines, indirect=True)


def mark_faults(items: Iterable[pytest.Item]) -> None:
    """Mark the tests of `make faults`, so that it can choose them."""
    for item in items:
        if item.nodeid.startswith(FAULTS):
            item.add_marker(pytest.mark.faults)


def is_for_later(item: pytest.Item) -> bool:
    """Return whether the usual run leaves this test out: it asks PostgreSQL what SQLite is asked as well, or it is of
    `make faults`.

    A third of the first stay, spread evenly and the same in each run: a query that PostgreSQL refuses stands in many
    tests.
    """
    if DEEP:
        return False
    if item.nodeid.startswith(FAULTS):
        return item.nodeid not in USUAL_FAULTS
    is_twin = item.get_closest_marker("either_engine") is not None and not item.nodeid.startswith(BY_ENGINE)
    return is_twin and zlib.crc32(item.nodeid.encode()) % PART != 0
