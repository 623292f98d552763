"""As in a real room: plain HTTP at an address that is not localhost, where a browser withholds half of itself.

No `crypto.randomUUID`, no service worker, no Web Locks. And the network does not say that it goes: it falls silent.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import httpx
import pytest
from playwright.async_api import expect

from ..conversation import PLAIN, sign_in
from ..server import RunningServer
from ..services import free_port
from . import acts
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, chromium, open_screen
from .proxy import CutProxy
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

HOST = "workshop.test"
SILENCE = 20_000
"""2.4 pings of 5 s go by before silence is called an absence."""


def test_a_phone_on_plain_http_loses_nothing(tmp_path: Path) -> None:
    async def session() -> None:
        port = free_port()
        base = f"http://{HOST}:{port}"
        server = RunningServer(data_dir=tmp_path, port=port, environment={"PUBLIC_URL": base})
        with server:
            async with chromium(f"--host-resolver-rules=MAP {HOST} 127.0.0.1") as browser, CutProxy(port=port) as wire:
                console = await open_screen(browser, base, size=DESKTOP)
                stage = await open_screen(browser, base, size=PROJECTOR)
                phone = await open_screen(browser, f"http://{HOST}:{wire.port}", size=PHONE)
                await acts.sign_in(console, server.run["signin"]["facilitator"])
                await stage.page.goto(server.run["stage"])
                await acts.join(phone, server.code, "ondernemers")
                for screen in (console, stage, phone):
                    assert await screen.page.evaluate("isSecureContext") is False
                    assert await screen.page.evaluate("'randomUUID' in crypto || 'serviceWorker' in navigator") is False
                await expect(stage.page.get_by_text(base.removeprefix("http://")).first).to_be_visible()

                # No browser keeps the screen on there.
                await expect(phone.page.get_by_text("If your screen goes dark, tap it")).to_be_visible()

                await write_out_of_reach(console, phone, wire)
                await vote_out_of_reach(console, phone, wire)
                assert await _read_votes(server) == {
                    "Kept through the first silence": "0",
                    "Kept through the second": "1",
                }
                for screen in (console, stage, phone):
                    assert screen.trouble == []
                    await screen.close()

    tell(session())


async def write_out_of_reach(console: Screen, phone: Screen, wire: CutProxy) -> None:
    await acts.go_to(console, "Welcome")
    await acts.go_to(console, "Profile and brand: write")
    await phone.page.locator("textarea").fill("Kept through the ")
    wire.hang()
    await phone.page.locator("textarea").press_sequentially("first silence")
    await acts.save(phone, "Hardware")
    first = acts.card(phone, "Kept through the first silence")
    await expect(first).to_contain_text("sending")
    await expect(first).to_contain_text("waits for connection", timeout=SILENCE)
    await acts.write(phone, "Kept through the second", "Software")
    wire.mend()
    await acts.try_now(phone)
    for text in ("Kept through the first silence", "Kept through the second"):
        await expect(acts.card(phone, text)).to_contain_text("stored")
        await expect(acts.card_on_desk(console, text)).to_have_count(1)


async def vote_out_of_reach(console: Screen, phone: Screen, wire: CutProxy) -> None:
    texts = ["Kept through the first silence", "Kept through the second"]
    await acts.tick(console, texts)
    await acts.open_from_agenda(console, "Choose")
    await acts.put_dot(phone, texts[0])
    await acts.expect_dots(phone, {texts[0]: 1}, "2 of 3 dots left")
    wire.cut()
    await acts.card(phone, texts[0]).get_by_role("button", name="Take a dot back").click()
    await acts.put_dot(phone, texts[1])
    await acts.expect_offline(phone)
    await expect(phone.page.get_by_text("2 changes wait for a connection")).to_be_visible()
    wire.mend()
    await acts.try_now(phone)
    await acts.expect_dots(phone, {texts[1]: 1}, "2 of 3 dots left")


async def _read_votes(server: RunningServer) -> dict[str, str]:
    """Return text → dots, from the files."""
    # The link names the host that only the browser knows.
    link = server.run["signin"]["core"].replace(f"http://{HOST}", "http://127.0.0.1")
    cookies = await sign_in(server.base, link)
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, cookies=cookies) as client:
        tables = [
            list(csv.DictReader(io.StringIO((await client.get(f"/s/{server.code}/export/{name}")).text)))
            for name in ("contributions.csv", "votes.csv")
        ]
    texts = {row["item"]: row["text"] for row in tables[0]}
    return {texts[row["item"]]: row["value"] for row in tables[1]}
