"""The compose file: what it promises, and a room held by its services, started as processes of this machine."""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import psycopg
import pytest
import redis as redis_client
import websockets
from psycopg import sql

from scripts import house
from tests.conversation import Frame, Talk, join, sign_in
from tests.ops.compose import FILE, Machine, Missing, Service, read
from tests.server import ROOT, RunningServer
from tests.services import Server, free_port, guarded_postgres, postgres_programs, valkey

SECRETS = {
    "SECRET_KEY": "a-secret-key-of-more-than-fifty-characters-for-this-test-only",
    "POSTGRES_PASSWORD": "p@ss:w/rd$1%",
    "REDIS_PASSWORD": "b@ll:s/ecret$2%",
}
GIVEN = SECRETS | {"PUBLIC_URL": "https://workshops.example.org"}
TOKEN = "for-prometheus"
SECTORS = ["onderwijs", "onderzoek", "ondernemers", "overheden"]


# ------------------------------------------------------------------------------------------------ what it promises


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    found: dict[str, Service] = read(GIVEN)["services"]
    return found


def test_it_is_a_compose_file():
    schema = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(read(GIVEN))
    if house.works(["docker", "compose", "version"]):
        asked = ["docker", "compose", "--file", str(FILE), "config", "--quiet"]
        done = subprocess.run(asked, env=os.environ | GIVEN, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("value", [None, ""])
def test_without_a_secret_it_starts_nothing(name: str, value: str | None):
    given = {key: text for key, text in GIVEN.items() if key != name} | ({} if value is None else {name: value})
    with pytest.raises(Missing, match=f"set {name}"):
        read(given)


def test_a_secret_is_given_to_whom_it_concerns_only(services: dict[str, Service]):
    def told(secret: str) -> set[str]:
        return {name for name, service in services.items() if SECRETS[secret] in str(service)}

    assert told("SECRET_KEY") == {"app", "migrate"}
    assert told("POSTGRES_PASSWORD") == {"app", "migrate", "postgres"}
    assert told("REDIS_PASSWORD") == {"app", "migrate", "redis"}


def test_every_service_has_a_health_check_or_ends_by_itself(services: dict[str, Service]):
    for name, service in services.items():
        if service["restart"] == "no":
            waiting = [other for other in services.values() if name in other.get("depends_on", {})]
            assert waiting
            assert all(
                other["depends_on"][name] == {"condition": "service_completed_successfully"} for other in waiting
            )
        else:
            assert service["healthcheck"]["test"][0] == "CMD"


def test_nobody_is_root_or_may_write(services: dict[str, Service]):
    for name, service in services.items():
        assert service["user"].split(":")[0] not in ("0", "root"), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_only_the_proxy_is_reached_from_outside(services: dict[str, Service]):
    networks = read(GIVEN)["networks"]
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    outside = {name for name, network in networks.items() if not (network or {}).get("internal")}
    assert [name for name, service in services.items() if outside & set(service["networks"])] == ["proxy"]
    # It reaches the program, and neither the database nor Redis.
    assert not set(services["proxy"]["networks"]) & set(services["postgres"]["networks"])
    assert not set(services["proxy"]["networks"]) & set(services["redis"]["networks"])


def test_processes_have_the_time_to_say_goodbye(services: dict[str, Service]):
    app = services["app"]
    assert int(app["stop_grace_period"].rstrip("s")) > float(app["environment"]["DRAIN_SECONDS"]) + 10
    assert read(GIVEN | {"APP_REPLICAS": "5"})["services"]["app"]["deploy"]["replicas"] == "5"


# ---------------------------------------------------------------------------------------------- what it really does


class Stack:
    """The services of the file, as processes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in ("http", "https", "health", "one", "two")}
        self.base = f"https://localhost:{self.ports['https']}"
        self.services: dict[str, Service] = read(SECRETS | {"PUBLIC_URL": self.base, "METRICS_TOKEN": TOKEN})[
            "services"
        ]
        self.database = self._start_postgres(stack)
        self.bell = self._start_redis(stack)
        self.machine = Machine(
            {
                "postgres:5432": f"127.0.0.1:{self.database.port}",
                "redis:6379": f"127.0.0.1:{self.bell.port}",
                "cocreation-app-1:8000": f"127.0.0.1:{self.ports['one']}",
                "cocreation-app-2:8000": f"127.0.0.1:{self.ports['two']}",
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
        self.one = stack.enter_context(self._app("one"))
        self.two = stack.enter_context(self._app("two"))

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
        done = self.app_machine("one").run(self.services["app"]["command"], environment)
        assert done.returncode != 0
        return done.stderr

    def app_machine(self, name: str) -> Machine:
        """One replica: what it calls its own address and folder."""
        own = {"0.0.0.0": "127.0.0.1", "127.0.0.1:8000": f"127.0.0.1:{self.ports[name]}"}  # noqa: S104
        own |= {"8000": str(self.ports[name]), "/data": str(self.folder / name)}
        return self.machine.with_places(own)

    def _app(self, name: str) -> RunningServer:
        service = self.services["app"]
        return RunningServer(
            data_dir=self.folder / name,
            port=self.ports[name],
            environment=self.machine.environment(service),
            command=self.app_machine(name).command(service["command"]),
        )

    def query(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.url.removesuffix("postgres") + "cocreation") as connection:
            return connection.execute(question).fetchall()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with ExitStack() as exits:
        yield Stack(tmp_path_factory.mktemp("compose"), exits)


@pytest.mark.servers
@pytest.mark.slow
def test_the_services_are_well_and_keep_strangers_out(stack: Stack):
    assert "run manage.py migrate first" in stack.too_early
    postgres = stack.services["postgres"]
    assert stack.machine.health(postgres, {"PGPORT": str(stack.database.port)}) == ""
    assert stack.machine.health(postgres, {"PGPORT": str(free_port())}) != ""
    for name in ("one", "two"):
        assert stack.app_machine(name).health(stack.services["app"]) == ""
        ready = httpx.get(f"http://127.0.0.1:{stack.ports[name]}/health/ready")
        assert ready.json() == {"status": "ok", "database": "ok", "redis": "ok"}

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stack.database.url, password="wrong")
    assert stack.query("SHOW max_connections") == [("200",)]
    # The wheel has the server without its command line tool, so the question of the health check is put by a client.
    redis = stack.services["redis"]
    assert redis["healthcheck"]["test"] == ["CMD", "valkey-cli", "-e", "ping"]
    with redis_client.Redis(port=stack.bell.port, password=redis["environment"]["REDISCLI_AUTH"]) as client:
        assert client.ping()
        assert client.config_get("save") == {"save": ""}
    with redis_client.Redis(port=stack.bell.port) as stranger, pytest.raises(redis_client.AuthenticationError):
        stranger.ping()


@pytest.fixture
def proxy(stack: Stack) -> Iterator[ssl.SSLContext]:
    """The real proxy with the Caddyfile of the file; its value trusts the proxy's own authority."""
    try:
        program = house.caddy()
    except house.Trouble as trouble:
        pytest.skip(str(trouble))
    service, folder = stack.services["proxy"], stack.folder / "proxy"
    folder.mkdir()
    machine = Machine(stack.machine.places, {"caddy": program})
    environment = {
        "PROXY_TLS": "tls internal",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "HOME": str(folder),
        **{f"LISTEN_{name.upper()}": str(stack.ports[name]) for name in ("http", "https", "health")},
    }
    with machine.running(service, environment, folder / "log") as process:
        ends = time.monotonic() + 20
        root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        while not root.exists() or machine.health(service):
            assert process.poll() is None and time.monotonic() < ends, (folder / "log").read_text()
            time.sleep(0.05)
        context = ssl.create_default_context(cafile=str(root))
        while True:
            try:
                httpx.get(f"{stack.base}/health/live", verify=context).raise_for_status()
                break
            except httpx.HTTPError:
                assert time.monotonic() < ends, (folder / "log").read_text()
                time.sleep(0.05)
        yield context
    log = (folder / "log").read_text()
    assert stack.two.code not in log
    assert "panic" not in log


@pytest.mark.servers
@pytest.mark.slow
def test_a_room_behind_the_proxy_while_one_process_is_replaced(stack: Stack, proxy: ssl.SSLContext):
    asyncio.run(_look_from_outside(stack, proxy))
    asyncio.run(_hold_room(stack, proxy))


async def _look_from_outside(stack: Stack, trust: ssl.SSLContext) -> None:
    code = stack.one.code
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    inside = f"http://127.0.0.1:{stack.ports['one']}"
    async with httpx.AsyncClient(base_url=stack.base, verify=trust) as client, httpx.AsyncClient() as direct:
        joined = await client.post(f"/api/v1/sessions/{code}/participants", json={"sector": "onderwijs"})
        assert joined.status_code == 201
        cookies = joined.headers.get_list("set-cookie")
        assert cookies
        assert all("; Secure" in cookie for cookie in cookies)
        assert joined.headers["strict-transport-security"].startswith("max-age=31536000")

        assert (await direct.get(f"{inside}/metrics", headers=bearer)).status_code == 200
        for path in ("/metrics", "/metrics/", "/%6detrics"):
            assert (await client.get(path, headers=bearer)).status_code == 404, path

        page = await client.get(f"/s/{code}/")
        script = re.findall(r'"(/static/[^"]+\.js)"', page.text)[0]
        for packing in ("br", "gzip", "identity"):
            packed = {"Accept-Encoding": packing}
            through, straight = await _raw(client, script, packed), await _raw(direct, inside + script, packed)
            assert through == straight
            assert straight[0] == (None if packing == "identity" else packing)

        plain = await direct.get(f"http://localhost:{stack.ports['http']}/join/{code}/")
        assert plain.status_code == 308
        assert plain.headers["location"].startswith("https://localhost")


async def _raw(client: httpx.AsyncClient, address: str, headers: dict[str, str]) -> tuple[str | None, bytes]:
    async with client.stream("GET", address, headers=headers) as answer:
        assert answer.status_code == 200
        return answer.headers.get("content-encoding"), b"".join([part async for part in answer.aiter_raw()])


class Phone:
    """A person who writes card after card, keeps what is not acknowledged, and comes back when told to."""

    def __init__(self, stack: Stack, trust: ssl.SSLContext, number: int) -> None:
        self.stack, self.trust, self.number = stack, trust, number
        self.acknowledged: list[str] = []
        self.byes: list[Frame] = []
        self.enough = asyncio.Event()

    async def join(self) -> None:
        self.cookies = await join(self.stack.base, self.stack.one.code, SECTORS[self.number % 4], trust=self.trust)
        await self.connect()

    async def connect(self) -> None:
        self.talk = Talk(
            base=self.stack.base, code=self.stack.one.code, role="phone", cookies=self.cookies, trust=self.trust
        )
        await self.talk.connect()

    async def write(self, step: str) -> None:
        """Until it is enough; the last card is begun after that."""
        last = False
        while not last:
            last = self.enough.is_set()
            text, key = f"kaart {self.number}-{len(self.acknowledged)}", str(uuid.uuid4())
            content = {"step": step, "text": text, "aspect": "both", "lang": "nl"}
            while True:
                try:
                    await self.talk.call("card.write", content, key=key)
                    break
                except (ConnectionError, websockets.ConnectionClosed):
                    await self._come_back()
            self.acknowledged.append(text)
            # Twenty to a step: the last ones are for afterwards.
            with suppress(TimeoutError):
                await asyncio.wait_for(self.enough.wait(), 0.3 if len(self.acknowledged) < 18 else None)

    async def _come_back(self) -> None:
        bye = await self.talk.until(lambda frame: "bye" in frame, within=1)
        self.byes.append(bye)
        await asyncio.sleep(bye["after"] / 1000)
        await self.connect()


async def _hold_room(stack: Stack, trust: ssl.SSLContext) -> None:
    code = stack.one.code
    cookies = await sign_in(stack.base, stack.two.run["signin"]["facilitator"], trust=trust)
    console = await Talk(base=stack.base, code=code, role="console", cookies=cookies, trust=trust).connect()
    step = next(step["id"] for step in console.snapshot["steps"] if step["kind"] == "collect")
    opened = await console.call("step.open", {"step": step})
    phones = [Phone(stack, trust, number) for number in range(8)]
    for phone in phones:
        await phone.join()
    await asyncio.gather(*(phone.talk.until_seq(opened["seq"]) for phone in phones))

    writing = [asyncio.create_task(phone.write(step)) for phone in phones]
    assert stack.one.pid
    await asyncio.to_thread(stack.one.stop)
    for phone in phones:
        phone.enough.set()
    await asyncio.gather(*writing)

    told = [phone for phone in phones if phone.byes]
    assert 0 < len(told) < len(phones), "the proxy had shared the phones out over both"
    assert all(len(phone.byes) == 1 for phone in told)
    sent = sorted(text for phone in phones for text in phone.acknowledged)
    question = "SELECT text FROM workshop_contribution WHERE text LIKE 'kaart %'"
    stored = sorted(text for (text,) in stack.query(question))
    assert stored == sent
    # A newcomer is let in by the one that is left, also over HTTP, and sees it all.
    newcomer = Phone(stack, trust, 1)
    await newcomer.join()
    newcomer.enough.set()
    await newcomer.write(step)
    await asyncio.gather(*(phone.talk.close() for phone in (*phones, newcomer)))
    await console.close()
