"""A session on paper, printed: what hangs on the wall, and forms with the numbers that the console asks for."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from pypdf import PdfReader

from .forms import find_barriers
from .test_papers import ITEMS, BallotEvening, open_papers, play, type_in
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
A4 = (595, 842)


def bare(words: str) -> str:
    """Without spaces: a PDF places letters one by one."""
    return "".join(words.split())


async def pages_of(page: Page) -> list[str]:
    """Print it, in the size that it asks for. Returns the words of each sheet, without spaces."""
    printed = PdfReader(io.BytesIO(await page.pdf(prefer_css_page_size=True))).pages
    sizes = {(round(each.mediabox.width), round(each.mediabox.height)) for each in printed}
    assert sizes == {A4}
    return [bare(each.extract_text()) for each in printed]


async def only(page: Page, *titles: str) -> None:
    """Choose what is printed, once the page knows."""
    await expect(page.get_by_role("article").first).to_be_visible()
    for box in await page.locator("form").get_by_role("checkbox").all():
        label = await box.evaluate("box => box.labels[0].innerText.trim()")
        await box.set_checked(any(label.startswith(title) for title in titles))


def test_a_whole_session_is_printed(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        screen = await desk.console("facilitator")
        page = screen.page
        await page.get_by_role("link", name="Prepare the agenda").click()
        await page.get_by_role("link", name="On paper").click()
        await expect(page.get_by_role("article").first).to_be_visible()
        assert await find_barriers(page) == []
        wall, tables, *forms = await pages_of(page)
        assert desk.server.code in wall and tables.count(desk.server.code) == 2
        # One sheet for each step in which people give something that is kept.
        titles = [bare(title) for title in ("Profile and brand: write", "Top location: write", "Choose")]
        assert [re.search(rf"step\d+({'|'.join(titles)})", each)[1] for each in forms] == titles  # type: ignore[index]
        cards = forms[0]
        asked = ("Hardware", "Software", "Both", "Notsure", "Education", "Research", "Entrepreneurs", "Government")
        assert [word for word in asked if word not in cards] == []
        assert "Numberonthepaper" not in cards and "Numberonthepaper" in forms[2]
        assert not any("didnotstart" in each for each in forms)
        # By keyboard alone, in the other language, and without what nobody needs.
        await page.get_by_role("link", name="Nederlands").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Op papier")).to_be_visible()
        await only(page, "Kiezen")
        await page.get_by_label("Genummerde formulieren").fill("2")
        sheets = await pages_of(page)
        assert [re.search(r"Nummerophetpapier(\d+)Wat", each)[1] for each in sheets] == ["1", "2"]  # type: ignore[index]
        # What is not chosen yet has lines to write on.
        assert bare("Zet een kruisje bij wat een stip krijgt.12345678") in sheets[0]

    at_a_desk(tmp_path, story)


def test_a_form_has_the_numbers_that_are_typed_in(tmp_path: Path) -> None:
    async def story(evening: BallotEvening) -> None:
        numbers = {"Stippen per persoon": 3, "Stippen op één kaart, hoogstens": 2}
        await evening.prepare(ITEMS, ballot="Stippen", numbers=numbers, prices={})
        page = evening.console.page
        await page.goto(f"/s/{evening.server.code}/print/")
        await expect(page.get_by_role("article").first).to_be_visible()
        await only(page, "Kiezen")
        (sheet,) = await pages_of(page)
        await page.go_back()
        dialog = await open_papers(evening)
        rows = await dialog.locator("ol li").all_inner_texts()
        asked = [bare(row).removesuffix("stippen") for row in rows]
        assert len(asked) == len(ITEMS)
        # Each item stands on paper under the number that it has in the form, in the same order.
        places = [sheet.index(row) for row in asked]
        assert places == sorted(places)
        assert "Jehebt3stippen." in sheet and "hoogstens2." in sheet
        await type_in(page, "Onderwijs", ["1", "2"], number=1)
        await page.keyboard.press("Escape")
        # The next numbered form follows those that are in.
        await page.goto(f"/s/{evening.server.code}/print/")
        await only(page, "Kiezen")
        await page.get_by_label("Genummerde formulieren").fill("1")
        (sheet,) = await pages_of(page)
        assert "Nummerophetpapier2" in sheet

    play(tmp_path, story)
