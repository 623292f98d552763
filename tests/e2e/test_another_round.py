"""Another round is made at one desk while another one asks about it, and a phone sleeps through all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, chromium, open_screen
from .proxy import CutProxy
from .stories import tell
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PROFILE, PLACE = "A name that is known abroad", "A square to meet in"


def test_another_round_of_one_pillar(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                room = await Workshop(server).begin()
                console = await open_screen(browser, server.base, size=DESKTOP)
                await console.context.add_cookies(
                    [{"name": name, "value": value, "url": server.base} for name, value in room.facilitator.items()]
                )
                await console.page.goto(f"/s/{server.code}/console/")
                phone = await open_screen(browser, f"http://127.0.0.1:{wire.port}", size=PHONE)
                await acts.join(phone, server.code, "ondernemers")
                cards = await put_two_cards_to_the_vote(room)

                # Shows one pillar only, refuses a dot too many, and falls asleep.
                first = phone.page.get_by_role("group", name="Show").get_by_role("button").nth(1)
                await first.click()
                await expect(phone.page.locator("li.row")).to_have_count(1)
                await acts.put_dot(phone, PROFILE)
                await expect(phone.page.get_by_text("You can change until voting closes")).to_be_visible()
                await phone.page.get_by_role("group", name="Show").get_by_role("button").nth(2).click()
                await phone.page.get_by_role("button", name=f"Put a dot: {PLACE}").click(force=True)
                full = phone.page.get_by_text("Your dot is placed. Take it back first.").last
                await expect(full).to_be_visible()
                await first.click()
                wire.cut()

                await room.open("Result")
                # A round that comes and goes takes away what could be undone.
                made = await room.say("round.add", step=room.step("Choose"))
                await room.say("round.remove", round=made["id"])
                asks = console.page.get_by_role("dialog", name="Another round: Choose")
                await console.page.locator("#next").get_by_role("button", name="Another round…").click()
                await expect(asks).to_be_visible()
                items = [item for card, item in room.items.items() if card == cards[PLACE]]
                await room.say("round.add", step=room.step("Choose"), items=items)
                await expect(console.page.get_by_text("Round 2 is ready:")).to_be_visible()
                await expect(asks).to_have_count(0)
                await room.open("Choose")

                wire.mend()
                await acts.try_now(phone)
                await expect(phone.page.get_by_role("button", name=f"Put a dot: {PLACE}")).to_be_visible()
                await expect(full).to_have_count(0)
                await acts.put_dot(phone, PLACE)
                await expect(phone.page.get_by_text("You can change until voting closes")).to_be_visible()

                # Once it is shown a third could follow: nobody asks for that.
                await room.open("Result")
                await expect(acts.now(console, "Result")).to_be_visible()
                await expect(console.page.locator("#results-title")).to_have_text("Result")
                await expect(asks).to_have_count(0)

                # An agenda that ends with a reveal has an end as well, and one that ends with a vote can still show it.
                await room.say("agenda.remove", step=room.step("Closing"))
                await room.close("Result")
                await expect(phone.page.get_by_text("That was it. Thank you!")).to_be_visible()
                await expect(phone.page.get_by_role("heading", name="Your receipt code")).to_be_visible()
                await room.say("agenda.remove", step=room.step("Result"))
                await room.say("round.add", step=room.step("Choose"))
                await room.open("Choose")
                await room.close("Choose")
                await expect(
                    console.page.get_by_role("link", name="The session is over: to the results")
                ).to_be_visible()
                reveal = console.page.get_by_role("button", name="Reveal the results…")
                await acts.press_until(reveal, console.page.locator("#next .ask"))
                await console.page.get_by_role("button", name="Reveal now").click()
                await expect(console.page.locator("#results-title")).to_have_text("Result")
                await expect(console.page.get_by_text("Choose, round 3", exact=False).first).to_be_visible()
                assert console.trouble + phone.trouble == []
                await room.end()

    tell(story())


async def put_two_cards_to_the_vote(room: Workshop) -> dict[str, str]:
    sector = next(iter(room.sectors.values()))
    cards: dict[str, str] = {}
    for title, text in (("Profile and brand: write", PROFILE), ("Top location: write", PLACE)):
        await room.open(title)
        content = {"step": room.step(title), "text": text, "aspect": "software", "sector": sector, "lang": "en"}
        cards[text] = str((await room.say("card.scribe", **content))["id"])
    await room.say("agenda.edit", step=room.step("Choose"), settings={"rules": {"ballot": "dots", "budget": 1}})
    await room.tick("Choose", list(cards.values()))
    await room.round_of("Choose")
    await room.open("Choose")
    return cards
