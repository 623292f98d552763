"""Fork server: starts servers by forking a process with preloaded libraries, which is most of a start's cost.

    nursery = ForkServer()
    process = nursery.serve(["--port", "8000"], environment={…}, folder=ROOT, log=Path("server.log"))
    process.send_signal(signal.SIGTERM)
    process.wait(20)

Nothing of the program itself is loaded before the fork, and no setting is read: each server does that by itself, with
the environment and the command line it was given. All of them end with the nursery, and it ends with the tests.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from scripts.standby import LIBRARIES

from .altered import alter_as_told

ROOT = Path(__file__).resolve().parent.parent
UNBORN = ("cocreation", "sessions", "django.contrib.auth.models", "twisted.internet.reactor", "numpy")
"""What must not be loaded before the fork: the program, what reads its settings, and what opens files or threads."""
START_SECONDS = 60
LONGEST = 1_000_000
PR_SET_PDEATHSIG = 1


class ForkServer:
    """Is started when the first server is asked for."""

    def __init__(self) -> None:
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def serve(
        self, arguments: Sequence[str], *, environment: Mapping[str, str], folder: Path, log: Path
    ) -> ForkedProcess:
        """Start `manage.py serve` in a process of its own, and return at once."""
        wish = {"arguments": [*arguments], "environment": dict(environment), "folder": str(folder), "log": str(log)}
        with self._turn:
            line = self._line or self._start()
            line.sendall(json.dumps(wish).encode())
            told, (ended,), _, _ = socket.recv_fds(line, 100, 1)
        return ForkedProcess(int(told), ended)

    def close(self) -> None:
        """End it, and whatever it still holds."""
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.wait(START_SECONDS)
            self._line = self._process = None

    def _start(self) -> socket.socket:
        # Each wish and each answer is one message.
        self._line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fork_server", str(other.fileno())],
                cwd=ROOT,
                # `serve` would start itself anew where the first is missing; the second must not be read yet.
                env={"MALLOC_ARENA_MAX": "2"} | {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._line.settimeout(START_SECONDS)
        return self._line


class ForkedProcess:
    """A process that another one forked, as far as `subprocess.Popen` is made use of here."""

    def __init__(self, pid: int, ended: int) -> None:
        self.pid = pid
        self._file = ended
        self._ended = select.poll()
        self._ended.register(self._file, select.POLLIN)
        self._let_go = weakref.finalize(self, os.close, self._file)

    def poll(self) -> int | None:
        """Return 0 when it has ended, with whatever code."""
        return 0 if self._has_ended(0) else None

    def wait(self, timeout: float | None = None) -> int:
        if not self._has_ended(None if timeout is None else timeout * 1000):
            raise subprocess.TimeoutExpired("serve", timeout or 0)
        return 0

    def send_signal(self, sign: signal.Signals) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._file, sign)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _has_ended(self, milliseconds: float | None) -> bool:
        if self._let_go.alive and not self._ended.poll(milliseconds):
            return False
        self._let_go()
        return True


def is_possible() -> bool:
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def may_have(environment: Mapping[str, str]) -> bool:
    """Whether a process can still be given these: some are read by Python and by the C library when they start."""
    return not any(name.startswith(("PYTHON", "MALLOC_", "LD_")) for name in environment)


# -- the other side ----------------------------------------------------------------------------------------------


def main(number: int) -> None:
    with socket.socket(fileno=number) as line:
        for library in LIBRARIES:
            import_module(library)
        assert not [name for name in UNBORN if name in sys.modules], "loaded too early"
        assert threading.active_count() == 1
        gc.collect()
        gc.freeze()
        signal.signal(signal.SIGCHLD, _bury)
        while wish := line.recv(LONGEST):
            # One that ends at once stays until it was told of.
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
            nursery = os.getpid()
            if not (pid := os.fork()):
                line.close()
                _become(json.loads(wish), parent=nursery)
            ended = os.pidfd_open(pid)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
            socket.send_fds(line, [str(pid).encode()], [ended])
            os.close(ended)


def _become(wish: dict[str, Any], *, parent: int) -> NoReturn:
    """Be `python manage.py serve …`."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    os.chdir(wish["folder"])
    log = os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(log)
    os.environ.clear()
    os.environ.update(wish["environment"])
    sys.argv[:] = ["manage.py", "serve", *wish["arguments"]]
    sys.orig_argv[:] = [sys.executable, *sys.argv]
    from cocreation.start import environment_of

    os.environ.update(environment_of(wish["arguments"]))
    alter_as_told()
    runpy.run_path("manage.py", run_name="__main__")
    sys.exit()


def _bury(*_: object) -> None:
    """Reap child processes that ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]))
