"""A room held by the services of the compose file, started as processes of this machine."""

from __future__ import annotations

import asyncio
import re
import secrets
import ssl
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import httpx
import psycopg
import pytest
import redis as redis_client
import websockets

from scripts.programs import caddy
from scripts.steps import Trouble
from tests.conversation import PLAIN, Frame, Talk, join, sign_in
from tests.ops.stack import TOKEN, Stack
from tests.services import free_port

pytestmark = [pytest.mark.servers, pytest.mark.slow]

SECTORS = ["onderwijs", "onderzoek", "ondernemers", "overheden"]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with ExitStack() as exits:
        yield Stack(tmp_path_factory.mktemp("compose"), exits)


def test_the_services_are_well_and_keep_strangers_out(stack: Stack):
    assert "run manage.py migrate first" in stack.too_early
    postgres = stack.services["postgres"]
    assert stack.machine.health(postgres, {"PGPORT": str(stack.database.port)}) == ""
    assert stack.machine.health(postgres, {"PGPORT": str(free_port())}) != ""
    for name in ("one", "two"):
        assert stack.app_machine(name).health(stack.services["app-1"]) == ""
        ready = httpx.get(f"http://127.0.0.1:{stack.ports[name]}/health/ready", verify=PLAIN)
        assert ready.json() == {"status": "ok", "database": "ok", "redis": "ok"}

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stack.database.url, password="wrong")
    assert stack.query("SHOW max_connections") == [("200",)]
    # The wheel has the server without its command line tool, so the question of the health check is put by a client.
    redis = stack.services["redis"]
    assert redis["healthcheck"]["test"] == ["CMD", "valkey-cli", "-e", "ping"]
    with redis_client.Redis(port=stack.redis.port, password=redis["environment"]["REDISCLI_AUTH"]) as client:
        assert client.ping()
        assert client.config_get("save") == {"save": ""}
    with redis_client.Redis(port=stack.redis.port) as stranger, pytest.raises(redis_client.AuthenticationError):
        stranger.ping()


@pytest.fixture
def proxy(stack: Stack) -> Iterator[ssl.SSLContext]:
    """The real proxy with the Caddyfile of the file; its value trusts the proxy's own authority."""
    try:
        program = caddy()
    except Trouble as trouble:
        pytest.skip(str(trouble))
    with stack.proxy(program) as trust:
        yield trust


def test_a_room_behind_the_proxy_while_one_process_is_replaced(stack: Stack, proxy: ssl.SSLContext):
    asyncio.run(_look_from_outside(stack, proxy))
    asyncio.run(_go_by_lines(stack, proxy))
    asyncio.run(_hold_room(stack, proxy))


async def _look_from_outside(stack: Stack, trust: ssl.SSLContext) -> None:
    code = stack.one.code
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    inside = f"http://127.0.0.1:{stack.ports['one']}"
    async with (
        httpx.AsyncClient(base_url=stack.base, verify=trust) as client,
        httpx.AsyncClient(verify=PLAIN) as direct,
    ):
        joined = await client.post(f"/api/v1/sessions/{code}/participants", json={"sector": "onderwijs"})
        assert joined.status_code == 201
        # One that is taken back holds nothing that could be overheard.
        cookies = [cookie for cookie in joined.headers.get_list("set-cookie") if "; Max-Age=0;" not in cookie]
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


async def _go_by_lines(stack: Stack, trust: ssl.SSLContext) -> None:
    """Frames over HTTP: all requests of a long poll reach one process, and long polls are shared out over both."""
    code, lines = stack.one.code, []
    hello = {"id": 1, "do": "hello", "with": {"protocol": 2, "lang": "en"}}
    async with httpx.AsyncClient(base_url=stack.base, verify=trust, headers={"Origin": stack.base}) as client:
        (cookie,) = (await join(stack.base, code, "onderwijs", trust=trust)).items()
        client.cookies.set(*cookie)

        async def ask(line: str, **body: Any) -> Frame:
            answer = await client.post(f"/http/s/{code}/?as=phone&line={line}", json=body)
            told: Frame = answer.json() if answer.content else {"closed": None}
            assert told["closed"] is None, told
            return told

        while 0 in await _count_lines(stack):
            assert len(lines) < 20, "all lines went to one process"
            lines.append(secrets.token_urlsafe(18))
            told = await ask(lines[-1], have=0, say=[hello])
            assert told["frames"][0]["ok"]["snapshot"]
            for number in range(2, 8):
                await ask(lines[-1], say=[{"id": number, "do": "ping", "with": {}}])
                while number not in [frame.get("re") for frame in told["frames"]]:
                    told = await ask(lines[-1], have=told["have"])
        for line in lines:
            await ask(line, end=True)
        assert await _count_lines(stack) == [0, 0]


async def _count_lines(stack: Stack) -> list[int]:
    """How many long polls each process has."""
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}) as direct:
        pages = [(await direct.get(f"http://127.0.0.1:{stack.ports[name]}/metrics")).text for name in ("one", "two")]
    return [int(float(re.findall(r"^cocreation_http_lines (\S+)$", page, re.MULTILINE)[0])) for page in pages]


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
