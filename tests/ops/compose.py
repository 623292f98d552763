"""Reads docker-compose.yml as `docker compose` does, and runs its services as processes of this machine.

Neither Docker nor its daemon is needed: the file's commands, environments and health checks are taken as they stand;
only addresses and folders are those of this machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

from tests.server import ROOT, die_with_parent

FILE = ROOT / "docker-compose.yml"
Service = dict[str, Any]
_VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<how>:?[-?])(?P<else>[^}]*))?\})")


class Missing(Exception):
    """A variable that the file demands is not set; says what the file says."""


def interpolate(value: Any, given: Mapping[str, str]) -> Any:
    """Fill in ${NAME}, ${NAME:-default}, ${NAME:?sentence} and $$ in every text of the file."""
    if isinstance(value, dict):
        return {key: interpolate(part, given) for key, part in value.items()}
    if isinstance(value, list):
        return [interpolate(part, given) for part in value]
    return _VARIABLE.sub(lambda found: _filled(found, given), value) if isinstance(value, str) else value


def _filled(found: re.Match[str], given: Mapping[str, str]) -> str:
    if found["dollar"]:
        return "$"
    value, how = given.get(found["name"]), found["how"] or ""
    if value is None or (value == "" and how.startswith(":")):
        if how.endswith("?"):
            raise Missing(found["else"])
        return found["else"] or ""
    return value


def read(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the whole file, filled in."""
    return cast(dict[str, Any], interpolate(YAML(typ="safe", pure=True).load(FILE), given))


class Machine:
    """Where things are on this machine: what the file calls `postgres:5432` or `/data` is somewhere else here."""

    def __init__(self, places: Mapping[str, str], programs: Mapping[str, str] | None = None) -> None:
        self.places = dict(places)
        self.programs = {"python": sys.executable, **(programs or {})}
        longest_first = sorted(self.places, key=len, reverse=True)
        # In one go: a port found here may look like one of the file's.
        self._there = re.compile("|".join(rf"(?<!\w){re.escape(place)}(?!\w)" for place in longest_first))

    def with_places(self, places: Mapping[str, str]) -> Machine:
        """Return this machine with further places."""
        return Machine(self.places | dict(places), self.programs)

    def here(self, text: str) -> str:
        """Return a word of the file with the places of this machine."""
        return self._there.sub(lambda found: self.places[found[0]], text)

    def command(self, words: list[str]) -> list[str]:
        """Return a command line that runs here."""
        program, *rest = words
        return [self.programs.get(program, program), *map(self.here, rest)]

    def environment(self, service: Service) -> dict[str, str]:
        """Return what the service is given, and only that."""
        return {name: self.here(str(value)) for name, value in service.get("environment", {}).items()}

    def run(self, words: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a command of the file to its end."""
        return subprocess.run(
            self.command(words),
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def health(self, service: Service, environment: Mapping[str, str] | None = None) -> str:
        """Ask the health check of a service; return what it complains of, nothing when it is well."""
        kind, *words = service["healthcheck"]["test"]
        assert kind == "CMD"
        done = self.run(words, self.environment(service) | dict(environment or {}))
        return "" if done.returncode == 0 else f"{done.returncode}: {done.stdout}{done.stderr}"

    @contextmanager
    def running(self, service: Service, environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Run a service until the block ends."""
        with log.open("ab") as out:
            process = subprocess.Popen(
                self.command(service["command"]),
                cwd=log.parent,
                env={"PATH": os.environ["PATH"], **self.environment(service), **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)
