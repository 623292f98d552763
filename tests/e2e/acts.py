"""What hands do on the screens, in English: the journeys read as a session does."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from playwright.async_api import Locator, Page, TimeoutError, expect

from .browser import Screen

SECTORS = {
    "onderwijs": "Education",
    "onderzoek": "Research",
    "ondernemers": "Entrepreneurs",
    "overheden": "Government",
}


# -- a phone -----------------------------------------------------------------------------------------------------


async def join(phone: Screen, code: str, sector: str) -> None:
    """The code, an O, in."""
    page = phone.page
    await page.goto("/")
    await page.get_by_label("Which code is on the screen?").fill(code.lower())
    await page.get_by_role("button", name="Join").click()
    await page.locator(f".field[data-sector={sector}]").click()
    await page.locator("button.go").click()
    await page.wait_for_url(f"**/s/{code}/")


async def write(phone: Screen, text: str, aspect: str) -> Locator:
    """Write a card and save it; return its row."""
    await phone.page.locator("textarea").fill(text)
    await save(phone, aspect)
    return card(phone, text)


async def save(phone: Screen, aspect: str) -> None:
    await phone.page.locator("form label", has_text=aspect).click()
    await phone.page.get_by_role("button", name="Save card").click()


def card(phone: Screen, text: str) -> Locator:
    return phone.page.locator("li.row", has_text=text)


async def put_dot(phone: Screen, text: str) -> None:
    row = card(phone, text)
    before = await row.locator(".step").bounding_box()
    await row.get_by_role("button", name="Put a dot").click()
    await expect(row).to_have_class(re.compile("marked"))
    # Nothing moves under the finger.
    after = await row.locator(".step").bounding_box()
    assert before and after and (before["x"], before["width"]) == (after["x"], after["width"])


async def expect_dots(phone: Screen, dots: dict[str, int], left: str) -> None:
    """These dots stand on the phone, all stored, and no others."""
    await expect(phone.page.get_by_role("heading", name=left)).to_be_visible()
    for text, value in dots.items():
        await expect(card(phone, text).locator(".step .some")).to_have_text(
            str(value) if value > 1 else re.compile("^1?$")
        )
    await expect(phone.page.locator("li.marked")).to_have_count(len(dots))
    await expect(phone.page.get_by_text("You can change until voting closes")).to_be_visible()


async def expect_offline(phone: Screen) -> None:
    await expect(phone.page.get_by_role("heading", name="No connection for a moment")).to_be_visible()


async def try_now(screen: Screen) -> None:
    """Come back without waiting for the next try."""
    again = screen.page.get_by_role("button", name=re.compile("Try now|Nu proberen"))
    while await again.count():
        # The notice may go while the hand is on its way.
        if await again.is_visible():
            await again.evaluate_all("(buttons) => buttons.forEach((button) => button.click())")
        await screen.page.wait_for_timeout(50)


# -- the console -------------------------------------------------------------------------------------------------


async def sign_in(console: Screen, link: str) -> None:
    await console.page.goto(link)
    await console.page.get_by_role("button", name="Sign in").click()
    await expect(console.page.locator("#next")).to_be_visible()


async def press_until(button: Locator, seen: Locator) -> None:
    """Next is deaf for a moment after each step, so that a double press opens nothing: press as a person would."""
    for _ in range(60):
        if await seen.count():
            return
        # It may be the next one by the time the hand is there.
        with suppress(TimeoutError):
            await button.click(timeout=500)
        await seen.page.wait_for_timeout(100)
    raise AssertionError(f"{button} did not lead to {seen}")


def now(console: Screen, title: str) -> Locator:
    return console.page.locator("p.kind", has_text=f"Now: {title}")


async def go_to(console: Screen, title: str) -> None:
    """Open the next step, which is this one."""
    page = console.page
    await press_until(page.get_by_role("button", name=f"Next: {title}"), now(console, title))


async def reveal(console: Screen, title: str, *, phones: int) -> None:
    """Open the next step, which reveals cards; it says first that nothing is under way any more."""
    question = console.page.locator("#next .ask")
    await press_until(console.page.get_by_role("button", name=f"Next: {title}"), question)
    await _answer(console, title, said=f"Of {phones} connected phones everything is in.")


async def close_and_show(console: Screen, title: str, *, said: str) -> None:
    """Close the vote; then open the next step, which reveals it once so much is said of the phones."""
    page = console.page
    show = page.get_by_role("button", name="Show picture 1")
    await press_until(page.get_by_role("button", name="Close the vote"), show)
    await press_until(show, page.locator("#next .ask"))
    await _answer(console, title, said=said)


async def _answer(console: Screen, title: str, *, said: str) -> None:
    question = console.page.locator("#next .ask")
    # Who is there is counted every few seconds.
    await expect(question).to_contain_text(said)
    await question.get_by_role("button", name="Reveal now").click()
    await expect(now(console, title)).to_be_visible()


async def show_all(page: Page) -> None:
    """On the console: the cards of all steps, of which the button says how many there are."""
    await page.get_by_role("button", name=re.compile(r"^All \(")).click()


async def tick(console: Screen, texts: list[str]) -> None:
    page = console.page
    await show_all(page)
    for text in texts:
        box = page.get_by_role("checkbox", name=text)
        await box.click()
        await expect(box).to_be_checked()


async def scribe(console: Screen, text: str, sector: str) -> None:
    page = console.page
    await page.get_by_role("button", name="Type a card").click()
    form = page.locator("#cards form")
    await form.locator("textarea").fill(text)
    await form.locator("label", has_text=SECTORS[sector]).click()
    await form.get_by_role("button", name="Store card").click()
    await expect(form).to_contain_text("1 card stored")
    await form.get_by_role("button", name="Close").click()


def card_on_desk(console: Screen, text: str) -> Locator:
    return console.page.locator("#cards li", has_text=text)


async def turn_to_step(console: Screen, title: str) -> None:
    """Show what can be done with a step of the agenda."""
    await console.page.locator("#agenda .line", has_text=re.compile(rf"^\S+\s+{title}\b")).click()


async def open_from_agenda(console: Screen, title: str) -> None:
    await turn_to_step(console, title)
    await console.page.locator("#agenda").get_by_role("button", name="Open", exact=True).click()
    await expect(now(console, title)).to_be_visible()


async def set_up_step(console: Screen, title: str, **settings: str) -> None:
    """Change fields of a step in the agenda, by their labels."""
    page = console.page
    await turn_to_step(console, title)
    await page.locator("#agenda").get_by_role("button", name="Edit", exact=True).click()
    dialog = page.get_by_role("dialog")
    for label, value in settings.items():
        await dialog.get_by_label(label.replace("_", " ")).fill(value)
    await dialog.get_by_role("button", name="Store changes").click()
    await expect(dialog).to_have_count(0)


# -- reading a screen --------------------------------------------------------------------------------------------


async def read_table(place: Page | Locator) -> list[list[str]]:
    """Return the texts of the rows of the first table there, each cell in one line."""
    rows: list[list[str]] = await place.locator("table").first.evaluate(
        """(table) => [...table.tBodies[0].rows].map((row) =>
             [...row.cells].map((cell) => cell.innerText.trim().replace(/\\s+/g, " ")))"""
    )
    return rows


async def read_list(where: Locator) -> list[str]:
    texts: list[Any] = await where.evaluate_all(
        "(found) => found.map((each) => each.innerText.trim().replace(/\\s+/g, ' '))"
    )
    return [str(text) for text in texts]


async def show_picture(stage: Screen, number: int) -> None:
    """Turn the stage to one of the three pictures of a result, by its key."""
    place = stage.page.locator(".foot .info b").first
    await expect(place).to_contain_text("Picture")
    await stage.page.keyboard.press(str(number))
    await expect(place).to_contain_text(f"Picture {number} of 3")
