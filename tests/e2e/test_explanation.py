"""What a facilitator types to explain a step is on the phones, in every kind of step."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from . import acts
from .browser import Screen
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

LANGUAGES = {"Dutch": "Uitleg bij", "English": "What is meant by"}


async def explain(console: Screen, title: str) -> None:
    """Type it in the form of the step, in both languages."""
    page = console.page
    await acts.turn_to_step(console, title)
    await page.locator("#agenda").get_by_role("button", name="Edit", exact=True).click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("group", name="Explanation")
    for language, words in LANGUAGES.items():
        await field.get_by_label(language).fill(f"{words} {title}")
    await dialog.get_by_role("button", name="Store changes").click()
    await expect(dialog).to_have_count(0)
    await acts.turn_to_step(console, title)


def test_it_unfolds_under_the_question_while_people_write_and_vote(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console, phone = await desk.console("facilitator"), await desk.phone("onderzoek")
        folded = phone.page.locator("summary", has_text="Explanation")

        async def unfolds(title: str) -> None:
            words = phone.page.get_by_text(f"What is meant by {title}")
            await expect(folded).to_be_visible()
            await expect(words).to_be_hidden()
            await folded.click()
            await expect(words).to_be_visible()

        await acts.go_to(console, "Welcome")
        await acts.go_to(console, "Profile and brand: write")
        await expect(phone.page.locator("textarea")).to_be_visible()
        await expect(folded).to_have_count(0)
        # Also while the step is on.
        await explain(console, "Profile and brand: write")
        await unfolds("Profile and brand: write")
        await expect(await acts.write(phone, "A thing to vote on", "Both")).to_contain_text("stored")

        await explain(console, "Choose")
        await acts.tick(console, ["A thing to vote on"])
        await acts.open_from_agenda(console, "Choose")
        await expect(phone.page.get_by_role("heading", name="What should happen first?")).to_be_visible()
        await unfolds("Choose")

    at_a_desk(tmp_path, story)
