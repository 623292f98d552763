"""From an empty server to a session that was rehearsed and run, in the browser alone; clicks and fields are counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from ..server import RunningServer
from ..services import redis
from . import acts
from .browser import PATIENCE, PHONE, Screen, chromium, open_screen
from .stories import tell
from .test_first_programme import (
    Hand,
    add_a_fifth_o,
    invite_a_facilitator,
    join_as_the_fifth,
    make_a_programme,
    make_a_session,
    make_the_first_account,
    open,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PEOPLE = 60
LONG = PATIENCE + 120_000
STEPS = ["Welcome", "Practice: one card", "Trade: write in silence", "Agree or disagree", "Result per O", "Choose"]
STEPS += ["Result", "Closing"]
WRITTEN, VOTES, RESULTS = STEPS[2], (STEPS[3], STEPS[5]), (STEPS[4], STEPS[6])
TICKED = 4


def test_a_stranger_prepares_rehearses_wipes_and_runs_an_event(tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path, environment={"DEMO": "0"}) as server:
            async with chromium() as browser:
                await walk(browser, server, server, approval=False)

    tell(story())


@pytest.mark.servers
def test_so_it_goes_on_two_servers_behind_a_guarded_door(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    database = new_database("whole_road")

    async def story(bell: str) -> None:
        environment = {"DEMO": "0", "DATABASE_URL": database, "REDIS_URL": bell}
        # One after the other: each start makes the link to the first account anew.
        with (
            RunningServer(data_dir=tmp_path / "one", environment=environment) as there,
            RunningServer(data_dir=tmp_path / "two", environment=environment) as here,
        ):
            async with chromium() as browser:
                await walk(browser, here, there, approval=True)

    with redis() as bell:
        tell(story(bell.url))


async def walk(browser: Browser, here: RunningServer, there: RunningServer, *, approval: bool) -> None:
    """`here`: where the programme is made. The session is rehearsed and run at `there`."""
    screen = await open(browser, here)
    owner = Hand(screen.page)
    await make_the_first_account(owner, here)
    await make_a_programme(owner)
    await add_a_fifth_o(owner)
    link = await invite_a_facilitator(owner)
    other = await open(browser, there)
    facilitator = Hand(other.page)
    code = await make_a_session(facilitator, link)
    await prepare(facilitator)
    await rehearse(facilitator, other, approval=approval)
    await wipe(facilitator)
    phone = await open_screen(browser, there.base, size=PHONE)
    await run(facilitator, other, phone, code)
    print(f"\nowner: {owner.clicks} clicks, {owner.fields} fields typed")
    print(f"facilitator: {facilitator.clicks} clicks, {facilitator.fields} fields typed")
    for each in (screen, other, phone):
        assert each.trouble == []


async def prepare(hand: Hand) -> None:
    """The event from its template, whose steps are named after this programme's pillars."""
    page = hand.page
    await hand.press("Prepare the agenda")
    await expect(page.get_by_role("heading", name="150 minutes")).to_be_visible()
    await hand.press("Event")
    await hand.press("Use this template")
    await expect(page.get_by_role("heading", name="53 minutes")).to_be_visible()
    await expect(page.locator("ol .title bdi")).to_have_text(STEPS)


async def rehearse(hand: Hand, screen: Screen, *, approval: bool) -> None:
    page = hand.page
    await hand.press("Studio")
    await hand.press("More")
    await hand.press("Make a rehearsal")
    await page.wait_for_url("**/console/")
    if approval:
        await guard_the_door(hand)
    await click(hand, page.get_by_role("button", name="Simulated people"))
    dialog = page.get_by_role("dialog")
    hand.fields += 1
    await dialog.get_by_label("How many people").fill(str(PEOPLE))
    await click(hand, dialog.get_by_label("fast"))
    await click(hand, dialog.get_by_role("button", name="Start"))
    if approval:
        await let_all_in(hand)
    await expect(dialog.get_by_text(f"{PEOPLE} of {PEOPLE} joined")).to_be_visible(timeout=LONG)
    await page.keyboard.press("Escape")
    for title in STEPS:
        if title in VOTES:
            await tick(hand)
        await go(hand, title)
        if title == WRITTEN:
            await expect(page.locator("#next")).to_contain_text(re.compile(rf"[4-6]\d of {PEOPLE} wrote"), timeout=LONG)
        if title in VOTES:
            await expect(page.locator("#next")).to_contain_text(re.compile(rf"[4-6]\d of {PEOPLE} "), timeout=LONG)
        if title in RESULTS:
            await expect(page.get_by_role("region", name="Result").locator("tbody tr, li").first).to_be_visible()
    await end(hand)


