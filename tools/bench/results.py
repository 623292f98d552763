"""What was found so far, in build/bench.json after every figure: nothing measured is lost by what breaks later."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .processes import Generator

Findings = Iterator[tuple[str, Any]]
"""Key in build/bench.json, and what belongs there; a dotted key goes into the table of that name."""


class Results:
    def __init__(self, *, target: Path, folder: Path) -> None:
        self.found: dict[str, Any] = {"seconds_of": {}, "broken": {}}
        self._target, self._folder = target, folder
        target.parent.mkdir(exist_ok=True)

    def measure(self, name: str, part: Callable[[Generator], Findings]) -> None:
        """Run one part with a load of its own. One that breaks is noted, and the next begins."""
        began = time.monotonic()
        with (self._folder / "generator.log").open("ab") as log:
            generator = Generator(log)
            try:
                for key, value in part(generator):
                    self.put(key, value)
            except Exception:
                self._note_broken(name)
            finally:
                generator.end()
        self.put(f"seconds_of.{name}", round(time.monotonic() - began, 1))

    def put(self, key: str, value: Any) -> None:
        """Keep a figure, or lay a table's figures over those that are there."""
        *tables, last = key.split(".")
        table = self.found
        for name in tables:
            table = table.setdefault(name, {})
        if isinstance(value, dict) and isinstance(table.get(last), dict):
            table[last] |= value
        else:
            table[last] = value
        self._target.write_text(json.dumps(self.found, indent=2) + "\n")

    def _note_broken(self, name: str) -> None:
        told = traceback.format_exc()
        print(f"--- {name} broke off\n{told}", file=sys.stderr, flush=True)
        for path in (*self._folder.glob("*.log"), *self._folder.glob(f"{name}/**/*.log")):
            if text := path.read_text(errors="replace").strip():
                print(f"--- {path.name}\n{text[-2000:]}", file=sys.stderr, flush=True)
        self.put(f"broken.{name}", told.strip().splitlines()[-1])
