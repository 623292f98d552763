"""By choice, by ranking and by pairs, in Dutch: two phones of different O's, one cut off in the middle, a reveal,
another round. What the screens and the files say is compared with the tables in together_expected.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import expect

from ..server import RunningServer
from . import together_expected as expected
from .ballot_evening import TITLE, BallotEvening, Row
from .browser import Screen, chromium
from .proxy import CutProxy
from .stories import tell
from .together_expected import ITEMS, A, B, C

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def play(tmp_path: Path, story: Callable[[BallotEvening], Awaitable[None]]) -> None:
    async def whole() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                evening = BallotEvening(server, browser, wire)
                await evening.begin()
                await story(evening)
                await evening.end()

    tell(whole())


def cells(row: Row, *names: str) -> tuple[str, ...]:
    return tuple(row[name] for name in names)


async def another_round(evening: BallotEvening, texts: list[str]) -> None:
    """On some of the items: both phones begin anew."""
    room = evening.room
    made = await room.say("round.add", step=room.step(TITLE), items=[evening.items[text] for text in texts])
    await room.open(TITLE)
    evening.round = str(made["id"])


# -- a choice ------------------------------------------------------------------------------------------------------


def test_a_choice_from_finger_to_file(tmp_path: Path) -> None:
    async def choose(evening: BallotEvening, phone: Screen, text: str) -> None:
        row = phone.page.locator("label.option", has_text=text)
        await evening.press(phone, row, still="label.option .text")
        await expect(row.locator("input")).to_be_checked()

    async def story(evening: BallotEvening) -> None:
        of_w, of_n = evening.of_w, evening.of_n
        await evening.prepare(ITEMS, ballot="Keuze")
        await expect(evening.stage.page.get_by_text("Kies er één.")).to_be_visible()
        await evening.give(expected.CHOICE)
        await choose(evening, of_w, C)
        await choose(evening, of_w, A)
        await choose(evening, of_n, B)
        await evening.fall(of_n)
        await choose(evening, of_n, A)
        await choose(evening, of_n, C)
        await evening.come_back(of_n)
        for phone, text in ((of_w, A), (of_n, C)):
            await expect(phone.page.locator("label.option", has_text=text)).to_contain_text("opgeslagen")
            await expect(phone.page.locator("label.option input:checked")).to_have_count(1)

        await evening.reveal()
        rows = await evening.picture(1, "Iedereen telt één keer.")
        assert [[row[0], row[1], row[-1].split()[0]] for row in rows] == expected.CHOICE_HEADS
        rows = await evening.picture(2, "elk even zwaar.")
        assert [[row[0], row[1], row[2].replace("%", " %").replace("  ", " ")] for row in rows] == expected.CHOICE_EQUAL
        shown = await evening.result_of(of_n)
        assert shown[2].startswith(f"Plek 3 {C}") and "Door jou: gekozen" in shown[2] and "3 van 20" in shown[2]
        results, votes = await evening.files()
        for text, (everyone, *groups) in expected.CHOICE_CSV.items():
            first, *others = results[1, text]
            assert cells(first, "place", "heads", "of", "share", "balanced", "choices") == everyone
            assert [cells(row, "n", "heads") for row in others] == groups
            chosen = Counter(row["value"] for row in votes[1, text])
            assert (chosen["1"], chosen["1"] + chosen["0"]) == (int(everyone[1]), 20)

        await another_round(evening, [A, B])
        for phone in (of_w, of_n):
            await expect(phone.page.locator("label.option input:checked")).to_have_count(0)
            await choose(evening, phone, A)
            await expect(phone.page.locator("label.option", has_text=A)).to_contain_text("opgeslagen")

    play(tmp_path, story)


# -- a ranking -----------------------------------------------------------------------------------------------------


def test_a_ranking_from_finger_to_file(tmp_path: Path) -> None:
    async def tap(evening: BallotEvening, phone: Screen, name: str) -> None:
        button = phone.page.get_by_role("button", name=name, exact=True)
        await evening.press(phone, button, still="li.row .text")

    async def places(phone: Screen) -> list[str]:
        return [" ".join(text.split()) for text in await phone.page.locator("ol.places > li").all_inner_texts()]

    async def story(evening: BallotEvening) -> None:
        of_w, of_n = evening.of_w, evening.of_n
        await evening.prepare(ITEMS, ballot="Rangschikken", numbers={"Plaatsen die iemand geeft": 2})
        await expect(evening.stage.page.get_by_text("Zet je 2 belangrijkste op volgorde.")).to_be_visible()
        await evening.give(expected.RANKING)
        # In the wrong order, then one up; what is one too many says why not.
        await tap(evening, of_w, f"Geef de volgende plaats: {B}")
        await tap(evening, of_w, f"Geef de volgende plaats: {A}")
        await tap(evening, of_w, f"Eén plaats omhoog: {A}")
        assert await places(of_w) == [f"1 {A}", f"2 {B}"]
        await of_w.page.get_by_role("button", name=f"Geef de volgende plaats: {C}", exact=True).press("Enter")
        await expect(of_w.page.get_by_role("main").get_by_text("Alle 2 plaatsen zijn gegeven.")).to_be_visible()
        await tap(evening, of_n, f"Geef de volgende plaats: {C}")
        await evening.fall(of_n)
        await tap(evening, of_n, f"Haal terug van plaats 1: {C}")
        await tap(evening, of_n, f"Geef de volgende plaats: {B}")
        await tap(evening, of_n, f"Geef de volgende plaats: {A}")
        await evening.come_back(of_n)
        for phone, order in ((of_w, [A, B]), (of_n, [B, A])):
            await expect(phone.page.get_by_text("Wijzigen kan tot de stemming sluit.")).to_be_visible()
            assert await places(phone) == [f"{place} {text}" for place, text in enumerate(order, start=1)]

        await evening.reveal()
        rows = await evening.picture(1, "Iedereen telt één keer.")
        assert [[row[0], row[1], " ".join(row[-1].split()[:2])] for row in rows] == expected.RANKING_HEADS
        rows = await evening.picture(2, "elk even zwaar.")
        assert [
            [row[0], row[1], row[2].replace("%", " %").replace("  ", " ")] for row in rows
        ] == expected.RANKING_EQUAL
        shown = await evening.result_of(of_n)
        assert shown[0].startswith(f"Plek 1 {B}") and "Door jou: plaats 1" in shown[0]
        assert "gemiddelde plaats 1,6" in shown[0] and "9 keer op 1 · 20 mensen gaven het een plaats" in shown[0]
        assert "14 mensen gaven het een plaats · gemiddelde plaats 1,4" in await evening.desk_row(A)
        results, votes = await evening.files()
        for text, (everyone, *groups) in expected.RANKING_CSV.items():
            first, *others = results[1, text]
            names = ("place", "heads", "of", "share", "balanced", "first", "ranked", "mean")
            assert cells(first, *names) == everyone
            assert [cells(row, "n", "share") for row in others] == groups
            given = Counter(row["value"] for row in votes[1, text] if row["took_part"] == "true")
            assert given == expected.RANKING_VOTES[text]

        await another_round(evening, [A, C])
        for phone in (of_w, of_n):
            await expect(phone.page.get_by_text("Nog 2 van 2 plaatsen", exact=True)).to_be_visible()
            await tap(evening, phone, f"Geef de volgende plaats: {C}")

    play(tmp_path, story)


# -- pairs ---------------------------------------------------------------------------------------------------------


def test_pairs_from_finger_to_file(tmp_path: Path) -> None:
    async def compare(phone: Screen, order: list[str]) -> None:
        """Whatever stands there: the one that comes first in this order. Then wait for the next pair."""
        halves, pair = phone.page.locator("button.half.large"), phone.page.locator(".pair .pick")
        texts = await halves.locator(".text").all_inner_texts()
        about = await pair.get_attribute("aria-label")
        await halves.nth(texts.index(min(texts, key=order.index))).click()
        await expect(phone.page.locator(f'.pair .pick[aria-label="{about}"]')).to_have_count(0)

    async def story(evening: BallotEvening) -> None:
        of_w, of_n = evening.of_w, evening.of_n
        await evening.prepare(ITEMS, ballot="Twee aan twee")
        await expect(evening.stage.page.get_by_text("Kies tussen twee, hoogstens 3 keer.")).to_be_visible()
        await evening.give(expected.PAIRS)
        for left in (3, 2, 1):
            await expect(of_w.page.get_by_text(f"Nog {left} van 3 paren", exact=True)).to_be_visible()
            await compare(of_w, [A, B, C])
        await expect(of_w.page.get_by_text("Klaar, alle 3", exact=True)).to_be_visible()
        await evening.press(
            of_n, of_n.page.get_by_role("button", name="Even belangrijk", exact=True), still="button.half.large"
        )
        await expect(of_n.page.get_by_role("button", name="Even belangrijk")).to_have_attribute("aria-pressed", "false")
        await of_n.page.get_by_role("button", name="Terug", exact=True).click()
        await expect(of_n.page.get_by_role("button", name="Even belangrijk")).to_have_attribute("aria-pressed", "true")
        await evening.fall(of_n)
        for _ in range(3):
            await compare(of_n, [B, A, C])
        await expect(of_n.page.get_by_text("Klaar, alle 3", exact=True)).to_be_visible()
        await evening.come_back(of_n)
        await expect(of_n.page.get_by_text("Alles is opgeslagen.")).to_be_visible()

        await evening.reveal()
        rows = await evening.picture(1, "Iedereen telt één keer.")
        assert [[row[0], row[1], " ".join(row[-1].split()[:2])] for row in rows] == expected.PAIRS_HEADS
        rows = await evening.picture(2, "elk even zwaar.")
        assert [[row[0], row[1], row[2].replace("%", " %").replace("  ", " ")] for row in rows] == expected.PAIRS_EQUAL
        shown = await evening.result_of(of_n)
        assert shown[0].startswith(f"Plek 1 {B}") and "Door jou: 2 van 2 keer gekozen" in shown[0]
        assert "27 van 40 keer gekozen · 2 × even belangrijk" in shown[0]
        assert "23 van 40 keer gekozen" in await evening.desk_row(A)
        results, votes = await evening.files()
        for text, (everyone, *groups) in expected.PAIRS_CSV.items():
            first, *others = results[1, text]
            names = ("place", "of", "share", "balanced", "comparisons", "won", "equal")
            assert cells(first, *names) == everyone
            assert [cells(row, "n", "share") for row in others] == groups
            given = [int(row["value"]) % 10 for row in votes[1, text] if row["value"]]
            assert (len(given), given.count(2), given.count(1)) == tuple(map(int, everyone[4:]))

        await another_round(evening, [A, C])
        for phone in (of_w, of_n):
            await expect(phone.page.get_by_text("Nog 1 van 1 paar", exact=True)).to_be_visible()

    play(tmp_path, story)
