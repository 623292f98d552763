"""The projectors stay on their page of the wall, whichever card is taken away, old ones and new ones alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, ViewportSize, expect

from .browser import DESKTOP, PHONE, PROJECTOR, Screen
from .test_room import Desk, at_a_desk
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WRITE, LOOK = "Top location: write", "Top location: look"
CARDS = 96
SECOND = re.compile(r"\b2 of \d")


def test_a_page_stays_whichever_card_is_hidden(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        room = await Workshop(desk.server).begin()
        await hang(room)
        old = await stage_of(desk)
        # It is turned from the console on a phone, and a console at the desk follows.
        remote, console = await console_of(desk, room, PHONE), await console_of(desk, room, DESKTOP)
        await room.say("stage.show", step=room.step(WRITE), first=None, held=True)
        await expect(turning(remote)).to_contain_text("page 1 of")
        await remote.page.get_by_role("button", name="Next page").click()
        for page in (of(old), turning(console), turning(remote)):
            await expect(page).to_contain_text(SECOND)
        assert int((await of(old).inner_text()).split()[-1]) >= 3

        # Cards before the page, the first on it, the one that names it, and the one that names it then.
        snapshot = await room.snapshot()
        hung = [card for card in by_rank(snapshot) if card["aspect"] == "software"]
        shown = [card for card in hung if await is_shown(old, card)]
        gone = [hung[0], hung[1], shown[0]]
        for card in gone:
            await hide(room, card)
        for _ in range(2):
            named = (await room.snapshot())["session"]["stage"]["first"]
            gone.append(next(card for card in shown if card["id"] == named))
            await hide(room, gone[-1])
        assert len({card["id"] for card in gone}) == 5
        for card in gone[2:]:
            await expect(old.page.get_by_text(card["text"], exact=True)).to_have_count(0)
        new = await stage_of(desk)
        for page in (of(old), of(new), turning(console), turning(remote)):
            await expect(page).to_contain_text(SECOND)
        await expect(wall(new)).to_have_text(await wall(old).all_inner_texts())

        # One that stands large is gone at once, and the same page is behind it.
        large = shown[-1]
        await room.say("stage.show", step=room.step(WRITE), card=large["id"])
        await expect(of(old)).to_have_count(0)
        await hide(room, large)
        for stage in (old, new):
            await expect(of(stage)).to_contain_text(SECOND)
        # What is given back turns nothing.
        await room.say("card.restore", card=large["id"])
        await expect(old.page.get_by_text(large["text"], exact=True)).to_be_visible()
        await expect(of(old)).to_contain_text(SECOND)
        await room.end()

    at_a_desk(tmp_path, story)


async def hang(room: Workshop) -> None:
    """Type cards of all lengths under two headings, and show them."""
    await room.open(WRITE)
    sector = next(iter(room.sectors.values()))
    for number in range(CARDS):
        words = " ".join(["A bench in the shade", "of the old trees", "where people meet"][: 1 + number % 3])
        content = {"text": f"{number}. {words}", "aspect": "hardware" if number % 4 == 0 else "software", "lang": "en"}
        await room.say("card.scribe", step=room.step(WRITE), sector=sector, **content)
    await room.open(LOOK)


async def hide(room: Workshop, card: dict[str, Any]) -> None:
    await room.say("card.redact", card=card["id"], reason="rude")


async def stage_of(desk: Desk) -> Screen:
    stage = await desk.screen(PROJECTOR)
    await stage.page.goto(desk.server.run["stage"])
    await expect(of(stage)).to_be_visible()
    return stage


async def console_of(desk: Desk, room: Workshop, size: ViewportSize) -> Screen:
    # A link to sign in works once, and the room has used it.
    console = await desk.screen(size)
    cookies = [{"name": name, "value": value, "url": desk.server.base} for name, value in room.facilitator.items()]
    await console.context.add_cookies(cookies)
    await console.page.goto(f"/s/{desk.server.code}/console/")
    return console


def turning(console: Screen) -> Locator:
    return console.page.get_by_role("region", name=re.compile("^On the projector: "))


def of(stage: Screen) -> Locator:
    """Which page it shows."""
    return stage.page.get_by_text(re.compile(r"^\d+ of \d+$"))


def wall(stage: Screen) -> Locator:
    return stage.page.locator(".body li")


async def is_shown(stage: Screen, card: dict[str, Any]) -> bool:
    return await stage.page.get_by_text(card["text"], exact=True).is_visible()


def by_rank(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(snapshot["cards"], key=lambda card: (card["rank"], card["id"]))
