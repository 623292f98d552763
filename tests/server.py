"""The program itself, started as `make run` starts it: own port, own data, real sockets.

    with RunningServer(data_dir=tmp_path) as server:
        server.base           # http://127.0.0.1:41234
        server.run["code"]    # what run.json says
        server.kill()         # kill -9
        server.start()        # back at the same address with the same data

`environment` may bring DATABASE_URL and REDIS_URL; then several servers share one session. `code` names another
checkout to run, `altered_by` a module of the tests that alters the program first (altered.py), and `waits` what it
waits less for than the program does (waits.py).
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from .altered import BY
from .conversation import sign_in
from .databases import postgres_settings, sqlite_settings, use_database
from .fork_server import ForkedProcess, ForkServer, may_have
from .services import free_port
from .waits import shorter

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


class RunningServer:
    """One process of the program. Ends with the tests, however they end."""

    def __init__(
        self,
        *,
        data_dir: Path,
        port: int | None = None,
        environment: Mapping[str, str] | None = None,
        host: str = "127.0.0.1",
        code: Path = ROOT,
        command: Sequence[str] | None = None,
        altered_by: str | None = None,
        waits: Mapping[str, float] | None = None,
    ) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self.host = host
        self.folder = code
        self.base = f"http://{host}:{self.port}"
        self.run: dict[str, Any] = {}
        self._signed_in: dict[str, dict[str, str]] = {}
        """One-time link → the cookies it gave."""
        self.log_file = data_dir / "server.log"
        if waits:
            altered_by, environment = "tests.waits", {**(environment or {}), **shorter(waits)}
        self.environment = dict(environment or {}) | ({BY: altered_by} if altered_by else {})
        self.place = ["--host", self.host, "--port", str(self.port), "--data-dir", str(data_dir)]
        program = ["-m", "tests.altered"] if altered_by else ["manage.py"]
        self.command = list(command or [sys.executable, *program, "serve", *self.place])
        self._process: subprocess.Popen[bytes] | ForkedProcess | None = None
        # What makes its database as every other does may have a copy of theirs.
        self._is_new = False
        self._is_usual = command is None and code == ROOT
        self._is_plain = self._is_usual and not {"DATABASE_URL", "DEMO"} & set(self.environment)

    @property
    def code(self) -> str:
        """The join code of the demo's session."""
        return str(self.run["code"])

    @property
    def database_file(self) -> Path:
        """The database, without DATABASE_URL."""
        return self.data_dir / "cocreation.sqlite3"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def log(self) -> str:
        """What the server wrote."""
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def start(self) -> None:
        """Start, and return when it listens."""
        self.launch()
        self.until_ready()

    def launch(self) -> None:
        """Start, and return at once."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        inherited = {name: value for name, value in os.environ.items() if name not in _OWN}
        run_file = self.data_dir / "run.json"
        run_file.unlink(missing_ok=True)
        self._is_new = self._is_plain and not self.database_file.exists()
        if self._is_new and _fresh:
            self.database_file.write_bytes(_fresh[0])
        # With our own secret, so that a member signed in by a test is signed in at the server.
        environment = inherited | {"SECRET_KEY": settings.SECRET_KEY} | self.environment
        if nursery is not None and self._is_usual and may_have(self.environment):
            self._process = nursery.serve(self.place, environment=environment, folder=ROOT, log=self.log_file)
            return
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,
            )

    def until_ready(self) -> None:
        """Return when it listens."""
        run_file = self.data_dir / "run.json"
        deadline = time.monotonic() + START_SECONDS
        while not run_file.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log[-3000:]}")
            time.sleep(0.02)
        self.run = json.loads(run_file.read_text())
        if self._is_new and not _fresh:
            with closing(sqlite3.connect(self.database_file)) as made:
                _fresh.append(made.serialize())

    def stop(self) -> None:
        """Ask it to stop, as a deploy does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    async def sign_in(self, name: str) -> dict[str, str]:
        """Use the one-time link of the facilitator or the core team; return the cookies, later ones the same."""
        link = self.run["signin"][name]
        if link not in self._signed_in:
            self._signed_in[link] = await sign_in(self.base, link)
        return dict(self._signed_in[link])

    @contextmanager
    def database(self) -> Iterator[None]:
        """Let Django in this process speak to the server's database."""
        url = self.environment.get("DATABASE_URL")
        with use_database(postgres_settings(url) if url else sqlite_settings(self.database_file)):
            yield

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _end(self, sign: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise RuntimeError(f"the server did not stop at {sign.name}:\n{self.log[-3000:]}") from None


nursery: ForkServer | None = None
"""Where servers come from, once pytest has named one; without it each is started as `make run` starts it."""
_fresh: list[bytes] = []
"""The database with the demo, as the first server of this run made it: making one takes two seconds of processor."""
_OWN = ("DATA_DIR", "PORT", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
"""What this process's own environment says about itself, not about the server."""


@contextmanager
def running(*servers: RunningServer) -> Iterator[tuple[RunningServer, ...]]:
    """Start several at the same time; stop them all in the end."""
    with ExitStack() as stack:
        for server in servers:
            server.launch()
            stack.callback(server.stop)
        for server in servers:
            server.until_ready()
        yield servers


def die_with_parent() -> None:
    """`kill -9` of the tests must not leave a server behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
