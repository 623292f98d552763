"""What a facilitator does on the page of an agenda."""

from __future__ import annotations

from playwright.async_api import expect

from .tour import View


async def open_a_template(view: View) -> None:
    page = view.page
    await page.get_by_role("button", name=view.pick("Expertsessie", "Expert session")).click()
    await expect(
        page.get_by_role("button", name=view.pick("Gebruik dit sjabloon", "Use this template"))
    ).to_be_visible()
    await expect(page.get_by_role("heading", name=view.pick("zonder pauze", "without a break"))).to_be_visible()


async def open_a_step(view: View) -> None:
    page = view.page
    await expect(page.get_by_role("heading", name=view.pick("Past het?", "Does it fit?"))).to_be_visible()
    await expect(page.get_by_role("heading", name=view.pick("zonder pauze", "without a break"))).to_be_visible()
    await page.locator("ol .line").nth(1).click()
    await expect(page.locator(".editor")).to_be_visible()
