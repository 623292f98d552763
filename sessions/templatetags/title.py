"""`{{ title|tab_title:programme.name }}`: what stands on the tab of a page. The screens do the same in lib/title.ts."""

from __future__ import annotations

import html

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

register = template.Library()

MOST = 70
"""What a list of tabs, a bookmark and a screen reader take in at once."""
BETWEEN = " · "


@register.filter
def tab_title(page: str, of: str | None = "") -> SafeString:
    """Return what is on a page, and of what. Of a block both comes escaped already, and no mark must be cut in two."""
    page = html.unescape(page) if isinstance(page, SafeString) else page
    return escape(make_title(page.strip(), of or ""))


def make_title(page: str, of: str = "") -> str:
    """Return both, shortened; of two long ones each keeps half."""
    if not of or page == of:
        return _shorten(page, MOST)
    room = MOST - len(BETWEEN)
    of = _shorten(of, max(room // 2, room - len(page)))
    return _shorten(page, room - len(of)) + BETWEEN + of


def _shorten(text: str, most: int) -> str:
    """At a space, unless a long word would go with it."""
    if len(text) <= most:
        return text
    space = text[:most].rfind(" ")
    return text[: space if space > most / 2 else most - 1].rstrip(" ,.:;") + "…"
