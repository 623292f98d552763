"""From an empty server to a session of a programme of one's own, in the browser alone: no shell after the start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from ..server import RunningServer
from .browser import DESKTOP, PHONE, Screen, chromium, open_screen
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PASSWORD = "correct horse battery"
FIFTH = {"name_en": "Residents", "hint_en": "people who live here"}


@dataclass(slots=True)
class Hand:
    """Somebody at a page, who counts what they do."""

    page: Page
    clicks: int = 0
    fields: int = 0

    async def press(self, words: str) -> None:
        self.clicks += 1
        await self.page.locator("button, summary, a").filter(has_text=words).first.click()

    async def type(self, label: str, words: str, *, within: str = "main") -> None:
        self.fields += 1
        field = self.page.locator(within).get_by_label(label, exact=True)
        await field.locator("visible=true").first.fill(words)

    async def choose(self, label: str, option: str) -> None:
        self.clicks += 1
        await self.page.get_by_label(label, exact=True).locator("visible=true").first.select_option(option)


def test_a_stranger_makes_a_programme_and_a_facilitator_a_session(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path, environment={"DEMO": "0"}) as server:
            async with chromium() as browser:
                screen = await open(browser, server)
                owner = Hand(screen.page)
                await make_the_first_account(owner, server)
                await make_a_programme(owner)
                await add_a_fifth_o(owner)
                link = await invite_a_facilitator(owner)
                other = await open(browser, server)
                facilitator = Hand(other.page)
                code = await make_a_session(facilitator, link)
                phone = await open_screen(browser, server.base, size=PHONE)
                await join_as_the_fifth(phone.page, code)
                print(f"\nowner: {owner.clicks} clicks, {owner.fields} fields typed")
                print(f"facilitator: {facilitator.clicks} clicks, {facilitator.fields} fields typed")
                for each in (screen, other, phone):
                    assert each.trouble == []

    tell(story())


async def open(browser: Browser, server: RunningServer) -> Screen:
    return await open_screen(browser, server.base, size=DESKTOP)


async def make_the_first_account(owner: Hand, server: RunningServer) -> None:
    await owner.page.goto(server.run["first"].removeprefix(server.run["join"].rstrip("/")))
    await expect(owner.page.get_by_role("heading", name="The first account")).to_be_visible()
    await owner.type("Your name", "Ada Lovelace")
    await owner.type("Name or e-mail address to sign in with", "ada")
    await owner.type("Password", PASSWORD)
    await owner.press("Make the account")


async def make_a_programme(owner: Hand) -> None:
    await expect(owner.page.get_by_role("heading", name="New programme")).to_be_visible()
    await owner.type("Name in English", "Harbour strategy")
    await owner.choose("Languages", "en")
    await owner.type("Pillars in English, one per line", "Trade\nCity\nNature")
    await owner.press("Make the programme")
    await expect(owner.page.get_by_role("heading", name="Set-up")).to_be_visible()
    await expect(owner.page.locator("#pillars .what")).to_have_text(["Trade", "City", "Nature"])


async def add_a_fifth_o(owner: Hand) -> None:
    await expect(owner.page.locator("#sectors .parts > li")).to_have_count(4)
    await owner.press("Add an O")
    await owner.type("Name", FIFTH["name_en"], within="#sectors")
    await owner.type("Hint", FIFTH["hint_en"], within="#sectors")
    await owner.press("Add the O")
    await expect(owner.page.locator("#sectors .what").last).to_contain_text("Residents people who live here")
    await expect(owner.page.locator("#sectors .what").last).to_have_attribute("data-shape", "house")


async def invite_a_facilitator(owner: Hand) -> str:
    await owner.press("Members")
    await owner.press("Invite somebody")
    await owner.type("Name", "Grace")
    await owner.press("Make the link")
    return await owner.page.get_by_label("Link of the invitation").input_value()


async def make_a_session(facilitator: Hand, link: str) -> str:
    page = facilitator.page
    await page.goto("/invitation/" + link.partition("/invitation/")[2])
    await expect(page.get_by_role("heading", name="Harbour strategy")).to_be_visible()
    await facilitator.type("Name or e-mail address to sign in with", "grace@example.org")
    await facilitator.type("Password", PASSWORD)
    await facilitator.press("Make the account")
    await expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
    await expect(page.locator("aside .facts").nth(1).locator("li")).to_have_count(5)
    await expect(page.get_by_role("link", name="Set-up")).to_have_count(0)
    await facilitator.press("New session")
    await facilitator.type("Title", "First evening")
    await facilitator.press("Make the session and open the console")
    await expect(page.get_by_text("First evening").first).to_be_visible()
    return page.url.split("/s/")[1].split("/")[0]


async def join_as_the_fifth(page: Page, code: str) -> None:
    await page.goto(f"/join/{code}/")
    await page.locator(".field[data-sector=residents]").click()
    await page.get_by_role("button", name="Join: Residents").click()
    await expect(page).to_have_url(f"{page.url.split('/s/')[0].split('/join/')[0]}/s/{code}/")
    await expect(page.get_by_text("Residents").first).to_be_visible()
