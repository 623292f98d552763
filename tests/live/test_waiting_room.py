"""Letting people in, over real sockets and HTTP: who waits has nothing of the session, and goes on once let in."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from ..conversation import PLAIN, CommandRefused, Frame, Talk
from ..server import RunningServer

LATEST_S = 4.0
"""From the facilitator's word to the phone's page: about two seconds, and what a busy machine needs."""


@asynccontextmanager
async def lead_of(server: RunningServer) -> AsyncIterator[Talk]:
    cookies = await server.sign_in("facilitator")
    lead = await Talk(base=server.base, code=server.code, role="console", cookies=cookies).connect()
    await lead.call("session.edit", {"approval": True})
    try:
        yield lead
    finally:
        await lead.close()


def browser(server: RunningServer) -> httpx.AsyncClient:
    return httpx.AsyncClient(verify=PLAIN, base_url=server.base, headers={"Accept-Language": "en"})


async def ask_by_form(server: RunningServer, client: httpx.AsyncClient, sector: int = 0) -> str:
    """Choose an O on the page; return the letters on the page where they wait."""
    address = f"/join/{server.code}/"
    page = (await client.get(address)).text
    form = {
        "csrfmiddlewaretoken": page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0],
        "sector": re.findall(r'name="sector" value="(\w+)"', page)[sector],
    }
    sent = await client.post(address, data=form)
    assert (sent.status_code, sent.headers["location"]) == (302, address)
    waiting = await client.get(address)
    assert waiting.status_code == 200
    return waiting.text.split('class="letters">')[1][:4]


async def ask_by_api(server: RunningServer, client: httpx.AsyncClient) -> httpx.Response:
    return await client.post(f"/api/v1/sessions/{server.code}/participants", json={"sector": "overheden"})


async def door(lead: Talk, *, n: int) -> dict[str, Any]:
    """Return who waits, once there are so many."""

    def told(frame: Frame) -> dict[str, Any] | None:
        found: dict[str, Any] | None = ((frame.get("now") or {}).get("room") or {}).get("door")
        return found

    frame = await lead.until(lambda frame: (told(frame) or {}).get("waiting") == n)
    found = told(frame)
    assert found is not None
    lead.frames.clear()
    return found


async def follow(server: RunningServer, client: httpx.AsyncClient) -> str:
    """Look again as the page does until something changed; return where the page leads to then."""
    while True:
        told = (await client.get(f"/join/{server.code}/waiting/")).json()
        if told["state"] != "waiting":
            return (await client.get(f"/join/{server.code}/")).headers.get("location", "")
        await asyncio.sleep(told["after"] / 1000)


async def see_nothing(server: RunningServer, client: httpx.AsyncClient) -> None:
    """Who waits is nobody at the socket and at the phone's page, whatever they say."""
    cookies = dict(client.cookies)
    cookies |= {name.replace("w_", "p_"): value for name, value in cookies.items() if name.startswith("w_")}
    talk = Talk(base=server.base, code=server.code, role="phone", cookies=cookies)
    with pytest.raises((CommandRefused, ConnectionError)):
        await talk.connect()
    assert [frame["error"]["code"] for frame in talk.frames] == ["auth.not_joined"]
    page = await client.get(f"/s/{server.code}/")
    assert (page.status_code, page.headers["location"]) == (302, f"/join/{server.code}/")


def test_who_joins_waits_and_is_let_in_or_refused(tmp_path: Path) -> None:
    with RunningServer(data_dir=tmp_path) as server:
        asyncio.run(_let_in(server))


async def _let_in(server: RunningServer) -> None:
    async with lead_of(server) as lead, browser(server) as one, browser(server) as two, browser(server) as three:
        letters = await ask_by_form(server, one)
        api = await ask_by_api(server, two)
        assert api.status_code == 202
        assert set(api.cookies) == {f"w_{lead.snapshot['session']['id']}"}
        told = await door(lead, n=2)
        assert [person["tag"] for person in told["people"]] == [letters, api.json()["tag"]]
        await see_nothing(server, one)
        await see_nothing(server, two)

        # One of them is let in, and their page goes on by itself.
        waits = asyncio.create_task(follow(server, one))
        let_in = time.monotonic()
        await lead.call("request.admit", {"request": told["people"][0]["id"]})
        assert await waits == f"/s/{server.code}/"
        assert time.monotonic() - let_in < LATEST_S
        phone = await Talk(base=server.base, code=server.code, role="phone", cookies=dict(one.cookies)).connect()
        assert phone.you["tag"] == letters
        await phone.close()
        assert not any(name.startswith("w_") for name in one.cookies)

        # The other one is refused, and may ask again.
        await lead.call("request.refuse", {"request": told["people"][1]["id"]})
        refused = await ask_by_api(server, two)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "join.refused")
        assert (await ask_by_api(server, two)).status_code == 202

        # By the page too; then all are let in.
        await ask_by_form(server, three)
        told = await door(lead, n=2)
        await lead.call("request.refuse", {"request": told["people"][1]["id"]})
        page = await three.get(f"/join/{server.code}/")
        assert page.status_code == 403
        assert "You were not let in" in page.text
        await ask_by_form(server, three, sector=2)
        told = await door(lead, n=2)
        await lead.call("request.admit_all", {"until": told["until"]})
        assert (await ask_by_api(server, two)).status_code == 201
        assert await follow(server, three) == f"/s/{server.code}/"

        # Who was in is never asked again.
        assert (await one.get(f"/join/{server.code}/")).headers["location"] == f"/s/{server.code}/"
        assert (await ask_by_api(server, two)).status_code == 200

        # A closed door comes first; the place is kept.
        async with browser(server) as late:
            await ask_by_form(server, late)
            told = await door(lead, n=1)
            await lead.call("request.admit_all", {"until": told["until"]})
            await lead.call("session.lock", {"on": True})
            closed = await late.get(f"/join/{server.code}/")
            assert closed.status_code == 403
            assert "this page goes on by itself" in closed.text
            assert (await late.get(f"/join/{server.code}/waiting/")).json()["state"] == "closed"
            await lead.call("session.lock", {"on": False})
            assert (await late.get(f"/join/{server.code}/")).headers["location"] == f"/s/{server.code}/"
        async with lead_again(lead) as again:
            assert len(again.snapshot["participants"]) == 4


@asynccontextmanager
async def lead_again(lead: Talk) -> AsyncIterator[Talk]:
    again = await Talk(base=lead.base, code=lead.code, role="console", cookies=lead.cookies).connect()
    try:
        yield again
    finally:
        await again.close()