async def guard_the_door(hand: Hand) -> None:
    page = hand.page
    await click(hand, page.get_by_role("button", name="code"))
    dialog = page.get_by_role("dialog")
    await click(hand, dialog.get_by_role("button", name="Ask me first"))
    await expect(dialog.get_by_role("button", name="Ask me first")).to_have_count(0)
    await click(hand, dialog.get_by_role("button", name="Close", exact=True))


async def let_all_in(hand: Hand) -> None:
    """They wait at the door as everybody does, until they are let in."""
    page = hand.page
    await page.keyboard.press("Escape")
    there = page.get_by_role("button", name=f"of {PEOPLE} present")
    await acts.press_until(page.get_by_role("button", name=re.compile("^Let (all|in)")).first, there)
    await click(hand, page.get_by_role("button", name="Simulated people"))


async def click(hand: Hand, where: Locator) -> None:
    hand.clicks += 1
    await where.click()


async def tick(hand: Hand) -> None:
    """Put the first cards to the vote that comes."""
    page = hand.page
    await page.get_by_role("button", name=re.compile(r"^All \(")).click()
    boxes = page.locator("#cards").get_by_role("checkbox")
    for place in range(min(TICKED, await boxes.count())):
        await click(hand, boxes.nth(place))
        await expect(boxes.nth(place)).to_be_checked()


async def go(hand: Hand, title: str) -> None:
    """Press what is next, until this step is on; a reveal is asked about first."""
    page = hand.page
    next_, opened = page.locator("#next"), page.locator("p.kind", has_text=f"Now: {title}")
    question = next_.locator(".ask")
    on = next_.get_by_role("button", name=re.compile(f"^(Next: {re.escape(title)}|Show picture 1)"))
    shut = next_.get_by_role("button", name="Close the vote")
    if await shut.count():
        await acts.press_until(shut, on.or_(question))
        hand.clicks += 1
    await acts.press_until(on, question.or_(opened))
    hand.clicks += 1
    if await question.count():
        await click(hand, question.get_by_role("button", name="Reveal now"))
    await expect(opened).to_be_visible()


async def end(hand: Hand) -> None:
    over = hand.page.get_by_role("link", name="The session is over: to the results")
    await acts.press_until(hand.page.get_by_role("button", name="Close the last step"), over)
    hand.clicks += 1
    await click(hand, over)


async def wipe(hand: Hand) -> None:
    page = hand.page
    await page.goto(page.url.split("/programmes/")[0] + "/programmes/harbour-strategy/")
    rehearsal = page.locator("li, tr, article", has_text="ehearsal").filter(has=page.locator("summary")).last
    await click(hand, rehearsal.locator("summary", has_text="More").first)
    await click(hand, rehearsal.get_by_role("link", name=re.compile("^Wipe")).first)
    await hand.press("Wipe it")
    await expect(page.get_by_text("The rehearsal was wiped.")).to_be_visible(timeout=LONG)


async def run(hand: Hand, console: Screen, phone: Screen, code: str) -> None:
    """The real one, with somebody of the O that was added."""
    page: Page = hand.page
    await page.goto(f"/s/{code}/console/")
    await join_as_the_fifth(phone.page, code)
    for title in STEPS:
        if title in VOTES:
            await tick(hand)
        await go(hand, title)
        if title == WRITTEN:
            for text in ("More boats", "A bridge for bicycles"):
                await acts.write(phone, text, "Hardware")
            await expect(page.locator("#cards li", has_text="A bridge for bicycles")).to_be_visible()
    await end(hand)
    await expect(phone.page.get_by_text("The session is over.").first).to_be_visible()
