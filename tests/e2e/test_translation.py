"""Pages that the browser translates: live text stays right on the phone, the console and the stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from ..server import RunningServer
from .browser import DESKTOP, PATIENCE, PHONE, PROJECTOR, Screen, chromium, open_screen
from .stories import tell
from .translator import AT_ONCE, in_translation, show_original
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


class Translated:
    """A screen that is translated; what it must show is said in English."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.page = screen, screen.page

    async def shows(self, where: str, words: str, *, not_: str = "") -> None:
        place = self.page.locator(where)
        await expect(place).to_contain_text(in_translation(words), timeout=PATIENCE)
        if not_:
            await expect(place).not_to_contain_text(in_translation(not_))

    async def ticks(self, where: str) -> None:
        """The clock goes on."""
        before = await self.page.locator(where).inner_text()
        await expect(self.page.locator(where)).not_to_have_text(before, timeout=PATIENCE)


def test_a_translated_page_follows_the_session(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            room = await Workshop(server).begin()
            async with chromium() as browser:
                phone = await open_screen(browser, server.base, size=PHONE)
                console = await open_screen(browser, server.base, size=DESKTOP)
                stage = await open_screen(browser, server.base, size=PROJECTOR, reduced_motion="reduce")
                for screen in (phone, console, stage):
                    await screen.page.add_init_script(AT_ONCE)
                await phone.context.add_cookies(cookies(await room.join_over_http("onderzoek"), server.base))
                await console.context.add_cookies(cookies(room.facilitator, server.base))
                await phone.page.goto(f"/s/{server.code}/")
                await console.page.goto(f"/s/{server.code}/console/")
                await stage.page.goto(server.run["stage"])
                await follow(room, Translated(phone), Translated(console), Translated(stage))
                for screen in (phone, console, stage):
                    assert await show_original(screen.page) == []
                await expect(phone.page.get_by_role("heading", name="2 of 3 dots left")).to_be_visible()
                assert phone.trouble + console.trouble + stage.trouble == []
            await room.end()

    tell(story())


def cookies(named: dict[str, str], base: str) -> list[Any]:
    return [{"name": name, "value": value, "url": base} for name, value in (named | {"language": "en"}).items()]


async def follow(room: Workshop, phone: Translated, console: Translated, stage: Translated) -> None:
    await phone.shows("h1", "You are in.")
    await room.open("Profile and brand: write")
    for screen, head in ((phone, "header"), (console, "p.kind"), (stage, "h1")):
        words = (
            "What should the world know Kennispark for in ten years?" if head == "h1" else "Profile and brand: write"
        )
        await screen.shows(head, words, not_="Welcome")
    for screen in (phone, console, stage):
        await screen.ticks("[role=timer] >> nth=0")

    await phone.page.locator("textarea").fill("One brand")
    await phone.page.locator("form label").first.click()
    await phone.shows("form .count", "9 of 240", not_="0 of 240")
    await phone.page.locator("form button[type=submit]").click()
    await phone.shows("li.row", "One brand")
    await phone.shows("li.row", "stored", not_="sending")
    await console.shows("#cards", "This step (1)")
    card = (await room.snapshot())["cards"][0]["id"]

    await room.say("step.reveal", step=room.step("Profile and brand: write"))
    await room.tick("Choose", [card])
    await room.open("Choose")
    await phone.shows("header", "Choose", not_="Profile and brand")
    await phone.shows("h1", "What should happen first?", not_="ten years")
    await phone.shows("h2", "3 of 3 dots left")
    await phone.page.locator("li.row .step button").last.click()
    await phone.shows("h2", "2 of 3 dots left", not_="3 of 3")
    await console.shows("p.kind", "Choose", not_="Profile and brand")
    await stage.shows("main", "What should happen first?", not_="ten years")
    await stage.shows("main", "Place 3 dots")
