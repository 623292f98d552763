"""The whole protocol under random people, commands, drops, repeats and restarts, held against a model.

`make property` looks for longer; see tools/property/.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from sessions.domain.kind import handler_of
from sessions.live.protocol import COMMAND_TYPES

from ..depth import usually
from .draws import WEIGHTS
from .machine import Protocol
from .recordings import Recordings

SCENARIOS = {"sqlite": usually(8, 20), "postgresql": usually(2, 6)}
STEPS = 40


def test_every_command_is_drawn() -> None:
    """What a kind brings besides is played by the kinds' own tests, and whole agendas in tests/live/course.py."""
    known = {name for name, command in COMMAND_TYPES.items() if handler_of(command) is None}
    assert set(WEIGHTS) == known - {"agenda.replace", "agenda.restore"}


def test_every_scenario_ends_with_everybody_agreeing(database: str, tmp_path: Path) -> None:
    """The shipped client too: it hears afterwards what the screens heard."""
    kept = Recordings(tmp_path / "evenings.jsonl", most=SCENARIOS[database])

    class Taped(Protocol):
        recordings = kept

    chosen = settings(
        max_examples=SCENARIOS[database],
        stateful_step_count=STEPS,
        derandomize=True,
        # To make a scenario that fails shorter takes five minutes for each engine; `make property` does that.
        phases=[Phase.explicit, Phase.generate],
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(Taped, settings=chosen)
    kept.replay()
