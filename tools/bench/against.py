"""`make bench AGAINST=<commit>`: this tree and another commit by turns, medians and spreads, into build/against.json.

Each tree is measured by its own tools on its own code. Turns cancel what the machine does meanwhile. A figure is worse
when its median is off by more than 5 % and by more than the other commit's own spread, whichever is larger.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from .processes import ROOT
from .sizes import say

RUNS = 5
ALLOWED = 0.05
TARGET = ROOT / "build" / "against.json"


class Figure(NamedTuple):
    """`find`: takes it out of what a run found."""

    what: str
    unit: str
    find: Callable[[dict[str, Any]], float]
    least: bool = False
    """More is better."""


FIGURES = (
    Figure("durable votes per second", "/s", lambda found: found["burst"]["votes_per_s"], least=True),
    Figure("p99 from tap to acknowledgement", "ms", lambda found: found["burst"]["ack_p99_ms"]),
    Figure("p99 from commit to every screen", "ms", lambda found: found["burst"]["screen_p99_ms"]),
    Figure("server CPU per vote", "µs", lambda found: found["burst"]["server_us_per_vote"]),
    Figure("server CPU per tally frame", "µs", lambda found: found["fanout"]["product"]["us_per_frame"]),
    Figure("all join at once", "s", lambda found: found["join"]["seconds"]),
    Figure("all come back", "s", lambda found: found["rejoin"]["seconds"]),
    Figure("memory per phone", "kB", lambda found: found["memory"]["kb_per_phone"]),
)


class Verdict(NamedTuple):
    before: float
    after: float
    spread: float
    """Of the other commit: largest less smallest, as a share of its median."""
    change: float
    """As a share of the other commit's median; above zero is worse."""

    @property
    def is_worse(self) -> bool:
        return self.change > max(ALLOWED, self.spread)


def judge(*, before: Sequence[float], after: Sequence[float], least: bool) -> Verdict:
    """Compare the medians of runs by turns. `least`: more is better."""
    old, new = median(before), median(after)
    change = (old - new if least else new - old) / old
    return Verdict(before=old, after=new, spread=(max(before) - min(before)) / old, change=change)


def check_out(commit: str) -> Path:
    """Return a worktree of the commit, set up as its own README says."""
    name = subprocess.run(
        ["git", "rev-parse", "--short", f"{commit}^{{commit}}"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    tree = ROOT / "build" / f"against-{name}"
    if not tree.exists():
        say(f"a worktree of {name}")
        subprocess.run(["git", "worktree", "prune"], cwd=ROOT, check=True)
        subprocess.run(["git", "worktree", "add", "--detach", str(tree), name], cwd=ROOT, check=True)
    subprocess.run([sys.executable, "scripts/house.py", "setup", "test"], cwd=tree, check=True)
    return tree


def measure(tree: Path) -> dict[str, Any]:
    """Run the compared part once in that tree. Raises RuntimeError when it broke off."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    source = (ROOT / "tools" / "bench" / "once.py").read_text()
    done = subprocess.run(
        [str(tree / ".venv" / "bin" / "python"), "-c", source], cwd=tree, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{tree.name} broke off:\n{done.stderr[-4000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(commit: str) -> int:
    trees = {"before": check_out(commit), "after": ROOT}
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in trees}
    for turn in range(RUNS):
        # Who goes first changes from turn to turn: the second of two runs may find a warmer machine.
        for name in sorted(trees, reverse=turn % 2 == 0):
            say(f"run {turn + 1} of {RUNS}: {name}")
            runs[name].append(measure(trees[name]))
            TARGET.write_text(json.dumps(runs, indent=2) + "\n")
    print(f"\n{'':34}{'before':>10}{'after':>10}{'change':>9}{'spread':>9}")
    worse = []
    for figure in FIGURES:
        verdict = judge(
            before=[figure.find(run) for run in runs["before"]],
            after=[figure.find(run) for run in runs["after"]],
            least=figure.least,
        )
        told = "  worse" if verdict.is_worse else ""
        print(
            f"{f'{figure.what}, {figure.unit}':34}{verdict.before:10.4g}{verdict.after:10.4g}"
            f"{verdict.change:+9.1%}{verdict.spread:9.1%}{told}"
        )
        worse += [figure.what] if verdict.is_worse else []
    lost = sum(run["burst"]["lost"] + run["burst"]["doubled"] for found in runs.values() for run in found)
    print(f"\n{lost} votes lost or counted twice. Change above zero is worse.")
    return 1 if worse or lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
