"""At the desk, one evening long: nothing typed is lost, what is needed stays in sight, and all of it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from . import acts
from .browser import DESKTOP, PROJECTOR, Screen
from .sentences import PROFILE
from .test_room import Desk, at_a_desk
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WRITE = "Profile and brand: write"
BEAMER = {"width": 1024, "height": 768}
A4_LANDSCAPE = {"width": 1032, "height": 703}
"""CSS pixels between margins of 12 mm."""


def test_a_facilitators_scenario(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        room = await Workshop(desk.server).begin()
        console, stage = await desk.screen(DESKTOP), await desk.screen(PROJECTOR)
        # A link to sign in works once, and the room has used it.
        await console.context.add_cookies(
            [{"name": name, "value": value, "url": desk.server.base} for name, value in room.facilitator.items()]
        )
        await console.page.goto(f"/s/{desk.server.code}/console/")
        await stage.page.goto(desk.server.run["stage"])
        await room.fill()
        await room.join_over_http("onderwijs")
        await typed_text_is_thrown_away_only_when_asked(console, room)
        await the_projectors_link_is_copied_beside_the_code(console)
        await who_was_retired_stays_where_they_stood(console)
        await gaps_are_named_when_the_step_is_closed(console, room)
        await what_goes_to_the_vote_stays_in_sight(console, room)
        await what_stands_open_goes_with_its_card(console, room)
        await the_vote_is_closed_before_it_is_shown(console, room)
        await every_page_of_the_wall_is_printed(stage, room)
        other = await desk.screen(BEAMER)
        await other.page.goto(desk.server.run["stage"])
        await all_see_the_same_page(console, stage, other)
        core = await desk.console("core")
        await core.page.goto(f"/programmes/kennispark/sessions/{desk.server.code}/")
        await no_column_is_lost_on_paper(core.page)
        await the_end_is_said(console, stage, room)
        await room.end()

    at_a_desk(tmp_path, story)


async def typed_text_is_thrown_away_only_when_asked(console: Screen, room: Workshop) -> None:
    page = console.page
    await page.get_by_role("button", name="Add a step").click()
    form, asks = page.get_by_role("dialog"), page.get_by_role("alertdialog", name="Throw away what you typed?")
    title = form.get_by_role("textbox").first
    await title.fill("A walk in the evening")
    for leave in (page.keyboard.press("Escape"), form.get_by_role("button", name="Close").first.click()):
        await leave
        await expect(asks.get_by_role("button", name="Go on typing")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(asks).to_have_count(0)
        await expect(title).to_have_value("A walk in the evening")
    await page.keyboard.press("Escape")
    await asks.get_by_role("button", name="Throw away").click()
    await expect(form).to_have_count(0)
    # Nothing typed, nothing asked.
    await page.get_by_role("button", name="Add a step").click()
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    # Nor in the form of the session, until something is.
    await page.get_by_role("button", name="Title and date").click()
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await page.get_by_role("button", name="Title and date").click()
    await form.get_by_role("textbox").first.fill("Another evening")
    await page.keyboard.press("Escape")
    await asks.get_by_role("button", name="Throw away").click()
    await expect(form).to_have_count(0)
    # Enter stores.
    for title in ("Another evening", "Kennispark strategy workshop"):
        await page.get_by_role("button", name="Title and date").click()
        await form.get_by_label("English").fill(title)
        await page.keyboard.press("Enter")
        await expect(form).to_have_count(0)
        await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    # A card that is typed for somebody waits where it was put away.
    typed, put_away = page.locator("#cards form textarea"), page.get_by_role("button", name="Type a card")
    await room.open(WRITE)
    await put_away.click()
    await typed.fill("Said by somebody at the bar")
    await page.locator("#cards form").get_by_role("button", name="Close").click()
    await expect(typed).to_have_count(0)
    await put_away.click()
    await expect(typed).to_have_value("Said by somebody at the bar")
    await typed.fill("")
    await put_away.click()


async def the_projectors_link_is_copied_beside_the_code(console: Screen) -> None:
    page = console.page
    await page.get_by_role("button", name="code").click()
    dialog = page.get_by_role("dialog")
    async with console.context.expect_page() as opened:
        await dialog.get_by_role("button", name="Make a projector link").click()
    await (await opened.value).close()
    await page.bring_to_front()
    await dialog.get_by_role("button", name="Copy").click()
    await expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    link = await dialog.get_by_label("Open this on the projector").input_value()
    for width, height in ((DESKTOP["width"], DESKTOP["height"]), (1280, 720)):
        await page.set_viewport_size({"width": width, "height": height})
        await expect(dialog.locator(".join svg")).to_be_in_viewport(ratio=1)
        await expect(dialog.locator(".join .code")).to_be_in_viewport(ratio=1)
    await page.set_viewport_size(DESKTOP)
    await dialog.get_by_role("button", name="Close", exact=True).click()
    # What was copied is pasted: our pages may not read the clipboard.
    await page.get_by_role("button", name="Add a step").click()
    title = dialog.get_by_role("textbox").first
    await title.focus()
    await page.keyboard.press("Control+V")
    await expect(title).to_have_value(link)
    await title.fill("")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def who_was_retired_stays_where_they_stood(console: Screen) -> None:
    """Also in the list of phones that are silent, where the way back would have been filtered away."""
    page = console.page
    await page.get_by_role("button", name="present").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Only phones that are silent").check()
    row = dialog.locator("li")
    await expect(row).to_have_count(1)
    tag = await row.locator(".tag").inner_text()
    await row.get_by_role("button", name="Sign off…").click()
    await row.get_by_role("button", name=f"Sign off {tag}").click()
    await expect(row).to_contain_text("signed off")
    restore = row.get_by_role("button", name="Restore")
    await expect(restore).to_be_focused()
    await restore.click()
    await expect(row.get_by_role("button", name="Sign off…")).to_be_visible()
    await dialog.get_by_role("button", name="Close", exact=True).click()


async def gaps_are_named_when_the_step_is_closed(console: Screen, room: Workshop) -> None:
    page = console.page
    gaps = page.get_by_text("Empty:")
    await room.open(WRITE)
    await room.write(WRITE, PROFILE[:3])
    await expect(page.locator("#cards li")).to_have_count(3)
    await expect(gaps).to_have_count(0)
    await room.close(WRITE)
    await expect(gaps).to_be_visible()
    # Names stand as they were written.
    await expect(gaps).to_have_text(re.compile(r"^Empty: (Education|Research|Entrepreneurs|Government)\b"))


async def what_goes_to_the_vote_stays_in_sight(console: Screen, room: Workshop) -> None:
    page = console.page
    await room.open("Top location: write")
    await room.write_location()
    await acts.show_all(page)
    last = page.locator("#cards li").last
    await last.scroll_into_view_if_needed()
    box = last.get_by_role("checkbox")
    await box.click()
    count = page.get_by_text("1 card goes to the vote")
    await expect(count).to_be_in_viewport(ratio=1)
    await box.click()
    await expect(box).not_to_be_checked()


async def what_stands_open_goes_with_its_card(console: Screen, room: Workshop) -> None:
    """Hidden at another desk while the reasons stand open here; given back, they do not take the focus again."""
    row = console.page.locator("#cards li").last
    hide, reasons = row.get_by_role("button", name="Hide…"), row.get_by_role("group", name="Why is it hidden?")
    text = await row.locator(".text").inner_text()
    card = next(each for each in (await room.snapshot())["cards"] if each["text"] == text)
    await hide.click()
    await expect(reasons).to_be_visible()
    await room.say("card.redact", card=card["id"], reason="double")
    await expect(row.get_by_role("button", name="Show again")).to_be_visible()
    await room.say("card.restore", card=card["id"])
    await expect(hide).to_be_visible()
    await expect(reasons).to_have_count(0)


_KEEP_ANNOUNCED = """(status) => {
  const html = document.documentElement;
  const keep = () => (html.dataset.announced = `${html.dataset.announced ?? ""} ${status.textContent}`);
  new MutationObserver(keep).observe(status, { childList: true, characterData: true, subtree: true });
}"""


async def the_vote_is_closed_before_it_is_shown(console: Screen, room: Workshop) -> None:
    """The black button closes the vote, then shows the first picture; a reveal asks once."""
    page = console.page
    await room.tick("Choose", room.location[:6])
    await room.open("Choose")
    await room.vote("Choose", room.crowd)
    show = page.get_by_role("button", name="Show picture 1")
    await acts.press_until(page.get_by_role("button", name="Close the vote"), show)
    await expect(page.get_by_role("button", name="Undo")).to_contain_text("Choose closed")
    await acts.press_until(show, page.locator("#next .ask"))
    await expect(page.locator("#next .ask")).to_contain_text("Still ballots on paper?")
    await page.locator("#next .ask").get_by_role("button", name="Reveal now").click()
    await expect(acts.now(console, "Result")).to_be_visible()
    await room.compared("Choose")
    # What is said is the picture that came, not the one that was there. Further news may follow at once.
    await page.locator(".visually-hidden[role=status]").evaluate(_KEEP_ANNOUNCED)
    await page.get_by_role("group", name="Picture").get_by_role("button").nth(1).click()
    await expect(page.locator("html")).to_have_attribute("data-announced", re.compile("each the same weight"))


async def every_page_of_the_wall_is_printed(stage: Screen, room: Workshop) -> None:
    await expect(stage.page.locator("table")).to_be_visible()
    await stage.page.emulate_media(media="print")
    assert await stage.page.evaluate(UNPRINTED) == []
    assert await stage.page.locator("table .track .bar span").count() > 10
    assert await edge_of_what_differs(stage.page, "tbody tr")
    await stage.page.emulate_media(media="null")
    assert _pages(await stage.page.pdf(prefer_css_page_size=True)) == 3
    await room.open("Top location: look")
    foot = stage.page.get_by_text(re.compile(r"^\d+ of \d+$"))
    pages = int((await foot.inner_text()).split()[-1])
    assert pages > 1
    assert _pages(await stage.page.pdf(prefer_css_page_size=True)) == pages


async def all_see_the_same_page(console: Screen, stage: Screen, other: Screen) -> None:
    """On projectors of other shapes, and in the console's words about them."""
    said = console.page.get_by_role("region", name="On the projector:")
    await said.get_by_role("button", name="Hold page").click()
    await expect(said.get_by_role("button", name="Turn pages")).to_be_visible()
    pages = int((await stage.page.locator(".foot .page b").inner_text()).split()[-1])
    for _ in range(pages):
        page = await stage.page.locator(".foot .page b").inner_text()
        await expect(said).to_contain_text(f"page {page}")
        await expect(other.page.locator(".foot .page b")).to_have_text(page)
        cards = await stage.page.locator("li.card").all_inner_texts()
        await expect(other.page.locator("li.card")).to_have_text(cards)
        if page.split()[0] != str(pages):
            await said.get_by_role("button", name="Next page").click()
            await expect(stage.page.locator(".foot .page b")).not_to_have_text(page)


