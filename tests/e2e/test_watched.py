"""What a phone shows, from the console: as it is now, in a tab of its own, and nobody comes into the room by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from . import acts
from .browser import PHONE
from .checks import find_cuts
from .forms import find_barriers
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_a_facilitator_sees_what_a_phone_shows_and_gives_nothing(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console = await desk.console("facilitator")
        async with console.context.expect_page() as opened:
            await console.page.get_by_role("link", name="See what a phone shows").focus()
            await console.page.keyboard.press("Enter")
        page = await opened.value
        await page.set_viewport_size(PHONE)
        await expect(page.get_by_text("You are not in the room")).to_be_visible()
        await expect(page.get_by_role("heading", name="You are in. We start in a moment.")).to_be_visible()
        for title in ("Welcome", "Profile and brand: write"):
            await acts.go_to(console, title)
        field = page.locator("textarea")
        await expect(field).to_be_visible()
        await field.focus()
        await page.keyboard.type("Not a card")
        await page.get_by_role("button", name="I am done").click()
        await page.get_by_role("button", name="Save card").focus()
        await page.keyboard.press("Enter")
        await expect(field).to_have_value("")
        assert await find_cuts(page) == []
        assert await find_barriers(page) == []
        await expect(console.page.get_by_role("button", name="of 0 present")).to_be_visible()
        await page.get_by_role("link", name="To the console").click()
        await page.wait_for_url("**/console/")
        await page.close()

    at_a_desk(tmp_path, story)
