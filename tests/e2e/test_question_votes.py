"""A choice and a scale as questions, in Dutch: from the form on the console to the file. The numbers were counted by
hand.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import httpx
import pytest
from playwright.async_api import expect

from ..conversation import PLAIN, Frame, sign_in
from ..server import RunningServer
from .browser import chromium
from .proxy import CutProxy
from .stories import tell
from .test_question import Hall

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PATH, CAFE, BUS = "Fietspad", "Café", "Avondbus"
ASKED = "’s Avonds is Kennispark nu…"


def test_a_choice_is_set_in_the_form_and_answered(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                hall = Hall(server, browser, wire)
                await hall.begin(mode="words")
                await _set_a_choice(hall)
                await _choose(hall)
                await _show_choice(hall)
                await hall.end()

    tell(story())


async def _set_a_choice(hall: Hall) -> None:
    console = hall.console.page
    await console.get_by_role("button", name="Stap toevoegen").click()
    form = console.get_by_role("dialog")
    await form.get_by_role("combobox", name="Soort").select_option("question")
    await form.get_by_role("group", name="Titel").get_by_label("Nederlands").fill("Kiezen")
    await form.get_by_role("radio", name="Keuze").check()
    await form.get_by_label("Mogelijkheid 1, Nederlands").fill(PATH)
    await form.get_by_role("button", name="Voeg deze stap toe").click()
    await expect(form.get_by_text("Geef minstens 2 mogelijkheden.")).to_be_visible()
    await form.get_by_label("Mogelijkheid 2, Nederlands").fill(CAFE)
    await form.get_by_role("button", name="Nog een mogelijkheid").click()
    await form.get_by_label("Mogelijkheid 3, Nederlands").fill(BUS)
    await form.get_by_role("button", name="Voeg deze stap toe").click()
    await expect(form).to_have_count(0)
    await hall.room.say("step.open", step=(await _step(hall))["id"])


async def _step(hall: Hall) -> Frame:
    """Return the step that was added in the form."""
    steps = (await hall.room.snapshot())["steps"]
    return next(step for step in steps if step["title"]["nl"] == "Kiezen")


async def _choose(hall: Hall) -> None:
    """Two at a browser, of whom one thinks again; five of the others."""
    one, other = hall.one.page, hall.other.page
    for phone in (one, other):
        await expect(phone.get_by_role("heading", name="Kiezen")).to_be_visible()
        await phone.get_by_text(PATH).click()
        await expect(phone.locator("li.chosen", has_text=PATH)).to_contain_text("opgeslagen")
    await one.get_by_text(BUS).click()
    await expect(one.locator("li.chosen", has_text=BUS)).to_contain_text("opgeslagen")
    await expect(one.locator("li.chosen")).to_have_count(1)
    round_ = (await _step(hall))["round"]
    (items,) = [found["items"] for found in (await hall.room.snapshot())["rounds"] if found["id"] == round_]
    names = {item["text"]: item["id"] for item in items}
    for person, text in zip(hall.crowd, [BUS, BUS, BUS, CAFE, PATH], strict=False):
        await person.put(round=round_, item=names[text], value=1)
    await expect(hall.stage.page.get_by_text("7 van 10 antwoordden")).to_be_visible()
    await expect(hall.stage.page.get_by_text("Kies er één")).to_be_visible()
    assert not hall.stage.has_heard('"tally":{"')


async def _show_choice(hall: Hall) -> None:
    step = (await _step(hall))["id"]
    await hall.room.say("step.reveal", step=step)
    rows = hall.stage.page.locator("tbody tr")
    await expect(rows).to_have_count(3)
    for row, (text, heads) in zip(await rows.all(), [(BUS, "4"), (PATH, "2"), (CAFE, "1")], strict=True):
        await expect(row).to_contain_text(text)
        await expect(row).to_contain_text(heads)
    await expect(hall.one.page.locator("li", has_text=BUS)).to_contain_text("4 van 7")
    core = await sign_in(hall.server.base, hall.server.run["signin"]["core"])
    async with httpx.AsyncClient(verify=PLAIN, base_url=hall.server.base, cookies=core) as client:
        answer = await client.get(f"/s/{hall.server.code}/export/votes.csv")
    read = csv.DictReader(io.StringIO(answer.raise_for_status().content.decode("utf-8-sig"), newline=""))
    given = [row for row in read if row["step"] == step and row["value"] == "1"]
    assert len(given) == 7


def test_a_scale_is_answered_with_a_number(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                hall = Hall(server, browser, wire)
                await hall.begin(mode="scale", live=True)
                await _give_numbers(hall)
                await _show_mean(hall)
                await hall.end()

    tell(story())


async def _give_numbers(hall: Hall) -> None:
    one, other = hall.one.page, hall.other.page
    await expect(one.get_by_role("heading", name=ASKED)).to_have_count(1)
    await one.get_by_role("button", name="8", exact=True).click()
    # Cut off: the number waits on the phone, and is stored when the network is back.
    await expect(other.get_by_role("button", name="6", exact=True)).to_be_visible()
    hall.wire.cut()
    await expect(other.get_by_role("heading", name="Even geen verbinding")).to_be_visible()
    await other.get_by_role("button", name="6", exact=True).click()
    hall.wire.mend()
    round_ = await hall.room.round_of("A question")
    (items,) = [found["items"] for found in (await hall.room.snapshot())["rounds"] if found["id"] == round_]
    for person, value in zip(hall.crowd, [10, 7, 7, 4], strict=False):
        await person.put(round=round_, item=items[0]["id"], value=value)
    await expect(hall.stage.page.get_by_text("6 van 10 antwoordden")).to_be_visible()


async def _show_mean(hall: Hall) -> None:
    """(8 + 6 + 10 + 7 + 7 + 4) / 6 = 7.0."""
    await hall.room.say("step.reveal", step=hall.step)
    await expect(hall.stage.page.locator("tbody")).to_contain_text("7,0")
    await expect(hall.one.page.get_by_text("7,0").first).to_be_visible()
