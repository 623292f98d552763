"""What is set of the projectors from the console: a sound when the time is over, and both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from . import acts
from .browser import PROJECTOR, Screen
from .checks import come_to_rest, find_cuts, find_small_print
from .forms import find_barriers
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

FLOOR = 28 / 1920
TOP = "node => node.getBoundingClientRect().top"
OVERLAPS = """() => [...document.querySelectorAll("[role=timer]")].flatMap((timer) => {
  const of = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  const figures = of(timer);
  return [...timer.parentElement.querySelectorAll(".word, .light")].filter((each) => {
    const box = each.matches(".light") ? each.getBoundingClientRect() : of(each);
    const [wide, high] = [Math.min(box.right, figures.right) - Math.max(box.left, figures.left),
      Math.min(box.bottom, figures.bottom) - Math.max(box.top, figures.top)];
    // The boxes of letters that are set tight reach a little over the letters.
    return wide > 1 && high > figures.height / 4;
  }).map((each) => each.outerHTML.slice(0, 80));
})"""
COUNT_TONES = """() => {
  window.tones = 0;
  const start = AudioScheduledSourceNode.prototype.start;
  AudioScheduledSourceNode.prototype.start = function (...given) {
    window.tones += 1;
    return start.apply(this, given);
  };
}"""


def test_the_projector_is_set_at_the_console(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console, stage = await desk.console("facilitator"), await desk.screen(PROJECTOR)
        phone, _ = await desk.phone("onderwijs"), await desk.phone("onderzoek")
        await stage.page.add_init_script(f"({COUNT_TONES})()")
        await stage.page.goto(desk.server.run["stage"])
        for title in ("Welcome", "Profile and brand: write"):
            await acts.go_to(console, title)
        await a_sound_is_given_when_the_time_is_over(console, stage, phone)
        await both_languages_stand_on_the_stage(console, stage)

    at_a_desk(tmp_path, story)


async def press(console: Screen, name: str) -> None:
    """In the dialog of code and projector, by keyboard alone."""
    page = console.page
    await page.get_by_role("button", name="code").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").get_by_role("button", name=name, exact=True).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("button", name=name, exact=True)).to_have_count(0)
    assert await find_barriers(page) == []
    await page.keyboard.press("Escape")


async def a_sound_is_given_when_the_time_is_over(console: Screen, stage: Screen, phone: Screen) -> None:
    await press(console, "Give a sound")
    asks = stage.page.get_by_role("button", name="Sound is on. Press here once")
    await expect(asks).to_be_visible()
    await look_at(stage)
    await asks.focus()
    await stage.page.keyboard.press("Enter")
    await expect(asks).to_have_count(0)
    next_, save = console.page.locator("#next button").first, phone.page.get_by_role("button", name="Save card")
    places = [await each.evaluate(TOP) for each in (next_, save)]
    less = console.page.get_by_role("button", name="−1")
    for _ in range(15):
        await less.click()
        await expect(less).not_to_have_attribute("aria-disabled", "true")
    for screen in (console, stage, phone):
        await expect(light(screen).first).to_be_visible()
    assert [await each.evaluate(TOP) for each in (next_, save)] == places, "nothing moves under a finger"
    # On no screen the light or its words lie over the figures.
    for screen in (console, stage, phone):
        assert await screen.page.evaluate(OVERLAPS) == []
    assert await stage.page.evaluate("tones") == 2
    await expect(phone.page.get_by_role("status").first).to_have_text(
        "The time is over. You can go on until the next step."
    )
    for screen in (console, stage, phone):
        assert await find_barriers(screen.page) == []
    await look_at(stage)
    # Another minute: the light goes. Without the setting nothing sounds.
    await console.page.get_by_role("button", name="+1").click()
    await expect(light(stage)).to_have_count(0)
    await press(console, "No sound")
    await less.click()
    await expect(light(stage).first).to_be_visible()
    assert await stage.page.evaluate("tones") == 2


async def both_languages_stand_on_the_stage(console: Screen, stage: Screen) -> None:
    await press(console, "Both languages")
    second = stage.page.locator(".second.heading")
    await expect(second).to_have_attribute("lang", "nl")
    await expect(second).to_contain_text("over tien jaar")
    first = stage.page.locator("h1")
    sizes = [await each.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") for each in (first, second)]
    assert 28 <= sizes[1] < sizes[0]
    await look_at(stage)
    await acts.reveal(console, "Profile and brand: look", phones=2)
    await expect(stage.page.locator("h1")).to_be_visible()
    await look_at(stage)
    await press(console, "One language")
    await expect(second).to_have_count(0)


def light(screen: Screen) -> Locator:
    return screen.page.locator(".clock .light")


async def look_at(stage: Screen) -> None:
    """Nothing is cut off or too small for the back row."""
    await come_to_rest(stage.page)
    assert await find_cuts(stage.page) == []
    assert await find_small_print(stage.page, FLOOR) == []
    assert await find_barriers(stage.page) == []