async def no_column_is_lost_on_paper(page: Page) -> None:
    await expect(page.get_by_role("heading", name="How far the O’s lie apart")).to_be_visible()
    await page.set_viewport_size(A4_LANDSCAPE)
    await page.emulate_media(media="print")
    assert await page.evaluate(WIDER) == []
    await expect(page.locator("button:visible")).to_have_count(0)
    assert await page.evaluate(UNPRINTED) == []
    assert await page.locator("table .track span span").count() > 10
    assert await edge_of_what_differs(page, "figure .row")


async def edge_of_what_differs(page: Page, row: str) -> bool:
    """On the screen it is a lighter sheet; paper is one sheet."""
    style: str = await page.locator(row).last.evaluate(
        "(row) => { row.classList.add('differs'); return getComputedStyle(row).outlineStyle; }"
    )
    return style == "solid"


async def the_end_is_said(console: Screen, stage: Screen, room: Workshop) -> None:
    await room.open("Closing")
    await acts.press_until(
        console.page.get_by_role("button", name="Close the last step"),
        console.page.get_by_role("link", name="The session is over: to the results"),
    )
    await expect(stage.page.get_by_role("heading", name="Thank you")).to_be_visible()


WIDER = """() => [...document.querySelectorAll("table, table *, .scroll")]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 30)}`)"""

UNPRINTED = """() => [...document.querySelectorAll("main *")].filter((each) => {
  const { backgroundColor, backgroundImage, printColorAdjust } = getComputedStyle(each);
  const isDrawn = backgroundImage !== "none" || backgroundColor !== "rgba(0, 0, 0, 0)";
  return isDrawn && each.checkVisibility() && each.textContent.trim() === "" && printColorAdjust !== "exact";
}).map((each) => `${each.tagName} ${each.className} in ${each.parentElement.className}`)"""
"""What is drawn by its background alone, and left out on paper."""


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
