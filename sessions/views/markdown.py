"""Markdown as HTML: headings that can be linked to, no HTML of the writer's own, no style that our CSP refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

Lead = Callable[[str], dict[str, str] | None]
"""Gives what a link to this target has as attributes; None when it leads nowhere on a page of ours."""


class Heading(NamedTuple):
    id: str
    level: int
    text: str


class Rendered(NamedTuple):
    """`title`: the first heading of the first level, which is not in the body."""

    title: str
    headings: list[Heading]
    body: SafeString


_markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])


def render_markdown(text: str, *, lead: Lead, taken: Sequence[str] = ()) -> Rendered:
    """Return the text as HTML. `taken`: ids that stand on the page already. Pictures are left out."""
    env: dict[str, Any] = {}
    tokens = _markdown.parse(text, env)
    title = ""
    if len(tokens) > 2 and tokens[0].tag == "h1":
        title, tokens = _plain(tokens[1]), tokens[3:]
    headings = list(_name_headings(tokens, taken=set(taken)))
    for token in tokens:
        token.attrs.pop("style", None)  # how the cells of a column are aligned
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.children is not None:
            token.children = list(_lead_links(token.children, lead))
    html = _markdown.renderer.render(list(_wrap_tables(tokens)), _markdown.options, env)
    # What was typed is escaped by the renderer: `html` is off.
    return Rendered(title, headings, mark_safe(html))  # noqa: S308 # nosec B308, B703


def anchor_of(heading: str) -> str:
    """Return the id that GitHub and GitLab give a heading, so that links within a document work here as there."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _name_headings(tokens: list[Token], *, taken: set[str]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = _plain(inline)
        name = anchor = anchor_of(text) or "part"
        number = 0
        while name in taken:
            number += 1
            name = f"{anchor}-{number}"
        taken.add(name)
        opening.attrSet("id", name)
        yield Heading(name, int(opening.tag[1:]), text)


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _lead_links(children: list[Token], lead: Lead) -> Iterator[Token]:
    """Yield what stands in a line; of a link that leads nowhere only its words."""
    leads = False
    for child in children:
        if child.type == "link_open":
            attributes = lead(str(child.attrGet("href") or ""))
            leads = attributes is not None
            child.attrs = dict(attributes or {})
        if child.type == "image" or (child.type in ("link_open", "link_close") and not leads):
            continue
        yield child


def _wrap_tables(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens, with a region around each table that scrolls where the table is wider than the page.

    It is called after the heading above it; a second one under the same heading also after its first column.
    """
    under, tables = "", 0
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            under, tables = str(token.attrGet("id")), 0
        if token.type == "table_open":
            tables += 1
            wide: dict[str, str | int | float] = {"class": "wide", "tabindex": "0"}
            if under:
                wide["aria-labelledby"] = under
            if under and tables > 1:
                column = next(found for found in tokens[place:] if found.type == "th_open")
                column.attrSet("id", f"{under}-table-{tables}")
                wide["aria-labelledby"] = f"{under} {under}-table-{tables}"
            yield Token("wide_open", "section", 1, wide, block=True)
        yield token
        if token.type == "table_close":
            yield Token("wide_close", "section", -1, block=True)
