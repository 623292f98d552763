"""Processes under measurement: started, asked for their CPU time and memory, killed."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
ANSWER_SECONDS = 400
"""How long one task of the load, or one module beside it, may take before its part is given up."""


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU a process used so far, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Process:
    """A server. `address` is where it listens, once it answers at `probe`."""

    def __init__(self, *, command: list[str], env: dict[str, str], log: Path, probe: str) -> None:
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._command = [part.replace("{port}", str(self._port)) for part in command]
        self._env, self._log, self._probe = {**os.environ, **env}, log, probe
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Process:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"a server did not start:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.05)
        return self

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def memory(self) -> int:
        """Return the bytes in memory now."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def peak_memory(self) -> int:
        """Return the most bytes it ever had in memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))

    def warm_up(self, code: str) -> None:
        """Let it load what it loads at the first page, so that memory per phone is of phones."""
        for path in (f"/join/{code}/", f"/api/v1/sessions/{code}"):
            urllib.request.urlopen(self.address + path, timeout=30).read()  # noqa: S310 - our own

    def end(self) -> None:
        """Be rid of it; also after somebody killed it."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + self._probe, timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            return error.code == 404  # the bare servers know no pages
        except OSError:
            return False


class Generator:
    """The load, in a process of its own; one question and one answer at a time, as lines of JSON."""

    def __init__(self, log: IO[bytes], *, module: str = "tools.bench.generator") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )

    def ask(self, do: str, **content: Any) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, "with": content}).encode() + b"\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], ANSWER_SECONDS)
        answer = self._process.stdout.readline() if ready else b""
        if not answer:
            raise RuntimeError(f"the load generator {'ended' if ready else 'hung'} while it did {do!r}")
        found: dict[str, Any] = json.loads(answer)
        if "error" in found:
            raise RuntimeError(f"{do!r} failed in the load generator:\n{found['error']}")
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


def serve(data: Path, *, database: str | None = None, **more: str) -> Process:
    """Return the product as `make run` starts it. `more`: of its environment."""
    env = {"DATA_DIR": str(data)} | ({"DATABASE_URL": database} if database else {}) | more
    command = [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", "{port}", "--data-dir", str(data)]
    return Process(command=command, env=env, log=data / "server.log", probe="/health/ready").start()


def daphne(application: str, data: Path, *, settings: str = "cocreation.settings", **env: str) -> Process:
    """Return another application on the same daphne, set as the product sets it."""
    command = [sys.executable, "-m", "tools.bench.daphne", application, "{port}"]
    env = {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": settings, **env}
    return Process(command=command, env=env, log=data / f"{application.split(':')[0]}.log", probe="/").start()


def prepare(data: Path, *, items: int, budget: int, database: str | None = None) -> dict[str, Any]:
    """Make the session that is measured; return what phones must know."""
    return run_module("prepare", str(items), str(budget), data=data, database=database)


def run_module(name: str, *args: str, data: Path, database: str | None = None) -> dict[str, Any]:
    """Run a module beside this one on the program's data, before or without a server; return what it prints."""
    env = {**os.environ, "DATA_DIR": str(data)} | ({"DATABASE_URL": database} if database else {})
    done = subprocess.run(
        [sys.executable, "-m", f"tools.bench.{name}", *args], cwd=ROOT, env=env, capture_output=True, text=True,
        timeout=ANSWER_SECONDS,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr[-3000:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
