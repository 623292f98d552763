"""A message to all phones: it comes, moves nothing under the finger, covers nothing that is typed, and goes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from . import acts
from .browser import PROJECTOR, Screen
from .forms import find_barriers
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WRITE = "Profile and brand: write"
SAID = "The lift is out of order: take the stairs on the left"


def test_a_message_stands_on_every_phone_until_it_is_taken_away(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console = await desk.console("facilitator")
        typing, looking = await asyncio.gather(*(desk.phone(sector) for sector in ("onderwijs", "onderzoek")))
        for title in ("Welcome", WRITE):
            await acts.go_to(console, title)
        field = typing.page.locator("textarea")
        await field.fill("Half a thought")
        save = looking.page.get_by_role("button", name="Save card")
        await expect(save).to_be_visible()
        before = [await place(field), await place(save)]
        await put(console, SAID)

        shown = [message(phone) for phone in (typing, looking)]
        for each in shown:
            await expect(each).to_have_text(SAID)
        assert [await place(field), await place(save)] == before, "nothing moves under the finger"
        await expect(shown[1]).to_be_in_viewport(ratio=1)
        await expect(typing.page.get_by_role("status").first).to_have_text(f"Message: {SAID}")
        await expect(field).to_be_focused()
        top = await field.evaluate("field => field.getBoundingClientRect().top + 8")
        is_free = "([field, top]) => document.elementFromPoint(60, Math.max(top, 1)) !== null && field.matches(':focus')"
        assert await typing.page.evaluate(is_free, [await field.element_handle(), top])
        await field.press_sequentially(" more")
        await expect(field).to_have_value("Half a thought more")
        await field.blur()
        await expect(shown[0]).to_be_in_viewport(ratio=1)

        # Whoever comes later reads it too; so does a page that is loaded again.
        later = await desk.phone("overheden")
        await expect(message(later)).to_have_text(SAID)
        assert await later.page.evaluate("scrollY") == 0
        await looking.page.reload()
        await expect(message(looking)).to_have_text(SAID)
        for screen in (console, later):
            assert await find_barriers(screen.page) == []

        # Taken away, by hand and by undo, and given back.
        region = console.page.get_by_role("region", name="Message to all phones")
        await region.get_by_role("button", name="Take away").click()
        await expect(message(later)).to_have_count(0)
        await console.page.get_by_role("button", name="Undo").click()
        await expect(message(later)).to_have_text(SAID)
        stage = await desk.screen(PROJECTOR)
        await stage.page.goto(desk.server.run["stage"])
        await expect(stage.page.locator(".stage")).to_be_visible()
        assert not stage.has_heard(SAID)

    at_a_desk(tmp_path, story)


async def put(console: Screen, words: str) -> None:
    """Write a message by keyboard alone."""
    page = console.page
    await page.get_by_role("button", name="Write a message").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").get_by_label("English").focus()
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)


def message(phone: Screen) -> Locator:
    return phone.page.get_by_role("region", name="Message to everyone").locator(".words")


async def place(found: Locator) -> int:
    return round(await found.evaluate("node => node.getBoundingClientRect().top"))
