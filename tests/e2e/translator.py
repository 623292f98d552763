"""What a browser's translator does to a page, and what it does when somebody asks for the original."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Page

TRANSLATOR = """(() => {
  // As Chrome does: each text node makes room for a <font> in a <font>, and so does what comes later.
  const UNTOUCHED = "script, style, noscript, template, textarea";
  const mine = new WeakSet();
  const originals = new WeakMap();
  const say = (words) => words.replace(/\\p{L}{2,}/gu, "$&u");
  const translate = (text) => {
    const isDone = mine.has(text) || !text.isConnected || text.data.trim() === "";
    if (isDone || text.parentElement.closest(`${UNTOUCHED}, font`)) return;
    const words = document.createTextNode(say(text.data));
    mine.add(words);
    const font = document.createElement("font");
    font.append(document.createElement("font"));
    font.firstChild.append(words);
    originals.set(font, text);
    text.replaceWith(font);
  };
  const textsIn = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  };
  const all = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return translate(root);
    if (root.nodeName !== "FONT") textsIn(root).forEach(translate);
  };
  const observer = new MutationObserver((records) => records.forEach(({ target, addedNodes }) =>
    [target, ...addedNodes].forEach((node) => (node.nodeType === Node.TEXT_NODE || node !== target) && all(node))
  ));
  // Clocks go on; what else is on the page stands in it once.
  const read = (change) => textsIn(document.body)
    .filter(({ data, parentElement }) => data.trim() !== "" && !parentElement.closest(UNTOUCHED))
    .map(({ data }) => change(data.trim()).replace(/\\d+/g, "0"));
  window.translator = {
    begin() {
      all(document.body);
      observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    },
    async end() {
      const shown = read((words) => words);
      observer.disconnect();
      for (const font of document.querySelectorAll("font:not(font font)")) font.replaceWith(originals.get(font));
      // The page hears of it.
      await new Promise((done) => setTimeout(done));
      const meant = read(say);
      delete window.translator;
      const place = shown.findIndex((words, index) => words !== meant[index]);
      return shown.length === meant.length && place < 0 ? [] : [
        `in translation it says "${shown.slice(place).slice(0, 3).join(" | ")}",` +
          ` and means "${meant.slice(place).slice(0, 3).join(" | ")}"`
      ];
    },
  };
})()"""

AT_ONCE = f"{TRANSLATOR}; addEventListener('DOMContentLoaded', () => translator.begin())"
"""For a page that is translated as it loads."""


def in_translation(words: str) -> str:
    """Return what the translator makes of these words."""
    return re.sub(r"[^\W\d_]{2,}", lambda word: f"{word[0]}u", words)


async def translate(page: Page) -> None:
    """Translate the page, and all that comes; what is translated already stays so."""
    if await page.evaluate("typeof translator === 'undefined'"):
        await page.evaluate(TRANSLATOR)
        await page.evaluate("translator.begin()")


async def show_original(page: Page) -> list[str]:
    """Give the page its own words back; return where the translation said something else than they do."""
    found: list[Any] = await page.evaluate("typeof translator === 'undefined' ? [] : translator.end()")
    return [str(each) for each in found]
