"""How a finger gives marks on a phone, by each ballot: one tap between each two stops."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

from playwright.async_api import Locator, expect

from ..browser import Screen
from .declared import Hand, Value
from .evening import BallotEvening

Order = Sequence[tuple[str, Value]]


def row(phone: Screen, text: str) -> Locator:
    return phone.page.locator("li.row", has_text=text)


async def tap_in(evening: BallotEvening, phone: Screen, text: str, name: str) -> None:
    button = row(phone, text).get_by_role("button", name=re.compile(f"^{name}"))
    await evening.press(phone, button, still="li.row button")


async def why(phone: Screen, words: str) -> None:
    """What was pressed cannot be done, and the phone says why."""
    await expect(phone.page.get_by_role("main").get_by_text(words)).to_be_visible()


# -- all in one list ---------------------------------------------------------------------------------------------


def tap(name: str) -> Hand:
    """The button that is called so, in the row of each text in turn."""

    async def hand(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
        for text, _ in order:
            await tap_in(evening, phone, text, name)
            yield

    return hand


async def type_points(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
    for text, points in order:
        field = row(phone, text).get_by_role("textbox")
        await field.fill(str(points))
        await field.press("Enter")
        yield


async def choose(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
    for text, _ in order:
        option = phone.page.locator("label.option", has_text=text)
        await evening.press(phone, option, still="label.option .text")
        await expect(option.locator("input")).to_be_checked()
        yield


async def rank(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
    """In this order; None takes a place back, 0 moves one up."""
    names = {None: "Haal terug van plaats", 0: "Eén plaats omhoog"}
    for text, place in order:
        name = names.get(place if not isinstance(place, list) else None, "Geef de volgende plaats")
        button = phone.page.get_by_role("button", name=re.compile(f"^{name}[^:]*: {text}$"))
        await evening.press(phone, button, still="li.row .text")
        yield


def cell(phone: Screen, about: str, value: int) -> Locator:
    """The number that begins so: the ends say what they mean."""
    name = re.compile("^weet niet(:|$)" if value < 0 else rf"^{value}(,|:|$)")
    return phone.page.get_by_role("group", name=about, exact=True).get_by_role("button", name=name)


async def number(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
    for text, value in order:
        assert isinstance(value, int)
        await evening.press(phone, cell(phone, text, value), still=".cells button")
        await expect(cell(phone, text, value)).to_have_attribute("aria-pressed", "true")
        yield


# -- one by one, in an order of one's own ------------------------------------------------------------------------


async def _next(phone: Screen, left: dict[str, Value]) -> str:
    """Wait for one of those that are left; return which."""
    words = phone.page.locator("section.item h2")
    await expect(words).to_have_text(re.compile("|".join(map(re.escape, left))))
    return (await words.inner_text()).strip()


def say(names: dict[int, str]) -> Hand:
    async def hand(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
        left = dict(order)
        while left:
            value = left.pop(await _next(phone, left))
            assert isinstance(value, int)
            pick = phone.page.locator(".pick.large").get_by_role("button", name=names[value], exact=True)
            await evening.press(phone, pick, still=".pick.large button")
            yield

    return hand


async def _turn(phone: Screen) -> None:
    await phone.page.locator(".way button").last.click()


def weigh(questions: Sequence[str]) -> Hand:
    async def hand(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
        left = dict(order)
        while left:
            text = await _next(phone, left)
            values = left.pop(text)
            assert isinstance(values, list)
            for question, value in zip(questions, values, strict=True):
                button = cell(phone, f"{question}: {text}", value or 0)
                await evening.press(phone, button, still=".cells button")
                await expect(button).to_have_attribute("aria-pressed", "true")
                yield
            await _turn(phone)

    return hand


def place(across: str, up: str) -> Hand:
    """The first in the plane, then by two questions."""

    async def hand(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
        left = dict(order)
        while left:
            text = await _next(phone, left)
            values = left.pop(text)
            assert isinstance(values, list)
            one, other = values
            if len(left) == len(order) - 1:
                # Once chosen, its name also says which card of the person lies there.
                name = re.compile(rf"^{re.escape(f'{across} {one}, {up} {other}')}(:|$)")
                button = phone.page.get_by_role("group", name=text).get_by_role("button", name=name)
                await evening.press(phone, button, still=".plane button")
            else:
                await phone.page.get_by_role("button", name="Met twee vragen").click()
                for question, value in ((up, other), (across, one)):
                    button = cell(phone, f"{question}: {text}", value or 0)
                    await evening.press(phone, button, still=".cells button")
            await expect(button).to_have_attribute("aria-pressed", "true")
            yield
            await _turn(phone)

    return hand


async def compare(evening: BallotEvening, phone: Screen, order: Order) -> AsyncIterator[None]:
    """The one of each pair that comes first here; as many pairs as there are texts, or one of two."""
    texts = [text for text, _ in order]
    halves, pair = phone.page.locator("button.half.large"), phone.page.locator(".pair .pick")
    seen: list[str] = []
    while len(seen) < max(1, len(texts) * (len(texts) - 1) // 2):
        for about in seen:
            await expect(phone.page.locator(f'.pair .pick[aria-label="{about}"]')).to_have_count(0)
        seen.append(await pair.get_attribute("aria-label") or "")
        shown = [" ".join(text.split()) for text in await halves.locator(".text").all_inner_texts()]
        best = min(shown, key=lambda text: next(at for at, known in enumerate(texts) if known in text))
        await evening.press(phone, halves.nth(shown.index(best)), still="button.half.large")
        yield
