"""By rating and by a matrix, in Dutch: two phones of different O's, one cut off in the middle, and a reveal. What the
screens and the files say is compared with the tables in numbers_expected.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from ..server import RunningServer
from . import numbers_expected as expected
from .ballot_evening import BallotEvening
from .browser import Screen, chromium
from .numbers_expected import A, B
from .proxy import CutProxy
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
STORED = "Alles is opgeslagen."


def play(tmp_path: Path, story: Callable[[BallotEvening], Awaitable[None]]) -> None:
    async def whole() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                evening = BallotEvening(server, browser, wire)
                await evening.begin()
                await story(evening)
                await evening.end()

    tell(whole())


def cell(phone: Screen, about: str, name: str) -> Locator:
    return phone.page.get_by_role("group", name=about).get_by_role(
        "button", name=re.compile(rf"^{re.escape(name)}(:|$)")
    )


# -- rating ----------------------------------------------------------------------------------------------------------


def test_a_rating(tmp_path: Path) -> None:
    play(tmp_path, rating)


async def rating(evening: BallotEvening) -> None:
    await evening.prepare([A, B], ballot="Waarderen")
    await expect(evening.stage.page.get_by_text("1 kan wachten, 5 moet er komen")).to_be_visible()
    await evening.give(expected.RATED)  # type: ignore[arg-type]
    phone = evening.of_w
    await expect(phone.page.get_by_text("Nog 2 van 2 kaarten", exact=True)).to_be_visible()
    for text, name in ((A, "5, moet er komen"), (A, "3"), (B, "4")):
        await evening.press(phone, cell(phone, text, name), still=".cells button")
        await expect(cell(phone, text, name)).to_have_attribute("aria-pressed", "true")
    await expect(phone.page.get_by_text("Klaar, alle 2", exact=True)).to_be_visible()
    await expect(phone.page.get_by_text(STORED)).to_be_visible()

    # Cut off in the middle: what is given waits on the phone.
    phone = evening.of_n
    await evening.press(phone, cell(phone, A, "weet niet"), still=".cells button")
    await expect(phone.page.get_by_text(STORED)).to_be_visible()
    await evening.fall(phone)
    await evening.press(phone, cell(phone, B, "4"), still=".cells button")
    await evening.come_back(phone)
    await expect(phone.page.get_by_text(STORED)).to_be_visible()
    await expect(cell(phone, B, "4")).to_have_attribute("aria-pressed", "true")

    await evening.reveal()
    heads = await evening.picture(1, "Iedereen telt één keer.")
    assert [[row[0], row[1], row[-1].split()[0]] for row in heads] == expected.RATING_HEADS
    equal = await evening.picture(2, "elk even zwaar.")
    assert [row[:6] for row in equal] == expected.RATING_EQUAL
    apart = await evening.picture(3, "Hoe ver de O’s uit elkaar liggen.")
    assert {row[0]: row[-1] for row in apart} == expected.RATING_APART
    shown = [row for row in await evening.result_of(evening.of_w) if row.startswith("Plek")]
    assert len(shown) == len(expected.RATING_PHONE)
    for row, (text, *told) in zip(shown, expected.RATING_PHONE, strict=True):
        assert text in row and all(part in row for part in told), row
    assert "gemiddeld" in await evening.desk_row(A) or "2,4" in await evening.desk_row(A)

    results, votes = await evening.files()
    for text, (everyone, *groups) in expected.RATING_CSV.items():
        first, *others = results[1, text]
        columns = ("place", "of", "seen", "mean", "mean_balanced", "histogram")
        assert tuple(first[name] for name in columns) == everyone
        assert [(row["of"], row["mean"], row["heads"]) for row in others] == groups
    assert {text: Counter(row["value"] for row in votes[1, text]) for text in (A, B)} == expected.RATING_VOTES


# -- a matrix --------------------------------------------------------------------------------------------------------


def test_a_matrix(tmp_path: Path) -> None:
    play(tmp_path, matrix)


async def place(evening: BallotEvening, phone: Screen, places: dict[str, tuple[int, int]]) -> None:
    """Whatever stands there: every phone has its own order."""
    for _ in places:
        text = await phone.page.locator("section.item h2").inner_text()
        across, up = places[text]
        name = f"Hoe haalbaar is het? {across}, Hoeveel effect heeft het? {up}"
        await evening.press(phone, cell(phone, text, name), still=".plane button")
        await expect(cell(phone, text, name)).to_have_attribute("aria-pressed", "true")
        await phone.page.locator(".way button").last.click()


async def answer(evening: BallotEvening, phone: Screen, places: dict[str, tuple[int, int]]) -> None:
    """The same by two questions."""
    names = {1: "1, {low}", 5: "5, {high}"}
    await phone.page.get_by_role("button", name="Met twee vragen").click()
    for _ in places:
        text = await phone.page.locator("section.item h2").inner_text()
        across, up = places[text]
        effect = names[up].format(low="weinig effect", high="veel effect")
        feasible = names[across].format(low="lastig", high="goed haalbaar")
        await evening.press(phone, cell(phone, f"Hoeveel effect heeft het?: {text}", effect), still=".cells button")
        await evening.press(phone, cell(phone, f"Hoe haalbaar is het?: {text}", feasible), still=".cells button")
        await phone.page.locator(".way button").last.click()


async def matrix(evening: BallotEvening) -> None:
    await evening.prepare([A, B], ballot="Matrix")
    await evening.give(expected.PLACED)  # type: ignore[arg-type]
    await place(evening, evening.of_w, {A: (4, 2), B: (5, 5)})
    await expect(evening.of_w.page.get_by_text(STORED)).to_be_visible()
    await evening.fall(evening.of_n)
    await answer(evening, evening.of_n, {A: (1, 5), B: (5, 5)})
    await evening.come_back(evening.of_n)
    await expect(evening.of_n.page.get_by_text(STORED)).to_be_visible()

    await evening.reveal()
    rows = await evening.picture(1, "Iedereen telt één keer.")
    for row in rows:
        assert expected.MATRIX_WORDS[row[0]] in " ".join(" ".join(row).split()), row
    page = evening.stage.page
    await page.keyboard.press("2")
    await expect(page.get_by_text("Waar elke kaart ligt in het veld.")).to_be_visible()
    await expect(page.locator(".field li", has_text=A)).to_contain_text(expected.MATRIX_FIELD[A])
    for _ in range(2):
        await page.keyboard.press("ArrowRight")
        if await page.locator(".field li.chosen", has_text=A).count():
            break
        await page.wait_for_timeout(500)
    await expect(page.locator(".field li.chosen", has_text=A)).to_be_visible()
    await expect(page.locator(".field li.said")).to_have_text(expected.MATRIX_GROUPS)
    shown = await evening.result_of(evening.of_w)
    assert not any(row.startswith("Plek") for row in shown)

    results, votes = await evening.files()
    found = {(row["group"], row["criterion"]): row for row in results[1, A]}
    columns = ("of", "mean", "mean_balanced")
    assert {key: tuple(row[name] for name in columns) for key, row in found.items()} == expected.MATRIX_CSV
    assert Counter((row["criterion"], row["value"]) for row in votes[1, A])["1", "1"] == 7
