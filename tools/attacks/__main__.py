"""`python -m tools.attacks [--only frames] [--short]`: prints a table, writes build/attacks.json, exits 1 on a miss."""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import os
import resource
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / "build" / "attacks"))

import django

django.setup()

from tests.server import ROOT, RunningServer  # noqa: E402 - Django must be ready first

from .streams import PLANS, AttackResult, judge, play  # noqa: E402
from .voters import Voters  # noqa: E402

FILE = ROOT / "build" / "attacks.json"
GUESSES = "guesses of codes and links"


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tools.attacks")
    options.add_argument("--only", default="", help="attacks whose name holds this")
    options.add_argument("--short", action="store_true", help="fewer connections, less time")
    options.add_argument("--out", type=Path, default=FILE)
    asked = options.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    outcomes: list[AttackResult] = []

    def keep(outcome: AttackResult) -> None:
        outcomes.append(outcome)
        print(line(outcome), flush=True)
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(json.dumps([asdict(found) for found in outcomes], indent=1, ensure_ascii=False))

    print(f"{'attack':44} {'p99 vote':>9} {'command':>9} {'arrival':>9} {'memory':>9}")
    for plan in PLANS:
        if asked.only.lower() in plan.name.lower():
            with tempfile.TemporaryDirectory(prefix="attack-") as folder:
                keep(play(plan, Path(folder), short=asked.short))
    if asked.only.lower() in GUESSES and importlib.util.find_spec("tools.attacks.guesses") is not None:
        with tempfile.TemporaryDirectory(prefix="attack-") as folder, RunningServer(data_dir=Path(folder)) as server:
            keep(asyncio.run(_guess(server)))
    bad = [found for found in outcomes if found.missed]
    print(f"{len(outcomes)} attacks, {len(bad)} that broke a promise. {asked.out}")
    return 1 if bad or not outcomes else 0


async def _guess(server: RunningServer) -> AttackResult:
    room = Voters(server)
    await room.come()
    try:
        saw, watched = await room.during(_guesses(server))
        outcome = judge(GUESSES, saw, watched)
        for missed in saw.get("missed", []):
            outcome.must(False, str(missed))
        return outcome
    finally:
        await room.go()


async def _guesses(server: RunningServer) -> dict[str, Any]:
    """`run` of tools/attacks/guesses.py, in a process of its own: it must not slow down those who measure.

    How long people wait is measured by the room here: the one in that process waits for its own guessers too.
    """
    code = (
        "import json, sys, django; django.setup(); "
        "from tools.attacks.guesses import run; print(json.dumps(run(sys.argv[1], sys.argv[2], p99_ms=None)))"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, server.base, server.code), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await asyncio.wait_for(process.communicate(), 300)
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def line(outcome: AttackResult) -> str:
    head = (
        f"{outcome.attack:44} {outcome.p99_vote_ms:6} ms {outcome.p99_command_ms:6} ms "
        f"{outcome.slowest_arrival_ms:6} ms {outcome.memory_growth_bytes / 1e6:6.1f} MB  {outcome.saw.get('saw', '')}"
    )
    return "\n".join([head, *(f"     broken: {missed}" for missed in outcome.missed)])


if __name__ == "__main__":
    sys.exit(main())
