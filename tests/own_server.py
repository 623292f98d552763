"""A server of our own: a program from a wheel, started by hand, that a test may stop and start as it likes."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

START_SECONDS = 20
STOP_SECONDS = 10

# A server must not outlive the tests, however they end: `kill -9` runs no clean-up. So each server has a guardian, a
# small process that waits for its standard input to close, which the operating system does when we die.
GUARDIAN = """
import os, shutil, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
pid_file, sign, folder = sys.argv[1:]
sys.stdin.buffer.read()
try:
    pid = int(open(pid_file).read())
    os.kill(pid, int(sign))
    for _ in range(50):
        time.sleep(0.05)
        os.kill(pid, 0)
    os.kill(pid, signal.SIGKILL)
except (OSError, ValueError):
    pass
shutil.rmtree(folder, ignore_errors=True)
"""


def free_port() -> int:
    """A port nobody listens on now. Another process may still take it first, so ask shortly before use.

    Below the range from which the system gives ports to those who dial (32768 and up): a server that was killed finds
    its own port free when it comes back, and nobody who dials it meanwhile is connected to themselves.
    """
    while True:
        port = 10_000 + secrets.randbelow(22_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Server:
    """One server of our own: a program, its folder, its port. A test may stop and start it as often as it likes."""

    def __init__(
        self,
        *,
        name: str,
        folder: Path,
        port: int,
        url: str,
        command: list[str],
        ready: Callable[[int], bool],
        stop_signal: signal.Signals,
        quit_signal: signal.Signals,
        user: int | None = None,
    ) -> None:
        self.name = name
        self.folder = folder
        self.port = port
        self.url = url
        self._command = command
        self._ready = ready
        self._stop_signal, self._quit_signal = stop_signal, quit_signal
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None
        self._pid_file = folder / f"{name}.pid-of-server"
        self._guardian = subprocess.Popen(
            [sys.executable, "-c", GUARDIAN, str(self._pid_file), str(int(quit_signal)), str(folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int | None:
        """The process id, or None while the server is away."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def log(self) -> str:
        """What the server itself wrote, for a test that wants to say why it failed."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start at the same port with the same data, and return when it answers."""
        if self.pid is not None:
            return
        with (self.folder / "log").open("ab") as log:
            # Its own session, so that Ctrl-C reaches the tests first and they can finish their clean-up.
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **as_user(self._user),
            )
        self._pid_file.write_text(str(self._process.pid))
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} did not start:\n{self.log[-2000:]}")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop in an orderly way: what was acknowledged is on disk, connections are cut."""
        self._end(self._stop_signal)

    def kill(self) -> None:
        """Stop as a power cut would: no goodbye, nothing flushed."""
        self._end(signal.SIGKILL)

    def restart(self, *, away: float = 0) -> None:
        """Stop, stay away for some seconds, start again."""
        self.stop()
        time.sleep(away)
        self.start()

    def close(self) -> None:
        """Stop for good, as quickly as it can, and remove the data."""
        with suppress(RuntimeError):
            self._end(self._quit_signal)
        self.kill()
        if self._guardian.stdin:
            self._guardian.kill()  # there is nothing left to guard
            self._guardian.wait()
            self._guardian.stdin.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, sign: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(sign)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"{self.name} (process {self._process.pid}) does not stop") from None
        self._process = None


class ForeignServer:
    """A server somebody else started and named in the environment: ours to use, not ours to stop."""

    pid = None
    log = ""

    def __init__(self, *, name: str, url: str) -> None:
        self.name = name
        self.url = url

    def _refuse(self, **_: float) -> None:
        raise RuntimeError(f"{self.name} at TEST_…_URL was not started by the tests, so they do not stop it")

    start = stop = kill = restart = _refuse

    def close(self) -> None:
        """Nothing to clean up."""


def unprivileged_user() -> int | None:
    """PostgreSQL refuses to run as root; `nobody` exists everywhere and owns nothing."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def as_user(user: int | None) -> dict[str, Any]:
    """The arguments for subprocess that start a program as another user (none: as ourselves)."""
    return {} if user is None else {"user": user, "group": user, "extra_groups": [], "umask": 0o077}


def data_folder(prefix: str, user: int | None) -> Path:
    """A new folder that `user` can reach, owned by that user. Home folders are closed to others, and stay so."""
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108 (mkdtemp makes our own)
        if user is None or (parent.is_dir() and others_may_enter(parent)):
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            if user is not None:
                os.chown(folder, user, user)
            return folder
    raise RuntimeError("found no temporary folder that another user may enter")


def others_may_enter(folder: Path) -> bool:
    """Whether every folder from the root down to this one is open to any user."""
    real = folder.resolve()
    return all(step.stat().st_mode & 0o001 for step in (real, *real.parents))
