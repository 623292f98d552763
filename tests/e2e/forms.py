"""Lets axe-core judge what a page is made of: each form and each look once.

A form is an element with its attributes in the parent that it stands in; a look is the colours of a text. Where both
were judged before, on this page or on an earlier one, axe-core says the same again. What hangs together over a whole
page is judged on every page.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from .browser import PATIENCE
from .tour import View

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules that a change of theme can break."""
WHOLE = [
    "aria-hidden-body",
    "aria-valid-attr-value",
    "bypass",
    "document-title",
    "duplicate-id-aria",
    "html-has-lang",
    "html-lang-valid",
    "html-xml-lang-mismatch",
    "meta-viewport",
    "nested-interactive",
    "scrollable-region-focusable",
    "valid-lang",
]
"""Rules whose answer hangs on more than an element and its parent: one page tells nothing of another."""

_RUN_AXE = """async ({ tags, colours, whole, known, isDark }) => {
  const number = (text) => {
    let one = 0x9e3779b9, two = 0x85ebca6b;
    for (let at = 0; at < text.length; at += 1) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(at), 1597334677);
    }
    return (one >>> 0) * 1048576 + (two >>> 12);
  };
  const told = ["role", "type", "tabindex", "scope", "autocomplete", "lang", "aria-hidden", "aria-live", "aria-modal"];
  const formsOf = new Map();
  const own = (element) => {
    if (element === null) return "";
    if (!formsOf.has(element)) {
      const names = element.getAttributeNames().sort().map((name) => {
        const value = element.getAttribute(name);
        return told.includes(name) || value === "" ? `${name}=${value}` : name;
      });
      const texts = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
      const held = `${texts ? "text" : ""} ${element.firstElementChild === null ? "" : "more"}`;
      formsOf.set(element, [element.localName, element.getAttribute("class"), ...names, held].join(" "));
    }
    return formsOf.get(element);
  };
  const groundsOf = new Map();
  // Of an element: how much of it shows, and the colours behind its text, up to the first that lets nothing through.
  const ground = (element) => {
    if (element === null) return { opacity: 1, behind: "" };
    if (!groundsOf.has(element)) {
      const { opacity, backgroundColor, backgroundImage } = getComputedStyle(element);
      const above = ground(element.parentElement);
      const own = `${backgroundColor} ${backgroundImage}`;
      const covers = backgroundImage === "none" && /^rgb\\(/.test(backgroundColor);
      const behind = covers ? own : own === "rgba(0, 0, 0, 0) none" ? above.behind : `${own} on ${above.behind}`;
      groundsOf.set(element, { opacity: above.opacity * opacity, behind });
    }
    return groundsOf.get(element);
  };
  const look = (element) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    // As WCAG has it: 18 points, or 14 in bold.
    const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    // Of what cannot be used now nothing is asked, and a link is told from the text around it.
    const isOff = element.closest(":disabled, [aria-disabled=true]") !== null;
    const link = element.closest("a");
    const line = link && getComputedStyle(link).textDecorationLine;
    const around = link && getComputedStyle(link.parentElement).color;
    const { opacity, behind } = ground(element);
    return [color, isLarge, textShadow, isOff, line, around, opacity, behind].join(" | ");
  };

  const before = new Set(known), seen = new Set(known), fresh = new Set();
  const isNew = (key) => {
    const code = number(key);
    return !seen.has(code) && Boolean(seen.add(code));
  };
  const all = [...document.querySelectorAll("html, body, body *")];
  for (const element of all) {
    if (!element.checkVisibility()) continue;
    const hasText = own(element).includes("text") || element.matches("input, textarea, select");
    const isNewForm = !isDark && isNew(`${own(element.parentElement)} > ${own(element)}`);
    const isNewLook = hasText && isNew(look(element));
    if (isNewForm || isNewLook) fresh.add(element);
    // Some rules ask a parent what it holds.
    if (isNewForm && element.parentElement !== null) fresh.add(element.parentElement);
  }
  // The children of what is new are judged only where they are new themselves.
  const knownChildren = [...fresh].flatMap((element) => [...element.children]).filter((child) => !fresh.has(child));
  const context = fresh.size > all.length / 2 ? document : { include: [...fresh], exclude: knownChildren };
  const inForce = axe.getRules(tags).filter(({ tags }) => !tags.includes("experimental")).map(({ ruleId }) => ruleId);
  const parts = isDark ? colours : inForce.filter((rule) => !whole.includes(rule));
  const found = [];
  const run = async (where, values) => {
    const more = { runOnly: { type: "rule", values }, resultTypes: ["violations"], preload: false };
    found.push(...(await axe.run(where, more)).violations);
  };
  if (fresh.size > 0) await run(context, parts);
  if (!isDark) await run(document, inForce.filter((rule) => whole.includes(rule)));
  return {
    found: found.map((found) => `${found.id}: ${found.nodes.map((node) => `${node.target.join(" ")} ` +
      node.any.concat(node.all).map((check) => check.message).join("; ")).join(" | ")}`),
    seen: [...seen].filter((code) => !before.has(code)),
  };
}"""


class Judge:
    """In Dutch and light by every rule; in English what Dutch never had, in the dark what has other colours."""

    def __init__(self) -> None:
        self._known: set[int] = set()
        self._judged: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """The states that were come to in Dutch."""

    async def find(self, view: View, theme: str) -> list[str]:
        """Return what axe-core finds on this page that it was not asked before."""
        if theme == "small":
            return []
        if view.lang == "en":
            if theme == "dark":
                return []
            # Both are looked at side by side. When Dutch does not come, English is judged whole.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._judged[view.state.name].wait(), PATIENCE / 1000)
        try:
            return await find_barriers(view.page, known=self._known, is_dark=theme == "dark")
        finally:
            if view.lang == "nl":
                self._judged[view.state.name].set()


async def find_barriers(page: Page, *, known: set[int] | None = None, is_dark: bool = False) -> list[str]:
    """Return what axe-core finds. `known`: what earlier pages were made of; what this one has is added.

    `evaluate` does not go through the page's CSP.
    """
    if not await page.evaluate("typeof axe !== 'undefined'"):
        await page.evaluate(_axe())
        # The next pages get it from the browser itself: sending it takes longer than what it finds.
        await page.add_init_script(_axe())
    given = {"tags": TAGS, "colours": COLOURS, "whole": WHOLE, "known": [*(known or ())], "isDark": is_dark}
    told: dict[str, list[Any]] = await page.evaluate(_RUN_AXE, given)
    if known is not None:
        known.update(told["seen"])
    return [str(each) for each in told["found"]]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
