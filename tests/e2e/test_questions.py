"""What is asked stands on the stage and on every phone, in each kind of step, however long it is; and what is said
beside it is true: of a door that is closed, of a card that is hidden, of the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from ..server import RunningServer
from .browser import DESKTOP, PHONE, PROJECTOR, chromium, open_screen
from .test_eight import Eyes
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

LONGEST = 300
LINE = 28
"""A line of the smallest type of the stage is higher."""
NEXT = "Het kernteam laat binnen twee dagen weten wat er vandaag is gezegd, en later wat ermee is gedaan."
INVITED = "Welkom! Scan de code en kies je O."


def ask(begin: str, length: int = LONGEST) -> str:
    """A question as long as one may be."""
    going_on = (
        " en wat vraagt dat de komende vijf jaar van onderwijsinstellingen, onderzoeksgroepen, ondernemers en"
        " gemeenten, als het gebied van vroeg in de ochtend tot laat in de avond aantrekkelijk moet zijn voor iedereen"
        " die er studeert, werkt, woont of op bezoek komt, en die er niet met de auto kan komen"
    )
    return (begin + going_on)[: length - 1].rstrip(" ,") + "?"


@dataclass(slots=True)
class Hall:
    room: Workshop
    phone: Page
    console: Page
    stage: Page
    eyes: Eyes = field(default_factory=Eyes)

    @property
    def small(self) -> Locator:
        """What the console says of the projector."""
        return self.console.get_by_role("region", name="Op de projector", exact=True)

    async def add(self, kind: str, title: str, *, after: str, asks: str, **more: Any) -> str:
        """Put a step behind another one; return its question."""
        question = ask(asks)
        words = {"prompt_nl": question, "prompt_en": question, "title": (title, title), "after": after}
        await self.room.add(kind=kind, **words | more)
        return question

    async def asks(self, question: str, what: str) -> None:
        """The stage has it as its heading, the console's small stage has it too, and nothing is cut off."""
        heading = self.stage.get_by_role("heading", level=1)
        await expect(heading).to_have_text(question)
        box = await heading.bounding_box()
        assert box is not None and box["height"] > LINE, f"{what}: the question is there for who hears it only"
        await expect(self.console.locator(".small p")).to_have_text(question)
        await self.eyes.look(self.stage, what, PROJECTOR)

    async def asks_phones(self, question: str) -> None:
        await expect(self.phone.get_by_role("heading", level=1)).to_have_text(question)


@asynccontextmanager
async def open_hall(data: Path) -> AsyncIterator[Hall]:
    with RunningServer(data_dir=data) as server:
        room = await Workshop(server).begin()
        async with chromium() as browser:
            screens = [
                await open_screen(browser, server.base, size=size, lang="nl", reduced_motion="reduce")
                for size in (PHONE, DESKTOP, PROJECTOR)
            ]
            hall = Hall(room, *(screen.page for screen in screens))
            for page, cookies in (
                (hall.phone, await room.join_over_http("onderwijs")),
                (hall.console, room.facilitator),
            ):
                wanted: list[Any] = [
                    {"name": name, "value": value, "url": server.base} for name, value in cookies.items()
                ]
                await page.context.add_cookies(wanted)
            await hall.phone.goto(f"/s/{server.code}/")
            await hall.console.goto(f"/s/{server.code}/console/")
            await hall.stage.goto(server.run["stage"])
            yield hall
            for screen in screens:
                hall.eyes.found += screen.trouble
                await screen.close()
        await room.end()


def test_what_is_asked_stands_everywhere(tmp_path: Path) -> None:
    async def story() -> str:
        async with open_hall(tmp_path) as hall:
            await a_closed_door_invites_nobody(hall)
            await hall.room.fill()
            cards = await write_and_look(hall)
            await pause(hall)
            await vote(hall, cards)
            await read_results(hall)
            await end(hall)
        return "\n".join(hall.eyes.found)

    assert asyncio.run(asyncio.wait_for(story(), 150)) == ""


async def a_closed_door_invites_nobody(hall: Hall) -> None:
    """With fewer people than are counted, in the lobby and in a step."""
    invited = hall.stage.get_by_text(INVITED)
    await expect(invited).to_be_visible()
    await hall.room.say("session.lock", on=True)
    await expect(hall.stage.get_by_text("De deur is dicht.")).to_be_visible()
    await expect(invited).to_have_count(0)
    await hall.room.open("Welcome")
    await expect(hall.stage.get_by_text("Deur dicht")).to_be_visible()
    await expect(invited).to_have_count(0)
    await hall.room.say("session.lock", on=False)
    await expect(invited).to_be_visible()


