"""Short answers and questions from the room, in Dutch: phones, console and projector, up to the file. The numbers were
counted by hand.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Locator, expect

from ..conversation import PLAIN, sign_in
from ..server import RunningServer
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, chromium, open_screen
from .crowd import Person, bring
from .proxy import CutProxy
from .stories import tell
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SAID = ["Donker", "donker", "donker", "stil", "Stil", "leeg", "dicht", "rustig"]
"""By the crowd, one each. One phone adds "dónker" and "leeg", the other "Stil", which is how two of three wrote it."""
COUNTED = [("donker", "4"), ("Stil", "3"), ("leeg", "2"), ("dicht", "1"), ("rustig", "1")]
ROOM = "Blijven er betaalbare ruimtes voor bedrijven in hun eerste drie jaar?"
BUS = "Komt er ’s avonds weer een bus vanaf het station?"


class Hall:
    """Ten people: two at a browser, the others over sockets; a console and a projector."""

    def __init__(self, server: RunningServer, browser: Browser, wire: CutProxy) -> None:
        self.server, self.browser, self.wire = server, browser, wire
        self.room = Workshop(server)

    async def begin(self, **settings: object) -> None:
        room, server = self.room, self.server
        await room.begin()
        groups = await bring(base=server.base, code=server.code, people={"onderwijs": 4, "overheden": 4})
        self.crowd: list[Person] = [person for group in groups.values() for person in group]
        self.one = await self._come("onderwijs", server.base)
        self.other = await self._come("ondernemers", f"http://127.0.0.1:{self.wire.port}")
        self.console = await self._run("console", DESKTOP)
        self.stage = await self._run("stage", PROJECTOR)
        self.step = await room.add(
            kind="question",
            title=("Een vraag", "A question"),
            after="Welcome",
            prompt_nl="’s Avonds is Kennispark nu…",
            prompt_en="In the evening Kennispark is…",
            settings=settings,
        )
        await room.open("A question")

    async def _come(self, sector: str, base: str) -> Screen:
        phone = await open_screen(self.browser, base, size=PHONE, lang="nl")
        cookies = await self.room.join_over_http(sector)
        await phone.context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        )
        await phone.page.goto(f"/s/{self.server.code}/")
        return phone

    async def _run(self, what: str, size: object) -> Screen:
        screen = await open_screen(self.browser, self.server.base, size=size, lang="nl")  # type: ignore[arg-type]
        await screen.context.add_cookies(
            [{"name": name, "value": value, "url": self.server.base} for name, value in self.room.facilitator.items()]
        )
        await screen.page.goto(f"/s/{self.server.code}/{what}/")
        return screen

    async def end(self) -> None:
        for screen in (self.one, self.other, self.console, self.stage):
            assert screen.trouble == []
        for person in self.crowd:
            await person.leave()
        await self.room.end()


def test_short_answers_are_counted_when_they_are_the_same(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                hall = Hall(server, browser, wire)
                await hall.begin(mode="words", most=3)
                await _answer(hall)
                await _say_done(hall)
                await _show(hall)
                await _read_file(hall)
                await hall.end()

    tell(story())


async def _answer(hall: Hall) -> None:
    one, other, stage = hall.one.page, hall.other.page, hall.stage.page
    await expect(one.get_by_role("heading", name="’s Avonds is Kennispark nu…")).to_be_visible()
    await expect(one.get_by_text("Hoogstens 3 korte antwoorden.")).to_be_visible()
    for person, word in zip(hall.crowd, SAID, strict=True):
        await person.write(step=hall.step, text=word, aspect="unsure", lang="nl")
    for number, word in enumerate(["dónker", "leeg"], start=1):
        await one.get_by_role("textbox").fill(word)
        await one.get_by_role("button", name=f"Antwoord {number} van 3 opslaan").click()
        await expect(one.locator("li", has_text=word)).to_contain_text("opgeslagen")
    # Cut off: the answer waits on the phone, and is stored when the network is back.
    await expect(other.get_by_role("textbox")).to_be_visible()
    hall.wire.cut()
    await expect(other.get_by_role("heading", name="Even geen verbinding")).to_be_visible()
    await other.get_by_role("textbox").fill(" Stil ")
    await other.get_by_role("textbox").press("Enter")
    await expect(other.locator("li", has_text="Stil")).to_contain_text("wacht op bereik")
    hall.wire.mend()
    await expect(other.locator("li", has_text="Stil")).to_contain_text("opgeslagen")
    # Nobody but the facilitator has read a word of somebody else.
    await expect(stage.get_by_text("10 van 10 antwoordden")).to_be_visible()
    for screen in (hall.one, hall.other, hall.stage):
        assert not screen.has_heard("rustig")
    await expect(hall.console.page.locator("#cards").get_by_text("rustig", exact=True)).to_be_visible()


async def _say_done(hall: Hall) -> None:
    """A tap says it, a later answer takes it back; the room sees how many, from five on."""
    one, stage, console = hall.one.page, hall.stage.page, hall.console.page
    done = one.get_by_role("button", name="Ik ben klaar")
    await done.click()
    await expect(done).to_have_attribute("aria-pressed", "true")
    await expect(console.get_by_text("1 van 10 klaar")).to_be_visible()
    for person in hall.crowd[:5]:
        await person.talk.call("step.done", {"step": hall.step, "on": True})
    await expect(stage.get_by_text("6 van 10 klaar")).to_be_visible()
    await one.get_by_role("textbox").fill("grof woord")
    await one.get_by_role("textbox").press("Enter")
    await expect(done).to_have_attribute("aria-pressed", "false")
    await expect(stage.get_by_text("5 van 10 klaar")).to_be_visible()
    await one.get_by_role("button", name="Neem terug: grof woord").click()
    await expect(one.locator("li", has_text="grof woord")).to_have_count(0)
    await expect(one.get_by_role("button", name="Antwoord 3 van 3 opslaan")).to_be_visible()


async def _show(hall: Hall) -> None:
    await hall.room.say("step.reveal", step=hall.step)
    stage = hall.stage.page
    await expect(stage.locator("tbody tr")).to_have_count(len(COUNTED))
    rows = stage.locator("tbody tr")
    shown = [
        (await _text(row.locator("th")), (await _text(row.locator("td.n"))).split()[0]) for row in await rows.all()
    ]
    assert shown == COUNTED
    assert await rows.first.locator("circle").count() == 4
    await expect(stage.get_by_text("10 mensen")).to_be_visible()
    await expect(stage.get_by_text("11 antwoorden")).to_be_visible()
    for phone in (hall.one.page, hall.other.page):
        await expect(phone.get_by_role("heading", name="Het vaakst genoemde eerst")).to_be_visible()
        told = [(await _text(row)).split("\n") for row in await phone.locator("ol > li").all()]
        assert [row[0] for row in told] == [word for word, _ in COUNTED]
    await expect(hall.one.page.locator("ol > li", has_text="leeg")).to_contain_text("jij ook")
    await expect(hall.console.page.get_by_role("heading", name="De antwoorden, geteld")).to_be_visible()


async def _read_file(hall: Hall) -> None:
    core = await sign_in(hall.server.base, hall.server.run["signin"]["core"])
    async with httpx.AsyncClient(verify=PLAIN, base_url=hall.server.base, cookies=core) as client:
        answer = await client.get(f"/s/{hall.server.code}/export/contributions.csv")
    rows = list(csv.DictReader(io.StringIO(answer.raise_for_status().content.decode("utf-8-sig"), newline="")))
    mine = [row for row in rows if row["step"] == hall.step]
    assert sorted(row["text"] for row in mine if row["state"] == "shown") == sorted([*SAID, "dónker", "leeg", "Stil"])


def test_questions_from_the_room_are_let_through_supported_and_answered(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                hall = Hall(server, browser, wire)
                await hall.begin(mode="qa", most=3, approve=True)
                await _ask(hall)
                await _support(hall)
                await _look_before_asking(hall)
                await _answer_one(hall)
                await hall.end()

    tell(story())


async def _ask(hall: Hall) -> None:
    one, console = hall.one.page, hall.console.page
    await one.get_by_role("textbox", name="Jouw vraag").fill(ROOM)
    await one.get_by_role("button", name="Stel deze vraag").click()
    await expect(one.get_by_text("wacht tot de begeleider de vraag doorlaat")).to_be_visible()
    await hall.crowd[0].write(step=hall.step, text=BUS, aspect="unsure", lang="nl")
    await expect(console.get_by_text("2 wachten op jou")).to_be_visible()
    assert not hall.other.has_heard("betaalbare") and not hall.stage.has_heard("betaalbare")
    for text in (ROOM, BUS):
        await _asked_at(console.locator("li.queued"), text).get_by_role("button", name="Laat door").click()
        await expect(_asked_at(console.locator("li.queued"), text)).to_have_count(0)
    for phone in (hall.one.page, hall.other.page):
        for text in (ROOM, BUS):
            more = phone.get_by_role("button", name="nieuwe vra")
            if await more.count():
                await more.click()
            await expect(_asked_at(phone.locator("li.row"), text)).to_be_visible()
    await expect(_asked_at(hall.one.page.locator("li.row"), ROOM)).to_contain_text("jouw vraag")


async def _support(hall: Hall) -> None:
    """From one person on, and taken back by a further tap. The most supported comes first on the projector."""
    round_ = await hall.room.round_of("A question")
    snapshot = await hall.room.snapshot()
    (items,) = [found["items"] for found in snapshot["rounds"] if found["id"] == round_]
    names = {item["text"]: item["id"] for item in items}
    other, stage = hall.other.page, hall.stage.page
    button = _asked_at(other.locator("li.row"), BUS).get_by_role("button")
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true")
    await expect(_asked_at(stage.locator("li"), BUS)).to_contain_text("1")
    for person in hall.crowd[:4]:
        await person.put(round=round_, item=names[ROOM], value=1)
    await expect(_asked_at(hall.one.page.locator("li.row"), ROOM)).to_contain_text("4")
    await expect(stage.locator("ol li").first).to_contain_text(ROOM)
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "false")
    await expect(_asked_at(stage.locator("li"), BUS).locator("b")).to_contain_text("0")


async def _look_before_asking(hall: Hall) -> None:
    """What was asked already stands there before it is asked again."""
    other = hall.other.page
    await other.get_by_role("textbox", name="Jouw vraag").fill("Is er straks nog betaalbare ruimte voor starters?")
    alike = other.get_by_role("region", name="Lijkt hierop. Steunen helpt meer dan herhalen.")
    await expect(alike.get_by_text(ROOM)).to_be_visible()
    await expect(alike.locator("li")).to_have_count(1)
    await alike.get_by_role("button").click()
    await other.get_by_role("textbox", name="Jouw vraag").fill("")
    await expect(_asked_at(hall.one.page.locator("li.row"), ROOM)).to_contain_text("5")


async def _answer_one(hall: Hall) -> None:
    console, stage = hall.console.page, hall.stage.page
    row = _asked_at(console.locator("ol li"), ROOM)
    await row.get_by_role("button", name="Op het scherm").click()
    await expect(stage.get_by_role("heading", name=ROOM)).to_be_visible()
    await expect(stage.get_by_text("5 steunen deze vraag")).to_be_visible()
    await expect(stage.get_by_role("heading", name="Hierna")).to_be_visible()
    await expect(_asked_at(hall.other.page.locator("li.row"), ROOM)).to_contain_text("nu op het scherm")
    await row.get_by_role("button", name=re.compile("^Beantwoord ?: ")).click()
    await expect(stage.get_by_text("2 vragen, 1 beantwoord")).to_be_visible()
    await hall.other.page.get_by_role("button", name="Beantwoord 1").click()
    await expect(_asked_at(hall.other.page.locator("li.row"), ROOM)).to_contain_text("beantwoord")
    await expect(_asked_at(hall.other.page.locator("li.row"), BUS)).to_have_count(0)


def _asked_at(rows: Locator, text: str) -> Locator:
    return rows.filter(has_text=text)


async def _text(place: Locator) -> str:
    return (await place.inner_text()).replace("\u00a0", " ").strip()
