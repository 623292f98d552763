"""Approval, a budget and points, each in Dutch: two phones of different O's, one cut off in the middle, a reveal, and
another round. What the screens and the files say is compared with the tables in sums_expected.py.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from ..server import RunningServer
from . import sums_expected as expected
from .browser import Screen, chromium
from .evening import Evening
from .proxy import CutProxy
from .stories import tell
from .sums_expected import ITEMS, PRICES, A, B, C, D

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
STORED = "Wijzigen kan tot de stemming sluit."


def play(folder: Path, story: Callable[[Evening], Awaitable[None]]) -> None:
    async def evening() -> None:
        with RunningServer(data_dir=folder) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                found = Evening(server, browser, wire)
                await found.begin(expected.PEOPLE)
                await found.put_to_the_vote(ITEMS)
                await story(found)
                await found.end()

    tell(evening())


def row(phone: Screen, text: str) -> Locator:
    return phone.page.locator("li.row", has_text=text)


async def left(phone: Screen, words: str) -> None:
    await expect(phone.page.locator("h2", has_text=words)).to_be_visible()


async def press(phone: Screen, text: str, name: str) -> None:
    """Press a button in the row of a card. It stays where it is."""
    button = row(phone, text).get_by_role("button", name=re.compile(f"^{name}"))
    before = await button.bounding_box()
    await button.click()
    after = await row(phone, text).get_by_role("button").last.bounding_box()
    assert before and after and (before["x"], before["width"]) == (after["x"], after["width"])


async def choose_offline(evening: Evening, put: str) -> None:
    """One choice before the wire is cut, one after it; both stand after it is mended and the page loaded again."""
    phone = evening.of_n
    await press(phone, B, put)
    await expect(phone.page.get_by_text(STORED)).to_be_visible()
    evening.wire.cut()
    await expect(phone.page.get_by_role("heading", name="Even geen verbinding")).to_be_visible()
    await press(phone, C, put)
    await expect(phone.page.get_by_text("1 wijziging wacht op verbinding.")).to_be_visible()
    evening.wire.mend()
    await phone.page.reload()
    await expect(phone.page.get_by_text(STORED)).to_be_visible()
    for text in (B, C):
        await expect(row(phone, text).get_by_role("button", name=f"Neem terug: {text}")).to_be_visible()


async def compare_pictures(evening: Evening, *, of: int, first: list[list[str]], equal: list[list[str]],
                           apart: dict[str, str]) -> None:  # fmt: skip
    evening.nothing_was_told()
    await evening.reveal()
    assert [[line[0], line[1], line[-1]] for line in await evening.picture(1, of, "Iedereen telt één keer.")] == first
    await expect(evening.stage.page.get_by_text("20 mensen")).to_be_visible()
    assert [line[:6] for line in await evening.picture(2, of, "elk even zwaar.")] == equal
    found = await evening.picture(3, of, "Hoe ver de O’s uit elkaar liggen.")
    assert {line[0]: line[-1] for line in found} == apart


async def choose_again(evening: Evening, *, put: str, change: dict[str, tuple[str, str]], pictures: int) -> None:
    made = await evening.another_round([A, B])
    await evening.let_vote(expected.CHOSEN_AGAIN, round_=made)
    for phone in (evening.of_w, evening.of_n):
        await press(phone, A, put)
        await expect(phone.page.get_by_text(STORED)).to_be_visible()
    await evening.reveal()
    rows = await evening.picture(pictures, pictures, "Voor en na.")
    assert {line[0]: tuple(re.findall(r"\d+", line[-1])) for line in rows} == change


def test_approval(tmp_path: Path) -> None:
    async def story(evening: Evening) -> None:
        form = await evening.choose_ballot("Goedkeuren")
        await form.get_by_label("Kaarten die iemand hoogstens kan kiezen").fill("2")
        await evening.save(form)
        await evening.open_vote()
        await expect(evening.stage.page.get_by_text("Kies er hoogstens 2.")).to_be_visible()
        await evening.let_vote(expected.CHOSEN)
        phone = evening.of_w
        await left(phone, "Nog 2 van 2 keuzes")
        for text in (B, C):
            await press(phone, text, "Kies")
        await left(phone, "Nog 0 van 2 keuzes")
        await press(phone, A, "Kies")
        await expect(phone.page.get_by_text("Je kunt er hoogstens 2 kiezen. Neem er eerst een terug.")).to_be_visible()
        await press(phone, B, "Neem terug")
        await press(phone, A, "Kies")
        await choose_offline(evening, "Kies")
        await compare_pictures(
            evening, of=3, first=expected.HEADS, equal=expected.EQUAL, apart=expected.APART
        )
        told = await evening.told_on(phone)
        assert [line.split(" software")[0] for line in told] == [f"Plek {place} {text}" for place, text in
                                                                 enumerate((C, B, A, D), start=1)]  # fmt: skip
        assert "Door jou: gekozen" in told[0] and "75 %" in told[0] and "13 van 20" in told[0]
        assert "gekozen" not in told[1] and "46 %" in told[1] and "8 van 20" in told[1]
        await expect(evening.row_of(A)).to_contain_text("10 mensen")
        await choose_again(evening, put="Kies", change=expected.CHANGE, pictures=4)
        columns = ("status", "place", "heads", "of", "share", "balanced", "spread", "choices")
        results, studio = await evening.read_files(*columns)
        assert results == expected.CHOSEN_CSV
        assert evening.values == expected.CHOSEN_VALUES
        assert "Deel van elke O dat dit koos." in studio

    play(tmp_path, story)


def test_a_budget(tmp_path: Path) -> None:
    async def story(evening: Evening) -> None:
        form = await evening.choose_ballot("Budget verdelen")
        await form.get_by_label("Wat iemand kan uitgeven, in hele euro’s").fill("100000")
        await evening.save(form)
        set_prices(evening)
        await evening.open_vote()
        await expect(evening.stage.page.get_by_text("Geef hoogstens € 100.000 uit.")).to_be_visible()
        await evening.let_vote(expected.CHOSEN)
        phone = evening.of_w
        await left(phone, "Nog € 100.000 van € 100.000")
        await press(phone, A, "Koop voor € 60.000")
        await left(phone, "Nog € 40.000 van € 100.000")
        await expect(row(phone, B).get_by_text("€ 10.000 te kort")).to_be_visible()
        await press(phone, B, "Koop voor")
        await expect(phone.page.get_by_text("€ 10.000 te kort. Neem eerst iets terug.")).to_be_visible()
        await press(phone, C, "Koop voor")
        await left(phone, "Nog € 0 van € 100.000")
        await choose_offline(evening, "Koop voor")
        await compare_pictures(
            evening, of=4, first=expected.HEADS, equal=expected.EQUAL, apart=expected.APART
        )
        assert await evening.picture(4, 4, "Wat het budget koopt.") == expected.BOUGHT
        await expect(evening.stage.page.get_by_text("€ 90.000 van € 100.000.")).to_be_visible()
        told = await evening.told_on(phone)
        assert "€ 40.000 past in € 100.000" in told[0] and "Door jou: gekocht" in told[0]
        assert "€ 60.000" in told[2] and "past in" not in told[2]
        await expect(evening.row_of(A)).to_contain_text("€ 60.000 · niet gekocht")
        await expect(evening.row_of(C)).to_contain_text("€ 40.000 · gekocht")
        await choose_again(evening, put="Koop voor", change=expected.CHANGE, pictures=5)
        columns = ("status", "place", "heads", "of", "share", "balanced", "spread", "choices", "chosen")
        results, studio = await evening.read_files(*columns)
        assert {about: lines[0][-1] for about, lines in results.items()} == expected.BOUGHT_CSV
        assert {about: [first[:-1], *groups] for about, (first, *groups) in results.items()} == expected.CHOSEN_CSV
        assert evening.values == expected.CHOSEN_VALUES
        assert "gekocht" in studio

    play(tmp_path, story)


def set_prices(evening: Evening) -> None:
    """What each card costs."""
    with sqlite3.connect(evening.server.database_file) as rows:
        for card, text in evening.cards.items():
            rows.execute(
                "UPDATE workshop_item SET price = ? WHERE contribution_id ="
                " (SELECT id FROM workshop_contribution WHERE public_id = ?)",
                (PRICES[text], card),
            )


def test_points(tmp_path: Path) -> None:
    async def story(evening: Evening) -> None:
        form = await evening.choose_ballot("Punten verdelen")
        await expect(form.get_by_label("Punten per persoon")).to_have_value("100")
        await evening.save(form)
        await evening.open_vote()
        await expect(evening.stage.page.get_by_text("Verdeel 100 punten.")).to_be_visible()
        await evening.let_vote(expected.GIVEN)
        phone = evening.of_w
        await left(phone, "Nog 100 van 100 punten")
        await type_points(phone, A, 60)
        for _ in range(8):
            await press(phone, C, "Meer punten")
        await left(phone, "Nog 0 van 100 punten")
        await press(phone, D, "Meer punten")
        await expect(phone.page.get_by_text("Alle punten zijn gegeven.")).to_be_visible()

        other = evening.of_n
        await type_points(other, B, 50)
        await expect(other.page.get_by_text(STORED)).to_be_visible()
        evening.wire.cut()
        await expect(other.page.get_by_role("heading", name="Even geen verbinding")).to_be_visible()
        await type_points(other, C, 50)
        await left(other, "Nog 0 van 100 punten")
        evening.wire.mend()
        await other.page.reload()
        await expect(other.page.get_by_text(STORED)).to_be_visible()
        for text in (B, C):
            await expect(row(other, text).get_by_role("textbox")).to_have_value("50")

        await compare_pictures(
            evening, of=3, first=expected.POINTS, equal=expected.POINTS_EQUAL, apart=expected.POINTS_APART
        )
        told = await evening.told_on(phone)
        assert "42 % gemiddeld 34,5 van 100" in told[0] and "Van jou: 40 punten" in told[0]
        await expect(evening.row_of(A)).to_contain_text("570 punten")
        made = await evening.another_round([A, B])
        await evening.let_vote(expected.GIVEN_AGAIN, round_=made)
        for each in (phone, other):
            await type_points(each, A, 100)
            await expect(each.page.get_by_text(STORED)).to_be_visible()
        await evening.reveal()
        rows = await evening.picture(4, 4, "Voor en na.")
        assert {line[0]: tuple(re.findall(r"\d+", line[-1])) for line in rows} == expected.POINTS_CHANGE
        columns = ("status", "place", "of", "share", "balanced", "spread", "points")
        results, studio = await evening.read_files(*columns)
        assert results == expected.POINTS_CSV
        assert evening.values == expected.POINTS_VALUES
        assert "Deel van de punten van elke O." in studio

    play(tmp_path, story)


async def type_points(phone: Screen, text: str, points: int) -> None:
    field = row(phone, text).get_by_role("textbox")
    await field.fill(str(points))
    await field.press("Enter")
