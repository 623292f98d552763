"""A facilitator rehearses with simulated people, by buttons alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from ..conversation import press
from . import acts
from .browser import PATIENCE
from .checks import find_cuts
from .forms import find_barriers
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_twelve_people_come_in_write_and_are_wiped(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console = await desk.console("facilitator")
        page = console.page
        await expect(page.get_by_role("button", name="Simulated people")).to_have_count(0)
        cookies = {found["name"]: found["value"] for found in await console.context.cookies()}
        studio = f"/programmes/kennispark/sessions/{desk.server.code}/"
        address = await press(desk.server.base, cookies, studio + "rehearse/")
        await page.goto(address)
        await acts.go_to(console, "Welcome")
        await acts.go_to(console, "Profile and brand: write")

        # The keyboard alone.
        await page.get_by_role("button", name="Simulated people").press("Enter")
        dialog = page.get_by_role("dialog", name="Simulated people")
        await dialog.get_by_label("How many people").fill("12")
        await dialog.get_by_label("normal").press("ArrowRight")
        await expect(dialog.get_by_label("fast")).to_be_checked()
        await dialog.get_by_label("How many people").press("Enter")
        await expect(dialog.get_by_text("12 of 12 joined")).to_be_visible(timeout=PATIENCE + 60_000)
        await expect(dialog.get_by_text("12 wrote cards")).to_be_visible(timeout=PATIENCE + 60_000)
        assert await find_cuts(page) == []
        assert await find_barriers(page) == []
        await dialog.get_by_role("button", name="Stop").press("Enter")
        await expect(dialog.get_by_text("They have gone.")).to_be_visible(timeout=PATIENCE)
        await expect(dialog.get_by_role("button", name="Start")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_text("0 of 12 present")).to_be_visible(timeout=PATIENCE)

        await page.goto(f"/programmes/kennispark/sessions/{address.split('/')[2]}/wipe/")
        await page.get_by_role("button", name="Wipe it").click()
        await expect(page.get_by_text("The rehearsal was wiped.")).to_be_visible(timeout=PATIENCE)

    at_a_desk(tmp_path, story)
