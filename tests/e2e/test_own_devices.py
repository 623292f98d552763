"""The facilitator's own second device: put there before the room comes in, it goes on when the laptop does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from . import acts
from .browser import PHONE
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_the_session_is_led_on_from_a_phone_when_the_laptop_is_gone(tmp_path: Path) -> None:
    """With nobody's help, by the link that the console makes; a laptop that came in by a link cannot come in again."""

    async def story(desk: Desk) -> None:
        console, person = await desk.console("facilitator"), await desk.phone("onderzoek")
        await console.page.get_by_role("button", name="code").click()
        dialog = console.page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Make a link for yourself").click()
        await expect(dialog.get_by_role("img", name="QR code of the link for yourself")).to_be_visible()
        await expect(dialog.get_by_text("It works once, until")).to_be_visible()
        link = await dialog.get_by_label("Scan the code with your phone").input_value()
        await dialog.get_by_role("button", name="Close", exact=True).click()

        remote = await desk.screen(PHONE)
        await acts.sign_in(remote, link)
        await expect(
            remote.page.get_by_role("status").filter(has_text="Also runs this session: you, on another screen")
        ).to_be_attached()
        await acts.go_to(console, "Welcome")
        await console.context.close()
        desk.screens.remove(console)
        await acts.go_to(remote, "Profile and brand: write")
        await expect(await acts.write(person, "Led from a phone", "Both")).to_contain_text("stored")
        await expect(acts.card_on_desk(remote, "Led from a phone")).to_have_count(1)

        stranger = await desk.screen(PHONE)
        await stranger.page.goto(link)
        await expect(stranger.page.get_by_role("heading", name="This link no longer works")).to_be_visible()

    at_a_desk(tmp_path, story)
