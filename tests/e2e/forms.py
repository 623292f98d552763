"""What a page is made of beside its words, and what of that was judged before.

Both languages are written in the same form: where that is so, what axe-core says of the form in one holds for the
other. A dark page is a light one in other colours: each is judged by those, as a text may stand over what it is not in.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress

from .browser import PATIENCE
from .checks import COLOURS, WORDS, find_barriers
from .tour import View

_LOOK_AT_COLOURS = """() => {
  const known = new Map();
  // Of an element: how much of it shows, and the colours behind its text, up to the first that lets nothing through.
  const ground = (element) => {
    if (element === null) return { opacity: 1, behind: "" };
    if (!known.has(element)) {
      const { opacity, backgroundColor, backgroundImage } = getComputedStyle(element);
      const above = ground(element.parentElement);
      const own = `${backgroundColor} ${backgroundImage}`;
      const covers = backgroundImage === "none" && /^rgb\\(/.test(backgroundColor);
      const behind = covers ? own : own === "rgba(0, 0, 0, 0) none" ? above.behind : `${own} on ${above.behind}`;
      known.set(element, { opacity: above.opacity * opacity, behind });
    }
    return known.get(element);
  };
  const looks = new Set();
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
    looks.add([color, isLarge, textShadow, isOff, line, around, opacity, behind].join(" | "));
  };
  for (const field of document.querySelectorAll("input, textarea, select")) if (field.checkVisibility()) look(field);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() !== "" && node.parentElement.checkVisibility()) look(node.parentElement);
  }
  return [...looks];
}"""

_LOOK_AT_ELEMENTS = """() => {
  const told = ["role", "type", "tabindex", "scope", "autocomplete", "aria-hidden", "aria-live", "aria-modal"];
  const own = (element) => {
    if (element === null) return "";
    const names = element.getAttributeNames().sort().map((name) =>
      told.includes(name) ? `${name}=${element.getAttribute(name)}` : name);
    return [element.localName, element.getAttribute("class"), ...names].join(" ");
  };
  return [...new Set([...document.querySelectorAll("*")].map((element) =>
    `${own(element.parentElement)} > ${own(element)}`))];
}"""


class Judge:
    """Lets axe-core judge each form once.

    In Dutch and light every state is judged by every rule. In English a state is judged by the rules about words, and
    by every rule when there is something in it that Dutch never had; in the dark by the rules about colours.
    """

    def __init__(self) -> None:
        self._dutch: set[str] = set()
        self._rows: dict[str, set[int]] = defaultdict(set)
        """What rows of lists were judged, by language and theme."""
        self._judged: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """The states that were come to in Dutch."""

    async def find(self, view: View, theme: str) -> list[str]:
        rows = self._rows[f"{view.lang} {theme}"]
        match view.lang, theme:
            case "nl", "light":
                self._dutch |= await _form_of(view)
                self._judged[view.state.name].set()
                return await find_barriers(view.page, known=rows)
            case "en", "light":
                # Both are looked at side by side. When Dutch does not come, English is judged whole.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._judged[view.state.name].wait(), PATIENCE / 1000)
                is_known = await _form_of(view) <= self._dutch
                return await find_barriers(view.page, about=WORDS if is_known else "", known=rows)
            case "nl", "dark":
                return await find_barriers(view.page, about=COLOURS, known=rows)
        return []


async def _form_of(view: View) -> set[str]:
    return {*await view.page.evaluate(_LOOK_AT_ELEMENTS), *await view.page.evaluate(_LOOK_AT_COLOURS)}
