"""What a row of the table needs standing: servers on SQLite or on PostgreSQL and Redis, in folders of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.server import RunningServer, running
from tests.services import Server, create_database, postgres, redis

Done = TypeVar("Done")
_hands = ThreadPoolExecutor(max_workers=3, thread_name_prefix="hands")
"""Never shut down: a server ends with the thread that started it."""


async def by_hand(act: Callable[[], Done]) -> Done:
    """Do something that blocks (start, stop, kill, look into the database) while the crowd goes on."""
    return await asyncio.get_running_loop().run_in_executor(_hands, act)


class Skip(Exception):
    """This machine cannot do it; the message says why."""


@dataclass
class Stand:
    """`servers` share one session. `database` and `bell` only where they are servers of their own."""

    servers: list[RunningServer]
    database: Server | None = None
    bell: Server | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def first(self) -> RunningServer:
        return self.servers[0]

    @property
    def bases(self) -> list[str]:
        return [server.base for server in self.servers]


@contextmanager
def on_sqlite(folder: Path, *, host: str = "127.0.0.1") -> Iterator[Stand]:
    """One process on a file."""
    with RunningServer(data_dir=folder / "data", host=host) as server:
        yield Stand([server])


@contextmanager
def on_postgres(folder: Path, *, processes: int = 1, with_bell: bool = False) -> Iterator[Stand]:
    """Processes on a PostgreSQL of their own that keeps its promises (fsync), with or without a Redis."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres(durable=True))
        bell = stack.enter_context(redis()) if with_bell else None
        if not isinstance(database, Server) or not isinstance(bell, Server | None):
            raise RuntimeError("unset TEST_DATABASE_URL and TEST_REDIS_URL: these tests stop the servers they use")
        environment = {"DATABASE_URL": create_database(database.url, "faults")}
        if bell is not None:
            environment["REDIS_URL"] = bell.url
        servers = [
            RunningServer(data_dir=folder / f"data{number}", environment=environment) for number in range(processes)
        ]
        stack.enter_context(running(*servers))
        yield Stand(servers, database, bell)
