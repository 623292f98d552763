"""What docs/protocol.md tells of coming in, of the first frames and of what is refused, tried on a real server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import websockets

from ..conversation import PLAIN, join
from ..server import RunningServer

Frame = dict[str, Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder: Path = tmp_path_factory.mktemp("told")
    with RunningServer(data_dir=folder) as running:
        yield running


async def say(
    server: RunningServer, *frames: Frame, role: str = "phone", code: str | None = None, cookies: dict[str, str] | None
) -> tuple[list[Frame], int | None]:
    """Send frames on a new socket, each after the answer to the one before.

    Return the answers, and the close code when the server closed the socket after a refusal of no frame.
    """
    address = f"{server.base.replace('http', 'ws', 1)}/ws/s/{code or server.code}/?as={role}"
    cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    heard: list[Frame] = []
    async with websockets.connect(address, additional_headers={"Cookie": cookie}, compression=None) as socket:
        for frame in frames:
            with contextlib.suppress(websockets.ConnectionClosed):  # it may close before it is spoken to
                await socket.send(json.dumps(frame))
            while len(heard) <= frames.index(frame):
                answer = json.loads(await asyncio.wait_for(socket.recv(), 20))
                heard += [answer] if "re" in answer else []
            if heard[-1]["re"] is None:
                await asyncio.wait_for(socket.wait_closed(), 20)
                return heard, socket.close_code
    return heard, None


def hello(number: int = 1, **fields: Any) -> Frame:
    return {"id": number, "do": "hello", "with": {"protocol": 2, "lang": "en"} | fields}


def test_first_frames(server: RunningServer) -> None:
    asyncio.run(try_first_frames(server))


async def try_first_frames(server: RunningServer) -> None:
    cookies = await join(server.base, server.code, "onderwijs")
    withdraw = {"id": 2, "do": "card.withdraw", "key": str(uuid4()), "with": {"card": "0" * 12}}
    heard, _ = await say(server, {"id": 1, "do": "ping", "with": {}}, withdraw, hello(3), cookies=cookies)
    assert [frame["re"] for frame in heard] == [1, 2, 3]
    assert set(heard[0]["ok"]) == {"time"}
    assert heard[1]["error"]["code"] == "hello.first"
    assert heard[2]["ok"]["you"]["as"] == "phone"
    assert "snapshot" in heard[2]["ok"] and not {"events", "now"} & heard[2]["ok"].keys()
    heard, closed = await say(server, hello(1, protocol=1), cookies=cookies)
    assert [(frame["re"], frame["error"]["code"]) for frame in heard] == [(None, "hello.protocol")]
    assert closed == 4500


def test_resuming(server: RunningServer) -> None:
    asyncio.run(try_resuming(server))


async def try_resuming(server: RunningServer) -> None:
    cookies = await join(server.base, server.code, "onderwijs")
    (first,), _ = await say(server, hello(), cookies=cookies)
    known = {"epoch": first["ok"]["epoch"], "seq": first["ok"]["seq"]}
    for back, is_resumed in (
        (known, True),
        ({"epoch": known["epoch"]}, False),
        ({"seq": known["seq"]}, False),
        (known | {"epoch": "0" * 12}, False),
        (known | {"seq": known["seq"] + 1000}, False),
    ):
        (answer,), _ = await say(server, hello(**back), cookies=cookies)
        assert ("events" in answer["ok"]) is is_resumed
        assert ("now" in answer["ok"]) is is_resumed
        assert ("snapshot" in answer["ok"]) is not is_resumed


def test_who_is_not_let_in(server: RunningServer) -> None:
    asyncio.run(try_who_is_not_let_in(server))


async def try_who_is_not_let_in(server: RunningServer) -> None:
    for role, code, reason in (
        ("phone", None, "auth.not_joined"),
        ("console", None, "auth.signed_out"),
        ("stage", None, "auth.signed_out"),
        ("phone", "NOSUCH", "session.unknown"),
    ):
        (refusal,), closed = await say(server, hello(), role=role, code=code, cookies=None)
        assert (refusal["re"], refusal["error"]["code"], closed) == (None, reason, 4500)
    for path in ("?as=nobody", "", "more/?as=phone"):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(f"{server.base.replace('http', 'ws', 1)}/ws/s/{server.code}/{path}")
        assert refused.value.response.status_code == 403


def test_a_sign_in_and_a_projector_link(server: RunningServer) -> None:
    asyncio.run(try_a_sign_in_and_a_projector_link(server))


async def try_a_sign_in_and_a_projector_link(server: RunningServer) -> None:
    link = server.run["signin"]["facilitator"]
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, timeout=60) as client:
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', (await client.get(link)).text)
        assert (await client.post(link, data={"csrfmiddlewaretoken": "x" * 64})).status_code == 403
        assert (await client.post(link, data={"csrfmiddlewaretoken": token[0]})).status_code == 302
        assert (await client.get(link)).status_code == 410
        member = {cookie.name: cookie.value or "" for cookie in client.cookies.jar}
        stage = f"/s/{server.code}/stage"
        headers = {"X-CSRFToken": member["csrftoken"]}
        assert (await client.post(f"{stage}/link/")).status_code == 403
        made = await client.post(f"{stage}/link/", headers=headers)
        async with httpx.AsyncClient(verify=PLAIN, timeout=60) as projector:
            opened = await projector.get(made.json()["url"])
            assert opened.status_code == 302
            shown = {name: value for name, value in opened.cookies.items() if name.startswith("stage_")}
        (answer,), _ = await say(server, hello(), role="stage", cookies=shown)
        assert answer["ok"]["you"] == {"as": "stage"}
        undo = {"id": 2, "do": "step.undo", "key": str(uuid4())}
        heard, _ = await say(server, hello(), undo, role="console", cookies=member)
        assert heard[1]["error"]["code"] == "undo.too_late"
        assert (await client.post(f"{stage}/revoke/", headers=headers)).json()["revoked"] >= 1
        assert (await client.get(made.json()["url"])).status_code == 403
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, timeout=60) as stranger:
        page = await stranger.get("/signin/")
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        form = {"csrfmiddlewaretoken": token[0], "login": "nobody", "password": "wrong"}
        assert (await stranger.post("/signin/", data=form)).status_code == 400
        headers = {"X-CSRFToken": stranger.cookies["csrftoken"]}
        sent = await stranger.post(f"{stage}/link/", headers=headers)
        assert sent.status_code == 302 and sent.headers["Location"].startswith("/signin/")
