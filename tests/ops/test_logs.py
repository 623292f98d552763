"""The log of a busy session holds neither what people wrote nor who they are, in either form."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import logging.config
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from django.db import IntegrityError
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import ResolverMatch
from pytest_django import DjangoDbBlocker

from cocreation.logs import SaidByReadiness, make_logging
from tests.conversation import PLAIN, Talk, join
from tests.server import RunningServer

MARK = "merkwaardig-kaartje-7431"
ADDRESS = "198.51.100.23"
WRONG_CODE = "ZZ9ZZ9"


@pytest.mark.parametrize("form", ["json", ""])
def test_a_busy_session_leaves_nothing_of_anybody(tmp_path: Path, django_db_blocker: DjangoDbBlocker, form: str):
    environment = {"LOG_FORMAT": form, "PROXY_HEADERS": "1"}
    with RunningServer(data_dir=tmp_path, environment=environment) as server:
        secrets, cookies = asyncio.run(_be_busy(server))
        printed = server.log
        with django_db_blocker.unblock(), server.database():
            _break(server)
        asyncio.run(_meet_exceptions(server, cookies))
        said = server.log.removeprefix(printed)
    assert "Traceback" in said or '"exception"' in said, said
    lines = [line for line in said.splitlines() if line and not line.startswith("Stopped.")]
    if form == "json":
        found = [json.loads(line) for line in lines]
        assert all({"timestamp", "level", "logger", "event"} <= set(line) for line in found)
        pages = [line for line in found if line["event"] == "A page failed"]
        assert {line["view"] for line in pages} == {"stage"}
        assert all(line["status"] >= 500 and len(line["request"]) == 12 for line in pages)
    for secret in (MARK, ADDRESS, WRONG_CODE, *secrets):
        assert secret not in said, secret
    # What `serve` prints at its start for people are addresses and links for whoever started it.
    assert MARK not in printed and ADDRESS not in printed
    links = [server.code, *(link.rstrip("/").rpartition("/")[2] for link in server.run["signin"].values())]
    assert [link in printed for link in links] == [form != "json"] * len(links)


def test_that_the_server_is_not_ready_is_no_error():
    """A load balancer asks every few seconds; a page that fails with the same status is one."""
    assert not SaidByReadiness().filter(_record("ready", 503))
    assert SaidByReadiness().filter(_record("stage", 503))
    assert SaidByReadiness().filter(_record("ready", 500))
    assert SaidByReadiness().filter(logging.makeLogRecord({}))


def _record(view: str, status: int) -> logging.LogRecord:
    request = RequestFactory().get("/")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name=view)
    return logging.makeLogRecord({"request": request, "status_code": status})


async def _be_busy(server: RunningServer) -> tuple[list[str], dict[str, str]]:
    """Return what must stay out of the log, and the cookies of a phone."""
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, headers={"X-Forwarded-For": ADDRESS}) as client:
        assert (await client.get(f"/api/v1/sessions/{WRONG_CODE}")).status_code == 404
        token = "a-token-that-nobody-has-0123456789"
        await client.get(f"/link/{token}/")
        await client.get("/join/", headers={"Host": "evil.example"})
        console = await Talk(
            base=server.base, code=server.code, role="console", cookies=await server.sign_in("facilitator")
        ).connect()
        cookies = await join(server.base, server.code, "onderwijs")
        phone = await Talk(base=server.base, code=server.code, role="phone", cookies=cookies).connect()
        step = next(step["id"] for step in console.snapshot["steps"] if step["kind"] == "collect")
        await console.call("step.open", {"step": step})
        for number in range(5):
            card = {"step": step, "text": f"{MARK} {number}", "aspect": "both", "lang": "nl"}
            await phone.call("card.write", card)
        for frame in (MARK, f'{{"id":1,"do":"{MARK}"}}', f'{{"id":2,"do":"hello","with":"{MARK}"}}', MARK.encode()):
            await phone.send_raw(frame)
        await phone.until(lambda frame: frame.get("re") == 2)
        await phone.drop()
        await console.close()
    return [server.code, token, *cookies.values()], cookies


def _break(server: RunningServer) -> None:
    """Make every hub's turn fail, with somebody's words in the exception, and the stage's page."""
    from django.db import connection
    from django.db.models import F

    from sessions.domain.log import LogKind
    from sessions.models import Event, Session

    line = Event.objects.latest("pk")
    line.pk, line.key, line.seq, line.kind = None, None, line.seq + 1, LogKind.CARD_WRITTEN
    line.data = {"card": MARK}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        line.save()
        Session.objects.filter(pk=line.session_id).update(seq=F("seq") + 1)
        cursor.execute("ALTER TABLE workshop_stagelink RENAME TO workshop_away")


