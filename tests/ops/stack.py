"""The services of docker-compose.yml as processes of this machine: database, Redis, migration, program twice, proxy."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
from psycopg import sql

from ..server import ROOT, RunningServer, running
from ..services import Server, free_port, guarded_postgres, postgres_programs, valkey
from .compose import Machine, Service, read

SECRETS = {
    "SECRET_KEY": "a-secret-key-of-more-than-fifty-characters-for-this-test-only",
    "POSTGRES_PASSWORD": "p@ss:w/rd$1%",
    "REDIS_PASSWORD": "b@ll:s/ecret$2%",
}
TOKEN = "for-prometheus"


class Stack:
    """The services of the file, as processes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in ("http", "https", "health", "one", "two")}
        self.base = f"https://localhost:{self.ports['https']}"
        self.services: dict[str, Service] = read(
            SECRETS | {"PUBLIC_URL": self.base, "METRICS_TOKEN": TOKEN, "DEMO": "1"}
        )["services"]
        self.database = self._start_postgres(stack)
        self.redis = self._start_redis(stack)
        self.machine = Machine(
            {
                "postgres:5432": f"127.0.0.1:{self.database.port}",
                "redis:6379": f"127.0.0.1:{self.redis.port}",
                "app-1:8000": f"127.0.0.1:{self.ports['one']}",
                "app-2:8000": f"127.0.0.1:{self.ports['two']}",
                "127.0.0.1:8081": f"127.0.0.1:{self.ports['health']}",
                "/etc/caddy/Caddyfile": str(ROOT / "Caddyfile"),
            },
            {"pg_isready": str(postgres_programs() / "pg_isready")},
        )
        migrate = self.services["migrate"]
        (folder / "one").mkdir()
        environment = self.machine.environment(migrate)
        self.too_early = self._early(environment)
        done = self.machine.run(migrate["command"], environment)
        assert done.returncode == 0, done.stderr
        self.one, self.two = stack.enter_context(running(self._app("one"), self._app("two")))

    def _start_postgres(self, stack: ExitStack) -> Server:
        service = self.services["postgres"]
        program, *options = service["command"]
        assert program == "postgres"
        wanted = service["environment"]
        server = stack.enter_context(
            guarded_postgres(*options, user=wanted["POSTGRES_USER"], password=wanted["POSTGRES_PASSWORD"])
        )
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(wanted["POSTGRES_DB"])))
        return server

    def _start_redis(self, stack: ExitStack) -> Server:
        program, *options = self.services["redis"]["command"]
        assert program == "valkey-server"
        return stack.enter_context(valkey(*options))

    def _early(self, environment: dict[str, str]) -> str:
        """Start the program before the database was brought up to date; return what it says."""
        done = self.app_machine("one").run(self.services["app-1"]["command"], environment)
        assert done.returncode != 0
        return done.stderr

    def app_machine(self, name: str) -> Machine:
        """One replica: what it calls its own address and folder."""
        own = {"0.0.0.0": "127.0.0.1", "127.0.0.1:8000": f"127.0.0.1:{self.ports[name]}"}  # noqa: S104
        own |= {"8000": str(self.ports[name]), "/data": str(self.folder / name)}
        return self.machine.with_places(own)

    def _app(self, name: str) -> RunningServer:
        service = self.services["app-1"]
        return RunningServer(
            data_dir=self.folder / name,
            port=self.ports[name],
            environment=self.machine.environment(service),
            command=self.app_machine(name).command(service["command"]),
        )

    def query(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.url.removesuffix("postgres") + "cocreation") as connection:
            return connection.execute(question).fetchall()  # type: ignore[arg-type]

    @contextmanager
    def proxy(self, program: str) -> Iterator[ssl.SSLContext]:
        """Run the proxy until the block ends; give what trusts its own authority."""
        service, folder = self.services["proxy"], self.folder / "proxy"
        folder.mkdir()
        machine = Machine(self.machine.places, {"caddy": program})
        environment = {
            "PROXY_TLS": "tls internal",
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "HOME": str(folder),
            **{f"LISTEN_{name.upper()}": str(self.ports[name]) for name in ("http", "https", "health")},
        }
        with machine.running(service, environment, folder / "log") as process:
            # Caddy tidies its storage when it starts, and may take away the folder it is about to write a key into. It
            # tries again after 60 s.
            ends = time.monotonic() + 90
            root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
            while not root.exists() or machine.health(service):
                assert process.poll() is None and time.monotonic() < ends, (folder / "log").read_text()
                time.sleep(0.05)
            context = ssl.create_default_context(cafile=str(root))
            while True:
                try:
                    httpx.get(f"{self.base}/health/live", verify=context).raise_for_status()
                    break
                except httpx.HTTPError:
                    assert time.monotonic() < ends, (folder / "log").read_text()
                    time.sleep(0.05)
            yield context
        log = (folder / "log").read_text()
        assert self.two.code not in log
        assert "panic" not in log