async def write_and_look(hall: Hall) -> list[str]:
    room = hall.room
    pillar = room.pillars[0]
    write = await hall.add("collect", "Schrijven", after="Welcome", asks="Waarvan kent de wereld ons", pillar=pillar)
    await room.open("Schrijven")
    await hall.asks(write, "stage-writing")
    await hall.asks_phones(write)
    sentences = [("nl", f"Idee nummer {n} voor het plein", "hardware" if n % 3 else "software") for n in range(24)]
    cards = await room.write("Schrijven", sentences)

    look = await hall.add("reveal", "Bekijken", after="Schrijven", asks="Wat valt op", subject=room.step("Schrijven"))
    await room.open("Bekijken")
    await expect(hall.stage.get_by_text("Idee nummer 1 voor")).to_be_visible()
    await hall.asks(look, "stage-wall")
    await hall.asks_phones(look)
    await expect(hall.small).to_contain_text("de kaarten, per pilaar")

    aloud = await hall.add(
        "collect", "Hardop", after="Bekijken", asks="Wat hoort erbij", settings={"silent": False}, minutes=90
    )
    await room.open("Hardop")
    await hall.asks(aloud, "stage-open-wall-empty")
    await hall.asks_phones(aloud)
    await expect(hall.small).to_contain_text("vraag en klok, geen kaarten")
    await room.crowd[0].talk.call(
        "card.write", {"step": room.step("Hardop"), "text": "Fiets", "aspect": "both", "lang": "nl", "pillar": pillar}
    )
    await expect(hall.stage.get_by_text("Fiets")).to_be_visible()
    await hall.asks(aloud, "stage-open-wall")
    await hall.phone.goto(f"/s/{room.code}/read/")
    await expect(hall.phone.get_by_role("rowheader", name="Fiets")).to_be_visible()
    await hall.phone.goto(f"/s/{room.code}/")
    return cards


async def pause(hall: Hall) -> None:
    """What it asks and what it explains, on both."""
    body = ask("Koffie en thee staan in de hal", 300)
    question = await hall.add(
        "break", "Pauze", after="Hardop", asks="Waar praat je over bij de koffie", body_nl=body, body_en=body
    )
    await hall.room.open("Pauze")
    await hall.asks(question, "stage-break")
    await hall.asks_phones(question)
    for page in (hall.stage, hall.phone):
        await expect(page.get_by_text(body)).to_be_visible()
    await expect(hall.small).to_contain_text("pauze en klok")


async def vote(hall: Hall, cards: list[str]) -> None:
    room = hall.room
    question = await hall.add(
        "vote",
        "Kiezen met stand",
        after="Pauze",
        asks="Wat moet eerst",
        settings={"live": True, "rules": {"ballot": "dots", "budget": 3}},
    )
    await room.tick("Kiezen met stand", cards[:6])
    await room.open("Kiezen met stand")
    await room.vote("Kiezen met stand", room.crowd[:-2], tilt=1)
    await expect(hall.stage.locator("tbody tr")).to_have_count(6)
    await hall.asks(question, "stage-live")
    await expect(hall.stage.get_by_text("Zet 3 stippen.")).to_be_visible()
    await hall.asks_phones(question)
    await expect(hall.small).to_contain_text("vraag en klok, stand live")
    await hide_the_card_with_a_dot(hall, cards)
    await room.close("Kiezen met stand")
    await expect(hall.stage.get_by_text("De stemming is gesloten.")).to_be_visible()
    await hall.asks(question, "stage-live-closed")
    await expect(hall.small).to_contain_text("de stand; de stemming is gesloten")
    await expect(hall.phone.get_by_text("Deze kaart is verborgen.")).to_be_visible()


async def hide_the_card_with_a_dot(hall: Hall, cards: list[str]) -> None:
    """It stays in the vote, and so does the dot."""
    row = hall.phone.locator("main ul > li").first
    place = int((await row.locator(".text").inner_text()).split()[2])
    await row.get_by_role("button").click()
    await expect(hall.phone.get_by_role("heading", name="Nog 2 van 3 stippen")).to_be_visible()
    await hall.room.say("card.redact", card=cards[place], reason="off_topic")
    hidden = hall.phone.locator("main ul > li", has_text="Deze kaart is verborgen.")
    await expect(hidden).to_contain_text("Je stip telt nog mee; je kunt hem terugnemen.")
    await hidden.get_by_role("button", name="Stip terugnemen").click()
    await expect(hall.phone.get_by_role("heading", name="Nog 3 van 3 stippen")).to_be_visible()
    await expect(hidden).to_have_count(0)
    await hall.room.say("card.restore", card=cards[place])
    again = hall.phone.locator("main ul > li", has_text=f"Idee nummer {place} ")
    await again.get_by_role("button").click()
    await expect(hall.phone.get_by_role("heading", name="Nog 2 van 3 stippen")).to_be_visible()
    await hall.room.say("card.redact", card=cards[place], reason="off_topic")
    await expect(hidden).to_be_visible()


async def read_results(hall: Hall) -> None:
    room = hall.room
    vote = room.step("Kiezen met stand")
    question = await hall.add("reveal", "Uitslag", after="Kiezen met stand", asks="Waarin verschillen we", subject=vote)
    await room.open("Uitslag")
    await room.compared("Kiezen met stand")
    for picture, name in enumerate(("Iedereen telt één keer", "even zwaar", "uit elkaar liggen"), start=1):
        await hall.stage.keyboard.press(str(picture))
        await expect(hall.stage.locator(".note b")).to_contain_text(name)
        await hall.asks(question, f"stage-result-{picture}")
    await hall.asks_phones(question)
    await expect(hall.small).to_contain_text("de uitslag")


async def end(hall: Hall) -> None:
    """The last thing that was said stays: what happens next."""
    await hall.room.open("Closing")
    for page in (hall.stage, hall.phone):
        await expect(page.get_by_text(NEXT)).to_be_visible()
    await hall.room.close("Closing")
    for page in (hall.stage, hall.phone):
        await expect(page.get_by_role("heading", name="Dank jullie wel")).to_be_visible()
        await expect(page.get_by_text(NEXT)).to_be_visible()
    await hall.eyes.look(hall.stage, "stage-over", PROJECTOR)
