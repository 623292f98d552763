"""What the screens say, by language, and what a guide says that they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scripts import messages

from .reading import ROOT, prose_of

GUIDES = ROOT / "docs" / "guide"
FIELD = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
WORDS = {"title", "group", "groups", "what", "why", "name", "names", "text", "cells", "field", "step", "tag", "sector"}
"""Fields that stand for words. The others stand for a number or a time."""
SHELL = "sessions/management/"


class Sentence(NamedTuple):
    """`key`: its English, by which it is the same sentence in every language."""

    key: str
    text: str


class Named(NamedTuple):
    """Words that a guide sets off, in bold or in italics."""

    text: str
    bold: bool

    @property
    def is_lead(self) -> bool:
        """Bold words that end as a sentence does begin a paragraph; they name nothing on a screen."""
        return self.bold and self.text[-1] in ".?"


@cache
def sentences(language: str, *, commands: bool = False) -> tuple[Sentence, ...]:
    """Return every sentence of the catalogue in this language, in all its forms. `commands`: those of the shell too."""
    catalogue, _ = messages.read(ROOT)
    found: list[Sentence] = []
    for message in catalogue:
        if not message.id or not (commands or any(not path.startswith(SHELL) for path, _line in message.locations)):
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        dutch = [message.string] if isinstance(message.string, str) else list(message.string)
        found += [Sentence(ids[0], text) for text in (ids if language == "en" else dutch)]
    return tuple(found)


def guide(language: str) -> str:
    return prose_of(GUIDES / f"facilitator.{language}.md")


def blocks(language: str) -> list[str]:
    """Return the paragraphs, list items and rows of the guide, which are the same ones in every language."""
    return re.split(r"\n(?=- |\d\. |\||#|\n)", guide(language))


def named_in(block: str) -> Iterator[Named]:
    """Yield what stands in bold and in italics."""
    for match in re.finditer(r"(?<![*\w])(\*{1,2})(?!\s)(.+?)(?<!\s)\1(?!\*)", block, flags=re.DOTALL):
        yield Named(" ".join(match[2].split()), bold=match[1] == "**")


def keys_of(label: str, language: str) -> set[str]:
    """Return the sentences that read like this, with values in their fields."""
    plain = _plain(label)
    return {key for key, pattern in _patterns(language) if pattern.fullmatch(plain)}


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("'", "’").replace("Eén", "één").rstrip(".").strip()


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (key, re.compile(_pattern(form), re.IGNORECASE)) for key, text in sentences(language) for form in _forms(text)
    )


def _forms(text: str) -> Iterator[str]:
    """Yield a sentence as a guide may name it: whole, before its colon, without what stands in brackets at its end."""
    plain = _plain(text)
    yield plain
    head, colon, _rest = plain.partition(": ")
    if colon and not FIELD.search(head):
        yield head
    bare = re.sub(r" \([^()]*\)$", "", plain)
    if bare != plain:
        yield bare


def _pattern(text: str) -> str:
    """A sentence of nothing but fields reads like everything, and so like nothing."""
    pattern, end = "", 0
    for match in FIELD.finditer(text):
        value = "(?:.+?)" if (match[1] or match[2]) in WORDS else r"(?:[\d.,:]+|…)"
        pattern += re.escape(text[end : match.start()]) + value
        end = match.end()
    own = FIELD.sub("", text)
    return pattern + re.escape(text[end:]) if sum(map(str.isalpha, own)) > 2 else r"(?!)"