async def _meet_exceptions(server: RunningServer, cookies: dict[str, str]) -> None:
    headers = {"X-Forwarded-For": ADDRESS, "X-Note": MARK}
    phone = Talk(base=server.base, code=server.code, role="phone", cookies=cookies)
    hello = asyncio.create_task(phone.connect())
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, headers=headers, timeout=40) as client:
        answer = await client.get(f"/s/{server.code}/stage/?link={MARK}")
        assert answer.status_code >= 500
        assert len(answer.headers["X-Request-ID"]) == 12
    await asyncio.to_thread(_await_words, server, "turn failed")
    hello.cancel()
    await asyncio.gather(hello, return_exceptions=True)
    await phone.close()


def _await_words(server: RunningServer, words: str) -> None:
    ends = time.monotonic() + 20
    while words not in server.log:
        assert time.monotonic() < ends
        time.sleep(0.05)


def _logged(form: str, say: Any) -> str:
    """Return what is written when `say` logs, with the program's own configuration."""
    structlog.contextvars.clear_contextvars()  # a test that asked for a page in this thread left its number
    told = make_logging(form)
    formatter = logging.config.DictConfigurator(told)
    handler = logging.StreamHandler(stream := io.StringIO())
    handler.setFormatter(formatter.configure_formatter(told["formatters"]["line"]))
    logger = logging.Logger("any")
    logger.addHandler(handler)
    say(logger)
    return stream.getvalue()


def _request() -> HttpRequest:
    return RequestFactory().get(f"/link/{MARK}/", {"q": MARK}, REMOTE_ADDR=ADDRESS)


@pytest.mark.parametrize("form", ["json", ""])
def test_what_others_fill_in_is_left_out(form: str):
    def say(logger: logging.Logger) -> None:
        logger.name = "library"
        logger.warning("from %s: %s", ADDRESS, MARK)
        logger.warning(f"peer {ADDRESS} and fe80::1:2 said\nexception=ValueError('{MARK}')")
        logger.error("%s: %s", "Server Error", MARK, extra={"request": _request(), "status_code": 500})
        try:
            try:
                raise IntegrityError(f"Failing row contains ({MARK})")
            except IntegrityError as error:
                raise ValueError(MARK) from error
        except ValueError:
            logger.exception("it failed with %s", MARK, stack_info=True)

    said = _logged(form, say)
    assert MARK not in said and ADDRESS not in said and "fe80" not in said
    assert "peer … and … said" in said
    assert "IntegrityError" in said and "ValueError" in said and "test_logs.py" in said
    if form == "json":
        lines = [json.loads(line) for line in said.splitlines()]
        assert [line["level"] for line in lines] == ["warning", "warning", "error", "error"]
        assert lines[2] | {"timestamp": ""} == {
            "timestamp": "",
            "level": "error",
            "logger": "library",
            "event": "A page failed",
            "method": "GET",
            "view": "none",
            "status": 500,
        }


def test_our_own_lines_keep_their_values():
    def say(logger: logging.Logger) -> None:
        logger.name = "sessions.live.writer"
        logger.warning("A batch of %d commands failed", 7)

    assert "A batch of 7 commands failed" in _logged("", say)
    assert json.loads(_logged("json", say))["event"] == "A batch of 7 commands failed"
