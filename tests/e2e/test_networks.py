"""Where a network lets no socket through: phone, stage and console go on over HTTP, and come back to a socket."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, chromium, open_screen
from .crowd import Person, bring
from .proxy import CutProxy, Sockets
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SLOW = "This network blocks live connections. We go on over HTTP, a little slower."
SLOW_DESK = "this network blocks live connections; over HTTP, a little slower"
SWALLOWED = 15_000
"""Eight seconds for a socket that is never answered, and a busy machine."""
OTHERS = 5
TEXTS = ("Written over HTTP", "And a second one")


@pytest.mark.parametrize("sockets", ["refuse", "hang"])
def test_a_session_goes_on_where_sockets_do_not_get_through(tmp_path: Path, sockets: Sockets) -> None:
    """Join, write, vote, reveal; then the proxy lets sockets through, and they are taken."""

    async def session(server: RunningServer, wire: CutProxy) -> None:
        async with chromium() as browser:
            there = f"http://127.0.0.1:{wire.port}"
            sizes = {"console": DESKTOP, "stage": PROJECTOR, "phone": PHONE}
            screens = {name: await open_screen(browser, there, size=size) for name, size in sizes.items()}
            console, stage, phone = screens.values()
            await stage.page.goto(server.run["stage"].replace(server.base, there))
            await acts.join(phone, server.code, "ondernemers")
            await acts.sign_in(console, server.run["signin"]["facilitator"].replace(server.base, there))
            # A socket that is never answered takes its time; all three take it together.
            for screen, words in ((phone, SLOW), (stage, SLOW), (console, SLOW_DESK)):
                await expect(screen.page.get_by_text(words)).to_be_visible(timeout=SWALLOWED)
            await write_and_vote(console, phone)
            people = await vote_in_the_room(server)
            await acts.close_and_show(console, "Result", said=f"All {1 + OTHERS} phones confirmed.")
            for screen in (stage, phone):
                await expect(screen.page.get_by_text(TEXTS[0]).first).to_be_visible()

            wire.sockets = "pass"
            for screen in screens.values():  # the device is in another network
                await screen.page.evaluate("dispatchEvent(new Event('online'))")
            for screen in screens.values():
                await expect(screen.page.get_by_text("blocks live connections")).to_have_count(0)
            await acts.go_to(console, "Closing")
            await expect(phone.page.get_by_text("Thank you").first).to_be_visible()
            for person in people:
                await person.leave()
            for screen in screens.values():
                assert [told for told in screen.trouble if "403" not in told] == []
                await screen.close()

    async def run() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with CutProxy(port=server.port, sockets=sockets) as wire:
                await session(server, wire)
                assert wire.refused

    tell(run())


async def write_and_vote(console: Screen, phone: Screen) -> None:
    await acts.go_to(console, "Welcome")
    await acts.go_to(console, "Profile and brand: write")
    for text in TEXTS:
        await acts.write(phone, text, "Software")
        await expect(acts.card(phone, text)).to_contain_text("stored")
        await expect(acts.card_on_desk(console, text)).to_have_count(1)
    await acts.tick(console, list(TEXTS))
    await acts.open_from_agenda(console, "Choose")
    await acts.put_dot(phone, TEXTS[0])
    await acts.expect_dots(phone, {TEXTS[0]: 1}, "2 of 3 dots left")


async def vote_in_the_room(server: RunningServer) -> list[Person]:
    """Others vote over sockets, enough of them that figures may be shown."""
    people = (await bring(base=server.base, code=server.code, people={"ondernemers": OTHERS}))["ondernemers"]
    for person in people:
        round_ = next(found for found in person.talk.snapshot["rounds"] if found["open"])
        item = next(found["id"] for found in round_["items"] if found["text"] == TEXTS[0])
        await person.talk.call("vote.cast", {"round": round_["id"], "item": item, "value": 1, "tap": 1})
    return people
