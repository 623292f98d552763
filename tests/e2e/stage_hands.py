"""What is turned and held on the projector to bring it into a state."""

from __future__ import annotations

import re

from playwright.async_api import expect

from .checks import come_to_rest
from .tour import View


async def see_the_room(view: View) -> None:
    """Presence is told some time after people came in."""
    await expect(view.page.locator(".present .total, .present .grid").first).to_be_visible()


async def see_first_pillar(view: View) -> None:
    await view.page.locator(".filter button").nth(1).click()


async def turn_page(view: View) -> None:
    """To the second page of the wall, and hold it there."""
    await hold_page(view, 2)


async def turn_pages(view: View) -> None:
    await hold_page(view, 3)


async def hold_page(view: View, page: int) -> None:
    """Pages turn by themselves, so it may be any at first; once held, it is turned by hand, over the last one too."""
    place, wanted = view.page.locator(".foot .page"), re.compile(rf"\b{page} (van|of) ")
    held = re.compile("vastgehouden|held")
    await expect(place).to_be_visible()
    async with view.tour.once(f"page {page}") as mine:
        if mine:
            if not held.search(await place.inner_text()):
                await view.page.keyboard.press("Space")
                await expect(place).to_contain_text(held)
            while not wanted.search(stood := await place.inner_text()):
                await view.page.keyboard.press("ArrowRight")
                await expect(place).not_to_have_text(stood, use_inner_text=True)
    await expect(place).to_contain_text(held)
    await expect(place).to_contain_text(wanted)
    await come_to_rest(view.page)


async def make_a_card_large(view: View) -> None:
    """The first."""
    act = view.page.locator("#cards li .more button[aria-pressed]").first
    await act.hover()
    async with view.tour.once("large") as mine:
        if mine:
            await act.click()
            await expect(act).to_have_attribute("aria-pressed", "true")
    words = view.pick("één kaart, groot", "one card, large")
    await expect(view.page.get_by_role("heading", name=words)).to_be_visible()


NAMES = {
    1: ("Iedereen telt één keer.", "Every person counts once."),
    2: ("elk even zwaar.", "each the same weight."),
    3: ("Hoe ver de O’s uit elkaar liggen.", "How far the O’s lie apart."),
    4: ("Voor en na.", "Before and after."),
}


async def turn_to(view: View, picture: int, name: tuple[str, str] | None = None) -> None:
    """By its number, at once. The note says which it is. `name`: of one that only some ballots have."""
    place = view.page.locator(".foot .info b").first
    await expect(place).to_be_visible()
    await view.page.keyboard.press(str(picture))
    await expect(place).to_contain_text(view.pick(f"Plaatje {picture} ", f"Picture {picture} "))
    await expect(view.page.locator(".note b")).to_contain_text(view.pick(*(name or NAMES[picture])))


async def first_picture(view: View) -> None:
    await turn_to(view, 1)


async def second_picture(view: View) -> None:
    await turn_to(view, 2)


async def third_picture(view: View) -> None:
    await turn_to(view, 3)


async def fourth_picture(view: View) -> None:
    await turn_to(view, 4)


async def bought(view: View) -> None:
    await turn_to(view, 4, ("Wat het budget koopt.", "What the budget buys."))


async def field(view: View) -> None:
    await _choose_in_field(view, 2, ("Waar elke kaart ligt in het veld.", "Where each lies in the field."))


async def division(view: View) -> None:
    await _choose_in_field(view, 4, ("Eens en verdeeld.", "Agreement and division."))


async def _choose_in_field(view: View, picture: int, name: tuple[str, str]) -> None:
    """With one card chosen: the O's that are shown stand around it."""
    async with view.tour.once(name[1]) as mine:
        if mine:
            await turn_to(view, picture, name)
            await view.page.keyboard.press("ArrowRight")
    await expect(view.page.locator(".field li.chosen")).to_have_count(1)
    await come_to_rest(view.page)
