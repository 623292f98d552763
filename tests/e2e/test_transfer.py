"""Somebody goes on in another browser: with everything, and the first one says that it ended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from ..conversation import Talk
from . import acts
from .browser import PHONE, Screen, open_screen
from .keeping import Stand, at_a_stand
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_somebody_goes_on_in_another_browser_through_a_closed_door(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console, first = await desk.console("facilitator"), await desk.phone("onderzoek")
        await acts.go_to(console, "Welcome")
        await acts.go_to(console, "Profile and brand: write")
        await expect(await acts.write(first, "Terraces in the sun", "Both")).to_contain_text("stored")
        await first.page.locator("textarea").fill("Half a thought")
        second = await desk.screen(PHONE)
        await second.page.goto(f"/join/{desk.server.code}/")
        await second.page.get_by_role("link", name="I was here already").click()
        code = await _code_as_told(first, await second.page.locator("#code-help").inner_text())
        desk_of_another = Talk(
            base=desk.server.base,
            code=desk.server.code,
            role="console",
            cookies=await desk.server.sign_in("core"),
        )
        await (await desk_of_another.connect()).call("session.lock", {"on": True})

        await second.page.locator("#code").fill(code)
        await second.page.get_by_role("button", name="Go on here").click()
        await expect(second.page.get_by_text("Terraces in the sun")).to_be_visible()
        heading = first.page.get_by_role("heading", name="You went on in another browser")
        await expect(heading).to_be_visible()
        # What was being typed there is nowhere else.
        await expect(first.page.get_by_text("Half a thought")).to_be_visible()
        await first.page.reload()
        await expect(first.page.get_by_role("heading", name="You went on in another browser")).to_be_visible()
        await expect(first.page.get_by_text("Half a thought")).to_be_visible()
        await expect(await acts.write(second, "Said on the second one", "Both")).to_contain_text("stored")
        await expect(acts.card_on_desk(console, "Said on the second one")).to_have_count(1)
        await desk_of_another.close()
        # The first one may have asked for something while it was being told.
        first.trouble[:] = [each for each in first.trouble if "403 (Forbidden)" not in each]

    at_a_desk(tmp_path, story)


def test_dots_that_were_never_sent_are_named_where_somebody_left(tmp_path: Path) -> None:
    async def story(stand: Stand) -> None:
        await stand.write_step()
        first = await stand.phone()
        await expect(await acts.write(first, "A bridge over the water", "Both")).to_contain_text("stored")
        await acts.tick(stand.console, ["A bridge over the water"])
        await acts.open_from_agenda(stand.console, "Choose")
        code = await code_of(first)
        await first.page.get_by_role("button", name="Back to the session").click()
        await expect(first.page.get_by_role("button", name="Put a dot")).to_be_visible()
        stand.wire.cut()
        await acts.put_dot(first, "A bridge over the water")

        second = await open_screen(stand.browser, stand.server.base, size=PHONE)
        await go_on(second, stand.server.code, code)
        await expect(second.page.get_by_role("button", name="Put a dot")).to_be_visible()
        stand.wire.mend()
        await acts.try_now(first)
        dots = first.page.get_by_role("region", name="1 change to your vote was not stored")
        await expect(dots.locator("blockquote")).to_have_text(re.compile(r"^\s*A bridge over the water\s+1 dot\s*$"))
        # The page that the server gives from then on knows how many.
        await first.page.reload()
        await expect(first.page.get_by_text("Changes to your vote that were not stored: 1")).to_be_visible()

    at_a_stand(tmp_path, story)


async def code_of(phone: Screen) -> str:
    """Let a phone show a code for another browser."""
    await phone.page.locator("header .who").click()
    await phone.page.get_by_role("button", name="Show a code").click()
    return await phone.page.locator("ol .code").inner_text()


async def go_on(phone: Screen, session: str, code: str) -> None:
    await phone.page.goto(f"/join/{session}/")
    await phone.page.get_by_role("link", name="I was here already").click()
    await phone.page.locator("#code").fill(code)
    await phone.page.get_by_role("button", name="Go on here").click()


async def _code_as_told(first: Screen, told: str) -> str:
    """Do on the first phone what the page of the second one says, word for word; return the code that it shows."""
    assert "tap the mark of your O at the top left" in told
    where, what = re.findall("“([^”]+)”", told)
    mark = first.page.locator("header").get_by_role("button", name="Your cards and votes").locator("svg").first
    box = await mark.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] < PHONE["width"] / 3
    assert box["y"] + box["height"] < PHONE["height"] / 6
    await mark.click()
    await expect(first.page.get_by_role("heading", name="Your cards and votes", level=1)).to_be_visible()
    await first.page.get_by_role("region", name=where).get_by_role("button", name=what).click()
    return await first.page.locator("ol .code").inner_text()
