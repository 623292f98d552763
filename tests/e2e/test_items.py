"""A vote about what is typed, pasted with prices, read from a file, carried from an earlier vote, and ticked: in Dutch,
from the console's form by way of phone and projector to the files. The numbers were counted by hand.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Locator, ViewportSize, expect

from ..conversation import PLAIN, sign_in
from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, chromium, open_screen
from .crowd import Person, bring
from .stories import tell
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

TITLE, NL = "Choose", "Kiezen"
CARD, TYPED, PLAN, CARRIED, FILED = (
    "Glasvezel in elk gebouw",
    "Fietspad naar het station",
    "Overdekt plein met podium",
    "Elke donderdag iets te doen",
    "Bankjes in de zon",
)
PEOPLE = {"onderwijs": 5, "onderzoek": 5, "ondernemers": 5, "overheden": 5}
DOTS = {"onderwijs": (TYPED, PLAN), "onderzoek": (TYPED, CARRIED), "ondernemers": (PLAN, CARD), "overheden": (TYPED,)}
"""Of everybody in the crowd. One more of onderwijs, with the phone: the path and the benches."""
ABOUT = {
    CARD: "",
    TYPED: "woorden van het team",
    PLAN: "€ 1,8 mln · uit: Omgevingsvisie 2040",
    CARRIED: "woorden van een deelnemer",
    FILED: "€ 4.500 · woorden van het team",
}
RESULTS = {
    # place, heads, balanced (onderwijs of 6, the others of 5), whose, document, price
    TYPED: ("1", "16", "0.750000", "team", "", ""),
    PLAN: ("2", "10", "0.458333", "document", "Omgevingsvisie 2040", "1800000"),
    CARD: ("3", "5", "0.250000", "participant", "", ""),
    CARRIED: ("3", "5", "0.250000", "participant", "", ""),
    FILED: ("5", "1", "0.041667", "team", "", "4500"),
}


def test_items_from_the_form_to_the_files(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser:
                evening = Evening(server, browser)
                await evening.begin()
                await evening.vote_before()
                await evening.prepare()
                await evening.vote()
                await evening.show()
                await evening.files()
                for screen in (evening.console, evening.stage, evening.phone):
                    assert screen.trouble == []
                await evening.end()

    tell(story())


class Evening:
    def __init__(self, server: RunningServer, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.room = Workshop(server)

    async def begin(self) -> None:
        room = self.room
        await room.begin()
        self.crowd: dict[str, list[Person]] = await bring(base=room.base, code=room.code, people=PEOPLE)
        self.console = await self._open(DESKTOP, room.facilitator, "console/")
        self.stage = await self._open(PROJECTOR, room.facilitator, "stage/")
        self.phone = await self._open(PHONE, await room.join_over_http("onderwijs"), "")

    async def _open(self, size: ViewportSize, cookies: dict[str, str], path: str) -> Screen:
        screen = await open_screen(self.browser, self.server.base, size=size, lang="nl")
        await screen.context.add_cookies(
            [{"name": name, "value": value, "url": self.server.base} for name, value in cookies.items()]
        )
        await screen.page.goto(f"/s/{self.server.code}/{path}")
        return screen

    async def end(self) -> None:
        for person in (person for group in self.crowd.values() for person in group):
            await person.leave()
        await self.room.end()

    async def vote_before(self) -> None:
        """An earlier vote, with a result: what comes first in it is carried along."""
        room = self.room
        write = "Profile and brand: write"
        await room.open(write)
        content = {"step": room.step(write), "text": CARD, "aspect": "hardware", "lang": "nl"}
        made = await room.say("card.scribe", sector=room.sectors["onderzoek"], **content)
        await room.tick(TITLE, [str(made["id"])])
        before = ("Eerste stemming", "First vote")
        await room.add(kind="vote", title=before, after=write, settings={"rules": {"ballot": "dots", "budget": 3}})
        round_ = await room.round_of(before[1])
        words = [{"text_nl": text} for text in ("Meer parkeerplaatsen", CARRIED, "Een hek om het terrein")]
        await room.say("item.add", round=round_, items=words, whose="participant")
        items = await self._items(round_)
        await room.open(before[1])
        for person in self.crowd["overheden"]:
            await person.put(round=round_, item=items[CARRIED], value=1)
        await self.crowd["onderwijs"][0].put(round=round_, item=items["Meer parkeerplaatsen"], value=1)
        await room.say("step.reveal", step=room.step(before[1]))

    async def _items(self, round_: str) -> dict[str, str]:
        """Text → item of a round, as a console knows it."""
        snapshot = await self.room.snapshot()
        found = next(each for each in snapshot["rounds"] if each["id"] == round_)
        return {item["text"]: item["id"] for item in found["items"]}

    # -- the console's form --------------------------------------------------------------------------------------

    async def _dialog(self) -> Locator:
        page = self.console.page
        fill = page.locator("#agenda").get_by_role("button", name="Waarover wordt gestemd…")
        if not await fill.count():
            await page.locator("#agenda .line", has_text=re.compile(rf"^\S+\s+{NL}\b")).click()
        await fill.click()
        dialog = page.get_by_role("dialog")
        await expect(dialog.get_by_role("heading", name=f"Waarover wordt gestemd: {NL}")).to_be_visible()
        return dialog

    async def prepare(self) -> None:
        page, dialog = self.console.page, await self._dialog()
        await expect(dialog.get_by_role("heading", name="1 item")).to_be_visible()
        await expect(dialog.locator("li", has_text=CARD)).to_contain_text("een kaart van deze sessie")
        field = dialog.get_by_label("Eén per regel")
        await field.fill(TYPED)
        await dialog.get_by_role("button", name="Voeg 1 item toe").click()
        await expect(dialog.get_by_role("heading", name="2 items")).to_be_visible()
        await expect(field).to_have_value("")

        # What is pasted with a price that is none is told, and stays.
        await dialog.get_by_role("radio", name="Van een document").check()
        await field.fill(f"{PLAN}\t1.800.000\nVerlichting; 12,50")
        await dialog.get_by_role("button", name="Voeg 2 items toe").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("Regel 2: Een prijs is in hele euro’s")
        await field.fill(f"{PLAN}\t1.800.000\nVerlichting; 12500")
        await dialog.get_by_role("button", name="Voeg 2 items toe").click()
        await expect(dialog.get_by_role("alert")).to_have_text("Noem het document.")
        await dialog.get_by_label("Naam van het document").fill("Omgevingsvisie 2040")
        await dialog.get_by_role("button", name="Voeg 2 items toe").click()
        await expect(dialog.get_by_role("heading", name="4 items")).to_be_visible()
        row = dialog.locator("li", has_text=PLAN)
        await expect(row).to_contain_text("€ 1,8 mln")
        await expect(row).to_contain_text("uit: Omgevingsvisie 2040")

        # Half typed, put away, opened again, also after a reload: it is still there.
        await field.fill("Nog niet af")
        await dialog.get_by_role("button", name="Sluiten").first.click()
        await page.reload()
        dialog = await self._dialog()
        field = dialog.get_by_label("Eén per regel")
        await expect(field).to_have_value("Nog niet af")
        await field.fill("")

        table = f"Omschrijving,Prijs\n{FILED},4500\n"
        await dialog.get_by_label("Uit een bestand").set_input_files(
            {"name": "ideeën.csv", "mimeType": "text/csv", "buffer": table.encode()}
        )
        await expect(field).to_have_value(f"{FILED}; 4500")
        await dialog.get_by_role("button", name="Voeg 1 item toe").click()
        await expect(dialog.get_by_role("heading", name="5 items")).to_be_visible()

        await dialog.get_by_role("button", name="Uit een eerdere stemming").click()
        await dialog.get_by_label("Eerdere stemming").select_option(label="Eerste stemming")
        await dialog.get_by_label("Hoeveel van de beste").fill("1")
        await dialog.get_by_role("button", name="De beste").click()
        await dialog.get_by_role("button", name="Neem 1 item mee").click()
        await expect(dialog.get_by_role("heading", name="6 items")).to_be_visible()
        await self._change(dialog)

    async def _change(self, dialog: Locator) -> None:
        """In order, in English besides, out again: by keyboard alone. The focus stays on the row."""
        page = self.console.page
        await dialog.get_by_role("button", name=f"Omhoog: {CARRIED}").focus()
        await page.keyboard.press("Enter")
        rows = dialog.locator("section li p.typed")
        await expect(rows.nth(4)).to_have_text(CARRIED)
        await expect(dialog.get_by_role("button", name=f"Omhoog: {CARRIED}")).to_be_focused()
        await dialog.get_by_role("button", name=f"Wijzig: {TYPED}").focus()
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_label("In het Nederlands")).to_be_focused()
        await dialog.get_by_label("In het Engels").fill("Cycle path to the station")
        await dialog.get_by_label("Prijs in hele euro’s, of niets").press("Enter")
        await expect(dialog.get_by_role("button", name=f"Wijzig: {TYPED}")).to_be_focused()
        await expect(dialog.locator("li", has_text=TYPED)).to_contain_text("Cycle path to the station")
        await dialog.get_by_role("button", name="Haal eruit: Verlichting").focus()
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_role("heading", name="5 items")).to_be_visible()
        await expect(rows).to_have_text([CARD, TYPED, PLAN, CARRIED, FILED], ignore_case=False)
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)

    # -- people --------------------------------------------------------------------------------------------------

    async def vote(self) -> None:
        room, page = self.room, self.phone.page
        round_ = await room.round_of(TITLE)
        items = await self._items(round_)
        assert list(items) == [CARD, TYPED, PLAN, CARRIED, FILED]
        await room.open(TITLE)
        for text, about in ABOUT.items():
            row = acts.card(self.phone, text)
            for part in filter(None, about.split(" · ")):
                await expect(row).to_contain_text(part)
        for text in (TYPED, FILED):
            await page.get_by_role("button", name=f"Stip zetten: {text}").click()
        await expect(page.get_by_text("Wijzigen kan tot de stemming sluit")).to_be_visible()
        for sector, people in self.crowd.items():
            for person in people:
                for text in DOTS[sector]:
                    await person.put(round=round_, item=items[text], value=1)
        sealed = self.console.page.locator("section", has_text="Verzegeld")
        await expect(sealed).to_contain_text("5 items in de stemming")
        await expect(sealed.locator("li", has_text=PLAN)).to_contain_text("uit: Omgevingsvisie 2040")

    async def show(self) -> None:
        room = self.room
        await room.open("Result")
        await room.compared(TITLE)
        page = self.stage.page
        await expect(page.locator(".foot .info b").first).to_contain_text("1 van 3")
        rows = {row[1]: row for row in await acts.read_table(page)}
        for text, (_, heads, *_) in RESULTS.items():
            (shown,) = [row for words, row in rows.items() if words.replace("\u00a0", " ").startswith(text)]
            assert shown[1].replace("\u00a0", " ") == " ".join(filter(None, (text, ABOUT[text])))
            assert shown[-1].startswith(heads)
        await self.phone.page.get_by_text("21 mensen stemden.").wait_for()
        listed = [text.replace("\u00a0", " ") for text in await acts.read_list(self.phone.page.locator("ol > li"))]
        assert [text for text in listed if PLAN in text and "€ 1,8 mln uit: Omgevingsvisie 2040" in text], listed
        row = self.console.page.locator("table").first.locator("tbody tr", has_text=PLAN)
        await expect(row).to_contain_text("uit: Omgevingsvisie 2040")
        await self.phone.page.goto(f"/s/{self.server.code}/read/")
        await expect(self.phone.page.locator("th", has_text=PLAN)).to_contain_text("uit: Omgevingsvisie 2040")

    async def files(self) -> None:
        core = await sign_in(self.server.base, self.server.run["signin"]["core"])
        address = f"/s/{self.server.code}/export/"
        async with httpx.AsyncClient(verify=PLAIN, base_url=self.server.base, cookies=core) as client:
            results, votes, session = [
                (await client.get(address + name)).raise_for_status().content.decode("utf-8-sig")
                for name in ("results.csv", "votes.csv", "session.json")
            ]
        step = self.room.step(TITLE)
        told = [row for row in _read(results) if row["step"] == step and row["group"] == "all"]
        columns = ("place", "heads", "balanced", "whose", "document", "price")
        assert {row["text"]: tuple(row[name] for name in columns) for row in told} == RESULTS
        names = {row["item"]: row["text"] for row in told}
        given: dict[str, int] = {}
        for row in _read(votes):
            if row["item"] in names and row["step"] == step:
                given[names[row["item"]]] = given.get(names[row["item"]], 0) + int(row["value"])
        assert {text: str(n) for text, n in given.items()} == {text: heads for text, (_, heads, *_) in RESULTS.items()}
        items = {item["id"]: item for item in json.loads(session)["items"]}
        (typed,) = [items[name] for name, text in names.items() if text == TYPED]
        assert typed["text"] == {"nl": TYPED, "en": "Cycle path to the station"}


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))
