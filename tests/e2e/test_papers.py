"""Paper ballots on the console, in Dutch and by keyboard alone, beside twenty phones: what screens and files say."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from ..conversation import PLAIN
from ..server import RunningServer
from .ballots.declared import CROWD, A, B, C, D, Value
from .ballots.evening import TITLE, BallotEvening
from .browser import chromium
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
ITEMS = [A, B, C, D]
Row = dict[str, str]


def play(tmp_path: Path, story: Callable[[BallotEvening], Awaitable[None]]) -> None:
    async def whole() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, BallotEvening(server, browser) as evening:
                await story(evening)
                for screen in evening.screens:
                    assert screen.trouble == []

    tell(whole())


async def reveal(evening: BallotEvening) -> None:
    await evening.room.open("Result")
    await evening.room.compared(TITLE)


async def read_file(evening: BallotEvening, name: str, text: str) -> list[Row]:
    """Return the rows about an item, as the core team has them."""
    core = await evening.server.sign_in("core")
    address = f"/s/{evening.server.code}/export/{name}"
    async with httpx.AsyncClient(verify=PLAIN, base_url=evening.server.base, cookies=core, timeout=60) as client:
        content = (await client.get(address)).raise_for_status().content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(content, newline=""))
    return [row for row in rows if row["item"] == evening.items[text] and row["round"] == evening.round]


async def open_papers(evening: BallotEvening) -> Locator:
    page = evening.console.page
    await page.locator("main").get_by_role("button", name="Papieren stembiljetten…").click()
    return page.get_by_role("dialog")


async def type_in(page: Page, sector: str, keys: Sequence[str], *, number: int) -> None:
    """Type a paper as a pair of hands does: choose the O, then Tab from field to field; Enter stores it."""
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("radio", name=sector).focus()
    await page.keyboard.press("Space")
    # Over the number on the paper.
    await page.keyboard.press("Tab")
    await go_on(page, keys, number=number)


async def go_on(page: Page, keys: Sequence[str], *, number: int, focused: bool = False) -> None:
    """The next paper of the same pile: the first field has the focus already."""
    for place, key in enumerate(keys):
        if place or not focused:
            await page.keyboard.press("Tab")
        if key:
            await page.keyboard.press(key)
    await page.keyboard.press("Enter")
    told = page.get_by_role("dialog").get_by_text(f"Opgeslagen als papier {number}. Schrijf dit nummer erop.")
    await expect(told).to_be_visible()


def everybody(sizes: dict[str, int], marks: dict[str, Value]) -> dict[str, list[dict[str, Value]]]:
    return {sector: [marks] * n for sector, n in sizes.items()}


def values(rows: Sequence[Row], source: str) -> Counter[str]:
    return Counter(row["value"] for row in rows if row["source"] == source and row["took_part"] == "true")


def test_dots_on_paper_from_keyboard_to_file(tmp_path: Path) -> None:
    async def story(evening: BallotEvening) -> None:
        await evening.prepare(
            ITEMS,
            ballot="Stippen",
            numbers={"Stippen per persoon": 3, "Stippen op één kaart, hoogstens": 2},
            prices={},
        )
        await evening.give(everybody(CROWD, {A: 2, B: 1}))
        page = evening.console.page
        dialog = await open_papers(evening)
        # The first of a pile of Onderwijs, then the rest without another choice.
        order = await dialog.locator("ol li .typed").all_inner_texts()
        keys = [{A: "1", C: "2"}.get(text.split("\n")[0].strip(), "") for text in order]
        await type_in(page, "Onderwijs", keys, number=1)
        for number in range(2, 6):
            await go_on(page, keys, number=number, focused=True)
        await expect(dialog.get_by_text("5 op papier: Onderwijs 5")).to_be_visible()
        # Too many dots: the ballot's own refusal, and what was typed stays.
        first = dialog.locator("ol input").first
        for field in await dialog.locator("ol input").all():
            await field.fill("1")
        await first.press("Enter")
        await expect(dialog.get_by_role("alert")).to_contain_text("Je stippen (3) zijn op.")
        assert await first.input_value() == "1"
        for field in await dialog.locator("ol input").all():
            await field.fill("")
        # One was of another O, one was typed twice.
        await dialog.get_by_role("button", name=re.compile("^Verbeteren ?: Papier 5$")).click()
        await expect(dialog.get_by_text("Papier 5: typ alles opnieuw over.")).to_be_visible()
        await dialog.get_by_role("radio", name="Onderzoek").check()
        row = dialog.locator("ol li", has_text=B)
        await row.get_by_role("spinbutton").fill("2")
        await row.get_by_role("spinbutton").press("Enter")
        await expect(dialog.get_by_text("5 op papier: Onderwijs 4, Onderzoek 1")).to_be_visible()
        await dialog.get_by_role("button", name=re.compile("^Weghalen… ?: Papier 4$")).click()
        await dialog.get_by_role("button", name=re.compile("^Ja, weghalen ?: Papier 4$")).click()
        await expect(dialog.get_by_text("4 op papier: Onderwijs 3, Onderzoek 1")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_text("4 op papier").first).to_be_visible()

        # Two more, so that paper may be named; the projector says it beside the phones.
        dialog = await open_papers(evening)
        await type_in(page, "Onderwijs", keys, number=6)
        await go_on(page, keys, number=7, focused=True)
        await page.keyboard.press("Escape")
        await expect(evening.stage.page.get_by_text(re.compile(r"18 van 20 .*6 op papier"))).to_be_visible()
        await reveal(evening)
        await expect(evening.stage.page.get_by_text("18 op telefoons, 6 op papier")).to_be_visible()

        votes = await read_file(evening, "votes.csv", A)
        assert values(votes, "own") == Counter({"2": 18})
        # The one that was taken back is in the file, and does not count.
        assert values(votes, "scribed") == Counter({"1": 6, "0": 1})
        assert [row["source"] for row in votes if row["took_part"] == "true" and row["counted"] == "false"] == [
            "scribed"
        ]
        whole = (await read_file(evening, "results.csv", A))[0]
        assert (whole["n"], whole["n_scribed"]) == ("24", "6")

    play(tmp_path, story)


def test_a_ranking_on_paper_joins_the_result_once_enough_came(tmp_path: Path) -> None:
    async def story(evening: BallotEvening) -> None:
        await evening.prepare(ITEMS, ballot="Rangschikken", numbers={"Plaatsen die iemand geeft": 2}, prices={})
        await evening.give(everybody(CROWD, {A: 1, B: 2}))
        page = evening.console.page
        await reveal(evening)
        # The vote lies open in the agenda since it was prepared there.
        await page.locator("#agenda").get_by_role("button", name="Papieren stembiljetten…").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog.get_by_text("De uitslag is al getoond.")).to_be_visible()
        order = await dialog.locator("ol li .typed").all_inner_texts()
        keys = [{C: "1", A: "2"}.get(text.split("\n")[0].strip(), "") for text in order]
        await type_in(page, "Onderzoek", keys, number=1)
        for number in (2, 3):
            await go_on(page, keys, number=number, focused=True)
        await dialog.get_by_role("button", name="Uitslag met deze erbij tonen").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("minstens nog nodig: Onderzoek 2.")
        await expect(evening.stage.page.get_by_text("3 stembiljetten kwamen na de uitslag")).to_be_visible()
        await type_in(page, "Onderzoek", keys, number=4)
        await go_on(page, keys, number=5, focused=True)
        await dialog.get_by_role("button", name="Uitslag met deze erbij tonen").click()
        await expect(dialog.get_by_role("button", name="Uitslag met deze erbij tonen")).to_have_count(0)
        await expect(evening.stage.page.get_by_text("18 op telefoons, 5 op papier")).to_be_visible()
        whole = (await read_file(evening, "results.csv", C))[0]
        assert (whole["n"], whole["n_scribed"]) == ("23", "5")
        assert values(await read_file(evening, "votes.csv", C), "scribed") == Counter({"1": 5})

    play(tmp_path, story)
