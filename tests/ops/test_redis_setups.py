"""Notifications through a Redis with a password, over TLS, behind a Sentinel that fails over, and in a cluster."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import redis as redis_client
import trustme

from tests.conversation import PLAIN, Talk, join
from tests.server import RunningServer, running
from tests.services import Server, free_port, valkey

pytestmark = [pytest.mark.servers, pytest.mark.slow]

PASSWORD = "a:long@pass/word"
QUOTED = "a%3Along%40pass%2Fword"
LATE_S = 2.5
"""Screens of another process while there are no notifications: they look every two seconds."""
QUICK_S = 0.2
"""And with it."""
PAUSE_S = 0.1
"""Between two looks: nobody may give more than twelve commands a second for long."""
CLUSTER_SLOTS = 16_384


@pytest.fixture(scope="module")
def database(new_database: Callable[[str], str]) -> str:
    """One session for all tests here: what each needs is in its servers."""
    return new_database("redis_kinds")


@contextmanager
def two_servers(
    folder: Path, database: str, url: str, other: str | None = None
) -> Iterator[tuple[RunningServer, RunningServer]]:
    """Two processes; the second may know Redis by another address."""
    addresses = {"one": url, "two": other or url}
    servers = [
        RunningServer(data_dir=folder / name, environment={"DATABASE_URL": database, "REDIS_URL": address})
        for name, address in addresses.items()
    ]
    with running(*servers) as (one, two):
        yield one, two


class ProcessPair:
    """A console on one process and a phone on the other: what one does, the other must be told."""

    def __init__(self, one: RunningServer, two: RunningServer) -> None:
        self.one, self.two = one, two

    async def open(self) -> ProcessPair:
        code = self.one.code
        self.console = await Talk(
            base=self.one.base, code=code, role="console", cookies=await self.one.sign_in("facilitator")
        ).connect()
        cookies = await join(self.two.base, code, "onderwijs")
        self.phone = await Talk(base=self.two.base, code=code, role="phone", cookies=cookies).connect()
        self.step = next(step["id"] for step in self.console.snapshot["steps"] if step["kind"] == "collect")
        if self.console.snapshot["session"]["now"] != self.step:
            opened = await self.console.call("step.open", {"step": self.step})
            await self.phone.until_seq(opened["seq"])
        card = {"step": self.step, "text": "kaart", "aspect": "both", "lang": "nl"}
        self.card = (await self.phone.call("card.write", card))["id"]
        self.looks = 0
        return self

    async def lateness(self) -> float:
        """Let the phone change its card, as often as need be; return after how many seconds the console was told."""
        self.looks += 1
        written = await self.phone.call("card.edit", {"card": self.card, "text": f"kaart {self.looks}"})
        acknowledged = time.monotonic()
        await self.console.until_seq(written["seq"], within=10)
        return time.monotonic() - acknowledged

    async def until_quick(self, within: float) -> float:
        """Wait until notifications cross again: several in a row within a blink. Return how late the latest had
        been."""
        ends, worst, quick = time.monotonic() + within, 0.0, 0
        while quick < 6:
            assert time.monotonic() < ends, f"notifications do not come: {worst:.2f} s late"
            late = await self.lateness()
            worst, quick = max(worst, late), quick + 1 if late < QUICK_S else 0
            await asyncio.sleep(PAUSE_S)
        return worst

    async def close(self) -> None:
        assert (self.console.closed, self.phone.closed) == (None, None)
        await self.console.close()
        await self.phone.close()


async def redis_of(server: RunningServer) -> str:
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base) as client:
        answer = await client.get("/health/ready")
        assert answer.status_code == 200
        found: str = answer.json()["redis"]
        return found


async def until_up(server: RunningServer, value: float, within: float = 20) -> None:
    """Wait until this process says so of Redis to Prometheus."""
    ends = time.monotonic() + within
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base) as client:
        while f"\ncocreation_redis_up {value}" not in (await client.get("/metrics")).text:
            assert time.monotonic() < ends
            await asyncio.sleep(0.2)


async def hold(one: RunningServer, two: RunningServer) -> None:
    """Notifications cross, and the health check says so."""
    room = await ProcessPair(one, two).open()
    assert await room.until_quick(within=20) < LATE_S
    assert [await redis_of(one), await redis_of(two)] == ["ok", "ok"]
    await until_up(one, 1.0)
    await room.close()


def test_with_a_password_over_tls_and_not_with_a_stranger(tmp_path: Path, database: str):
    """One process comes by TLS, the other without it."""
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    stranger.cert_pem.write_to_path(tmp_path / "stranger.pem")
    port = free_port()
    with valkey("--save", "", "--requirepass", PASSWORD) as server:
        plain = f"redis://:{QUOTED}@127.0.0.1:{server.port}/0"
        secure = f"rediss://:{QUOTED}@localhost:{port}/0?ssl_ca_certs={tmp_path}"
        with two_servers(tmp_path, database, f"{secure}/ca.pem", plain) as (one, two):
            asyncio.run(_hold_over_tls(authority, port, server.port, one, two, f"{secure}/stranger.pem"))


async def _hold_over_tls(
    authority: trustme.CA, port: int, behind: int, one: RunningServer, two: RunningServer, strange: str
) -> None:
    """The Valkey from the wheel speaks no TLS, so TLS ends just before it."""
    from cocreation.redis_address import parse_redis

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", behind)
        await asyncio.gather(pipe(reader, back), pipe(there, writer))

    async with await asyncio.start_server(take, "127.0.0.1", port, ssl=context):
        await hold(one, two)
        with pytest.raises(redis_client.ConnectionError, match="certificate verify failed"):
            await asyncio.to_thread(parse_redis(strange).ping)


def test_a_sentinel_fails_over_and_nobody_is_sent_away(tmp_path: Path, database: str):
    secret = ["--requirepass", PASSWORD, "--masterauth", PASSWORD, "--save", "", "--repl-diskless-sync-delay", "0"]
    with ExitStack() as stack:
        master = stack.enter_context(valkey(*secret))
        replica = stack.enter_context(valkey(*secret, "--replicaof", f"127.0.0.1 {master.port}"))
        _await_replica(master)
        config = (
            f"sentinel monitor room 127.0.0.1 {master.port} 1\nsentinel auth-pass room {PASSWORD}\n"
            "sentinel down-after-milliseconds room 500\nsentinel failover-timeout room 4000\n"
        )
        sentinel = stack.enter_context(valkey("--sentinel", config=config))
        _await_sentinel(sentinel)
        url = f"redis+sentinel://:{QUOTED}@127.0.0.1:1,127.0.0.1:{sentinel.port}/room"
        one, two = stack.enter_context(two_servers(tmp_path, database, url))

        async def story() -> None:
            room = await ProcessPair(one, two).open()
            await room.until_quick(within=20)
            master.kill()
            ends = time.monotonic() + 30
            while _master_port(sentinel) != replica.port:
                assert await room.lateness() < LATE_S
                await asyncio.sleep(PAUSE_S)
                assert time.monotonic() < ends
            assert await room.until_quick(within=40) < LATE_S
            await until_up(one, 1.0)
            assert await redis_of(one) == "ok"
            await room.close()

        asyncio.run(story())


def test_a_cluster_passes_it_on_and_may_lose_a_node(tmp_path: Path, database: str):
    options = ["--cluster-enabled", "yes", "--cluster-require-full-coverage", "no", "--requirepass", PASSWORD]
    options += ["--save", "", "--cluster-node-timeout", "2000"]
    with ExitStack() as stack:
        # A node's bus listens ten thousand ports higher.
        nodes = [stack.enter_context(valkey(*options, "--cluster-port", str(free_port()))) for _ in range(3)]
        _make_cluster(nodes)
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
        one, two = stack.enter_context(two_servers(tmp_path, database, f"redis+cluster://:{QUOTED}@{hosts}"))

        async def story() -> None:
            room = await ProcessPair(one, two).open()
            await room.until_quick(within=20)
            nodes[0].kill()
            assert await room.until_quick(within=30) < LATE_S
            assert await redis_of(two) == "ok"
            await room.close()

        asyncio.run(story())


def _await_replica(master: Server) -> None:
    """A Sentinel that starts before this hears of the replica ten seconds later."""
    with redis_client.Redis(port=master.port, password=PASSWORD, decode_responses=True) as client:
        _until(lambda: client.info("replication").get("slave0", {}).get("state") == "online")


def _await_sentinel(sentinel: Server) -> None:
    with redis_client.Redis(port=sentinel.port, decode_responses=True) as client:
        _until(lambda: [found["master-link-status"] for found in client.sentinel_slaves("room")] == ["ok"])


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def _master_port(sentinel: Server) -> int:
    with redis_client.Redis(port=sentinel.port) as client:
        return int(client.sentinel_get_master_addr_by_name("room")[1])


def _make_cluster(nodes: list[Server]) -> None:
    clients = [redis_client.Redis(port=node.port, password=PASSWORD, decode_responses=True) for node in nodes]
    try:
        share = CLUSTER_SLOTS // len(nodes) + 1
        for number, client in enumerate(clients):
            client.execute_command(
                "CLUSTER", "ADDSLOTSRANGE", number * share, min((number + 1) * share, CLUSTER_SLOTS) - 1
            )
            bus = int(client.config_get("cluster-port")["cluster-port"])
            for other in clients:
                if other is not client:
                    other.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[number].port, bus)
        _until(lambda: all(_is_whole(client, len(nodes)) for client in clients))
    finally:
        for client in clients:
            client.close()


def _is_whole(client: redis_client.Redis, nodes: int) -> bool:
    found = client.cluster("INFO")
    return found["cluster_state"] == "ok" and int(found["cluster_known_nodes"]) == nodes
