"""The state on the screen again, in less room: enlarged to 400 %, in letters of 200 %, on a phone held sideways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, ViewportSize

from .browser import SMALL
from .checks import come_to_rest, find_cuts

_LOOK_FOR_OVERLAPS = """() => {
  const known = new Map();
  // Of an element: whether it stays where it is when the page scrolls, of what scrolls sideways by itself the part that
  // is in sight, and what it scrolls up and down in. Told once of each: many texts have the same ancestors.
  const place = (element) => {
    const whole = { stays: false, left: -Infinity, right: Infinity, scroller: null };
    if (element === null || element === document.body) return whole;
    if (!known.has(element)) {
      const { position, overflowX, overflowY } = getComputedStyle(element);
      let { stays, left, right, scroller } = place(element.parentElement);
      stays ||= ["sticky", "fixed"].includes(position);
      if (overflowX !== "visible") {
        const box = element.getBoundingClientRect();
        left = Math.max(left, box.left);
        right = Math.min(right, box.right);
      }
      if (["auto", "scroll"].includes(overflowY) && element.scrollHeight > element.clientHeight) scroller = element;
      known.set(element, { stays, left, right, scroller });
    }
    return known.get(element);
  };
  // What lies behind a dialog is covered on purpose.
  const root = document.querySelector("dialog:modal") ?? document.body;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const lines = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const unseen = "svg, .visually-hidden, script, noscript, select, textarea, [hidden]";
    if (node.data.trim() === "" || element.closest(unseen)) continue;
    const { visibility, clipPath, overflowY } = getComputedStyle(element);
    if (visibility === "hidden" || clipPath === "inset(50%)" || place(element).stays) continue;
    // What is folded away has a place, and is not seen there.
    if (!element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const edge = place(element);
    const sight = edge.scroller?.getBoundingClientRect();
    // Lines that an element cuts off are judged as cut, not as lying over others.
    const floor = ["hidden", "clip"].includes(overflowY) ? element.getBoundingClientRect().bottom : Infinity;
    for (const rect of range.getClientRects()) {
      const { top, bottom } = rect;
      const left = Math.max(rect.left, edge.left), right = Math.min(rect.right, edge.right);
      // A line is higher than its letters: those of two close lines do not meet.
      const air = (bottom - top) / 4;
      const line = { node, left: left + 1, right: right - 1, top: top + air, bottom: bottom - air };
      line.scroller = edge.scroller;
      line.isSeen = !sight || (line.bottom > sight.top && line.top < sight.bottom);
      if (right - left > 4 && line.top < floor) lines.push(line);
    }
  }
  const found = [];
  lines.sort((one, two) => one.top - two.top);
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const two = lines[next];
      if (one.node === two.node || one.right <= two.left || two.right <= one.left) continue;
      // What is scrolled out of sight has its place, and lies over nothing that stands outside.
      if (one.scroller !== two.scroller && !(one.isSeen && two.isSeen)) continue;
      const [first, second] = [one, two].map(({ node }) => node.data.trim().slice(0, 40));
      found.push(`over each other: "${first}" and "${second}"`);
    }
  });
  return [...new Set(found)];
}"""

_LOOK_FOR_BROKEN_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  const range = document.createRange();
  const isOnOneLine = () => new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size < 2;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest("svg, .visually-hidden, script, noscript, select, textarea, [hidden]")) continue;
    // To ask where each word is costs most: in a text on one line none is broken.
    range.selectNodeContents(node);
    if (isOnOneLine()) continue;
    for (const { 0: word, index } of node.data.matchAll(/(?<!\\p{Letter})\\p{Letter}{2,9}(?!\\p{Letter})/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (!isOnOneLine()) found.push(`"${word}" is broken in "${node.data.trim().slice(0, 40)}"`);
    }
  }
  return found;
}"""
"""Words of up to nine letters: each has room on a line of its own."""

