"""What the core team does in the set-up of a programme, and whoever is invited."""

from __future__ import annotations

import re

import httpx
from playwright.async_api import expect

from ..conversation import PLAIN
from .tour import View

MEMBERS = "/programmes/kennispark/members/"


async def open_every_form(view: View) -> None:
    """Of a pillar and an O, and those that add one."""
    for summary in await view.page.locator("#pillars details > summary").all():
        await summary.click()
    for place in (0, -1):
        await view.page.locator("#sectors details > summary").nth(place).click()
    await expect(view.page.locator("#sectors .shapes").first).to_be_visible()


async def give_it_a_taken_address(view: View) -> None:
    """Which only the server can know: `new` is a page of the studio."""
    await view.page.locator("#programme-slug").fill("new")
    await view.page.locator("#programme-slug").press("Enter")
    await expect(view.page.locator("#programme-slug-error")).to_be_visible()


async def make_a_programme_without_a_name(view: View) -> None:
    await view.page.locator("main form button").click()
    await expect(view.page.locator("#new-name_nl-error")).to_be_visible()


async def open_the_members(view: View) -> None:
    for summary in await view.page.locator("details > summary").all():
        await summary.click()


async def invite_somebody(view: View) -> None:
    page = view.page
    await page.locator("details > summary").first.click()
    await page.locator("#invite-name").fill("Ada")
    await page.get_by_role("button", name=view.pick("Link maken", "Make the link")).click()
    await expect(page.locator("#invited-link")).to_be_visible()


async def open_an_invitation(view: View) -> None:
    await view.page.goto(await _invite(view))


async def choose_a_short_password(view: View) -> None:
    """And a name that somebody has."""
    await open_an_invitation(view)
    for name, typed in (("name", "Ada"), ("login", "core"), ("password", "kort")):
        await view.page.locator(f"#{name}").fill(typed)
    await view.page.locator("main form button").click()
    await expect(view.page.locator("#password-error")).to_be_visible()


async def _invite(view: View) -> str:
    """Return the way of a new invitation, which its page shows once."""
    tour = view.tour
    async with httpx.AsyncClient(verify=PLAIN, base_url=tour.room.base, cookies=tour.core, timeout=60) as client:
        page = await client.get(MEMBERS)
        token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        sent = {"role": "facilitator", "csrfmiddlewaretoken": token}
        answer = await client.post(MEMBERS, data=sent, headers={"Origin": tour.room.base})
        found = re.search(r"/invitation/[^\"/]+/", answer.text)
        assert found is not None
        return found.group()
