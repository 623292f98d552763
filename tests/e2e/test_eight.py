"""A programme of eight O's with long names, in Dutch: on no screen do they touch or get cut off."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from ..server import RunningServer
from .browser import DESKTOP, PHONE, PROJECTOR, SMALL, chromium, open_screen
from .checks import come_to_rest, find_cuts, find_small_print
from .crowd import bring
from .squeeze import SIDEWAYS, find_overlaps, find_save
from .stories import tell
from .test_screens import STAGE_FLOOR
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

NAMES = {
    "onderwijs": "Onderwijsinstellingen en studentenverenigingen",
    "onderzoek": "Onderzoeksgroepen en kennisinstellingen",
    "ondernemers": "Ondernemersverenigingen en familiebedrijven",
    "overheden": "Overheden en uitvoeringsorganisaties",
    "omwonenden": "Omwonenden en bewonersorganisaties",
    "ontwikkelaars": "Ontwikkelaars en woningbouwcorporaties",
    "ouders": "Openbaarvervoerbedrijven en de fietsersbond",
    "omgeving": "Onafhankelijke natuur- en milieuorganisaties",
}
LETTERS = "WZNHBKVM"
SHAPES = ("circle", "diamond", "triangle", "square", "house", "cross", "wedge", "slant")
QUESTION = (
    "Welke drie plekken in het gebied moeten de komende vijf jaar als eerste veranderen, zodat studenten, "
    "onderzoekers, ondernemers en bewoners elkaar daar elke dag vanzelf tegenkomen?"
)
TOKEN = "https://kennispark.example.org/" + "plein" * 30
FARTHEST = "Hoe ver de O’s uit elkaar liggen"
NARROW = ViewportSize(width=320, height=568)


def name_eight(server: RunningServer) -> None:
    """Before anybody is there: give the four O's long names and four others beside them."""
    with closing(sqlite3.connect(server.database_file)) as database, database:
        (programme,) = database.execute("SELECT DISTINCT programme_id FROM workshop_sector").fetchone()
        for position, (key, name) in enumerate(NAMES.items(), start=1):
            found = (name, name, LETTERS[position - 1], LETTERS[position - 1])
            database.execute(
                "INSERT INTO workshop_sector (programme_id, public_id, key, position, name_nl, name_en,"
                " letter_nl, letter_en, hint_nl, hint_en, chosen_shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', ?)"
                " ON CONFLICT (programme_id, key) WHERE until IS NULL DO UPDATE SET"
                " name_nl = excluded.name_nl, name_en = excluded.name_en",
                (programme, f"sector00000{position}", key, position, *found, SHAPES[position - 1]),
            )


class Eyes:
    """Looks at screens, and keeps what is wrong. With PICTURES=folder it keeps pictures, too."""

    def __init__(self) -> None:
        self.found: list[str] = []

    async def look(self, page: Page, what: str, *sizes: ViewportSize) -> None:
        for size in sizes:
            await page.set_viewport_size(size)
            await come_to_rest(page)
            where = f"{what} {size['width']}"
            wrong = await find_cuts(page) + await find_overlaps(page)
            if size == PROJECTOR:
                wrong += await find_small_print(page, STAGE_FLOOR)
            self.found += [f"{where}: {each}" for each in wrong]
            if folder := os.environ.get("PICTURES"):
                await page.screenshot(path=Path(folder) / f"{where}.png", animations="disabled")


@dataclass(slots=True)
class Hall:
    """The room of eight O's, in which one has fifteen people, and three screens in it."""

    room: Workshop
    phone: Page
    console: Page
    stage: Page
    eyes: Eyes = field(default_factory=Eyes)


@asynccontextmanager
async def open_hall(data: Path) -> AsyncIterator[Hall]:
    with RunningServer(data_dir=data) as server:
        name_eight(server)
        room = await Workshop(server).begin()
        crowd = await bring(base=room.base, code=room.code, people=dict.fromkeys(NAMES, 5) | {"ondernemers": 15})
        # O's take turns.
        room.crowd = [person for line in zip_longest(*crowd.values()) for person in line if person]
        async with chromium() as browser:
            screens = [
                await open_screen(browser, server.base, size=size, lang="nl", reduced_motion="reduce")
                for size in (PHONE, DESKTOP, PROJECTOR)
            ]
            hall = Hall(room, *(screen.page for screen in screens))
            await hall.console.context.add_cookies(
                [{"name": name, "value": value, "url": server.base} for name, value in room.facilitator.items()]
            )
            await hall.console.goto(f"/s/{server.code}/console/")
            await hall.stage.goto(server.run["stage"])
            yield hall
            for screen in screens:
                hall.eyes.found += screen.trouble
                await screen.close()
        await room.end()


def test_eight_os_with_long_names(tmp_path: Path) -> None:
    async def story() -> str:
        async with open_hall(tmp_path) as hall:
            await come_in(hall)
            cards = await write(hall)
            await vote(hall, cards)
            await read_results(hall)
        return "\n".join(hall.eyes.found)

    assert tell(asyncio.wait_for(story(), 120)) == ""


async def come_in(hall: Hall) -> None:
    await hall.phone.goto(f"/join/{hall.room.code}/")
    await hall.eyes.look(hall.phone, "join", PHONE, NARROW)
    await hall.phone.get_by_role("radio", name=NAMES["ondernemers"]).check(force=True)
    await hall.eyes.look(hall.phone, "join-chosen", NARROW, PHONE)
    await hall.phone.get_by_role("button", name="Doe mee").click()
    await expect(hall.phone.get_by_role("heading", name="Je bent binnen")).to_be_visible()
    await expect(hall.phone.locator("header .who")).to_contain_text(NAMES["ondernemers"])
    await hall.eyes.look(hall.phone, "phone", NARROW)
    await hall.eyes.look(hall.stage, "stage-lobby", PROJECTOR)
    await expect(hall.console.get_by_text("16 van 16")).to_be_visible()
    await hall.eyes.look(hall.console, "console-lobby", NARROW, SMALL, DESKTOP)
    # On one line, so that rows can be compared.
    assert await hall.console.locator("section .people").evaluate_all(LINES) == [1] * len(NAMES)


