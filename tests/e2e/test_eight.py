"""A programme of eight O's with long names, in Dutch: on no screen do they touch, run over each other or get cut off."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from ..server import RunningServer
from .browser import DESKTOP, PHONE, PROJECTOR, SMALL, chromium, open_screen
from .checks import come_to_rest, find_cuts, find_small_print
from .crowd import bring
from .squeeze import find_overlaps
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
QUESTION = (
    "Welke drie plekken in het gebied moeten de komende vijf jaar als eerste veranderen, zodat studenten, "
    "onderzoekers, ondernemers en bewoners elkaar daar elke dag vanzelf tegenkomen?"
)
NARROW = ViewportSize(width=320, height=568)


def name_eight(server: RunningServer) -> None:
    """Before anybody is there: give the four O's long names and four others beside them."""
    with closing(sqlite3.connect(server.database_file)) as database, database:
        (programme,) = database.execute("SELECT DISTINCT programme_id FROM workshop_sector").fetchone()
        for position, (key, name) in enumerate(NAMES.items(), start=1):
            found = (name, name, LETTERS[position - 1], LETTERS[position - 1])
            database.execute(
                "INSERT INTO workshop_sector (programme_id, public_id, key, position, name_nl, name_en, letter_nl, letter_en,"
                " hint_nl, hint_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '') ON CONFLICT (programme_id, key) DO UPDATE SET"
                " name_nl = excluded.name_nl, name_en = excluded.name_en",
                (programme, f"sector00000{position}", key, position, *found),
            )


class Eyes:
    """Screens of the room, and what is wrong on each."""

    def __init__(self) -> None:
        self.found: list[str] = []

    async def look(self, page: Page, what: str, *, size: ViewportSize | None = None, stage: bool = False) -> None:
        if size is not None:
            await page.set_viewport_size(size)
        await come_to_rest(page)
        wrong = await find_cuts(page) + await find_overlaps(page)
        if stage:
            wrong += await find_small_print(page, STAGE_FLOOR)
        self.found += [f"{what}: {each}" for each in wrong]
        if folder := os.environ.get("PICTURES"):
            await page.screenshot(path=Path(folder) / f"{what}.png", animations="disabled")


def test_eight_os_with_long_names(tmp_path: Path) -> None:
    eyes = Eyes()

    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            name_eight(server)
            room = await Workshop(server).begin()
            crowd = await bring(base=room.base, code=room.code, people=dict.fromkeys(NAMES, 5))
            lines = list(zip(*crowd.values(), strict=True))
            room.crowd = [person for line in lines for person in line]
            async with chromium() as browser:
                phone, console, stage = [
                    await open_screen(browser, server.base, size=size, lang="nl", reduced_motion="reduce")
                    for size in (PHONE, DESKTOP, PROJECTOR)
                ]
                await console.context.add_cookies(
                    [{"name": name, "value": value, "url": server.base} for name, value in room.facilitator.items()]
                )
                await console.page.goto(f"/s/{server.code}/console/")
                await stage.page.goto(server.run["stage"])
                # The way in.
                await phone.page.goto(f"/join/{server.code}/")
                await eyes.look(phone.page, "join")
                await eyes.look(phone.page, "join-320", size=NARROW)
                await phone.page.get_by_role("radio", name=NAMES["ondernemers"]).check(force=True)
                await eyes.look(phone.page, "join-chosen-320")
                await eyes.look(phone.page, "join-chosen", size=PHONE)
                await phone.page.get_by_role("button", name="Doe mee").click()
                await expect(phone.page.get_by_role("heading", name="Je bent binnen")).to_be_visible()
                await eyes.look(phone.page, "phone-320", size=NARROW)
                await eyes.look(stage.page, "stage-lobby", stage=True)
                await expect(console.page.get_by_role("heading", name="In de zaal")).to_be_visible()
                await eyes.look(console.page, "console-lobby")
                await eyes.look(console.page, "console-lobby-small", size=SMALL)
                await eyes.look(console.page, "console-lobby-320", size=NARROW)
                await console.page.set_viewport_size(DESKTOP)
                # Three lines of question.
                await room.add(
                    kind="collect", title=("Drie regels", "Three lines"), after="Welcome", pillar=room.pillars[0],
                    prompt_nl=QUESTION, prompt_en=QUESTION,
                )
                await room.open("Three lines")
                cards = await room.write("Three lines", [("nl", f"Idee nummer {n} voor het plein", "hardware") for n in range(8)])
                await expect(stage.page.get_by_role("heading", name=QUESTION[:40])).to_be_visible()
                await eyes.look(stage.page, "stage-writing", stage=True)
                await eyes.look(console.page, "console-writing")
                await eyes.look(console.page, "console-writing-small", size=SMALL)
                await console.page.set_viewport_size(DESKTOP)
                await room.say("step.reveal", step=room.step("Three lines"))
                await expect(stage.page.get_by_text("Idee nummer 1")).to_be_visible()
                await eyes.look(stage.page, "stage-wall", stage=True)
                await room.tick("Choose", cards)
                await room.open("Choose")
                await room.round_of("Choose")
                await room.vote("Choose", room.crowd)
                await eyes.look(stage.page, "stage-voting", stage=True)
                await room.open("Result")
                await room.compared("Choose")
                for picture in "123":
                    await stage.page.keyboard.press(picture)
                    await eyes.look(stage.page, f"stage-result-{picture}", stage=True)
                await eyes.look(console.page, "console-result")
                await eyes.look(console.page, "console-result-small", size=SMALL)
                await eyes.look(console.page, "console-result-320", size=NARROW)
                await phone.page.goto(f"/s/{server.code}/read/")
                await eyes.look(phone.page, "read-320")
                await console.page.set_viewport_size(DESKTOP)
                await console.page.goto(f"/programmes/kennispark/sessions/{server.code}/")
                await expect(console.page.get_by_role("heading", name="Hoe ver de O’s uit elkaar liggen")).to_be_visible()
                await eyes.look(console.page, "studio")
                for screen in (phone, console, stage):
                    eyes.found += screen.trouble
                    await screen.close()
            await room.end()

    asyncio.run(story())
    print("\n".join(eyes.found))
    assert "\n".join(eyes.found) == ""
