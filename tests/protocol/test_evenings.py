"""The whole protocol under random people, commands, drops, repeats and restarts, held against a model.

`make property` looks for longer; see tools/property/.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from sessions.live.protocol import VERBS

from .draws import WEIGHTS
from .machine import Protocol
from .tapes import Tapes

EVENINGS = {"sqlite": 20, "postgresql": 6}
STEPS = 40


def test_every_command_is_drawn() -> None:
    assert set(WEIGHTS) == set(VERBS)


def test_every_evening_ends_with_everybody_agreeing(database: str, tmp_path: Path) -> None:
    """The shipped client too: it hears afterwards what the screens heard."""
    kept = Tapes(tmp_path / "evenings.jsonl", most=EVENINGS[database])

    class Taped(Protocol):
        tapes = kept

    chosen = settings(
        max_examples=EVENINGS[database],
        stateful_step_count=STEPS,
        derandomize=True,
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(Taped, settings=chosen)
    kept.replay()
