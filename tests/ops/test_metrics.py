"""What Prometheus is told: by whom it may be asked, what is counted, and that no label names anybody."""

from __future__ import annotations

import asyncio
import os
import signal
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from sessions.live import metrics
from tests.conversation import PLAIN, CommandRefused, Talk, join
from tests.server import RunningServer

Values = dict[tuple[str, str], float]


def values_of(text: str) -> Values:
    """Return the value of each sample, by name and by the one label that tells it from its sisters."""
    return {
        (sample.name, sample.labels.get("view", next(iter(sample.labels.values()), ""))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if "le" not in sample.labels
    }


@pytest.mark.parametrize(
    ("token", "asked", "status"),
    [
        ("", {}, 200),
        ("", {"REMOTE_ADDR": "::1"}, 200),
        ("", {"REMOTE_ADDR": "192.168.1.7"}, 404),
        ("", {"REMOTE_ADDR": ""}, 404),
        ("", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ("", {"HTTP_VIA": "1.1 proxy"}, 404),
        ("", {"HTTP_AUTHORIZATION": "Bearer "}, 200),
        ("secret", {}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer sécret"}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer secret", "REMOTE_ADDR": "192.0.2.7"}, 200),
    ],
)
def test_who_may_ask(client: Client, settings: Any, db: None, token: str, asked: dict[str, str], status: int):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", **asked).status_code == status


def test_a_busy_session_is_counted_and_not_named(tmp_path: Path):
    with RunningServer(data_dir=tmp_path) as server:
        counted, text, code = asyncio.run(_be_busy(server))
    assert counted["cocreation_sockets", "phone"] == 3
    assert counted["cocreation_sockets", "console"] == 1
    assert counted["cocreation_sessions_open", ""] == 1
    assert counted["cocreation_queue_commands", ""] == 0
    # Three joined, each was noted down as connected, one step was opened, six cards were written, one of them again,
    # and one for a step there is not.
    assert counted["cocreation_batch_commands_sum", ""] == 3 + 3 + 1 + 6 + 1 + 1
    assert counted["cocreation_batch_commands_count", ""] <= counted["cocreation_commit_seconds_count", ""]
    assert counted["cocreation_answers_repeated_total", ""] == 1
    assert counted["cocreation_answers_refused_total", "message.bad"] == 1
    assert counted["cocreation_answers_refused_total", "step.unknown"] == 1
    assert counted["cocreation_answers_refused_total", "server.internal"] == 0
    assert counted["cocreation_turn_seconds_count", ""] > 3
    assert 0 < counted["cocreation_lag_seconds_sum", ""] < 10
    assert counted["cocreation_lag_seconds_count", ""] >= 2
    assert counted["cocreation_database_waits_total", "writer"] == 0
    assert counted["cocreation_http_seconds_count", "api-participants"] == 3
    assert counted["process_resident_memory_bytes", ""] > 10_000_000
    assert ("cocreation_redis_up", "") not in counted
    for word in (code, "onderwijs", "127.0.0.1", "kaart"):
        assert word not in text


async def _be_busy(server: RunningServer) -> tuple[Values, str, str]:
    code = server.code
    console = await Talk(
        base=server.base, code=code, role="console", cookies=await server.sign_in("facilitator")
    ).connect()
    phones = [
        await Talk(
            base=server.base, code=code, role="phone", cookies=await join(server.base, code, "onderwijs")
        ).connect()
        for _ in range(3)
    ]
    step = next(step["id"] for step in console.snapshot["steps"] if step["kind"] == "collect")
    await console.call("step.open", {"step": step})
    card = {"step": step, "text": "kaart", "aspect": "both", "lang": "nl"}
    for phone in phones:
        await phone.call("card.write", card)
        key = str(uuid.uuid4())
        written = await phone.call("card.write", card, key=key)
    await phones[2].call("card.write", card, key=key)
    await console.until_seq(written["seq"])
    await phones[0].send_raw("no frame")
    await phones[0].until(lambda frame: "error" in frame)
    with pytest.raises(CommandRefused):
        await phones[1].call("card.write", card | {"step": "nonesuch0000"})
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base) as client:
        text = (await client.get("/metrics")).text
    await asyncio.gather(*(talk.close() for talk in (console, *phones)))
    return values_of(text), text, code


def test_what_was_committed_after_a_turn_began_is_for_the_next_one():
    before = metrics._lag._sum.get()
    metrics.note_news(7)
    with metrics.turn(7):
        metrics.note_news(7)
    assert 7 in metrics._untold
    with pytest.raises(ZeroDivisionError), metrics.turn(7):
        raise ZeroDivisionError
    assert 7 in metrics._untold, "a turn that failed told nobody"
    metrics.forget_news(7)
    assert 7 not in metrics._untold
    assert metrics._lag._sum.get() >= before


def test_it_drains_before_it_goes(tmp_path: Path):
    """Told to stop, it is not ready and still serves; then it takes nobody new; those who are there are told."""
    with RunningServer(data_dir=tmp_path, environment={"DRAIN_SECONDS": "1.5"}) as server:
        asyncio.run(_drain(server))


async def _drain(server: RunningServer) -> None:
    cookies = await join(server.base, server.code, "onderwijs")
    phone = await Talk(base=server.base, code=server.code, role="phone", cookies=cookies).connect()
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base) as client:
        assert (await client.get("/health/ready")).json()["status"] == "ok"
        assert server.pid is not None
        os.kill(server.pid, signal.SIGTERM)
        ends = time.monotonic() + 1
        while (ready := await client.get("/health/ready")).status_code == 200:
            assert time.monotonic() < ends
        assert (ready.status_code, ready.json()) == (503, {"status": "draining"})
        assert (await client.get("/health/live")).status_code == 200
        late = await Talk(base=server.base, code=server.code, role="phone", cookies=cookies).connect()
    bye = await phone.until(lambda frame: frame.get("bye") == "restart", within=5)
    with pytest.raises(OSError):
        (await asyncio.open_connection("127.0.0.1", server.port))[1].close()
    assert bye["after"] >= 250
    await late.until(lambda frame: frame.get("bye") == "restart")
    await phone._reading
    assert phone.closed == 4000