_LOOK_FOR_SAVE = """() => {
  scrollTo(0, 0);
  const form = [...document.querySelectorAll("main form:has(textarea)")].find((found) => found.checkVisibility());
  // Folded it waits for somebody who writes; under a band it begins further down.
  if (!form || form.matches(".folded") || document.querySelector("section.inverse, .apart")) return [];
  const save = form.querySelector(".save button");
  if (!save?.checkVisibility()) return ["a form without Save"];
  const { top, bottom } = save.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight ? [] : [`Save is not in sight: ${top} to ${bottom} of ${innerHeight}`];
}"""

_LOOK_FOR_CONSENT = """() => {
  scrollTo(0, 0);
  const bottom = document.querySelector(".consent")?.getBoundingClientRect().bottom ?? 0;
  return bottom <= innerHeight ? [] : [`what somebody agrees to is not in sight: to ${bottom} of ${innerHeight}`];
}"""
"""Of a state in its own size, on the page where somebody joins."""


@dataclass(frozen=True, slots=True)
class Squeeze:
    """`letters`: the size that the browser is set to, in percent. `save`: the button that stores stands in sight."""

    name: str
    size: ViewportSize
    letters: int = 100
    save: bool = False


ENLARGED = Squeeze("at 400 %", ViewportSize(width=320, height=256))
"""A window of 1280 × 1024."""
LARGE = Squeeze("in letters of 200 %", ViewportSize(width=320, height=568), letters=200)
LARGE_ON_A_LAPTOP = Squeeze("in letters of 200 %", SMALL, letters=200)
NARROW = Squeeze("on 320 × 568", ViewportSize(width=320, height=568), save=True)
SIDEWAYS = Squeeze("held sideways", ViewportSize(width=844, height=390), save=True)
SQUEEZES = {"phone": (ENLARGED, LARGE, NARROW, SIDEWAYS)}
SQUEEZES["ghost"] = SQUEEZES["page"] = (ENLARGED, LARGE, SIDEWAYS)
HELD = frozenset(SQUEEZES)
"""Screens that are held in a hand. Of those on a desk, states that `squeezed` names stand for the others."""
SQUEEZES |= dict.fromkeys(("console", "studio", "facilitator-studio"), (ENLARGED, LARGE_ON_A_LAPTOP))
SQUEEZES |= {"desk": (ENLARGED, LARGE_ON_A_LAPTOP), "remote": (ENLARGED, LARGE, NARROW, SIDEWAYS)}


async def find_save(page: Page) -> list[str]:
    """Return whether the button that stores what is written is out of sight."""
    found: list[Any] = await page.evaluate(_LOOK_FOR_SAVE)
    return [str(each) for each in found]


async def find_overlaps(page: Page) -> list[str]:
    """Return texts that stand over each other."""
    found: list[Any] = await page.evaluate(_LOOK_FOR_OVERLAPS)
    return [str(each) for each in found]


async def set_letters(page: Page, percent: int) -> None:
    """As somebody who chose larger letters in the browser: the size from which `rem` and `em` count."""
    browser = await page.context.new_cdp_session(page)
    await browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * percent // 100}})
    await browser.detach()


async def find_squeezed(page: Page, *, screen: str) -> list[str]:
    """Return what is cut, over the edge, over each other or out of reach in less room."""
    found: list[str] = [str(each) for each in await page.evaluate(_LOOK_FOR_CONSENT)]
    before = page.viewport_size
    assert before is not None
    for squeeze in SQUEEZES.get(screen, ()):
        await set_letters(page, squeeze.letters)
        await page.set_viewport_size(squeeze.size)
        await come_to_rest(page)
        wrong: list[Any] = await find_cuts(page) + await find_overlaps(page)
        wrong += await page.evaluate(_LOOK_FOR_BROKEN_WORDS)
        if squeeze.save:
            wrong += await find_save(page)
        found += [f"{squeeze.name}: {each}" for each in wrong]
    if screen in SQUEEZES:
        await set_letters(page, 100)
        await page.set_viewport_size(before)
        await come_to_rest(page)
    return found
