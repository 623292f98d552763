"""What every screen must keep to: nothing cut off, nothing over the edge, no two things with one name."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page

_LOOK_FOR_CUTS = """() => {
  const found = [];
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) found.push(`the page is ${page.scrollWidth} wide in a window of ${innerWidth}`);
  const name = (element) => {
    const text = (element.innerText || "").trim().replace(/\\s+/g, " ").slice(0, 60);
    return `${element.tagName.toLowerCase()}.${String(element.className.baseVal ?? element.className)} "${text}"`;
  };
  const isScrolled = (element) => {
    for (let up = element.parentElement; up && up !== page; up = up.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  // The first lines of what stands whole in a list below.
  const isWholeElsewhere = (element) => element.matches(".typed") &&
    [...document.querySelectorAll(".typed")].some((other) => other !== element &&
      other.textContent.trim() === element.textContent.trim() && other.scrollHeight <= other.clientHeight + 1);
  for (const sheet of document.querySelectorAll(".stage")) {
    const { width, height } = sheet.getBoundingClientRect();
    if (width > innerWidth + 1 || height > innerHeight + 1) found.push(`a sheet of ${width} × ${height}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg, .visually-hidden, [aria-hidden=true], script, noscript, dialog:not([open])")) continue;
    // It holds the sheet alone, and Chromium now and then says how wide that is before it is scaled.
    if (element.matches(":has(> .stage)")) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.visibility === "hidden" || box.width <= 2 || box.height <= 2) continue;
    if (element.matches("textarea, input, select, option")) continue;
    const cuts = (overflow) => ["hidden", "clip"].includes(overflow);
    const side = cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const below = cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    const outside = box.right > innerWidth + 1 || box.left < -1;
    // Its words cost most to ask for.
    if (!(side || below || outside) || (element.innerText || "").trim() === "" || isWholeElsewhere(element)) continue;
    if (side) found.push(`cut at the side (${element.scrollWidth} in ${element.clientWidth}): ${name(element)}`);
    if (below) found.push(`cut below (${element.scrollHeight} in ${element.clientHeight}): ${name(element)}`);
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (own && outside && !element.closest(".skip-link") && !isScrolled(element)) {
      found.push(`over the edge: ${name(element)}`);
    }
  }
  return found;
}"""

_LOOK_FOR_SMALL_PRINT = """(least) => [...document.body.querySelectorAll("*")].flatMap((element) => {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  if (!own || element.getClientRects().length === 0) return [];
  if (element.closest("svg, .visually-hidden, .ruler, [aria-hidden=true], script, noscript")) return [];
  // What is scaled is as large as it looks.
  let wide = element;
  // A short word has a width of a few pixels, rounded.
  while (wide.parentElement && !(wide.offsetWidth >= 200)) wide = wide.parentElement;
  const drawn = wide.getBoundingClientRect().width / wide.offsetWidth;
  const size = parseFloat(getComputedStyle(element).fontSize) * drawn;
  // A projector of 1280 shows two thirds of the size, rounded.
  if (size >= least * innerWidth - 0.3) return [];
  return [`small print of ${size} px: "${element.innerText.trim().slice(0, 40)}"`];
})"""


_LOOK_FOR_SAME_NAMES = """() => {
  const seen = new Map();
  // Behind a dialog nothing can be reached.
  const root = document.querySelector("dialog:modal") ?? document.querySelector("main");
  for (const element of root?.querySelectorAll("button, a[href], summary") ?? []) {
    if (element.closest("[hidden], dialog:not([open])") || element.offsetParent === null) continue;
    const name = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\\s+/g, " ");
    const way = element.getAttribute("href") ?? "";
    seen.set(name, [...(seen.get(name) ?? []), way]);
  }
  return [...seen].filter(([, ways]) => ways.length > 1 && (ways.includes("") || new Set(ways).size > 1))
    .map(([name, ways]) => `${ways.length} times "${name}"`);
}"""


_LOOK_FOR_NO_COLOUR = """() => [...document.querySelectorAll("svg :is(path, rect, circle, polygon)")].filter((each) => {
  const { width, height } = each.getBBox();
  // A code is black on white for cameras. No other colour of ours is quite black: what is so was given none.
  return width * height > 0 && each.checkVisibility() && !each.closest('[shape-rendering="crispEdges"]')
    && getComputedStyle(each).fill === "rgb(0, 0, 0)";
}).map((each) => `a shape without a colour: ${each.outerHTML.slice(0, 90)}`)"""


async def find_no_colour(page: Page) -> list[str]:
    """Return drawn shapes that were given no colour."""
    found: list[Any] = await page.evaluate(_LOOK_FOR_NO_COLOUR)
    return [str(each) for each in found[:3]]


async def come_to_rest(page: Page) -> None:
    """Wait for fonts, for colours that just changed, and for what still moves or fades."""
    await page.evaluate(
        """async () => {
          await document.fonts.ready;
          for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
          await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
        }"""
    )


async def find_cuts(page: Page) -> list[str]:
    """Return texts that are cut off or stand over the edge, and a page that is too wide."""
    found: list[Any] = await page.evaluate(_LOOK_FOR_CUTS)
    return [str(each) for each in found]


async def find_same_names(page: Page) -> list[str]:
    """Return the names that several buttons or links have: in a list of them nobody knows which is which."""
    found: list[Any] = await page.evaluate(_LOOK_FOR_SAME_NAMES)
    return [str(each) for each in found]


async def find_small_print(page: Page, least: float) -> list[str]:
    """Return texts in smaller type than this share of the width: on a projector nobody in the back row reads them."""
    found: list[Any] = await page.evaluate(_LOOK_FOR_SMALL_PRINT, least)
    return [str(each) for each in found]
