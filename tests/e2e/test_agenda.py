"""The agenda is prepared on its page, by two facilitators at once: by keys, without losing a word, until it fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from . import acts
from .browser import Screen
from .forms import find_barriers
from .test_room import Desk, at_a_desk

TITLES = "ol .title bdi"

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_two_facilitators_prepare_an_agenda(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        one, two = await desk.console("facilitator"), await desk.console("core")
        await one.page.get_by_role("link", name="Prepare the agenda").click()
        await two.page.goto(f"/s/{desk.server.code}/agenda/")
        for screen in (one, two):
            await expect(screen.page.get_by_role("heading", name="150 minutes")).to_be_visible()
        await steps_are_changed_by_keys(one.page, two.page)
        await neither_loses_a_word(one.page, two.page)
        await a_removed_step_comes_back_as_it_was(one.page, two.page)
        await what_does_not_fit_is_mended_by_its_act(one.page)
        assert await find_barriers(one.page) == []
        await two.page.goto("about:blank")
        await it_is_the_agenda_of_the_console(one)

    at_a_desk(tmp_path, story)


def test_a_template_takes_the_place_of_an_agenda(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        one, two = await desk.console("facilitator"), await desk.console("core")
        for screen in (one, two):
            await screen.page.goto(f"/s/{desk.server.code}/agenda/")
            await expect(screen.page.get_by_role("heading", name="150 minutes")).to_be_visible()
        await it_says_what_it_does_and_is_taken_back(one.page, two.page)
        await an_agenda_is_kept_and_used(one.page, two.page)
        await a_step_is_kept_and_used(one.page, two.page)
        assert await find_barriers(one.page) == []

    at_a_desk(tmp_path, story)


async def it_says_what_it_does_and_is_taken_back(page: Page, other: Page) -> None:
    templates = page.get_by_role("complementary", name="Begin with a template")
    before = await page.locator(TITLES).all_inner_texts()
    await templates.get_by_role("button", name="Event").focus()
    await page.keyboard.press("Enter")
    await expect(templates.get_by_role("list", name="8 steps").get_by_text("Practice: one card")).to_be_visible()
    await expect(templates.get_by_text("It takes the place of 9 steps.")).to_be_visible()
    await expect(templates.get_by_text("The session becomes: event.")).to_be_visible()
    await templates.get_by_role("button", name="Use this template").click()
    await expect(templates.get_by_role("button", name="Put the agenda of before back")).to_be_focused()
    await expect(other.get_by_role("heading", name="53 minutes")).to_be_visible()
    await expect(page.get_by_label("Minutes in all, empty for none")).to_have_value("60")
    await page.keyboard.press("Enter")
    await expect(other.locator(TITLES)).to_have_text(before)
    await expect(page.get_by_label("Minutes in all, empty for none")).to_have_value("")
    await expect(page.get_by_role("heading", name="79 min without a break")).to_be_visible()


async def an_agenda_is_kept_and_used(page: Page, other: Page) -> None:
    await page.get_by_role("button", name="Keep this agenda as a template").click()
    await page.get_by_label("Name", exact=True).fill("Our evening")
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("button", name="Our evening")).to_be_visible()
    # Whoever comes to the list sees what somebody else keeps, without loading the page again.
    await other.get_by_role("complementary", name="Begin with a template").hover()
    await expect(other.get_by_role("button", name="Our evening")).to_be_visible()
    await other.get_by_role("button", name="Expert session").click()
    await other.get_by_role("button", name="Use this template").click()
    await expect(page.get_by_role("heading", name="80 minutes")).to_be_visible()
    await other.get_by_role("button", name="Our evening").click()
    await other.get_by_label("Name", exact=True).fill("The evening")
    await other.get_by_role("button", name="Rename").click()
    await expect(other.get_by_role("button", name="The evening")).to_be_visible()
    await other.get_by_role("button", name="Use this template").click()
    await expect(page.get_by_role("heading", name="150 minutes")).to_be_visible()
    await other.get_by_role("button", name="The evening").click()
    await other.get_by_role("button", name="Delete…").click()
    await other.get_by_role("button", name="Yes, delete").click()
    await expect(other.get_by_role("button", name="The evening")).to_have_count(0)
    await page.get_by_role("button", name="Our evening").click()
    await expect(page.get_by_role("alert")).to_contain_text("It is not there any more.")
    await expect(page.get_by_role("button", name="Our evening")).to_have_count(0)
    await expect(page.locator(TITLES)).to_have_count(9)


async def a_step_is_kept_and_used(page: Page, other: Page) -> None:
    await page.locator("ol .line").nth(5).click()
    await page.get_by_role("button", name="Keep as own step").click()
    own = page.get_by_role("complementary", name="Begin with a template").locator("ul").last
    await own.get_by_role("button", name="Break").click()
    await page.get_by_role("button", name="Add it to the agenda").click()
    await expect(other.locator(TITLES).nth(9)).to_have_text("Break")


async def steps_are_changed_by_keys(page: Page, other: Page) -> None:
    rows = page.locator("ol .line")
    await rows.nth(0).focus()
    await page.keyboard.press("ArrowDown")
    await expect(rows.nth(1)).to_be_focused()
    await page.keyboard.press("Alt+ArrowDown")
    await expect(other.locator(TITLES).nth(2)).to_have_text("Profile and brand: write")
    await expect(rows.nth(2)).to_be_focused()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(other.locator(TITLES).nth(1)).to_have_text("Profile and brand: write")
    await page.keyboard.press("-")
    await expect(other.get_by_role("heading", name="149 minutes")).to_be_visible()
    await page.keyboard.press("+")
    await expect(other.get_by_role("heading", name="150 minutes")).to_be_visible()


async def neither_loses_a_word(page: Page, other: Page) -> None:
    for each in (page, other):
        await each.locator("ol .line").nth(1).click()
    prompt = "fieldset:has(legend:text-is('Question, on phones and projector while the step is open')) textarea"
    mine, theirs = page.locator(prompt).nth(1), other.locator(prompt).nth(1)
    # Different fields of one step stand beside each other.
    await page.get_by_label("Cards per person, at most").fill("3")
    await expect(other.get_by_label("Cards per person, at most")).to_have_value("3")
    # The same field, both typing: whoever is later sees both. A change is on its way as soon as its field is left.
    await theirs.fill("What will Anna have written?")
    await mine.fill("What will Bram have written?")
    await other.locator("ol .line").nth(1).focus()
    written = ["“What will Anna have written?”", "“What will Bram have written?”"]
    await expect(page.locator(".conflict bdi")).to_have_text(written)
    await page.get_by_role("button", name="Keep mine").click()
    await expect(page.locator(".conflict")).to_have_count(0)
    await expect(other.locator(prompt).nth(1)).to_have_value("What will Bram have written?")
    await expect(page.get_by_text("all stored")).to_be_visible()
    for each in (page, other):
        await each.locator("ol .line").nth(1).click()
        await expect(each.locator(".editor")).to_have_count(0)


async def a_removed_step_comes_back_as_it_was(page: Page, other: Page) -> None:
    await page.locator("ol .line").nth(1).click()
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    await expect(other.locator(TITLES)).to_have_count(8)
    await page.keyboard.press("Enter")
    await expect(other.locator(TITLES).nth(1)).to_have_text("Profile and brand: write")
    await expect(page.get_by_label("Cards per person, at most")).to_have_value("3")
    await page.get_by_role("button", name="Copy").click()
    await expect(other.locator(TITLES)).to_have_count(10)
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(other.locator(TITLES)).to_have_count(9)
    await page.get_by_role("button", name="Let it go").click()


async def what_does_not_fit_is_mended_by_its_act(page: Page) -> None:
    late = page.get_by_role("heading", name="79 min without a break")
    await expect(late).to_be_visible()
    await page.get_by_role("button", name="A break of 12 min, after 47 min").click()
    await expect(late).to_have_count(0)
    await expect(page.get_by_role("heading", name="162 minutes")).to_be_visible()
    await page.get_by_label("Minutes in all, empty for none").fill("150")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("heading", name="12 min too long")).to_be_visible()
    await page.get_by_role("button", name="Take 27 min from the longest steps").click()
    await expect(page.get_by_role("heading", name="135 minutes")).to_be_visible()
    await expect(page.get_by_text("yes", exact=True)).to_be_visible()


async def it_is_the_agenda_of_the_console(one: Screen) -> None:
    await one.page.get_by_role("link", name="To the console").click()
    await acts.go_to(one, "Welcome")
