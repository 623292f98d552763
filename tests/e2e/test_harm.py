"""Text that would harm others stays in its place on every screen; and a card that is taken away says why, to whom."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, ViewportSize, expect
from pytest_django import DjangoDbBlocker

from sessions.models import Contribution

from ..server import RunningServer
from . import acts
from . import browser as browsers
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, chromium
from .checks import come_to_rest
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SLOW = 30_000
"""For what waits for a server that may be busy."""
STEP = "Profile and brand: write"
PAYLOADS = {
    "stacked": "Stack" + "\u0336\u030a" * 117,
    "below": "Under" + "\u0323" * 230,
    "override": "\u202eTurned, and never turned back",
    "escape": "\x1b[31mRed\x1b[0m and a bell\x07",
    "arabic": "مكان تجتمع فيه الشركات الناشئة 2030!",
    "hebrew": "מקום שבו חברות נפגשות (2030)",
}
SHOWN = {**PAYLOADS, "plain": "A plain card beside them"}


@pytest.mark.parametrize("stored", ["as the program stores it", "as an older version stored it"])
def test_no_text_is_drawn_over_another(tmp_path: Path, django_db_blocker: DjangoDbBlocker, stored: str) -> None:
    """Words are clipped to a box of their own inside of their row, and rows stand apart.

    On the projector, where nothing scrolls or sticks, pixels say so too: with the words of all other cards made
    invisible, no card looks different.
    """
    with RunningServer(data_dir=tmp_path) as server:

        async def session() -> None:
            async with chromium() as browser:
                console = await open_screen(browser, server.base, size=DESKTOP)
                phone = await open_screen(browser, server.base, size=PHONE)
                await acts.sign_in(console, server.run["signin"]["facilitator"])
                await acts.join(phone, server.code, "onderwijs")
                await acts.go_to(console, "Welcome")
                await acts.go_to(console, STEP)
                for text in SHOWN.values():
                    await phone.page.locator("textarea").fill(text)
                    await acts.save(phone, "Software")
                await expect(phone.page.locator("li.row")).to_have_count(len(SHOWN))
                await expect(phone.page.locator("li.row", has_text="stored")).to_have_count(len(SHOWN))
                # Only zero width: the phone says so and keeps it.
                await phone.page.locator("textarea").fill("\u200b\u200b\ufeff")
                await acts.save(phone, "Software")
                await expect(phone.page.get_by_text("Write something first.").first).to_be_visible()
                await phone.page.locator("textarea").fill("")
                if stored.startswith("as an older"):
                    await asyncio.to_thread(store_raw, server, django_db_blocker)
                    server.stop()
                    server.start()
                    await phone.page.reload()
                    await console.page.reload()
                core = await open_screen(browser, server.base, size=DESKTOP)
                await core.page.goto(server.run["signin"]["core"])
                await core.page.get_by_role("button", name="Sign in").click()
                await core.page.wait_for_url("**/programmes/**")
                stage = await open_screen(browser, server.base, size=PROJECTOR)
                await stage.page.goto(server.run["stage"])
                await reveal(console)
                await acts.show_all(console.page)
                await core.page.goto(f"/programmes/kennispark/sessions/{server.code}/")
                await core.page.locator("[data-view=cards]").click()
                for screen, rows in (
                    (stage, "li.card"),
                    (phone, "li.row"),
                    (console, "#cards li"),
                    (core, "li:has(.text)"),
                ):
                    if screen is phone:
                        await phone.page.get_by_role("button", name="Your cards and votes").click()
                    await look(screen, rows, by_pixels=screen is stage)
                for screen in (console, phone, stage, core):
                    assert screen.trouble == []
                    await screen.close()

        tell(session())


async def open_screen(browser: Browser, base: str, *, size: ViewportSize) -> Screen:
    screen = await browsers.open_screen(browser, base, size=size)
    screen.context.set_default_timeout(2 * SLOW)
    return screen


async def reveal(console: Screen) -> None:
    question = console.page.locator("#next .ask")
    await acts.press_until(console.page.get_by_role("button", name="Next: Profile and brand: look"), question)
    await expect(question).to_contain_text("Of the one connected phone everything is in.")
    await question.get_by_role("button", name="Reveal now").click()
    await expect(acts.now(console, "Profile and brand: look")).to_be_visible(timeout=SLOW)


def store_raw(server: RunningServer, blocker: DjangoDbBlocker) -> None:
    """Put the texts into the table as they were typed."""
    with blocker.unblock(), server.database():
        cards = list(Contribution.objects.order_by("created_at"))
        assert len(cards) == len(SHOWN)
        for card, text in zip(cards, SHOWN.values(), strict=True):
            Contribution.objects.filter(pk=card.pk).update(text=text[:240])


async def look(screen: Screen, rows: str, *, by_pixels: bool) -> None:
    page = screen.page
    await expect(page.locator(rows)).to_have_count(len(SHOWN))
    await page.mouse.move(0, 0)
    await come_to_rest(page)
    every = [page.locator(rows).nth(place) for place in range(len(SHOWN))]
    assert [ascii(found) for found in await page.evaluate(OUTSIDE, rows)] == []
    directions = [await words_of(row).evaluate("(element) => getComputedStyle(element).direction") for row in every]
    texts = [await words_of(row).text_content() or "" for row in every]
    assert directions == [direction_of(text) for text in texts], ascii(texts)
    assert set(directions) == {"ltr", "rtl"}
    for row, text in zip(every, texts, strict=True) if by_pixels else ():
        before = await seen(row)
        await words_of(row).evaluate(SHOW_OTHERS, [rows, "hidden"])
        alone = await seen(row)
        await words_of(row).evaluate(SHOW_OTHERS, [rows, ""])
        assert alone == before, f"others are drawn over {text[:12]!a}"


OUTSIDE = """(rows) => {
  const found = [];
  const places = [...document.querySelectorAll(rows)].map((row) => row.getBoundingClientRect());
  [...document.querySelectorAll(rows)].forEach((row, index) => {
    const words = row.querySelector(".typed"), style = getComputedStyle(words);
    const box = words.getBoundingClientRect(), place = places[index];
    const wrong = (what) => found.push(`${words.textContent.slice(0, 12)}: ${what}`);
    if (box.width < 20 || box.height < 10) wrong("nothing to see");
    if (box.left < place.left - 1 || box.right > place.right + 1) wrong("beside its row");
    if (box.top < place.top - 1 || box.bottom > place.bottom + 1) wrong("above or below its row");
    if (style.overflowX !== "clip" || style.overflowY !== "clip") wrong("not clipped");
    if (parseFloat(style.overflowClipMargin) > 0) wrong("clipped too late");
    if (!["isolate", "plaintext", "isolate-override"].includes(style.unicodeBidi)) wrong("turns what stands beside it");
    if (words.scrollWidth > words.clientWidth + 1) wrong("cut at the side");
    for (const other of places.slice(index + 1)) {
      const wide = Math.min(place.right, other.right) - Math.max(place.left, other.left);
      const high = Math.min(place.bottom, other.bottom) - Math.max(place.top, other.top);
      if (wide > 1 && high > 1) wrong("its row stands over another");
    }
  });
  return found;
}"""
"""Each text whose box says that it may be drawn where others stand."""


SHOW_OTHERS = """(words, [rows, visibility]) => {
  for (const other of document.querySelectorAll(`:is(${rows}) .typed`)) {
    if (!words.closest(rows).contains(other)) other.style.visibility = visibility;
  }
}"""


def words_of(row: Locator) -> Locator:
    return row.locator(".typed").first


def direction_of(text: str) -> str:
    return "rtl" if any("\u0590" <= char <= "\u06ff" for char in text) else "ltr"


async def seen(row: Locator) -> bytes:
    return await row.screenshot(animations="disabled")


def test_a_card_is_taken_away_for_a_reason(tmp_path: Path) -> None:
    """By the keyboard; the writer's phone says why and keeps the words; the projector says how many and why."""
    name, other = "Ask Wim Wijnhoven, he knows", "A card about the weather"

    async def session() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser:
                console = await open_screen(browser, server.base, size=DESKTOP)
                phone = await open_screen(browser, server.base, size=PHONE)
                stage = await open_screen(browser, server.base, size=PROJECTOR)
                await acts.sign_in(console, server.run["signin"]["facilitator"])
                await stage.page.goto(server.run["stage"])
                await acts.join(phone, server.code, "onderwijs")
                await acts.go_to(console, "Welcome")
                await acts.go_to(console, STEP)
                for text in (name, other, "A card that stays"):
                    await acts.write(phone, text, "Software")
                await expect(phone.page.locator("li.row", has_text="stored")).to_have_count(3)
                await reveal(console)
                await expect(stage.page.get_by_text(name)).to_be_visible()
                await acts.show_all(console.page)

                page = console.page
                await acts.card_on_desk(console, other).get_by_role("button", name="Hide").focus()
                await page.keyboard.press("Enter")
                await expect(page.get_by_role("button", name="A name or other personal data")).to_be_focused()
                await page.keyboard.press("Escape")
                await expect(acts.card_on_desk(console, other).get_by_role("button", name="Hide")).to_be_focused()
                await page.keyboard.press("Enter")
                await page.keyboard.press("Tab")
                await page.keyboard.press("Enter")
                row = acts.card_on_desk(console, other)
                await expect(row).to_contain_text("hidden: off topic")
                await expect(row.get_by_role("button", name="Show again")).to_be_focused()
                await acts.card_on_desk(console, name).get_by_role("button", name="Hide").click()
                await page.get_by_role("button", name="A name or other personal data").click()
                gone = acts.card_on_desk(console, name)
                await expect(gone.get_by_role("button", name="Show again")).to_contain_text(" s)")

                await expect(stage.page.get_by_text("2 cards hidden: a name, off topic")).to_be_visible()
                await expect(stage.page.get_by_text(name)).to_have_count(0)
                await expect(page.get_by_text("(text destroyed)")).to_be_visible(timeout=SLOW)
                await expect(page.get_by_text(name)).to_have_count(0)
                await row.get_by_role("button", name="Show again").press("Enter")
                await expect(row.get_by_role("button", name="Hide")).to_be_focused()
                await expect(stage.page.get_by_text("1 card hidden: a name")).to_be_visible()
                await expect(stage.page.get_by_text(other)).to_be_visible()

                for _ in range(2):  # and after a reload
                    await phone.page.get_by_role("button", name="Your cards and votes").click()
                    mine = acts.card(phone, name)
                    await expect(mine).to_contain_text("it holds a name")
                    await expect(mine).to_contain_text("stay on this phone")
                    await phone.page.reload()
                for screen in (console, phone, stage):
                    assert screen.trouble == []
                    await screen.close()

    tell(session())
