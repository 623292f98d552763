"""By approval, by a budget and by points, in Dutch: two phones of different O's, one cut off in the middle, a reveal,
another round. What the screens and the files say is compared with the tables in sums_expected.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from ..server import RunningServer
from . import sums_expected as expected
from .ballot_evening import TITLE, BallotEvening, Value
from .browser import Screen, chromium
from .proxy import CutProxy
from .stories import tell
from .sums_expected import ITEMS, PRICES, A, B, C, D

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
STORED = "Wijzigen kan tot de stemming sluit."
HEADS, EQUAL, APART, CHANGE = (
    "Iedereen telt één keer.",
    "elk even zwaar.",
    "Hoe ver de O’s uit elkaar liggen.",
    "Voor en na.",
)


def play(tmp_path: Path, story: Callable[[BallotEvening], Awaitable[None]]) -> None:
    async def whole() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                evening = BallotEvening(server, browser, wire)
                await evening.begin()
                await story(evening)
                await evening.end()

    tell(whole())


def row(phone: Screen, text: str) -> Locator:
    return phone.page.locator("li.row", has_text=text)


async def press(evening: BallotEvening, phone: Screen, text: str, name: str) -> None:
    button = row(phone, text).get_by_role("button", name=re.compile(f"^{name}"))
    await evening.press(phone, button, still="li.row button")


async def left(phone: Screen, words: str) -> None:
    await expect(phone.page.locator("h2", has_text=words)).to_be_visible()


async def why(phone: Screen, words: str) -> None:
    """What was pressed cannot be done, and the phone says why."""
    await expect(phone.page.locator("p.wrong", has_text=words)).to_be_visible()


async def stored(phone: Screen) -> None:
    await expect(phone.page.get_by_text(STORED)).to_be_visible()


async def type_points(phone: Screen, text: str, points: int) -> None:
    field = row(phone, text).get_by_role("textbox")
    await field.fill(str(points))
    await field.press("Enter")


async def choose_cut_off(evening: BallotEvening, name: str) -> None:
    """One choice before the line is cut, one after it; both stand after it is mended and the page loaded again."""
    phone = evening.of_n
    await press(evening, phone, B, name)
    await stored(phone)
    await evening.fall(phone)
    await press(evening, phone, C, name)
    await expect(phone.page.get_by_text("1 wijziging wacht op verbinding.")).to_be_visible()
    await evening.come_back(phone)
    await stored(phone)
    for text in (B, C):
        await expect(row(phone, text).get_by_role("button", name=f"Neem terug: {text}")).to_be_visible()


async def compare_pictures(
    evening: BallotEvening, *, heads: list[list[str]], equal: list[list[str]], apart: Mapping[str, str]
) -> None:
    await evening.reveal()
    shown = await evening.picture(1, HEADS)
    assert [[line[0], line[1], line[-1]] for line in shown] == heads
    await expect(evening.stage.page.get_by_text("20 mensen")).to_be_visible()
    assert [line[:6] for line in await evening.picture(2, EQUAL)] == equal
    assert {line[0]: line[-1] for line in await evening.picture(3, APART)} == apart


async def another_round(evening: BallotEvening, given: Mapping[str, list[Mapping[str, Value]]]) -> None:
    """On A and B; both phones begin anew."""
    room = evening.room
    made = await room.say("round.add", step=room.step(TITLE), items=[evening.items[text] for text in (A, B)])
    await room.open(TITLE)
    evening.round = str(made["id"])
    await evening.give(given)


async def compare_rounds(evening: BallotEvening, *, number: int, change: Mapping[str, tuple[str, str]]) -> None:
    await evening.reveal()
    rows = await evening.picture(number, CHANGE)
    assert {line[0]: tuple(re.findall(r"\d+", line[-1])) for line in rows} == change


async def compare_files(
    evening: BallotEvening,
    *,
    columns: tuple[str, ...],
    results: Mapping[tuple[int, str], list[tuple[str, ...]]],
    values: Mapping[tuple[int, str], Mapping[str, int]],
) -> None:
    """These columns of everyone, of each group its n and its share; and how many rows of votes.csv have each value."""
    told, votes = await evening.files()
    assert {
        about: [tuple(line[name] for name in (columns if line["group"] == "all" else ("n", "share"))) for line in lines]
        for about, lines in told.items()
    } == results
    assert {about: Counter(line["value"] for line in lines) for about, lines in votes.items()} == values


def test_an_approval_from_finger_to_file(tmp_path: Path) -> None:
    async def story(evening: BallotEvening) -> None:
        phone = evening.of_w
        await evening.prepare(
            ITEMS,
            ballot="Goedkeuren",
            numbers={"Kaarten die iemand hoogstens kan kiezen; leeg: zoveel als hij wil": 2},
        )
        await expect(evening.stage.page.get_by_text("Kies er hoogstens 2.")).to_be_visible()
        await evening.give(expected.CHOSEN)
        await left(phone, "Nog 2 van 2 keuzes")
        await press(evening, phone, B, "Kies")
        await press(evening, phone, C, "Kies")
        await left(phone, "Nog 0 van 2 keuzes")
        await row(phone, A).get_by_role("button").click(force=True)
        await why(phone, "Je kunt er hoogstens 2 kiezen.")
        await row(phone, B).get_by_role("button").click()
        await press(evening, phone, A, "Kies")
        await choose_cut_off(evening, "Kies")

        await compare_pictures(evening, heads=expected.HEADS, equal=expected.EQUAL, apart=expected.APART)
        told = await evening.result_of(phone)
        for line, (place, text) in zip(told, enumerate((C, B, A, D), start=1), strict=True):
            assert line.startswith(f"Plek {place} {text}"), line
        assert all(words in told[0] for words in ("Door jou: gekozen", "75 %", "13 van 20"))
        assert all(words in told[1] for words in ("46 %", "8 van 20")) and "gekozen" not in told[1]
        assert "10 mensen" in await evening.desk_row(A)
        await another_round(evening, expected.CHOSEN_AGAIN)
        for each in (evening.of_w, evening.of_n):
            await press(evening, each, A, "Kies")
            await stored(each)
        await compare_rounds(evening, number=4, change=expected.CHANGE)
        columns = ("status", "place", "heads", "of", "share", "balanced", "spread", "choices")
        await compare_files(evening, columns=columns, results=expected.CHOSEN_CSV, values=expected.CHOSEN_VALUES)

    play(tmp_path, story)


def test_a_budget_from_finger_to_file(tmp_path: Path) -> None:
    async def story(evening: BallotEvening) -> None:
        phone = evening.of_w
        await evening.prepare(
            ITEMS,
            ballot="Budget verdelen",
            numbers={"Wat iemand kan uitgeven, in hele euro’s": 100_000},
            prices=PRICES,
        )
        await expect(evening.stage.page.get_by_text("Geef hoogstens € 100.000 uit.")).to_be_visible()
        await evening.give(expected.CHOSEN)
        await left(phone, "Nog € 100.000 van de € 100.000")
        await press(evening, phone, A, "Koop voor € 60.000")
        await left(phone, "Nog € 40.000 van de € 100.000")
        await expect(row(phone, B).get_by_text("€ 10.000 te kort")).to_be_visible()
        await row(phone, B).get_by_role("button").click(force=True)
        await why(phone, "€ 10.000 te kort. Neem eerst iets terug.")
        await row(phone, C).get_by_role("button").click()
        await left(phone, "Nog € 0 van de € 100.000")
        await choose_cut_off(evening, "Koop voor")

        await compare_pictures(evening, heads=expected.HEADS, equal=expected.EQUAL, apart=expected.APART)
        bought = await evening.picture(4, "Wat het budget koopt.")
        assert [[*line[:3], " ".join(line[3].split())] for line in bought] == expected.BOUGHT
        await expect(evening.stage.page.get_by_text("€ 90.000 van € 100.000.")).to_be_visible()
        told = await evening.result_of(phone)
        assert all(words in told[0] for words in ("€ 40.000", "past in € 100.000", "Door jou: gekocht"))
        assert "€ 60.000" in told[2] and "past in" not in told[2]
        assert "€ 60.000 · niet gekocht" in await evening.desk_row(A)
        assert "€ 40.000 · gekocht" in await evening.desk_row(C)
        await another_round(evening, expected.CHOSEN_AGAIN)
        for each in (evening.of_w, evening.of_n):
            await press(evening, each, A, "Koop voor")
            await stored(each)
        await compare_rounds(evening, number=5, change=expected.CHANGE)
        columns = ("status", "place", "heads", "of", "share", "balanced", "spread", "choices")
        await compare_files(evening, columns=columns, results=expected.CHOSEN_CSV, values=expected.CHOSEN_VALUES)
        results, _ = await evening.files()
        assert {about: lines[0]["chosen"] for about, lines in results.items()} == expected.BOUGHT_CSV

    play(tmp_path, story)


def test_points_from_finger_to_file(tmp_path: Path) -> None:
    async def story(evening: BallotEvening) -> None:
        of_w, of_n = evening.of_w, evening.of_n
        await evening.prepare(ITEMS, ballot="Punten verdelen")
        await expect(evening.stage.page.get_by_text("Verdeel 100 punten.")).to_be_visible()
        await evening.give(expected.GIVEN)
        await left(of_w, "Nog 100 van 100 punten")
        await type_points(of_w, A, 60)
        await left(of_w, "Nog 40 van 100 punten")
        for _ in range(8):
            await press(evening, of_w, C, "Meer punten")
        await left(of_w, "Nog 0 van 100 punten")
        await row(of_w, D).get_by_role("button", name="Meer punten").click(force=True)
        await why(of_w, "Alle punten zijn gegeven.")
        await type_points(of_n, B, 50)
        await stored(of_n)
        await evening.fall(of_n)
        await type_points(of_n, C, 50)
        await left(of_n, "Nog 0 van 100 punten")
        await evening.come_back(of_n)
        await stored(of_n)
        for text in (B, C):
            await expect(row(of_n, text).get_by_role("textbox")).to_have_value("50")

        await compare_pictures(evening, heads=expected.POINTS, equal=expected.POINTS_EQUAL, apart=expected.POINTS_APART)
        told = await evening.result_of(of_w)
        assert all(words in told[0] for words in ("42 %", "gemiddeld 34,5 van 100", "Van jou: 40 punten"))
        assert "570 punten" in await evening.desk_row(A)
        await another_round(evening, expected.GIVEN_AGAIN)
        for each in (of_w, of_n):
            await type_points(each, A, 100)
            await stored(each)
        await compare_rounds(evening, number=4, change=expected.POINTS_CHANGE)
        columns = ("status", "place", "of", "share", "balanced", "spread", "points", "mean")
        await compare_files(evening, columns=columns, results=expected.POINTS_CSV, values=expected.POINTS_VALUES)

    play(tmp_path, story)
