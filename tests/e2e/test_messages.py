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
IS_FREE = """(field) => {
  const { left, top, width, height } = field.getBoundingClientRect();
  return [top + 4, top + height / 2].every((y) => document.elementFromPoint(left + width / 2, y) === field);
}"""
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
        moved = [abs(await place(of) - was) for of, was in zip((field, save), before, strict=True)]
        assert max(moved) < 1, "nothing moves under the finger; a browser scrolls by whole pixels"
        await expect(shown[1]).to_be_in_viewport(ratio=1)
        await expect(typing.page.get_by_role("status").first).to_have_text(f"Message: {SAID}")
        await expect(field).to_be_focused()
        assert await field.evaluate(IS_FREE)
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
        await expect(stage.page.locator(".stage").first).to_be_visible()
        assert not stage.has_heard(SAID)

    at_a_desk(tmp_path, story)


NOTED = "Anna watches the clock"


def test_notes_are_written_on_the_agendas_page_and_read_at_the_console_alone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console, other = await desk.console("facilitator"), await desk.console("core")
        phone, stage = await desk.phone("onderwijs"), await desk.screen(PROJECTOR)
        await stage.page.goto(desk.server.run["stage"])
        await other.page.goto(f"/s/{desk.server.code}/agenda/")
        await other.page.locator("ol .line").first.click()
        field = other.page.locator(".editor").get_by_label("Notes for whoever leads")
        await field.fill(NOTED)
        await expect(other.page.locator(".editor").get_by_text("all stored")).to_be_visible()
        comes = console.page.get_by_role("region", name="Notes: Welcome")
        await expect(comes).to_contain_text(f"Notes for what comes: Welcome\n{NOTED}", use_inner_text=True)
        await acts.go_to(console, "Welcome")
        await expect(comes).to_contain_text("Notes, on no other screen")
        for screen in (console, other):
            assert await find_barriers(screen.page) == []
        await expect(phone.page.get_by_role("heading", name="Welcome to Kennispark")).to_be_visible()
        assert console.has_heard(NOTED) and not phone.has_heard(NOTED) and not stage.has_heard(NOTED)

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


async def place(found: Locator) -> float:
    return float(await found.evaluate("node => node.getBoundingClientRect().top"))
