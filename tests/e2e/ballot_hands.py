"""What a person gives on a phone by the other ballots, until it is stored; and the forms of the console."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from .console_hands import add_a_step
from .tour import Prepare, View


async def _stored(view: View) -> None:
    """Nothing waits to be sent."""
    await view.page.wait_for_function("Object.keys(localStorage).every((name) => !name.includes(':entry:'))")


async def see_ballot(view: View) -> None:
    """Its code comes after the question."""
    await expect(view.page.locator(".left.edge")).to_be_visible()


async def see_result(view: View) -> None:
    """Its code comes after the question, too."""
    await expect(view.page.locator("main ol > li").first).to_be_visible()


async def _next(words: Locator, said: str) -> None:
    """Another one is asked about, or none."""
    await expect(words.filter(has_text=said)).to_have_count(0)


async def choose_some(view: View) -> None:
    """Of a list with one button each: the first two that can be had; then one too many says why."""
    free = view.page.locator("li.row:not(.marked) .step button:not([aria-disabled=true])")
    rows = view.page.locator("li.row.marked")
    await expect(free.first).to_be_visible()
    while await free.count():
        given = await rows.count()
        await free.first.click()
        await expect(rows).to_have_count(given + 1)
    # It says why it does nothing, so it can be pressed.
    await view.page.locator("li.row:not(.marked) .step button").first.press("Enter")
    await expect(view.page.locator(".left .wrong")).to_be_visible()
    await _stored(view)


async def choose_one(view: View) -> None:
    await view.page.locator("label.option").nth(1).click()
    await expect(view.page.locator("li.chosen")).to_be_visible()
    await _stored(view)


async def rate_two(view: View) -> None:
    """One with a number, one with "don't know"."""
    for place, cell in ((0, 3), (1, 5)):
        button = view.page.locator("li.row .cells").nth(place).locator("button").nth(cell)
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")
    await _stored(view)


async def pick_number(view: View) -> None:
    button = view.page.locator(".cells button").nth(6)
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true")
    await _stored(view)


async def weigh_one(view: View) -> None:
    """One question of three is still open."""
    for place, cell in ((0, 3), (1, 4)):
        button = view.page.locator(".questions .cells").nth(place).locator("button").nth(cell)
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")
    await _stored(view)


async def weigh_all(view: View) -> None:
    """Up to the list of one's own answers."""
    words = view.page.locator("section.item h2")
    await expect(words).to_be_visible()
    while await words.count():
        said = await words.inner_text()
        for cells in await view.page.locator(".questions .cells").all():
            # Pressed again, a number is taken back.
            if await cells.locator("button.chosen").count() == 0:
                await cells.locator("button").nth(3).click()
                await expect(cells.locator("button.chosen")).to_be_visible()
        await view.page.locator(".way button").last.click()
        await _next(words, said)
    await _stored(view)


async def place_two(view: View) -> None:
    """In the plane; the first stands small beside the second."""
    words = view.page.locator("section.item h2")
    said = await words.inner_text()
    await view.page.locator(".plane button").nth(3).click()
    await view.page.locator(".way button").last.click()
    await _next(words, said)
    await view.page.locator(".plane button").nth(8).click()
    await expect(view.page.locator(".plane .chosen")).to_be_visible()
    await _stored(view)


async def place_by_questions(view: View) -> None:
    await view.page.locator(".ways button").last.click()
    await view.page.locator(".questions .cells").first.locator("button").nth(3).click()


async def rank_all(view: View) -> None:
    """Every place; then one too many says why."""
    places = view.page.locator("li.row .figures.given")
    for given in range(3):
        await view.page.locator("li.row .figures:not(.given)").first.click()
        await expect(places).to_have_count(given + 1)
    await view.page.locator("li.row .figures:not(.given)").first.press("Enter")
    await expect(view.page.locator(".left .wrong")).to_be_visible()
    await _stored(view)


async def divide_most(view: View) -> None:
    for place, points in enumerate(("40", "20", "15")):
        field = view.page.locator("li.row input").nth(place)
        await field.fill(points)
        await field.press("Enter")
    await expect(view.page.get_by_role("heading", name=view.pick("Nog 25 van", "25 of 100"))).to_be_visible()
    await _stored(view)


async def compare_one(view: View) -> None:
    """And come to the next pair."""
    pair = view.page.locator(".pair .pick")
    said = await pair.get_attribute("aria-label") or ""
    await view.page.locator("button.half.large").first.click()
    await expect(view.page.locator(f'.pair .pick[aria-label="{said}"]')).to_have_count(0)
    await _stored(view)


async def compare_all(view: View) -> None:
    """Up to the list of one's own answers."""
    await expect(view.page.locator(".pair, li.row").first).to_be_visible()
    while await view.page.locator(".pair").count():
        await compare_one(view)
    await expect(view.page.locator("li.row").first).to_be_visible()


def set_rules(ballot: str) -> Prepare:
    """The console's form of a new vote by this ballot."""

    async def prepare(view: View) -> None:
        await add_a_step(view)
        dialog = view.page.get_by_role("dialog")
        await dialog.locator("select").first.select_option("vote")
        await dialog.locator(f"input[type=radio][value={ballot}]").check()
        # What is set by it stands below the list of ways.
        await dialog.locator("input[type=checkbox]").last.scroll_into_view_if_needed()

    return prepare