async def write(hall: Hall) -> list[str]:
    """A question that is long on the stage, and in the small projector of the console."""
    room = hall.room
    title = ("Lange vraag", "Long question")
    await room.add(
        kind="collect", title=title, after="Welcome", pillar=room.pillars[0], prompt_nl=QUESTION, prompt_en=QUESTION
    )
    await room.open("Long question")
    ideas = [f"Idee nummer {n} voor het plein" for n in range(7)] + [TOKEN]
    cards = await room.write("Long question", [("nl", text, "hardware") for text in ideas])
    await expect(hall.stage.get_by_role("heading", name=QUESTION[:40])).to_be_visible()
    await expect(hall.stage.get_by_text("8 van 51")).to_be_visible()
    await hall.eyes.look(hall.stage, "stage-writing", PROJECTOR)
    assert await hall.stage.evaluate(LARGEST) == QUESTION
    for size in (NARROW, SIDEWAYS.size):
        await hall.eyes.look(hall.phone, "phone-writing", size)
        await expect(hall.phone.locator("form textarea")).to_be_in_viewport()
        hall.eyes.found += [f"phone-writing {size['width']}: {each}" for each in await find_save(hall.phone)]
    await hall.eyes.look(hall.console, "console-writing", SMALL, DESKTOP)
    await find_list(hall, "#cards li", most=(0.6, 0.75))
    # The number is that of the solid marks: who wrote, not who is there. It comes once a second.
    await expect(hall.console.locator("section .numbers b")).to_have_text(["1"] * len(NAMES))
    assert await hall.console.locator("section .people").evaluate_all(SOLID) == [1] * len(NAMES)
    small = hall.console.locator(".small p")
    await expect(small).to_have_text(QUESTION)
    await hall.console.wait_for_function(
        "(words) => words.scrollHeight - words.clientHeight <= 1", arg=await small.element_handle()
    )
    await room.say("step.reveal", step=room.step("Long question"))
    await expect(hall.stage.get_by_text("Idee nummer 1")).to_be_visible()
    await hall.eyes.look(hall.stage, "stage-wall", PROJECTOR)
    # A word without end has the width that any card has, and others stand beside it.
    boxes = await hall.stage.locator("li.card").evaluate_all(BOXES)
    assert len({width for _, width in boxes}) == 1 and len({left for left, _ in boxes}) > 2, boxes
    return cards


async def find_list(hall: Hall, row: str, *, most: tuple[float, float]) -> None:
    """The list begins where a hand and an eye are, also under a question of 180 letters. `most`: in parts of the height
    of a desktop and of a small laptop.
    """
    for size, part in zip((DESKTOP, SMALL), most, strict=True):
        await hall.console.set_viewport_size(size)
        await come_to_rest(hall.console)
        first = await hall.console.locator(row).first.bounding_box()
        assert first is not None and first["y"] / size["height"] < part, (size, first)


async def vote(hall: Hall, cards: list[str]) -> None:
    await hall.room.tick("Choose", cards)
    await hall.room.open("Choose")
    await hall.room.vote("Choose", hall.room.crowd)
    await expect(hall.stage.get_by_text("50 van 51")).to_be_visible()
    await hall.eyes.look(hall.stage, "stage-voting", PROJECTOR)
    assert await hall.stage.evaluate(LARGEST) == "Wat moet er als eerste gebeuren?"
    await hall.room.open("Result")
    await hall.room.compared("Choose")


async def read_results(hall: Hall) -> None:
    for picture, name in enumerate(("Iedereen telt één keer", "De O’s, elk even zwaar", FARTHEST), start=1):
        await hall.stage.keyboard.press(str(picture))
        await expect(hall.stage.get_by_text(f"{name}.")).to_be_visible()
        await hall.eyes.look(hall.stage, f"stage-result-{picture}", PROJECTOR)
    await hall.eyes.look(hall.console, "console-result", NARROW, SMALL, DESKTOP)
    # Above it stand the pictures and the names of eight O's.
    await find_list(hall, "table tbody tr", most=(0.65, 0.85))
    await hall.phone.goto(f"/s/{hall.room.code}/read/")
    await hall.eyes.look(hall.phone, "read", NARROW)
    await hall.console.goto(f"/programmes/kennispark/sessions/{hall.room.code}/")
    await expect(hall.console.get_by_role("heading", name=FARTHEST)).to_be_visible()
    await hall.eyes.look(hall.console, "studio", DESKTOP)


LINES = """(rows) => rows.map((row) =>
  new Set([...row.querySelectorAll("svg")].map((mark) => Math.round(mark.getBoundingClientRect().top))).size)"""

SOLID = """(rows) => rows.map((row) => row.querySelectorAll("path.solid").length)"""
BOXES = """(cards) => cards.map((card) => card.getBoundingClientRect())
  .map(({ left, width }) => [Math.round(left), Math.round(width)])"""
LARGEST = """() => {
  const size = (element) => parseFloat(getComputedStyle(element).fontSize);
  const own = (element) => [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== "");
  const said = [...document.querySelectorAll("main *")]
    .filter((each) => own(each) && each.checkVisibility() && !each.closest("[role=timer]"));
  return said.sort((a, b) => size(b) - size(a))[0].textContent.trim().replace(/\\s+/g, " ");
}"""
"""What stands in the largest type, the clock aside."""
