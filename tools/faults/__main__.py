"""`python -m tools.faults [--runs 3] [--only redis] [--short]`: into build/faults.json. Exits 1 on a miss."""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / "build" / "faults"))

import django

django.setup()

from .audit import Row  # noqa: E402 - Django must be ready first
from .table import FAULTS, play  # noqa: E402

FILE = Path(__file__).resolve().parents[2] / "build" / "faults.json"


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tools.faults")
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--only", default="", help="faults whose name holds this")
    options.add_argument("--short", action="store_true", help="fewer people")
    options.add_argument("--out", type=Path, default=FILE)
    asked = options.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))  # the servers inherit it
    rows: list[Row] = []
    for run in range(1, asked.runs + 1):
        for fault in FAULTS:
            if asked.only.lower() in fault.name.lower():
                row = play(fault, run, short=asked.short)
                rows.append(row)
                print(line(row), flush=True)
                asked.out.parent.mkdir(parents=True, exist_ok=True)
                asked.out.write_text(json.dumps([found.as_json() for found in rows], indent=1, ensure_ascii=False))
    bad = [row for row in rows if not row.is_kept]
    print(f"{len(rows)} rows, {len(bad)} not kept, {sum(bool(row.skipped) for row in rows)} skipped. {asked.out}")
    return 1 if bad or not rows else 0


def line(row: Row) -> str:
    if row.skipped:
        return f"-- {row.fault} (run {row.run}): skipped: {row.skipped}"
    head = "ok" if row.is_kept else "NO"
    told = (
        f"{head} {row.fault} (run {row.run}, {row.seconds:.0f} s): sent {row.sent}, acknowledged {row.acknowledged}, "
        f"stored {row.stored}, lost {row.lost}, doubled {row.doubled}, closed {row.sockets_closed}, "
        f"refused {row.refused}, lag {row.lag_s:.2f} s, recovery {row.recovery_s:.2f} s"
    )
    return "\n".join(
        [told, *(f"     missed: {missed}" for missed in row.missed), *(f"     {note}" for note in row.notes)]
    )


if __name__ == "__main__":
    sys.exit(main())
